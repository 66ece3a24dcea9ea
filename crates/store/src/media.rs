//! Photos: own ones with their way to the center, others by their facts. What happens to an own
//! one before it is finished is in [`pending`].

pub mod pending;

use linli_model::ids::{DocId, MediaId};
use linli_model::kinds::media::Fact;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::StoreError;
use crate::{generation, page, row};

pub use pending::Stage;

/// A photo as this phone knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// Photo.
    pub id: MediaId,
    /// Record it belongs to; none while a form is open.
    pub doc: Option<DocId>,
    /// SHA-256 of the finished picture.
    pub sha256: [u8; 32],
    /// Bytes of the finished picture.
    pub bytes: i64,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// When taken, milliseconds.
    pub taken_at: i64,
    /// `camera`, `album` or `share`.
    pub source: String,
    /// 0 here, 1 sending, 2 verified, 3 refused by the center or not to be read.
    pub state: i64,
    /// Taken on this phone.
    pub own: bool,
    /// The picture or its thumbnail is in the vault.
    pub here: bool,
    /// How far it is from being finished.
    pub stage: Stage,
    /// Bytes that the center has of an own one.
    pub sent: i64,
    /// Only its thumbnail is left here.
    pub thinned: bool,
    /// How often the center was asked for it and didn't have it.
    pub asked: i64,
}

const COLUMNS: &str = "id, doc, sha256, bytes, width, height, taken_at, source, state, own, here,
    stage, sent, thinned, asked";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Photo> {
    let sha256: Vec<u8> = row.get(2)?;
    Ok(Photo {
        id: row::get(row, 0)?,
        doc: row::maybe(row, 1)?,
        sha256: sha256.try_into().unwrap_or([0; 32]),
        bytes: row.get(3)?,
        width: row.get(4)?,
        height: row.get(5)?,
        taken_at: row.get(6)?,
        source: row.get(7)?,
        state: row.get(8)?,
        own: row.get(9)?,
        here: row.get(10)?,
        stage: Stage::read(row.get(11)?),
        sent: row.get(12)?,
        thinned: row.get(13)?,
        asked: row.get(14)?,
    })
}

/// Notes the photos a record names; own ones learn which record they belong to.
pub(crate) fn note(tx: &Transaction<'_>, doc: DocId, facts: &[Fact]) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO media (id, doc, sha256, bytes, width, height, taken_at, source, state, own,
            here, facts)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, x'')
         ON CONFLICT (id) DO UPDATE SET doc = excluded.doc, gone = 0",
    )?;
    for fact in facts {
        statement.execute(params![
            fact.id.as_bytes(),
            doc.as_bytes(),
            &fact.sha256[..],
            fact.bytes,
            fact.width,
            fact.height,
            fact.taken_at,
            fact.source,
        ])?;
    }
    Ok(())
}

/// Finds a photo.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn get(tx: &Transaction<'_>, id: MediaId) -> Result<Photo, StoreError> {
    tx.prepare_cached(&format!("SELECT {COLUMNS} FROM media WHERE id = ?1"))?
        .query_row([id.as_bytes()], read)
        .optional()?
        .ok_or(StoreError::NotFound)
}

/// Photos of a record, in order of capture.
///
/// # Errors
/// The database.
pub fn of_doc(tx: &Transaction<'_>, doc: DocId) -> Result<Vec<Photo>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM media WHERE doc = ?1 ORDER BY taken_at, id"
    ))?;
    let found = statement
        .query_map([doc.as_bytes()], read)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Own photos whose record the center has and whose bytes it hasn't verified: what is begun
/// first, then the smallest, so that a thin link shows the desk as many as it can.
/// `leaving`: those of records that came back as well, as the phone is about to be wiped.
///
/// # Errors
/// The database.
pub fn to_upload(tx: &Transaction<'_>, leaving: bool) -> Result<Vec<Photo>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM media m WHERE own = 1 AND state < 2 AND EXISTS (
            SELECT 1 FROM intent i
            WHERE i.doc = m.doc AND (i.state = 2 OR ?1 AND i.state = 3))
         ORDER BY sent = 0, bytes, id"
    ))?;
    let found = statement
        .query_map([leaving], read)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Photos of others whose thumbnail isn't here yet and may be asked for now, newest first.
///
/// # Errors
/// The database.
pub fn to_fetch(tx: &Transaction<'_>, now_ms: i64, limit: u32) -> Result<Vec<MediaId>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT id FROM media WHERE own = 0 AND here = 0 AND gone = 0
           AND (ask_at <= ?1 OR ask_at > ?1 + 14400000)
         ORDER BY taken_at DESC LIMIT ?2",
    )?;
    let found = statement
        .query_map(params![now_ms, limit], |row| row::get(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// The center doesn't have a photo: its author hasn't sent it yet. It is asked for again
/// after 15 seconds, then 30, and so on up to four hours.
///
/// # Errors
/// The database.
pub fn ask_later(tx: &Transaction<'_>, id: MediaId, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE media SET asked = asked + 1, ask_at = ?2 + min(15000 << min(asked, 10), 14400000)
         WHERE id = ?1",
        params![id.as_bytes(), now_ms],
    )?;
    Ok(())
}

/// Notes how far an own photo is: see [`Photo::state`].
///
/// # Errors
/// The database.
pub fn set_state(tx: &Transaction<'_>, id: MediaId, state: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE media SET state = ?2 WHERE id = ?1",
        params![id.as_bytes(), state],
    )?;
    // Its record may only have waited for it.
    if let Some(doc) = get(tx, id)?.doc {
        page::let_go(tx, doc)?;
    }
    Ok(())
}

