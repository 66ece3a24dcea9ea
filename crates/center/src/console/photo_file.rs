//! The photos of a case as the console shows them: what the record says of each, whose it is, and
//! whether it is here.

use linli_model::kinds::media::Fact;
use linli_model::kinds::position::Position;

use super::api::cases::{Photo, Place};
use crate::store::{CaseRow, StoreError, Tables};
use crate::written::Written;

/// The photos that a case names. Those of before `late_before` that aren't here are late.
pub(crate) fn photos(
    tables: Tables<'_>,
    row: &CaseRow,
    written: &Written,
    facts: Vec<Fact>,
    late_before: i64,
) -> Result<Vec<Photo>, StoreError> {
    let since = tables.named_since(row.doc)?;
    let photo = |fact: Fact| {
        let here = tables.media(fact.id)?.filter(|media| media.verified);
        let by = written.by(tables, &path(&fact))?;
        let (by, role) = by.map_or_else(Default::default, |person| (person.name, person.role));
        let since = since.iter().find(|(id, _)| *id == fact.id);
        let awaited_since = since.map_or(row.received_at, |(_, at)| *at);
        Ok(Photo {
            id: fact.id.to_string(),
            taken_at: fact.taken_at,
            source: fact.source,
            by,
            role,
            width: fact.width,
            height: fact.height,
            bytes: fact.bytes,
            sha256: hex::encode(fact.sha256),
            position: fact.position.map(place),
            arrived: here.is_some(),
            late: here.is_none() && awaited_since <= late_before,
            arrived_at: here.map(|media| media.received_at),
            awaited_since,
        })
    };
    facts.into_iter().map(photo).collect()
}

/// Where a document keeps the hash of a photo.
pub(crate) fn path(fact: &Fact) -> String {
    format!("media/{}/sha256", fact.id)
}

/// A position as the console shows it.
pub(crate) fn place(position: Position) -> Place {
    Place {
        lon: position.lon,
        lat: position.lat,
        accuracy_m: position.accuracy_m,
        source: position.source,
        mocked: position.mocked,
    }
}
