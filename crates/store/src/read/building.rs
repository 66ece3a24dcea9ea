//! Buildings and rooms.

use linli_model::ids::DocId;
use rusqlite::{OptionalExtension, Transaction};

use crate::error::StoreError;
use crate::row;

/// A room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomRow {
    /// Dwelling.
    pub dwelling: DocId,
    /// Building.
    pub building: DocId,
    /// Unit name; empty when there is none.
    pub unit: String,
    /// Floor label.
    pub floor: String,
    /// Room label.
    pub room: String,
    /// Surname at the door.
    pub surname: String,
    /// Somebody lives there.
    pub occupied: bool,
    /// Numbers of the current occupancies.
    pub occupancies: Vec<u32>,
}

const COLUMNS: &str = "dwelling, building, unit, floor, room, surname, occupied, occupancies";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<RoomRow> {
    let numbers: String = row.get(7)?;
    Ok(RoomRow {
        dwelling: row::get(row, 0)?,
        building: row::get(row, 1)?,
        unit: row.get(2)?,
        floor: row.get(3)?,
        room: row.get(4)?,
        surname: row.get(5)?,
        occupied: row.get(6)?,
        occupancies: numbers.split(',').filter_map(|n| n.parse().ok()).collect(),
    })
}

/// All rooms of a building.
///
/// # Errors
/// The database.
pub fn rooms(tx: &Transaction<'_>, building: DocId) -> Result<Vec<RoomRow>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM room WHERE building = ?1 ORDER BY unit, length(room), room"
    ))?;
    let found = statement
        .query_map([building.as_bytes()], read)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// All rooms of the own area.
///
/// # Errors
/// The database.
pub fn all_rooms(tx: &Transaction<'_>) -> Result<Vec<RoomRow>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM room ORDER BY building, unit, length(room), room"
    ))?;
    let found = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// One room.
///
/// # Errors
/// The database.
pub fn room(tx: &Transaction<'_>, dwelling: DocId) -> Result<Option<RoomRow>, StoreError> {
    Ok(tx
        .prepare_cached(&format!("SELECT {COLUMNS} FROM room WHERE dwelling = ?1"))?
        .query_row([dwelling.as_bytes()], read)
        .optional()?)
}

/// What a room's mark is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// Dwelling.
    pub dwelling: DocId,
    /// Days between visits, 0 for none.
    pub cycle_days: i64,
    /// Last visit.
    pub last: Option<i64>,
    /// Somebody has a care flag.
    pub care: bool,
    /// Somebody needs help to move.
    pub mobility: bool,
    /// Two values stand side by side somewhere.
    pub clash: bool,
    /// A tip waits.
    pub tip: bool,
}

/// Marks of every dwelling with a household, in the own area or in one building.
///
/// # Errors
/// The database.
pub fn marks(tx: &Transaction<'_>, building: Option<DocId>) -> Result<Vec<Marks>, StoreError> {
    let filter = if building.is_some() {
        "WHERE r.building = ?1"
    } else {
        "WHERE ?1 IS NULL"
    };
    let mut statement = tx.prepare_cached(&format!(
        "SELECT r.dwelling,
            coalesce((SELECT min(nullif(c.cycle_days, 0)) FROM care c
                      WHERE c.dwelling = r.dwelling), 0),
            (SELECT max(v.at) FROM visit v WHERE v.dwelling = r.dwelling),
            EXISTS (SELECT 1 FROM care c JOIN flag f ON f.doc = c.doc
                    WHERE c.dwelling = r.dwelling),
            EXISTS (SELECT 1 FROM care c JOIN mobility m ON m.doc = c.doc
                    WHERE c.dwelling = r.dwelling AND m.code <> 'self'),
            EXISTS (SELECT 1 FROM care c JOIN clash x ON x.doc = c.doc
                    WHERE c.dwelling = r.dwelling)
              OR EXISTS (SELECT 1 FROM household h JOIN clash x ON x.doc = h.doc
                    WHERE h.dwelling = r.dwelling),
            EXISTS (SELECT 1 FROM visit v WHERE v.dwelling = r.dwelling AND v.open_tips > 0)
         FROM room r {filter}"
    ))?;
    let found = statement
        .query_map([building.map(|id| id.as_bytes().to_vec())], |row| {
            Ok(Marks {
                dwelling: row::get(row, 0)?,
                cycle_days: row.get(1)?,
                last: row.get(2)?,
                care: row.get(3)?,
                mobility: row.get(4)?,
                clash: row.get(5)?,
                tip: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}
