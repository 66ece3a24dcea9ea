//! Buckets, which documents and operations belong to them, and what devices were granted.

use linli_model::actor::EnrolmentId;
use linli_model::kind::Class;
use linli_protocol::enrol::Bucket;
use rusqlite::{OptionalExtension, params};

use super::{DocNo, StoreError, Tables};

/// A bucket's number in this database.
pub(crate) type BucketId = i64;

fn class_code(class: Class) -> usize {
    // The same numbers that travel: the position in the list of all, from 1.
    Class::ALL
        .iter()
        .position(|(c, _)| *c == class)
        .unwrap_or(0)
        + 1
}

impl Tables<'_> {
    /// The number of a bucket, if it has ever been named.
    pub(crate) fn find_bucket(
        self,
        scope: &str,
        class: Class,
    ) -> Result<Option<BucketId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT id FROM bucket WHERE scope = ?1 AND class = ?2")?
            .query_row(params![scope, class_code(class)], |row| row.get(0))
            .optional()?)
    }

    /// The number of a bucket, given when it is first named.
    pub(crate) fn bucket(self, scope: &str, class: Class) -> Result<BucketId, StoreError> {
        if let Some(id) = self.find_bucket(scope, class)? {
            return Ok(id);
        }
        self.conn
            .prepare_cached("INSERT INTO bucket (scope, class) VALUES (?1, ?2)")?
            .execute(params![scope, class_code(class)])?;
        Ok(self.conn.last_insert_rowid())
    }

    /// Buckets a document belongs to, in order.
    pub(crate) fn membership(self, doc: DocNo) -> Result<Vec<BucketId>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT bucket FROM membership WHERE doc = ?1 ORDER BY bucket")?;
        let rows = statement.query_map([doc], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn join(self, doc: DocNo, bucket: BucketId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR IGNORE INTO membership (doc, bucket) VALUES (?1, ?2)")?
            .execute([doc, bucket])?;
        Ok(())
    }

    pub(crate) fn leave(self, doc: DocNo, bucket: BucketId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM membership WHERE doc = ?1 AND bucket = ?2")?
            .execute([doc, bucket])?;
        Ok(())
    }

    /// Shows an operation to the readers of a bucket.
    pub(crate) fn show(self, bucket: BucketId, seq: u64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR IGNORE INTO op_bucket (bucket, seq) VALUES (?1, ?2)")?
            .execute(params![bucket, seq])?;
        Ok(())
    }

    /// Writes down what a device reads and writes.
    pub(crate) fn grant(
        self,
        enrolment: EnrolmentId,
        write: bool,
        buckets: &[Bucket],
    ) -> Result<(), StoreError> {
        for (position, bucket) in buckets.iter().enumerate() {
            let id = self.bucket(&bucket.scope, bucket.class)?;
            self.conn
                .prepare_cached(
                    "INSERT INTO grant_bucket (enrolment, position, bucket, write)
                     VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![enrolment.0, position, id, write])?;
        }
        Ok(())
    }

    /// What a device reads (or writes), by position.
    pub(crate) fn grants(
        self,
        enrolment: EnrolmentId,
        write: bool,
    ) -> Result<Vec<BucketId>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT bucket FROM grant_bucket
             WHERE enrolment = ?1 AND write = ?2 ORDER BY position",
        )?;
        let rows = statement.query_map(params![enrolment.0, write], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
