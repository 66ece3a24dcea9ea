//! Visits, reports, tasks, notices, roll-calls.

use linli_model::actor::EnrolmentId;
use linli_model::ids::DocId;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::StoreError;
use crate::row;

/// Visit documents of a dwelling, newest first.
///
/// # Errors
/// The database.
pub fn visits(tx: &Transaction<'_>, dwelling: DocId, limit: u32) -> Result<Vec<DocId>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT doc FROM visit WHERE dwelling = ?1 ORDER BY at DESC, doc DESC LIMIT ?2",
    )?;
    let found = statement
        .query_map(params![dwelling.as_bytes(), limit], |row| row::get(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Visits with tips nobody has looked at: document and dwelling.
///
/// # Errors
/// The database.
pub fn with_tips(tx: &Transaction<'_>) -> Result<Vec<(DocId, Option<DocId>, i64)>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT doc, dwelling, at FROM visit WHERE open_tips > 0 ORDER BY at DESC",
    )?;
    let found = statement
        .query_map([], |row| {
            Ok((row::get(row, 0)?, row::maybe(row, 1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// A reported problem in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportRow {
    /// Case document.
    pub id: DocId,
    /// Category code.
    pub category: String,
    /// Words.
    pub words: String,
    /// Building or other place.
    pub place: Option<DocId>,
    /// Org code.
    pub org: String,
    /// Reported, milliseconds.
    pub at: i64,
    /// Degrees east and north.
    pub point: Option<(f64, f64)>,
    /// State of the case machine.
    pub state: String,
    /// Since when.
    pub since: i64,
    /// Enrolment of the reporter.
    pub author: Option<EnrolmentId>,
}

/// Reports, newest first; only own ones when `own` names enrolments.
///
/// # Errors
/// The database.
pub fn reports(
    tx: &Transaction<'_>,
    own: &[EnrolmentId],
    limit: u32,
) -> Result<Vec<ReportRow>, StoreError> {
    let mut statement = tx.prepare_cached(&format!("{REPORT} ORDER BY at DESC, doc DESC"))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let report = report_row(row)?;
        if !own.is_empty() && !report.author.is_some_and(|author| own.contains(&author)) {
            continue;
        }
        found.push(report);
        if found.len() >= limit as usize {
            break;
        }
    }
    Ok(found)
}

/// One report.
///
/// # Errors
/// The database.
pub fn report(tx: &Transaction<'_>, id: DocId) -> Result<Option<ReportRow>, StoreError> {
    Ok(tx
        .prepare_cached(&format!("{REPORT} WHERE doc = ?1"))?
        .query_row([id.as_bytes()], report_row)
        .optional()?)
}

const REPORT: &str = "SELECT doc, category, words, place, org, at, lon, lat, state, since, author
    FROM report";

fn report_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ReportRow> {
    let author: Option<Vec<u8>> = row.get(10)?;
    let lon: Option<f64> = row.get(6)?;
    let lat: Option<f64> = row.get(7)?;
    Ok(ReportRow {
        id: row::get(row, 0)?,
        category: row.get(1)?,
        words: row.get(2)?,
        place: row::maybe(row, 3)?,
        org: row.get(4)?,
        at: row.get(5)?,
        point: lon.zip(lat),
        state: row.get(8)?,
        since: row.get(9)?,
        author: author.and_then(|a| a.try_into().ok()).map(EnrolmentId),
    })
}

/// A task in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// Document.
    pub id: DocId,
    /// Title.
    pub title: String,
    /// Words.
    pub words: String,
    /// Household it concerns.
    pub household: Option<DocId>,
    /// Due, milliseconds.
    pub due: Option<i64>,
    /// State of the task machine.
    pub state: String,
    /// Enrolment of who gave it.
    pub author: Option<EnrolmentId>,
}

/// Tasks: open ones by due date, then the rest.
///
/// # Errors
/// The database.
pub fn tasks(tx: &Transaction<'_>, limit: u32) -> Result<Vec<TaskRow>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT doc, title, words, household, due, state, author FROM task
         ORDER BY state NOT IN ('open', 'claimed'), due IS NULL, due LIMIT ?1",
    )?;
    let found = statement
        .query_map([limit], |row| {
            let author: Option<Vec<u8>> = row.get(6)?;
            Ok(TaskRow {
                id: row::get(row, 0)?,
                title: row.get(1)?,
                words: row.get(2)?,
                household: row::maybe(row, 3)?,
                due: row.get(4)?,
                state: row.get(5)?,
                author: author.and_then(|a| a.try_into().ok()).map(EnrolmentId),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Document.
    pub id: DocId,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
    /// `normal` or `urgent`.
    pub level: String,
    /// Published, milliseconds.
    pub at: i64,
    /// Enrolment of who published it.
    pub author: Option<EnrolmentId>,
}

/// Notices still shown at `now`, newest first.
///
/// # Errors
/// The database.
pub fn notices(tx: &Transaction<'_>, now: i64, limit: u32) -> Result<Vec<NoticeRow>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT doc, title, body, level, at, author FROM notice
         WHERE until IS NULL OR until > ?1 ORDER BY at DESC LIMIT ?2",
    )?;
    let found = statement
        .query_map(params![now, limit], |row| {
            let author: Option<Vec<u8>> = row.get(5)?;
            Ok(NoticeRow {
                id: row::get(row, 0)?,
                title: row.get(1)?,
                body: row.get(2)?,
                level: row.get(3)?,
                at: row.get(4)?,
                author: author.and_then(|a| a.try_into().ok()).map(EnrolmentId),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// A roll-call in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MusterRow {
    /// Document.
    pub id: DocId,
    /// Title.
    pub title: String,
    /// An exercise.
    pub drill: bool,
}

/// The newest roll-call that is still open. An exercise never hides the real thing, whichever
/// began later.
///
/// # Errors
/// The database.
pub fn open_muster(tx: &Transaction<'_>) -> Result<Option<MusterRow>, StoreError> {
    Ok(tx
        .prepare_cached(&format!(
            "{MUSTER} WHERE ended IS NULL ORDER BY drill, at DESC, doc DESC LIMIT 1"
        ))?
        .query_row([], muster_row)
        .optional()?)
}

/// One roll-call.
///
/// # Errors
/// The database.
pub fn muster(tx: &Transaction<'_>, id: DocId) -> Result<Option<MusterRow>, StoreError> {
    Ok(tx
        .prepare_cached(&format!("{MUSTER} WHERE doc = ?1"))?
        .query_row([id.as_bytes()], muster_row)
        .optional()?)
}

const MUSTER: &str = "SELECT doc, title, drill FROM muster";

fn muster_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<MusterRow> {
    Ok(MusterRow {
        id: row::get(row, 0)?,
        title: row.get(1)?,
        drill: row.get(2)?,
    })
}
