//! Documents as the log has them.

use linli_model::document::Document;
use linli_model::fields::Fields;
use linli_model::flat;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::StoreError;
use crate::row;

/// State of a change in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeState {
    /// Written here, no verdict yet.
    Pending = 0,
    /// The center has it.
    Accepted = 1,
    /// Left out by a rebase; kept, since an answer may still be on its way.
    Dropped = 2,
    /// Accepted once, by a center that has lost it since.
    Lost = 3,
}

/// Kind of a known document.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn kind(tx: &Transaction<'_>, id: DocId) -> Result<Kind, StoreError> {
    let code: Option<u8> = tx
        .prepare_cached("SELECT kind FROM doc WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?;
    code.map(Kind::from_code).ok_or(StoreError::NotFound)
}

/// The document as this phone shows it: accepted changes and own pending ones. A document
/// nobody has written to yet is its genesis, or empty.
///
/// # Errors
/// The database, or a log that doesn't replay.
pub fn load(tx: &Transaction<'_>, kind: Kind, id: DocId) -> Result<Document, StoreError> {
    with_states(tx, kind, id, "state <> 2")
}

/// The document as the center has accepted it so far.
///
/// # Errors
/// As [`load`].
pub fn load_accepted(tx: &Transaction<'_>, kind: Kind, id: DocId) -> Result<Document, StoreError> {
    with_states(tx, kind, id, "state = 1")
}

/// The same with what was accepted before the center was restored: what others' edits here were
/// made on.
pub(crate) fn load_standing(
    tx: &Transaction<'_>,
    kind: Kind,
    id: DocId,
) -> Result<Document, StoreError> {
    with_states(tx, kind, id, "state IN (1, 3)")
}

/// What a known document says, without building it: for the tables.
pub(crate) fn fields_known(tx: &Transaction<'_>, id: DocId) -> Result<(Kind, Fields), StoreError> {
    let kind = kind(tx, id)?;
    let changes = changes(tx, id, "state <> 2")?;
    let fields = flat::read(kind, id, changes.iter().map(Vec::as_slice))?;
    Ok((kind, fields))
}

fn with_states(
    tx: &Transaction<'_>,
    kind: Kind,
    id: DocId,
    states: &str,
) -> Result<Document, StoreError> {
    let changes = changes(tx, id, states)?;
    Ok(Document::from_changes(
        kind,
        id,
        changes.iter().map(Vec::as_slice),
    )?)
}

fn changes(tx: &Transaction<'_>, id: DocId, states: &str) -> Result<Vec<Vec<u8>>, StoreError> {
    let sql = format!("SELECT bytes FROM change WHERE doc = ?1 AND {states} ORDER BY ord");
    let mut statement = tx.prepare_cached(&sql)?;
    let found = statement
        .query_map([id.as_bytes()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// A known document with its kind looked up.
///
/// # Errors
/// [`StoreError::NotFound`], or as [`load`].
pub fn load_known(tx: &Transaction<'_>, id: DocId) -> Result<Document, StoreError> {
    load(tx, kind(tx, id)?, id)
}

/// What the log says about a change: when the center received it, and its state.
///
/// # Errors
/// The database.
pub fn change_facts(
    tx: &Transaction<'_>,
    hash: Hash,
) -> Result<Option<(Option<i64>, bool)>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT received_at, state = 1 FROM change WHERE hash = ?1")?
        .query_row([&hash.0[..]], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Every known document.
pub(crate) fn all(tx: &Transaction<'_>) -> Result<Vec<DocId>, StoreError> {
    let mut statement = tx.prepare("SELECT id FROM doc ORDER BY id")?;
    let found = statement
        .query_map([], |row| row::get(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

pub(crate) fn know(
    tx: &Transaction<'_>,
    id: DocId,
    kind: Kind,
    epoch: u32,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO doc (id, kind, epoch, counter)
         VALUES (?1, ?2, ?3, coalesce((SELECT counter FROM retired WHERE doc = ?1), 0))",
    )?
    .execute(params![id.as_bytes(), kind.code(), epoch])?;
    Ok(())
}

pub(crate) fn epoch(tx: &Transaction<'_>, id: DocId) -> Result<u32, StoreError> {
    Ok(tx
        .prepare_cached("SELECT epoch FROM doc WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

/// True when the center has accepted anything of this document.
///
/// # Errors
/// The database.
pub fn is_accepted(tx: &Transaction<'_>, id: DocId) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM change WHERE doc = ?1 AND state = 1")?
        .exists([id.as_bytes()])?)
}
