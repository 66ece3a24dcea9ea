//! Places: names, outlines, points.

use linli_model::ids::DocId;
use linli_model::kinds::position;
use rusqlite::{OptionalExtension, Transaction};

use crate::error::StoreError;
use crate::row;

/// A place as lists and maps need it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRow {
    /// Document.
    pub id: DocId,
    /// Type: `grid`, `building`, …
    pub kind: String,
    /// Name.
    pub name: String,
    /// What people call it.
    pub alias: String,
    /// Division code, for org nodes.
    pub code: String,
    /// Place it lies in.
    pub parent: Option<DocId>,
    /// Org node it belongs to.
    pub org: String,
    /// Degrees east and north.
    pub point: Option<(f64, f64)>,
    /// Outline or line, degrees.
    pub outline: Vec<[f64; 2]>,
    /// Units of a building.
    pub units: Vec<String>,
    /// Floors of a building, bottom up.
    pub floors: Vec<String>,
    /// Building lead, person id as text.
    pub lead: String,
    /// Grid worker, person id as text.
    pub worker: String,
    /// Public telephone.
    pub phone: String,
    /// Name of the building lead.
    pub lead_name: String,
    /// Name of the grid worker.
    pub worker_name: String,
}

const COLUMNS: &str = "doc, type, name, alias, code, parent, org, lon, lat, outline, units,
    floors, lead, worker, phone, lead_name, worker_name";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<PlaceRow> {
    let split = |text: String| -> Vec<String> {
        if text.is_empty() {
            Vec::new()
        } else {
            text.split(',').map(str::to_owned).collect()
        }
    };
    let lon: Option<f64> = row.get(7)?;
    let lat: Option<f64> = row.get(8)?;
    Ok(PlaceRow {
        id: row::get(row, 0)?,
        kind: row.get(1)?,
        name: row.get(2)?,
        alias: row.get(3)?,
        code: row.get(4)?,
        parent: row::maybe(row, 5)?,
        org: row.get(6)?,
        point: lon.zip(lat),
        outline: position::unpack(&row.get::<_, Vec<u8>>(9)?),
        units: split(row.get(10)?),
        floors: split(row.get(11)?),
        lead: row.get(12)?,
        worker: row.get(13)?,
        phone: row.get(14)?,
        lead_name: row.get(15)?,
        worker_name: row.get(16)?,
    })
}

/// All places of one type, by name.
///
/// # Errors
/// The database.
pub fn of_type(tx: &Transaction<'_>, kind: &str) -> Result<Vec<PlaceRow>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM place WHERE type = ?1 ORDER BY length(name), name"
    ))?;
    let found = statement
        .query_map([kind], read)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// One place.
///
/// # Errors
/// The database.
pub fn get(tx: &Transaction<'_>, id: DocId) -> Result<Option<PlaceRow>, StoreError> {
    Ok(tx
        .prepare_cached(&format!("SELECT {COLUMNS} FROM place WHERE doc = ?1"))?
        .query_row([id.as_bytes()], read)
        .optional()?)
}

/// The org node with a division code.
///
/// # Errors
/// The database.
pub fn by_code(tx: &Transaction<'_>, code: &str) -> Result<Option<PlaceRow>, StoreError> {
    Ok(tx
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM place WHERE code = ?1 AND code <> ''"
        ))?
        .query_row([code], read)
        .optional()?)
}
