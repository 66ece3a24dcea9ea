//! What is left of the heads a form was opened on, after some of them came back or moved.

use std::collections::{HashMap, HashSet};

use linli_model::chunk;
use linli_model::document::Document;
use linli_model::ids::IntentId;
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, Transaction};

use crate::error::StoreError;
use crate::row;

/// The heads `seen`, as far as they stand in `doc`; never newer ones. A change that moved
/// (`moved`, mended by its author, or accepted by a desk) is the one it became; for one that is
/// gone stands what it was built on. None when it was written on something and nothing of that
/// is left.
pub(crate) fn heads(
    tx: &Transaction<'_>,
    doc: &Document,
    seen: &[Hash],
    moved: &HashMap<Hash, Option<Hash>>,
) -> Result<Option<Vec<Hash>>, StoreError> {
    let (mut there, mut met) = (Vec::new(), HashSet::new());
    let mut queue = seen.to_vec();
    while let Some(hash) = queue.pop() {
        if !met.insert(hash) {
            continue;
        }
        if doc.has(hash) {
            there.push(hash);
        } else if let Some(Some(new)) = moved.get(&hash) {
            queue.push(*new);
        } else if let Some(new) = mended_as(tx, hash)? {
            queue.push(new);
        } else if let Some(new) = accepted_as(tx, hash)? {
            queue.push(new);
        } else if let by = replaced(tx, hash)?
            && !by.is_empty()
        {
            queue.extend(by);
        } else {
            queue.extend(deps_of(tx, hash)?);
        }
    }
    let heads = doc.newest_of(&there);
    Ok((seen.is_empty() || !heads.is_empty()).then_some(heads))
}

/// The change in which its author wrote the same thing again.
fn mended_as(tx: &Transaction<'_>, old: Hash) -> Result<Option<Hash>, StoreError> {
    let new: Option<String> = tx
        .prepare_cached(
            "SELECT params FROM intent WHERE change = ?1 AND state = 4 AND code = 'mended'",
        )?
        .query_row([&old.0[..]], |row| row.get(0))
        .optional()?;
    let Some(new) = new.and_then(|id| id.parse::<IntentId>().ok()) else {
        return Ok(None);
    };
    Ok(tx
        .prepare_cached("SELECT change FROM intent WHERE id = ?1")?
        .query_row([new.as_bytes()], |row| row::maybe(row, 0))
        .optional()?
        .flatten())
}

/// The change as which a desk accepted it after all, once that has arrived.
fn accepted_as(tx: &Transaction<'_>, old: Hash) -> Result<Option<Hash>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT change FROM intent WHERE state = 2 AND code = 'accepted_as' AND params = ?1",
        )?
        .query_row([hex::encode_upper(old.0)], |row| row::maybe(row, 0))
        .optional()?
        .flatten())
}

/// The heads of a form that was opened in an epoch that is over, as they are called now; others
/// stay as they are.
pub(crate) fn renamed(
    tx: &Transaction<'_>,
    doc: &Document,
    seen: &[Hash],
) -> Result<Vec<Hash>, StoreError> {
    if seen.iter().all(|hash| doc.has(*hash)) {
        return Ok(seen.to_vec());
    }
    for hash in seen.iter().filter(|hash| !doc.has(**hash)) {
        if replaced(tx, *hash)?.is_empty() {
            return Ok(seen.to_vec());
        }
    }
    let heads = heads(tx, doc, seen, &HashMap::new())?;
    Ok(heads.unwrap_or_else(|| seen.to_vec()))
}

/// What stands for a change of an epoch that is over.
fn replaced(tx: &Transaction<'_>, was: Hash) -> Result<Vec<Hash>, StoreError> {
    let mut statement = tx.prepare_cached("SELECT now FROM replaced WHERE was = ?1")?;
    let found = statement
        .query_map([&was.0[..]], |row| row::get(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// What a change that was left out was built on; nothing when its bytes are gone too.
fn deps_of(tx: &Transaction<'_>, hash: Hash) -> Result<Vec<Hash>, StoreError> {
    let bytes: Option<Vec<u8>> = tx
        .prepare_cached("SELECT bytes FROM change WHERE hash = ?1")?
        .query_row([&hash.0[..]], |row| row.get(0))
        .optional()?;
    Ok(match bytes {
        Some(bytes) => chunk::deps_of(&bytes)?,
        None => Vec::new(),
    })
}
