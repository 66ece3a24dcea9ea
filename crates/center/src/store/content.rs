//! Contents of photos that are over: no id has them any more.
//!
//! A content is deleted outside of any transaction, and may be in another machine's hands. So that
//! nobody counts on one that is just being deleted, whoever keeps a photo asks before and after
//! whether something was.

use linli_model::ids::MediaId;
use rusqlite::params;

use super::{StoreError, Tables};

/// Name of the setting that counts deletions.
const DELETED: &str = "contents_deleted";

impl Tables<'_> {
    /// Whether any photo has this content.
    pub(crate) fn is_content(self, sha256: [u8; 32]) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM media WHERE sha256 = ?1")?
            .exists([sha256])?)
    }

    /// Notes that a photo had this content; if it was the last, it is over.
    pub(crate) fn content_lost(self, sha256: [u8; 32]) -> Result<(), StoreError> {
        if !self.is_content(sha256)? {
            self.conn
                .prepare_cached("INSERT OR IGNORE INTO content_over (sha256) VALUES (?1)")?
                .execute([sha256])?;
        }
        Ok(())
    }

    /// Contents that are to be deleted.
    pub(crate) fn contents_over(self) -> Result<Vec<[u8; 32]>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT sha256 FROM content_over")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether this one is to be deleted: nobody may count on it then.
    pub(crate) fn is_content_over(self, sha256: [u8; 32]) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM content_over WHERE sha256 = ?1")?
            .exists([sha256])?)
    }

    /// It is deleted.
    pub(crate) fn content_deleted(self, sha256: [u8; 32]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM content_over WHERE sha256 = ?1")?
            .execute([sha256])?;
        let next = self.deletions()? + 1;
        self.set_setting(DELETED, &next.to_string())
    }

    /// How many contents were deleted so far.
    pub(crate) fn deletions(self) -> Result<u64, StoreError> {
        let said = self.setting(DELETED)?;
        Ok(said.and_then(|said| said.parse().ok()).unwrap_or(0))
    }

    /// Ids of the next photos after this one, with their contents.
    pub(crate) fn contents_after(
        self,
        id: MediaId,
        most: usize,
    ) -> Result<Vec<(MediaId, [u8; 32])>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, sha256 FROM media WHERE id > ?1 ORDER BY id LIMIT ?2")?;
        let rows = statement.query_map(params![id.as_bytes(), most], |row| {
            Ok((MediaId::from_bytes(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