/// Notes how many bytes of an own photo the center has.
///
/// # Errors
/// The database.
pub fn set_sent(tx: &Transaction<'_>, id: MediaId, bytes: u64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE media SET sent = ?2 WHERE id = ?1",
        params![id.as_bytes(), i64::try_from(bytes).unwrap_or(i64::MAX)],
    )?;
    Ok(())
}

/// Notes that a picture (or its thumbnail) is in the vault.
///
/// # Errors
/// The database.
pub fn set_here(tx: &Transaction<'_>, id: MediaId) -> Result<(), StoreError> {
    tx.execute("UPDATE media SET here = 1 WHERE id = ?1", [id.as_bytes()])?;
    Ok(())
}

/// Photos whose record left this phone and that the center has, in a backup too: their pictures
/// are to be deleted. An own picture that never arrived stays, it is the only one.
///
/// # Errors
/// The database.
pub fn orphans(tx: &Transaction<'_>) -> Result<Vec<MediaId>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT id FROM media m WHERE gone = 1 AND (own = 0 OR state = 2 AND held_at <= ?1)
           AND NOT EXISTS (SELECT 1 FROM intent i
             WHERE i.doc = m.doc AND (own = 1 OR i.state <> 2))",
    )?;
    let found = statement
        .query_map([generation::backed_up_through(tx)?], |row| row::get(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Photos whose picture may go from this phone, oldest first: those of others, and own ones that
/// the center has, in a backup too. Their thumbnails stay.
///
/// # Errors
/// The database.
pub fn may_thin(tx: &Transaction<'_>) -> Result<Vec<MediaId>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT id FROM media WHERE stage = 3 AND gone = 0 AND doc IS NOT NULL
           AND (own = 0 OR state = 2 AND held_at <= ?1)
         ORDER BY taken_at, id",
    )?;
    let found = statement
        .query_map([generation::backed_up_through(tx)?], |row| row::get(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Notes whether only the thumbnail of a photo is left here.
///
/// # Errors
/// The database.
pub fn set_thinned(tx: &Transaction<'_>, id: MediaId, thinned: bool) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE media SET thinned = ?2 WHERE id = ?1",
        params![id.as_bytes(), thinned],
    )?;
    Ok(())
}

/// Forgets a photo whose picture is deleted.
///
/// # Errors
/// The database.
pub fn forget(tx: &Transaction<'_>, id: MediaId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM media WHERE id = ?1", [id.as_bytes()])?;
    Ok(())
}

/// An own photo whose record is at the center without it.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// The photo.
    pub photo: Photo,
    /// What its record is about, as the receipts say it.
    pub about: String,
}

/// Own photos that the center refused or that can't be read, and those taken before `before_ms`
/// whose record the center has and that still haven't arrived; oldest first.
///
/// # Errors
/// The database.
pub fn missing(tx: &Transaction<'_>, before_ms: i64) -> Result<Vec<Missing>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS}, (SELECT about FROM intent i WHERE i.doc = m.doc ORDER BY seq LIMIT 1)
         FROM media m WHERE own = 1 AND doc IS NOT NULL AND (state = 3 AND gone = 0
           OR state < 2 AND taken_at < ?1
             AND EXISTS (SELECT 1 FROM intent i WHERE i.doc = m.doc AND i.state = 2))
         ORDER BY taken_at, id"
    ))?;
    let found = statement
        .query_map([before_ms], |row| {
            let about: Option<String> = row.get(15)?;
            Ok(Missing {
                photo: read(row)?,
                about: about.unwrap_or_default(),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// A photo that the center refused, or that couldn't be read, is to be tried once more.
///
/// # Errors
/// [`StoreError::NotFound`] when it isn't one of those.
pub fn try_again(tx: &Transaction<'_>, id: MediaId) -> Result<(), StoreError> {
    let rows = tx.execute(
        "UPDATE media SET state = 0, sent = 0 WHERE id = ?1 AND own = 1 AND state = 3",
        [id.as_bytes()],
    )?;
    if rows == 0 {
        return Err(StoreError::NotFound);
    }
    Ok(())
}

/// Own photos that the center refused or that can't be read: a person has to look.
///
/// # Errors
/// The database.
pub fn stuck(tx: &Transaction<'_>) -> Result<u32, StoreError> {
    Ok(tx.query_row(
        "SELECT count(*) FROM media WHERE own = 1 AND state = 3 AND gone = 0",
        [],
        |row| row.get(0),
    )?)
}

/// Own photos that are on their way: how many, and their bytes. What belongs to a record that
/// came back waits for a person, not for the center.
///
/// # Errors
/// The database.
pub fn waiting(tx: &Transaction<'_>) -> Result<(u32, u64), StoreError> {
    let (count, bytes): (u32, i64) = tx.query_row(
        "SELECT count(*), coalesce(sum(bytes - min(sent, bytes)), 0) FROM media m
         WHERE own = 1 AND state < 2 AND doc IS NOT NULL
           AND EXISTS (SELECT 1 FROM intent i WHERE i.doc = m.doc AND i.state < 3)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok((count, u64::try_from(bytes).unwrap_or(0)))
}
