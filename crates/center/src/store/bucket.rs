//! Buckets, and which documents and operations belong to them.

use linli_model::kind::Class;
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

/// The class of such a number; a number nobody knows is the least readable.
pub(super) fn class_of(code: usize) -> Class {
    Class::ALL
        .get(code.wrapping_sub(1))
        .map_or(Class::Sealed, |(class, _)| *class)
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

    /// Documents of a bucket.
    pub(crate) fn members(self, bucket: BucketId) -> Result<Vec<DocNo>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT doc FROM membership WHERE bucket = ?1 ORDER BY doc")?;
        let rows = statement.query_map([bucket], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn join(self, doc: DocNo, bucket: BucketId) -> Result<(), StoreError> {
        let joined = self
            .conn
            .prepare_cached("INSERT OR IGNORE INTO membership (doc, bucket) VALUES (?1, ?2)")?
            .execute([doc, bucket])?;
        if joined > 0 {
            self.shift(bucket, None, self.weight(doc)?)?;
        }
        Ok(())
    }

    pub(crate) fn leave(self, doc: DocNo, bucket: BucketId) -> Result<(), StoreError> {
        let left = self
            .conn
            .prepare_cached("DELETE FROM membership WHERE doc = ?1 AND bucket = ?2")?
            .execute([doc, bucket])?;
        if left > 0 {
            self.shift(bucket, self.weight(doc)?, None)?;
        }
        Ok(())
    }

    /// Shows an operation to the readers of a bucket.
    pub(crate) fn show(self, bucket: BucketId, seq: u64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR IGNORE INTO op_bucket (bucket, seq) VALUES (?1, ?2)")?
            .execute(params![bucket, seq])?;
        Ok(())
    }
}
