//! A small pool of reading connections.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{StoreError, Tables};

/// More would only quarrel over two cores and the page cache.
const READERS: usize = 4;

pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    turns: Semaphore,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Mutex::default(),
            turns: Semaphore::new(READERS),
        }
    }

    /// Waits until one of the connections is free.
    pub(super) async fn turn(&self) -> Result<SemaphorePermit<'_>, StoreError> {
        self.turns.acquire().await.map_err(|_| StoreError::Closed)
    }

    /// Works on a connection of its own, outside any transaction.
    pub(super) fn alone<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        work(&super::open_connection(&self.path)?)
    }

    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(Tables<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let conn = match idle {
            Some(conn) => conn,
            None => {
                let conn = super::open_connection(&self.path)?;
                conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -16384;")?;
                conn
            }
        };
        conn.execute_batch("BEGIN")?;
        let result = work(Tables { conn: &conn });
        conn.execute_batch("COMMIT")?;
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(conn);
        result
    }
}
