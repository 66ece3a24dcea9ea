//! Photos: what records say of them, and which have arrived.

use linli_model::actor::EnrolmentId;
use linli_model::ids::MediaId;
use rusqlite::{OptionalExtension, params};

use super::{DocNo, StoreError, Tables};

/// A photo that has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MediaRow {
    pub(crate) sha256: [u8; 32],
    pub(crate) bytes: u64,
    pub(crate) verified: bool,
    /// The device that sent it; none when it was loaded.
    pub(crate) enrolment: Option<EnrolmentId>,
    pub(crate) received_at: i64,
}

impl Tables<'_> {
    /// Notes what a record says of a photo; first come, first kept, for facts are write-once.
    pub(crate) fn add_media_fact(
        self,
        id: MediaId,
        doc: DocNo,
        sha256: [u8; 32],
        bytes: i64,
        received_at: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT OR IGNORE INTO media_fact (id, doc, sha256, bytes, received_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id.as_bytes(), doc, sha256, bytes, received_at])?;
        self.conn
            .prepare_cached("UPDATE media SET verified = 1 WHERE id = ?1 AND sha256 = ?2")?
            .execute(params![id.as_bytes(), sha256])?;
        Ok(())
    }

    /// The documents that name a photo, with the hash they say.
    pub(crate) fn media_facts(self, id: MediaId) -> Result<Vec<(DocNo, [u8; 32])>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT doc, sha256 FROM media_fact WHERE id = ?1")?;
        let rows = statement.query_map([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn media(self, id: MediaId) -> Result<Option<MediaRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT sha256, bytes, verified, enrolment, received_at FROM media WHERE id = ?1",
            )?
            .query_row([id.as_bytes()], |row| {
                Ok(MediaRow {
                    sha256: row.get(0)?,
                    bytes: row.get(1)?,
                    verified: row.get(2)?,
                    enrolment: row.get::<_, Option<[u8; 8]>>(3)?.map(EnrolmentId),
                    received_at: row.get(4)?,
                })
            })
            .optional()?)
    }

    pub(crate) fn set_media(self, id: MediaId, row: &MediaRow) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO media (id, sha256, bytes, enrolment, received_at, verified)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                id.as_bytes(),
                row.sha256,
                row.bytes,
                row.enrolment.map(|id| id.0),
                row.received_at,
                row.verified
            ])?;
        Ok(())
    }

    /// Forgets that a photo has arrived; the content it had.
    pub(crate) fn forget_media(self, id: MediaId) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("DELETE FROM media WHERE id = ?1 RETURNING sha256")?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?)
    }

    /// Marks every photo as verified whose bytes are what a record says.
    pub(crate) fn verify_media(self) -> Result<(), StoreError> {
        self.conn.execute(
            "UPDATE media SET verified = 1 WHERE verified = 0 AND EXISTS
               (SELECT 1 FROM media_fact f WHERE f.id = media.id AND f.sha256 = media.sha256)",
            [],
        )?;
        Ok(())
    }

    /// Photos of a device that no record names yet: how many, and how many bytes. What is still
    /// coming counts as if it were here.
    pub(crate) fn unclaimed(self, enrolment: EnrolmentId) -> Result<(u64, u64), StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT count(*), coalesce(sum(bytes), 0) FROM (
                   SELECT bytes FROM media WHERE enrolment = ?1 AND verified = 0
                   UNION ALL
                   SELECT bytes FROM upload u WHERE enrolment = ?1 AND done = 0
                     AND NOT EXISTS (SELECT 1 FROM media_fact f WHERE f.id = u.media))",
            )?
            .query_row([enrolment.0], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}
