//! What accepted records say, kept beside the log: where things are, photos, the desk's list.

use linli_model::fields::Fields;
use linli_model::kind::Kind;
use linli_model::kinds::case::Case;
use linli_model::kinds::{door, media};
use linli_model::workflow::Line;

use super::TableAtlas;
use crate::membership::{Subject, locate};
use crate::store::{CaseRow, DocRow, PlaceRow, StoreError, Tables};

/// Brings the tables beside the log up to date with a document as accepted now.
pub(crate) fn index(
    tables: Tables<'_>,
    row: &DocRow,
    fields: &Fields,
    received_at: i64,
) -> Result<(), StoreError> {
    match row.kind {
        Kind::Place => tables.set_place(
            row.id,
            &PlaceRow {
                kind: fields.text("type").to_owned(),
                org: fields.text("org").to_owned(),
            },
        )?,
        Kind::Door => {
            if let Some(building) = door::building(fields) {
                for (dwelling, _) in door::rooms(fields) {
                    tables.set_building_of(dwelling, building)?;
                }
            }
        }
        Kind::Household | Kind::Care | Kind::CareNamed => {
            if let Ok(dwelling) = fields.text("dwelling").parse() {
                tables.set_home_of(row.id, dwelling)?;
            }
        }
        Kind::Case => {
            let mut case = case_row(row, fields, received_at);
            let subject = Subject::read(row.kind, row.id, fields, row.author);
            if let Some(spot) = locate(&subject, &TableAtlas(tables))? {
                case.org = spot.org;
            }
            tables.set_case(&case)?;
        }
        _ => {}
    }
    if matches!(row.kind, Kind::Case | Kind::Visit | Kind::Order) {
        for fact in media::read(fields) {
            tables.add_media_fact(fact.id, row.no, fact.sha256, fact.bytes, received_at)?;
        }
    }
    Ok(())
}

fn case_row(row: &DocRow, fields: &Fields, received_at: i64) -> CaseRow {
    let case = Case::read(fields);
    CaseRow {
        no: 0,
        doc: row.no,
        id: row.id,
        category: case.category,
        words: case.words,
        state: Line::fold(fields, |_| true).state().to_owned(),
        org: case.org,
        place: case.place,
        address: case.address,
        lon: case.position.as_ref().map(|position| position.lon),
        lat: case.position.as_ref().map(|position| position.lat),
        at: case.at,
        received_at,
        reporter: row.author,
        photos: u32::try_from(case.media.len()).unwrap_or(u32::MAX),
        photos_arrived: 0,
        photos_late: 0,
    }
}
