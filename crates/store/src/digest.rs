//! Digests: does this phone hold what the center holds? (DESIGN §4.7) Kept with every page, so
//! that asking costs a few rows.

use linli_model::chunk;
use linli_model::digests::{Digest, of_doc, over, part_of};
use linli_model::ids::DocId;
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::StoreError;
use crate::{document, row};

/// One hash over the digests of `open` buckets.
///
/// # Errors
/// The database.
pub fn of_all(
    tx: &Transaction<'_>,
    open: impl IntoIterator<Item = u16>,
) -> Result<[u8; 16], StoreError> {
    let digests = open
        .into_iter()
        .map(|position| Ok((position, of_bucket(tx, position)?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(over(digests))
}

/// The digest of one bucket.
///
/// # Errors
/// The database.
pub fn of_bucket(tx: &Transaction<'_>, position: u16) -> Result<Digest, StoreError> {
    Ok(tx
        .prepare_cached("SELECT sum, docs FROM bucket WHERE position = ?1")?
        .query_row([position], |row| {
            let docs: i64 = row.get(1)?;
            Ok(Digest::new(row.get(0)?, u64::try_from(docs).unwrap_or(0)))
        })
        .optional()?
        .unwrap_or_default())
}

/// Documents of a bucket with their digests; of some parts of it, or of all.
///
/// # Errors
/// The database.
pub fn docs(
    tx: &Transaction<'_>,
    position: u16,
    parts: Option<&[u8]>,
) -> Result<Vec<(DocId, u128)>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT d.id, d.digest FROM member m JOIN doc d ON d.id = m.doc
         WHERE m.bucket = ?1 AND d.digest IS NOT NULL ORDER BY d.id",
    )?;
    let mut rows = statement.query([position])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id: DocId = row::get(row, 0)?;
        if parts.is_none_or(|parts| parts.contains(&part_of(id))) {
            found.push((id, u128::from_be_bytes(row.get(1)?)));
        }
    }
    Ok(found)
}

/// Notes what a document is now.
pub(crate) fn weigh(tx: &Transaction<'_>, id: DocId) -> Result<(), StoreError> {
    let now = computed(tx, id)?;
    note(tx, id, now)
}

/// Notes that a document lacks something, and so counts as not here.
pub(crate) fn lacking(tx: &Transaction<'_>, id: DocId) -> Result<(), StoreError> {
    note(tx, id, None)
}

fn note(tx: &Transaction<'_>, id: DocId, now: Option<u128>) -> Result<(), StoreError> {
    let before = of_stored(tx, id)?;
    if before == now {
        return Ok(());
    }
    tx.prepare_cached("UPDATE doc SET digest = ?2 WHERE id = ?1")?
        .execute(params![id.as_bytes(), now.map(u128::to_be_bytes)])?;
    for position in positions(tx, id)? {
        shift(tx, position, before, now)?;
    }
    Ok(())
}

/// A document joined a bucket.
pub(crate) fn joined(tx: &Transaction<'_>, id: DocId, position: u16) -> Result<(), StoreError> {
    let now = of_stored(tx, id)?;
    shift(tx, position, None, now)
}

/// A document left a bucket.
pub(crate) fn left(tx: &Transaction<'_>, id: DocId, position: u16) -> Result<(), StoreError> {
    let before = of_stored(tx, id)?;
    shift(tx, position, before, None)
}

/// A document goes out of all buckets it is still in.
pub(crate) fn forget(tx: &Transaction<'_>, id: DocId) -> Result<(), StoreError> {
    for position in positions(tx, id)? {
        left(tx, id, position)?;
    }
    Ok(())
}

/// Makes all digests anew from the log.
///
/// # Errors
/// The database, or a log that can't be read.
pub fn all(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute_batch(
        "UPDATE doc SET digest = NULL; UPDATE bucket SET sum = zeroblob(16), docs = 0;",
    )?;
    for id in document::all(tx)? {
        weigh(tx, id)?;
    }
    Ok(())
}

fn computed(tx: &Transaction<'_>, id: DocId) -> Result<Option<u128>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT c.hash, c.bytes, d.epoch FROM change c JOIN doc d ON d.id = c.doc
         WHERE c.doc = ?1 AND c.state = 1",
    )?;
    let mut rows = statement.query([id.as_bytes()])?;
    let (mut changes, mut epoch) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        changes.push((Hash(row.get(0)?), row.get::<_, Vec<u8>>(1)?));
        epoch = row.get(2)?;
    }
    if changes.is_empty() {
        return Ok(None);
    }
    let named = changes
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()));
    Ok(Some(of_doc(id, epoch, &chunk::heads_of(named)?)))
}

fn of_stored(tx: &Transaction<'_>, id: DocId) -> Result<Option<u128>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT digest FROM doc WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get::<_, Option<[u8; 16]>>(0))
        .optional()?
        .flatten()
        .map(u128::from_be_bytes))
}

fn positions(tx: &Transaction<'_>, id: DocId) -> Result<Vec<u16>, StoreError> {
    let mut statement = tx.prepare_cached("SELECT bucket FROM member WHERE doc = ?1")?;
    let found = statement
        .query_map([id.as_bytes()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

fn shift(
    tx: &Transaction<'_>,
    position: u16,
    gone: Option<u128>,
    come: Option<u128>,
) -> Result<(), StoreError> {
    if gone == come {
        return Ok(());
    }
    let mut digest = of_bucket(tx, position)?;
    if let Some(gone) = gone {
        digest.take(gone);
    }
    if let Some(come) = come {
        digest.add(come);
    }
    set(tx, position, &digest)
}

/// Keeps the digest of a bucket.
pub(crate) fn set(tx: &Transaction<'_>, position: u16, digest: &Digest) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO bucket (position, sum, docs) VALUES (?1, ?2, ?3)
         ON CONFLICT (position) DO UPDATE SET sum = excluded.sum, docs = excluded.docs",
    )?
    .execute(params![
        position,
        digest.sum(),
        i64::try_from(digest.docs()).unwrap_or(i64::MAX)
    ])?;
    Ok(())
}
