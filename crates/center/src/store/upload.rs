//! Photos that are coming in pieces.

use linli_model::actor::EnrolmentId;
use linli_model::ids::MediaId;
use rusqlite::{OptionalExtension, Row, params};

use super::{StoreError, Tables};

/// A photo that is coming, or came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UploadRow {
    /// Number of its file.
    pub(crate) no: i64,
    pub(crate) enrolment: EnrolmentId,
    pub(crate) media: MediaId,
    /// What its phone says the whole will hash to.
    pub(crate) sha256: [u8; 32],
    /// And how long it will be.
    pub(crate) bytes: u64,
    pub(crate) expires: i64,
    pub(crate) done: bool,
}

const UPLOAD: &str = "no, enrolment, media, sha256, bytes, expires, done";

fn upload_row(row: &Row<'_>) -> rusqlite::Result<UploadRow> {
    Ok(UploadRow {
        no: row.get(0)?,
        enrolment: EnrolmentId(row.get(1)?),
        media: MediaId::from_bytes(row.get(2)?),
        sha256: row.get(3)?,
        bytes: row.get(4)?,
        expires: row.get(5)?,
        done: row.get(6)?,
    })
}

impl Tables<'_> {
    /// A device's upload of a photo.
    pub(crate) fn upload(
        self,
        enrolment: EnrolmentId,
        media: MediaId,
    ) -> Result<Option<UploadRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!(
                "SELECT {UPLOAD} FROM upload WHERE enrolment = ?1 AND media = ?2"
            ))?
            .query_row(params![enrolment.0, media.as_bytes()], upload_row)
            .optional()?)
    }

    /// Notes one that begins; its file is empty and has a number that no other ever had.
    pub(crate) fn add_upload(
        self,
        enrolment: EnrolmentId,
        media: MediaId,
        sha256: [u8; 32],
        bytes: u64,
        expires: i64,
    ) -> Result<UploadRow, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!(
                "INSERT INTO upload (enrolment, media, sha256, bytes, expires)
                 VALUES (?1, ?2, ?3, ?4, ?5) RETURNING {UPLOAD}"
            ))?
            .query_row(
                params![enrolment.0, media.as_bytes(), sha256, bytes, expires],
                upload_row,
            )?)
    }

    /// It is kept until then.
    pub(crate) fn keep_upload(self, no: i64, expires: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE upload SET expires = ?2 WHERE no = ?1")?
            .execute([no, expires])?;
        Ok(())
    }

    /// Its photo is here.
    pub(crate) fn end_upload(self, no: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE upload SET done = 1 WHERE no = ?1")?
            .execute([no])?;
        Ok(())
    }

    /// Forgets one.
    pub(crate) fn drop_upload(self, no: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM upload WHERE no = ?1")?
            .execute([no])?;
        Ok(())
    }

    /// Forgets all of one photo, whoever sends it; the numbers of their files.
    pub(crate) fn drop_uploads_of(self, media: MediaId) -> Result<Vec<i64>, StoreError> {
        self.numbers(
            "DELETE FROM upload WHERE media = ?1 RETURNING no",
            params![media.as_bytes()],
        )
    }

    /// Forgets those whose time is over; the numbers of their files.
    pub(crate) fn drop_expired_uploads(self, now: i64) -> Result<Vec<i64>, StoreError> {
        self.numbers(
            "DELETE FROM upload WHERE expires <= ?1 RETURNING no",
            params![now],
        )
    }

    /// Numbers of the files of all that are still coming.
    pub(crate) fn coming_uploads(self) -> Result<Vec<i64>, StoreError> {
        self.numbers("SELECT no FROM upload WHERE done = 0", params![])
    }

    fn numbers(self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params, |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
