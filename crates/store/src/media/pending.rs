//! Own photos from the moment before the shutter to the finished picture. A row comes first, so
//! that whatever is cut short is known at the next start.

use linli_model::ids::MediaId;
use rusqlite::{OptionalExtension, Transaction, params};

use super::{COLUMNS, Photo, read};
use crate::error::StoreError;

/// How far an own photo is. Photos of others are always [`Stage::Finished`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// A camera or an album was opened for it; there is no picture yet.
    Taking,
    /// Its file is kept as it came, encrypted.
    Sealed,
    /// Upright and scaled; it can still be masked and placed.
    Working,
    /// Its hash is known.
    Finished,
}

impl Stage {
    pub(super) fn read(number: i64) -> Self {
        match number {
            0 => Self::Taking,
            1 => Self::Sealed,
            2 => Self::Working,
            _ => Self::Finished,
        }
    }

    fn number(self) -> i64 {
        match self {
            Self::Taking => 0,
            Self::Sealed => 1,
            Self::Working => 2,
            Self::Finished => 3,
        }
    }
}

/// Makes the row of a photo that is about to be taken. `facts` is the caller's own encoding of
/// what is known of the capture.
///
/// # Errors
/// The database.
pub fn begin(
    tx: &Transaction<'_>,
    id: MediaId,
    source: &str,
    taken_at: i64,
    facts: &[u8],
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO media (id, doc, sha256, bytes, width, height, taken_at, source, state, own,
            here, facts, stage)
         VALUES (?1, NULL, x'', 0, 0, 0, ?2, ?3, 0, 1, 0, ?4, 0)",
        params![id.as_bytes(), taken_at, source, facts],
    )?;
    Ok(())
}

/// What a photo really is, once there is a file: an album's, though a camera was asked for.
///
/// # Errors
/// The database.
pub fn came(
    tx: &Transaction<'_>,
    id: MediaId,
    source: &str,
    taken_at: i64,
) -> Result<(), StoreError> {
    changed(tx.execute(
        "UPDATE media SET source = ?2, taken_at = ?3 WHERE id = ?1 AND doc IS NULL",
        params![id.as_bytes(), source, taken_at],
    )?)
}

/// Its file was encrypted as it came; what was made of an earlier one is made anew.
///
/// # Errors
/// [`StoreError::NotFound`] when a record names it already, or it was dropped.
pub fn sealed(tx: &Transaction<'_>, id: MediaId) -> Result<(), StoreError> {
    changed(tx.execute(
        "UPDATE media SET stage = ?2, here = 1 WHERE id = ?1 AND doc IS NULL",
        params![id.as_bytes(), Stage::Sealed.number()],
    )?)
}

/// It is upright and scaled, `width` by `height` pixels; or it changed since, and has to be
/// finished anew.
///
/// # Errors
/// [`StoreError::NotFound`] when a record names it already, or it was dropped.
pub fn working(
    tx: &Transaction<'_>,
    id: MediaId,
    (width, height): (u32, u32),
) -> Result<(), StoreError> {
    changed(tx.execute(
        "UPDATE media SET stage = ?2, here = 1, width = ?3, height = ?4
         WHERE id = ?1 AND doc IS NULL",
        params![id.as_bytes(), Stage::Working.number(), width, height],
    )?)
}

/// Its picture is final, unless something of it changed meanwhile: then `facts` are no longer
/// what they were.
///
/// # Errors
/// The database. Whether it counts.
pub fn finished(
    tx: &Transaction<'_>,
    id: MediaId,
    sha256: &[u8; 32],
    bytes: usize,
    facts: &[u8],
) -> Result<bool, StoreError> {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let rows = tx.execute(
        "UPDATE media SET stage = ?2, sha256 = ?3, bytes = ?4
         WHERE id = ?1 AND doc IS NULL AND stage >= 2 AND facts = ?5",
        params![
            id.as_bytes(),
            Stage::Finished.number(),
            &sha256[..],
            bytes,
            facts
        ],
    )?;
    Ok(rows > 0)
}

/// What was kept beside a photo taken here.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn facts(tx: &Transaction<'_>, id: MediaId) -> Result<Vec<u8>, StoreError> {
    Ok(tx.query_row(
        "SELECT facts FROM media WHERE id = ?1",
        [id.as_bytes()],
        |row| row.get(0),
    )?)
}

/// Replaces what is known of the capture; a finished photo has to be finished anew.
///
/// # Errors
/// [`StoreError::NotFound`] when a record names it already.
pub fn set_facts(tx: &Transaction<'_>, id: MediaId, facts: &[u8]) -> Result<(), StoreError> {
    changed(tx.execute(
        "UPDATE media SET facts = ?2, stage = min(stage, 2) WHERE id = ?1 AND doc IS NULL",
        params![id.as_bytes(), facts],
    )?)
}

/// Own photos that no record names, oldest first.
///
/// # Errors
/// The database.
pub fn loose(tx: &Transaction<'_>) -> Result<Vec<Photo>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM media WHERE doc IS NULL AND own = 1 AND gone = 0
         ORDER BY taken_at, id"
    ))?;
    let found = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Own photos that are not finished, with what is known of their capture, oldest first.
///
/// # Errors
/// The database.
pub fn unfinished(tx: &Transaction<'_>) -> Result<Vec<(Photo, Vec<u8>)>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS}, facts FROM media WHERE stage < 3 ORDER BY taken_at, id"
    ))?;
    let found = statement
        .query_map([], |row| Ok((read(row)?, row.get(15)?)))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Whether this phone knows a photo.
///
/// # Errors
/// The database.
pub fn is_known(tx: &Transaction<'_>, id: MediaId) -> Result<bool, StoreError> {
    Ok(tx
        .query_row("SELECT 1 FROM media WHERE id = ?1", [id.as_bytes()], |_| {
            Ok(())
        })
        .optional()?
        .is_some())
}

/// Drops a photo that no record names.
///
/// # Errors
/// [`StoreError::NotFound`] when a record names it: then it stays.
pub fn drop_loose(tx: &Transaction<'_>, id: MediaId) -> Result<(), StoreError> {
    let gone = tx.execute(
        "DELETE FROM media WHERE id = ?1 AND doc IS NULL",
        [id.as_bytes()],
    )?;
    if gone == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}

fn changed(rows: usize) -> Result<(), StoreError> {
    if rows == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}
