//! Households and residents.

use linli_model::ids::{DocId, EntryId};
use rusqlite::{OptionalExtension, Transaction};

use crate::error::StoreError;
use crate::row;

/// A household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HouseholdRow {
    /// Household document.
    pub id: DocId,
    /// Dwelling.
    pub dwelling: DocId,
    /// Which family in this dwelling.
    pub occupancy: u32,
    /// Moved out: when.
    pub ended: Option<i64>,
}

/// Households of a dwelling, the latest family first.
///
/// # Errors
/// The database.
pub fn households(tx: &Transaction<'_>, dwelling: DocId) -> Result<Vec<HouseholdRow>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT doc, dwelling, occupancy, ended FROM household WHERE dwelling = ?1
         ORDER BY ended IS NOT NULL, occupancy",
    )?;
    let found = statement
        .query_map([dwelling.as_bytes()], household_row)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// All households of the own area that live there now.
///
/// # Errors
/// The database.
pub fn all_households(tx: &Transaction<'_>) -> Result<Vec<HouseholdRow>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT doc, dwelling, occupancy, ended FROM household WHERE ended IS NULL",
    )?;
    let found = statement
        .query_map([], household_row)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// One household.
///
/// # Errors
/// The database.
pub fn household(tx: &Transaction<'_>, id: DocId) -> Result<Option<HouseholdRow>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT doc, dwelling, occupancy, ended FROM household WHERE doc = ?1")?
        .query_row([id.as_bytes()], household_row)
        .optional()?)
}

fn household_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<HouseholdRow> {
    Ok(HouseholdRow {
        id: row::get(row, 0)?,
        dwelling: row::get(row, 1)?,
        occupancy: row.get(2)?,
        ended: row.get(3)?,
    })
}

/// A resident who lives there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentRow {
    /// Resident.
    pub id: EntryId,
    /// Household document.
    pub household: DocId,
    /// Dwelling.
    pub dwelling: DocId,
    /// Name.
    pub name: String,
    /// Relation code; `0` is the head.
    pub relation: String,
    /// Mobility code, empty when not recorded.
    pub mobility: String,
    /// Category and need codes.
    pub flags: Vec<String>,
}

const RESIDENT: &str = "SELECT r.id, r.household, r.dwelling, r.name, r.relation,
    coalesce((SELECT max(m.code) FROM mobility m WHERE m.resident = r.id), ''),
    coalesce((SELECT group_concat(f.code) FROM flag f WHERE f.resident = r.id), '')
    FROM resident r";

fn resident_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ResidentRow> {
    let flags: String = row.get(6)?;
    Ok(ResidentRow {
        id: row::get(row, 0)?,
        household: row::get(row, 1)?,
        dwelling: row::get(row, 2)?,
        name: row.get(3)?,
        relation: row.get(4)?,
        mobility: row.get(5)?,
        flags: flags
            .split(',')
            .filter(|flag| !flag.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}

/// Residents of a household, the head first.
///
/// # Errors
/// The database.
pub fn residents(tx: &Transaction<'_>, household: DocId) -> Result<Vec<ResidentRow>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "{RESIDENT} WHERE r.household = ?1 AND r.ended IS NULL ORDER BY r.relation, r.birth_year"
    ))?;
    let found = statement
        .query_map([household.as_bytes()], resident_row)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// One resident.
///
/// # Errors
/// The database.
pub fn resident(tx: &Transaction<'_>, id: EntryId) -> Result<Option<ResidentRow>, StoreError> {
    Ok(tx
        .prepare_cached(&format!("{RESIDENT} WHERE r.id = ?1"))?
        .query_row([id.as_bytes()], resident_row)
        .optional()?)
}

/// Everybody in the own area who lives there now: the roll list.
///
/// # Errors
/// The database.
pub fn everybody(tx: &Transaction<'_>) -> Result<Vec<ResidentRow>, StoreError> {
    let mut statement = tx.prepare_cached(&format!("{RESIDENT} WHERE r.ended IS NULL"))?;
    let found = statement
        .query_map([], resident_row)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Households and people in the own area.
///
/// # Errors
/// The database.
pub fn counts(tx: &Transaction<'_>) -> Result<(u32, u32), StoreError> {
    Ok(tx.query_row(
        "SELECT (SELECT count(*) FROM household WHERE ended IS NULL),
                (SELECT count(*) FROM resident WHERE ended IS NULL)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// The visit cycle of a care document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// Dwelling.
    pub dwelling: DocId,
    /// Which family.
    pub occupancy: u32,
    /// Days between visits.
    pub days: i64,
    /// Last visit.
    pub last: Option<i64>,
}

/// Households with a visit cycle, the longest overdue first.
///
/// # Errors
/// The database.
pub fn cycles(tx: &Transaction<'_>, limit: u32) -> Result<Vec<Cycle>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT dwelling, occupancy, cycle_days,
            (SELECT max(v.at) FROM visit v WHERE v.dwelling = c.dwelling) AS last
         FROM care c WHERE cycle_days > 0
         ORDER BY coalesce(last, 0) + cycle_days * 86400000 LIMIT ?1",
    )?;
    let found = statement
        .query_map([limit], |row| {
            Ok(Cycle {
                dwelling: row::get(row, 0)?,
                occupancy: row.get(1)?,
                days: row.get(2)?,
                last: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Documents with values that stand side by side, with one path each.
///
/// # Errors
/// The database.
pub fn clashes(tx: &Transaction<'_>) -> Result<Vec<(DocId, String)>, StoreError> {
    let mut statement = tx.prepare_cached("SELECT doc, path FROM clash ORDER BY doc, path")?;
    let found = statement
        .query_map([], |row| Ok((row::get(row, 0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Dwelling and family of a household or care document.
///
/// # Errors
/// The database.
pub fn family_of(tx: &Transaction<'_>, doc: DocId) -> Result<Option<(DocId, u32)>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT dwelling, occupancy FROM household WHERE doc = ?1
             UNION ALL SELECT dwelling, occupancy FROM care WHERE doc = ?1",
        )?
        .query_row([doc.as_bytes()], |row| Ok((row::get(row, 0)?, row.get(1)?)))
        .optional()?)
}
