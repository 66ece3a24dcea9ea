//! What pages brought and no backup holds, with the center's MAC: so that it can be given back to
//! a center that has lost it.

use linli_model::actor::EnrolmentId;
use linli_model::ids::{DocId, IntentId};
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::document::ChangeState;
use crate::error::StoreError;
use crate::{digest, outbox, page, project, renew, row};

/// A page that was proven to this phone.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Its number here.
    pub id: i64,
    /// What is on it, as the MAC is over it.
    pub contents: Vec<u8>,
    /// The MAC.
    pub mac: Vec<u8>,
}

/// A change that the center may have lost.
#[derive(Debug, Clone)]
pub struct Lost {
    /// Raw bytes.
    pub bytes: Vec<u8>,
    /// The intent, of an own one.
    pub intent: Option<IntentId>,
}

/// Keeps a page's contents with their MAC until a backup reaches them.
///
/// # Errors
/// The database.
pub fn keep(
    tx: &Transaction<'_>,
    generation: i64,
    through: i64,
    contents: &[u8],
    mac: &[u8],
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO proof (generation, through, contents, mac) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![generation, through, contents, mac])?;
    Ok(())
}

/// The first page of another generation than `generation` after number `after` that may be given
/// back now.
///
/// # Errors
/// The database.
pub fn due(
    tx: &Transaction<'_>,
    generation: i64,
    after: i64,
    now_ms: i64,
) -> Result<Option<Proof>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT id, contents, mac FROM proof
             WHERE generation <> ?1 AND id > ?2 AND (again_at <= ?3 OR again_at > ?3 + ?4)
             ORDER BY id LIMIT 1",
        )?
        .query_row(
            [generation, after, now_ms, outbox::LONGEST_WAIT_MS],
            |row| {
                Ok(Proof {
                    id: row.get(0)?,
                    contents: row.get(1)?,
                    mac: row.get(2)?,
                })
            },
        )
        .optional()?)
}

/// A change by name, if it is here and the center may lack it. An own one that was written anew
/// since goes its own way.
///
/// # Errors
/// The database.
pub fn lost(tx: &Transaction<'_>, hash: Hash) -> Result<Option<Lost>, StoreError> {
    let bytes: Option<Vec<u8>> = tx
        .prepare_cached(
            "SELECT bytes FROM change WHERE hash = ?1 AND state IN (0, 3)
             UNION ALL SELECT bytes FROM parted WHERE hash = ?1 AND seq IS NULL LIMIT 1",
        )?
        .query_row([&hash.0[..]], |row| row.get(0))
        .optional()?;
    let Some(bytes) = bytes else { return Ok(None) };
    let intent = tx
        .prepare_cached("SELECT id FROM intent WHERE change = ?1 AND state IN (0, 1, 2)")?
        .query_row([&hash.0[..]], |row| row::get(row, 0))
        .optional()?;
    Ok(Some(Lost { bytes, intent }))
}

/// The center has a change again, under this number.
///
/// # Errors
/// The database.
pub fn regained(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    hash: Hash,
    seq: i64,
) -> Result<(), StoreError> {
    page::own_accepted(tx, enrolment, hash, seq)?;
    let doc: Option<DocId> = tx
        .prepare_cached("SELECT doc FROM change WHERE hash = ?1")?
        .query_row([&hash.0[..]], |row| row::get(row, 0))
        .optional()?;
    tx.prepare_cached("UPDATE change SET state = ?3, seq = ?2 WHERE hash = ?1 AND state = ?4")?
        .execute(params![
            &hash.0[..],
            seq,
            ChangeState::Accepted as i64,
            ChangeState::Lost as i64
        ])?;
    if let Some(doc) = doc {
        digest::weigh(tx, doc)?;
        if !page::let_go(tx, doc)? {
            project::by_id(tx, doc)?;
        }
    }
    Ok(())
}

/// The center doesn't take a document back, because it speaks of somebody who was erased, and has
/// it no more: it goes, with what waits on it.
///
/// # Errors
/// The database.
pub fn erased(tx: &Transaction<'_>, enrolment: EnrolmentId, doc: DocId) -> Result<(), StoreError> {
    renew::forget(tx, enrolment, doc)?;
    Ok(())
}

/// Everything on a page is back, or with somebody else.
///
/// # Errors
/// The database.
pub fn done(tx: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM proof WHERE id = ?1", [id])?;
    Ok(())
}

/// Something on a page can't be taken in yet: it is given back again, at longer and longer
/// intervals.
///
/// # Errors
/// The database.
pub fn later(tx: &Transaction<'_>, id: i64, now_ms: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE proof SET tries = tries + 1, again_at = ?2 + min(?3 << min(tries, 12), ?4)
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        now_ms,
        outbox::FIRST_WAIT_MS,
        outbox::LONGEST_WAIT_MS
    ])?;
    Ok(())
}
