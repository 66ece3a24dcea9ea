//! Cases as the desk lists them: a view kept beside the log.

use linli_model::ids::{DocId, PersonId};
use rusqlite::{Row, params};

use super::{DocNo, StoreError, Tables};

/// A line of the desk's list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CaseRow {
    /// Running number on this center; 0 before it has one.
    pub(crate) no: i64,
    pub(crate) doc: DocNo,
    pub(crate) id: DocId,
    pub(crate) category: String,
    pub(crate) words: String,
    pub(crate) state: String,
    pub(crate) org: String,
    pub(crate) place: Option<DocId>,
    pub(crate) address: String,
    pub(crate) lon: Option<f64>,
    pub(crate) lat: Option<f64>,
    /// When, by the reporter's clock.
    pub(crate) at: i64,
    pub(crate) received_at: i64,
    pub(crate) reporter: Option<PersonId>,
    pub(crate) photos: u32,
    pub(crate) photos_arrived: u32,
    /// Photos that have been waited for too long.
    pub(crate) photos_late: u32,
}

/// With a [`super::DeskFilter`] bound.
pub(super) const COLUMNS: &str =
    "v.no, v.doc, v.id, v.category, v.words, v.state, v.org, v.place, v.address,
    v.lon, v.lat, v.at, v.received_at, v.reporter, v.photos,
    (SELECT count(*) FROM media_fact f JOIN media m ON m.id = f.id AND m.verified = 1
     WHERE f.doc = v.doc) AS arrived,
    (SELECT count(*) FROM media_fact f WHERE f.doc = v.doc AND f.received_at <= ?11
       AND NOT EXISTS (SELECT 1 FROM media m WHERE m.id = f.id AND m.verified = 1)) AS late";

pub(super) fn case_row(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    Ok(CaseRow {
        no: row.get(0)?,
        doc: row.get(1)?,
        id: DocId::from_bytes(row.get(2)?),
        category: row.get(3)?,
        words: row.get(4)?,
        state: row.get(5)?,
        org: row.get(6)?,
        place: row.get::<_, Option<[u8; 16]>>(7)?.map(DocId::from_bytes),
        address: row.get(8)?,
        lon: row.get(9)?,
        lat: row.get(10)?,
        at: row.get(11)?,
        received_at: row.get(12)?,
        reporter: row
            .get::<_, Option<[u8; 16]>>(13)?
            .map(PersonId::from_bytes),
        photos: row.get(14)?,
        photos_arrived: row.get(15)?,
        photos_late: row.get(16)?,
    })
}

impl Tables<'_> {
    /// Renews the view of a case; its number and time of arrival stay.
    pub(crate) fn set_case(self, case: &CaseRow) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO case_view
                   (doc, id, category, words, state, org, place, address, lon, lat, at,
                    received_at, reporter, photos)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
                 ON CONFLICT (doc) DO UPDATE SET
                   category = excluded.category, words = excluded.words,
                   state = excluded.state, org = excluded.org, place = excluded.place,
                   address = excluded.address, lon = excluded.lon, lat = excluded.lat,
                   photos = excluded.photos",
            )?
            .execute(params![
                case.doc,
                case.id.as_bytes(),
                case.category,
                case.words,
                case.state,
                case.org,
                case.place.as_ref().map(DocId::as_bytes),
                case.address,
                case.lon,
                case.lat,
                case.at,
                case.received_at,
                case.reporter.as_ref().map(PersonId::as_bytes),
                case.photos
            ])?;
        Ok(())
    }
}
