//! Photos that don't fit together with records: named by one and not here, or here and named by
//! none.

use linli_model::actor::EnrolmentId;
use linli_model::ids::MediaId;
use rusqlite::params;

use super::{DocNo, StoreError, Tables};

/// A photo that an accepted record names, and whose bytes have not arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AwaitedRow {
    pub(crate) id: MediaId,
    pub(crate) doc: DocNo,
    /// When the center received the record.
    pub(crate) since: i64,
}

/// Photos of one device that no record names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnnamedRow {
    /// None when they were loaded.
    pub(crate) enrolment: Option<EnrolmentId>,
    pub(crate) count: u64,
    pub(crate) bytes: u64,
    /// When the first of them came.
    pub(crate) since: i64,
}

impl Tables<'_> {
    /// Photos whose records came until `before` and that still aren't here, those that are waited
    /// for longest first; the next ones after `last`.
    pub(crate) fn awaited(
        self,
        before: i64,
        last: Option<AwaitedRow>,
        most: usize,
    ) -> Result<Vec<AwaitedRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT f.id, f.doc, f.received_at FROM media_fact f
             WHERE f.received_at <= ?1 AND (f.received_at, f.id, f.doc) > (?2, ?3, ?4)
               AND NOT EXISTS (SELECT 1 FROM media m WHERE m.id = f.id AND m.verified = 1)
             ORDER BY f.received_at, f.id, f.doc LIMIT ?5",
        )?;
        let after = match &last {
            Some(row) => (row.since, row.id.as_bytes().as_slice(), row.doc),
            None => (i64::MIN, [].as_slice(), 0),
        };
        let bound = params![before, after.0, after.1, after.2, most];
        let rows = statement.query_map(bound, |row| {
            Ok(AwaitedRow {
                id: MediaId::from_bytes(row.get(0)?),
                doc: row.get(1)?,
                since: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When the center received the record of each photo that a document names.
    pub(crate) fn named_since(self, doc: DocNo) -> Result<Vec<(MediaId, i64)>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, received_at FROM media_fact WHERE doc = ?1")?;
        let rows = statement.query_map([doc], |row| {
            Ok((MediaId::from_bytes(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Photos that came until `before` and that no record names, by the device that sent them.
    pub(crate) fn unnamed(self, before: i64) -> Result<Vec<UnnamedRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT enrolment, count(*), sum(bytes), min(received_at) FROM media
             WHERE verified = 0 AND received_at <= ?1 GROUP BY enrolment ORDER BY 3 DESC",
        )?;
        let rows = statement.query_map([before], |row| {
            Ok(UnnamedRow {
                enrolment: row.get::<_, Option<[u8; 8]>>(0)?.map(EnrolmentId),
                count: row.get(1)?,
                bytes: row.get(2)?,
                since: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
