//! Opening the encrypted file: key, settings, migrations, and telling a wrong key from a
//! damaged file.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use linli_model::mutant;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::StoreError;
use crate::migrate;

/// A random 32-byte database key.
pub type Key = [u8; 32];

/// The database of one phone. One connection writes, another reads, so a screen never waits
/// for a page that is being stored.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    write: Mutex<Connection>,
    read: Mutex<Connection>,
    /// Set and asked only by who holds `write`.
    retired: AtomicBool,
}

impl Store {
    /// Opens or creates the database.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`], [`StoreError::Damaged`] or [`StoreError::TooNew`]; the file is
    /// left exactly as it was.
    pub fn open(path: &Path, key: &Key) -> Result<Self, StoreError> {
        let fresh = !path.exists();
        if !fresh {
            check_key(path, key)?;
        }
        let mut write = connect(path, key)?;
        if !fresh {
            whole(path, &write)?;
        }
        migrate::run(&mut write)?;
        // A journal that a crash left behind may hold what was deleted since.
        empty_journal(&write)?;
        if fresh {
            write_check(path, key)?;
        }
        let read = connect(path, key)?;
        Ok(Self {
            path: path.to_owned(),
            write: Mutex::new(write),
            read: Mutex::new(read),
            retired: AtomicBool::new(false),
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` in one transaction: all of it is kept, or nothing.
    ///
    /// # Errors
    /// Whatever `work` returns, or the database.
    pub fn transact<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = lock(&self.write);
        if self.retired.load(Ordering::Relaxed) {
            return Err(StoreError::Retired.into());
        }
        let tx = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let value = work(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        Ok(value)
    }

    /// Asks whether this was the last: when `over` says so, nobody writes any more, not even who
    /// was waiting. So nothing is kept that `over` didn't see, and nobody is told that it was.
    ///
    /// # Errors
    /// Whatever `over` returns, or the database; then everything goes on.
    pub fn retire<E: From<StoreError>>(
        &self,
        over: impl FnOnce(&Transaction<'_>) -> Result<bool, E>,
    ) -> Result<bool, E> {
        let mut connection = lock(&self.write);
        let tx = connection.transaction().map_err(StoreError::from)?;
        let retired = over(&tx)?;
        self.retired.fetch_or(retired, Ordering::Relaxed);
        Ok(retired)
    }

    /// Reads one consistent state.
    ///
    /// # Errors
    /// Whatever `work` returns, or the database.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = lock(&self.read);
        let tx = connection.transaction().map_err(StoreError::from)?;
        work(&tx)
    }
}

impl Store {
    /// Brings what was written into the file itself and empties the journal beside it: what was
    /// deleted is left nowhere. False when a screen was still reading; then it is done later.
    ///
    /// # Errors
    /// The database.
    pub fn empty_journal(&self) -> Result<bool, StoreError> {
        let connection = lock(&self.write);
        let empty = empty_journal(&connection)?;
        // SQLite doesn't wait for the disk to shorten the journal: after a power cut the old one
        // could be back. It does wait for the next commit, whatever that writes.
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        connection.pragma_update(None, "user_version", version)?;
        Ok(empty)
    }
}

fn empty_journal(connection: &Connection) -> Result<bool, StoreError> {
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}

/// A panic elsewhere must not lock the phone's data away: SQLite has rolled back already.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(path: &Path, key: &Key) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // A raw key skips the password derivation: it is random already.
    connection.pragma_update(None, "key", format!("x'{}'", hex::encode(key)))?;
    // 8 MiB of pages in memory: with SQLite's 2 a first sync encrypts the same pages of its
    // indexes again and again. Temporary tables in memory: required on Android, where there is no temporary folder.
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA cache_size = -8192;
         PRAGMA busy_timeout = 10000;",
    )?;
    if mutant::is("phone_skips_the_sync") {
        connection.pragma_update(None, "synchronous", "NORMAL")?;
    }
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

/// Page size of a SQLCipher database unless told otherwise, bytes.
const PAGE: i64 = 4096;

fn check_file(path: &Path) -> PathBuf {
    path.with_extension("keycheck")
}

/// A wrong key and a damaged first page look the same to SQLCipher; a keyed fingerprint
/// beside the file tells them apart. It reveals nothing of the key.
fn fingerprint(key: &Key) -> String {
    let digest = linli_model::digest(&[b"linli-keycheck-1", key]);
    hex::encode(&digest[..8])
}

fn write_check(path: &Path, key: &Key) -> Result<(), StoreError> {
    std::fs::write(check_file(path), fingerprint(key)).map_err(|error| {
        if error.kind() == std::io::ErrorKind::StorageFull {
            StoreError::DiskFull
        } else {
            StoreError::Sqlite(rusqlite::Error::InvalidPath(check_file(path)))
        }
    })
}

fn check_key(path: &Path, key: &Key) -> Result<(), StoreError> {
    match std::fs::read_to_string(check_file(path)) {
        Ok(known) if known.trim() != fingerprint(key) => Err(StoreError::WrongKey),
        _ => Ok(()),
    }
}

/// Notices a file that lost its tail, and pages that don't authenticate.
fn whole(path: &Path, connection: &Connection) -> Result<(), StoreError> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let length =
        std::fs::metadata(path).map_or(0, |meta| i64::try_from(meta.len()).unwrap_or(i64::MAX));
    let wal = std::fs::metadata(path.with_extension("db-wal")).map_or(0, |meta| meta.len());
    if tables == 0 || (wal == 0 && pages * PAGE > length) {
        return Err(StoreError::Damaged);
    }
    Ok(())
}
