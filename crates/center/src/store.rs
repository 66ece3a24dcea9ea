//! The center's database: embedded SQLite, and the only place that knows a table.
//!
//! One thread writes, and commits whatever has queued up in one transaction, so that many
//! phones share one wait for the disk; nothing is answered before it is durable. Readers see
//! a snapshot and never wait for the writer.

mod audit;
mod awaited;
mod bucket;
mod case;
mod content;
mod copy;
mod decision;
mod desk;
mod desk_lists;
mod digest;
mod erase;
mod error;
mod feed;
mod generation;
mod grant;
mod kept;
mod log;
mod media;
mod migrate;
mod people;
mod quota;
mod reader;
mod recovery;
mod room;
mod setting;
mod upload;
mod verdict;
mod whereabouts;
mod writer;

use std::path::Path;
use std::sync::Arc;

use linli_model::mutant;
use rusqlite::Connection;

pub(crate) use awaited::AwaitedRow;
pub(crate) use bucket::BucketId;
pub(crate) use case::CaseRow;
pub(crate) use copy::Copy;
pub(crate) use decision::{NewDecision, ReturnedRow};
pub(crate) use desk::{Failures, PasswordRow};
pub(crate) use desk_lists::DeskFilter;
pub use error::StoreError;
pub(crate) use feed::{FeedOp, FeedWhat, Read};
pub(crate) use grant::Grant;
pub(crate) use kept::KeptRow;
pub(crate) use log::{ChangeRow, DocNo, DocRow, NewChange};
pub(crate) use media::MediaRow;
pub(crate) use people::{CodeRow, EnrolmentRow, Presence};
pub(crate) use recovery::RecoveryRow;
pub(crate) use room::Room;
pub(crate) use upload::UploadRow;
pub(crate) use whereabouts::PlaceRow;
pub(crate) use writer::Turn;

/// Every statement the center knows, over one connection inside one transaction.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'a> {
    conn: &'a Connection,
}

/// The database, shared by everything that serves.
#[derive(Clone)]
pub(crate) struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    path: std::path::PathBuf,
    room: room::Room,
    writer: writer::Writer,
    readers: reader::Readers,
}

impl Store {
    /// Opens (or makes) the database and brings its tables up to date.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let conn = open_connection(path)?;
        migrate::run(&conn)?;
        // A journal that a crash left behind may hold what was erased since. Without waiting for
        // another program that is reading: then it isn't one that was left behind.
        conn.busy_timeout(std::time::Duration::ZERO)?;
        empty_journal(&conn)?;
        conn.busy_timeout(BUSY)?;
        let room = room::Room::beside(path);
        Ok(Self {
            inner: Arc::new(Inner {
                path: path.to_owned(),
                writer: writer::Writer::start(conn, room.clone())?,
                room,
                readers: reader::Readers::new(path.to_owned()),
            }),
        })
    }

    /// Runs `work` in the writer's turn; its answer comes once it is durable. When `work`
    /// fails, everything it wrote is undone.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Turn<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = tokio::sync::oneshot::channel();
        self.inner.writer.submit(work, move |result| {
            // Nobody waits any more: the work is done all the same.
            let _gone = tell.send(result);
        })?;
        told.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Whether there is room for what phones send.
    pub(crate) fn room(&self) -> &Room {
        &self.inner.room
    }

    /// As [`Self::write`], for callers without a runtime.
    pub(crate) fn write_now<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Turn<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = std::sync::mpsc::channel();
        self.inner.writer.submit(work, move |result| {
            let _gone = tell.send(result);
        })?;
        told.recv().unwrap_or(Err(StoreError::Closed))
    }

    /// Reads one snapshot on a thread that may block.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(Tables<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let _turn = self.inner.readers.turn().await?;
        let inner = self.inner.clone();
        tokio::task::spawn_blocking(move || inner.readers.read(work))
            .await
            .unwrap_or(Err(StoreError::Closed))
    }

    /// After something was erased: makes the file anew and empties the journal beside it. SQLite
    /// overwrites what is deleted, but not every copy that it left in unused parts of its pages.
    /// False when it could not be done now, for want of room or because of somebody who reads.
    pub(crate) fn leave_nothing(&self) -> Result<bool, StoreError> {
        let conn = open_connection(&self.inner.path)?;
        // The copy would fill the memory of a small server.
        conn.execute_batch("PRAGMA temp_store = FILE")?;
        if let Err(error) = conn.execute_batch("VACUUM").map_err(StoreError::from) {
            tracing::warn!(%error, "the file could not be made anew");
            return Ok(false);
        }
        let empty = empty_journal(&conn)?;
        // SQLite doesn't wait for the disk to shorten the journal: after a power cut the old one
        // could be back. It does wait for the next commit, whatever that writes.
        conn.pragma_update(None, "user_version", 0)?;
        Ok(empty)
    }

    /// As [`Self::read`], for callers without a runtime.
    pub(crate) fn read_now<T>(
        &self,
        work: impl FnOnce(Tables<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.inner.readers.read(work)
    }
}

/// How long to wait for another program that writes.
const BUSY: std::time::Duration = std::time::Duration::from_secs(10);

/// Brings what was written into the file itself and empties the journal beside it. False when
/// somebody was reading.
fn empty_journal(conn: &Connection) -> Result<bool, StoreError> {
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}

fn open_connection(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(BUSY)?;
    conn.set_prepared_statement_cache_capacity(160);
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = OFF;
         PRAGMA secure_delete = ON;
         PRAGMA cache_size = -32768;
         PRAGMA temp_store = MEMORY;",
    )?;
    if mutant::is("center_skips_the_sync") {
        conn.pragma_update(None, "synchronous", "NORMAL")?;
    }
    Ok(conn)
}

#[cfg(test)]
mod law;
#[cfg(test)]
mod tests;
