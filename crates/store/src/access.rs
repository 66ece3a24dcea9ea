//! Which buckets this phone reads: they follow its person's posts. A position means one bucket
//! for ever.

use linli_model::ids::DocId;
use rusqlite::{Transaction, params};

use crate::error::StoreError;
use crate::{meta, outbox, page, row};

/// Takes a new list over: `known` buckets stay as they are, positions after them begin at the
/// beginning, `closed` ones go with what is in no other. Returns whether a document went.
///
/// # Errors
/// The database.
pub fn renew(
    tx: &Transaction<'_>,
    known: u16,
    granted: u16,
    closed: &[u16],
) -> Result<bool, StoreError> {
    for position in known..granted {
        tx.prepare_cached("INSERT OR IGNORE INTO bucket (position) VALUES (?1)")?
            .execute([position])?;
        tx.prepare_cached("UPDATE bucket SET behind = 0 WHERE position = ?1")?
            .execute([position])?;
    }
    let mut went = false;
    for position in closed {
        tx.prepare_cached("INSERT OR IGNORE INTO bucket (position) VALUES (?1)")?
            .execute([position])?;
        let newly = tx
            .prepare_cached(
                "UPDATE bucket SET closed = 1, behind = NULL WHERE position = ?1 AND closed = 0",
            )?
            .execute([position])?;
        if newly > 0 {
            went |= sweep(tx, *position)?;
        }
    }
    doubt(tx)?;
    Ok(went)
}

/// The list is another one, or its numbers are: all buckets begin at the beginning.
pub(crate) fn from_the_beginning(
    tx: &Transaction<'_>,
    granted: u16,
    closed: &[u16],
) -> Result<(), StoreError> {
    // Everything is in a bucket that stays open, and the feed will say so, or goes; what waits for
    // an answer as well, once it has one.
    tx.execute(
        "UPDATE doc SET leaving = ?1 WHERE leaving = 0
           AND EXISTS (SELECT 1 FROM change c WHERE c.doc = doc.id AND c.state <> 2)",
        [IN_DOUBT],
    )?;
    tx.execute_batch("DELETE FROM member; DELETE FROM bucket;")?;
    for position in 0..granted {
        let shut = closed.contains(&position);
        tx.prepare_cached("INSERT INTO bucket (position, closed, behind) VALUES (?1, ?2, ?3)")?
            .execute(params![position, shut, (!shut).then_some(0)])?;
    }
    Ok(())
}

/// What was accepted and is in no bucket: it is in one that stays open, and the feed will say
/// so, or it was in one that is gone.
fn doubt(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE doc SET leaving = ?1 WHERE leaving = 0
           AND NOT EXISTS (SELECT 1 FROM member m WHERE m.doc = doc.id)
           AND EXISTS (SELECT 1 FROM change c WHERE c.doc = doc.id AND c.state = 1)",
        [IN_DOUBT],
    )?;
    Ok(())
}

/// This phone goes on under another enrolment, whose list is a new one: everything is read
/// from the beginning, what is here stays until it is known that it belongs nowhere.
///
/// # Errors
/// The database.
pub fn begin_anew(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute_batch("DELETE FROM member; DELETE FROM bucket;")?;
    for key in ["access", "through", "repaired_at"] {
        meta::clear(tx, key)?;
    }
    doubt(tx)
}

/// In none of the buckets, as far as has been read.
const IN_DOUBT: i64 = 2;

/// Everything has been read: what is still in no bucket goes, unless its author waits for an
/// answer. Returns whether a document went.
///
/// # Errors
/// The database.
pub fn all_read(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    let docs: Vec<DocId> = {
        // What has left may have waited for what a restored center had lost.
        let mut statement = tx.prepare_cached(
            "SELECT id FROM doc WHERE leaving = ?1 OR leaving > 0
               AND EXISTS (SELECT 1 FROM change c WHERE c.doc = doc.id AND c.state = 3)",
        )?;
        statement
            .query_map([IN_DOUBT], |row| row::get(row, 0))?
            .collect::<Result<_, _>>()?
    };
    let mut went = false;
    for doc in docs {
        if !outbox::pending(tx, doc)? {
            went |= page::part(tx, doc, &[])?;
        }
    }
    Ok(went)
}

/// Takes all documents out of a bucket. What its author waits for an answer on stays until then.
fn sweep(tx: &Transaction<'_>, position: u16) -> Result<bool, StoreError> {
    let docs: Vec<DocId> = {
        let mut statement = tx.prepare("SELECT doc FROM member WHERE bucket = ?1")?;
        statement
            .query_map([position], |row| row::get(row, 0))?
            .collect::<Result<_, _>>()?
    };
    let mut went = false;
    for doc in docs {
        went |= page::part(tx, doc, &[position])?;
    }
    Ok(went)
}

/// Positions that were taken away.
///
/// # Errors
/// The database.
pub fn closed(tx: &Transaction<'_>) -> Result<Vec<u16>, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT position FROM bucket WHERE closed = 1 ORDER BY position")?;
    let found = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Buckets that haven't caught up, and how far each has come.
///
/// # Errors
/// The database.
pub fn behind(tx: &Transaction<'_>) -> Result<Vec<(u16, i64)>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT position, behind FROM bucket WHERE behind IS NOT NULL ORDER BY position",
    )?;
    let found = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Those that were asked for have come as far as `reached`, or have caught up.
///
/// # Errors
/// The database.
pub fn came(
    tx: &Transaction<'_>,
    asked: &[u16],
    reached: i64,
    caught_up: bool,
) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "UPDATE bucket SET behind = CASE WHEN ?3 THEN NULL ELSE max(behind, ?2) END
         WHERE position = ?1 AND behind IS NOT NULL",
    )?;
    for position in asked {
        statement.execute(params![position, reached, caught_up])?;
    }
    Ok(())
}
