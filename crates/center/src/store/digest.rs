//! Digests of documents and buckets, kept up to date with every change and every move.

use linli_model::chunk;
use linli_model::ids::DocId;
use linli_model::value::Hash;
use linli_protocol::digest::{Digest, of_doc};
use rusqlite::{OptionalExtension, params};

use super::{BucketId, DocNo, DocRow, StoreError, Tables};

impl Tables<'_> {
    /// Notes what a document is now, in its own row and in the sums of its buckets.
    pub(crate) fn weigh(self, row: &DocRow, heads: &[Hash]) -> Result<(), StoreError> {
        let before = self.weight(row.no)?;
        let now = of_doc(row.id, row.epoch, heads);
        self.conn
            .prepare_cached("UPDATE doc SET digest = ?2 WHERE no = ?1")?
            .execute(params![row.no, now.to_be_bytes()])?;
        for bucket in self.membership(row.no)? {
            self.shift(bucket, before, Some(now))?;
        }
        Ok(())
    }

    /// A document's digest; none before its first change.
    pub(crate) fn weight(self, doc: DocNo) -> Result<Option<u128>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT digest FROM doc WHERE no = ?1")?
            .query_row([doc], |row| row.get::<_, Option<[u8; 16]>>(0))
            .optional()?
            .flatten()
            .map(u128::from_be_bytes))
    }

    /// Puts one digest in another's place in the sum of a bucket.
    pub(super) fn shift(
        self,
        bucket: BucketId,
        gone: Option<u128>,
        come: Option<u128>,
    ) -> Result<(), StoreError> {
        if gone == come {
            return Ok(());
        }
        let mut digest = self.bucket_digest(bucket)?;
        if let Some(gone) = gone {
            digest.take(gone);
        }
        if let Some(come) = come {
            digest.add(come);
        }
        self.conn
            .prepare_cached("UPDATE bucket SET sum = ?2, docs = ?3 WHERE id = ?1")?
            .execute(params![bucket, digest.sum(), digest.docs()])?;
        Ok(())
    }

    /// The digest of a bucket.
    pub(crate) fn bucket_digest(self, bucket: BucketId) -> Result<Digest, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT sum, docs FROM bucket WHERE id = ?1")?
            .query_row([bucket], |row| Ok(Digest::new(row.get(0)?, row.get(1)?)))?)
    }

    /// Every document of a bucket with its digest.
    pub(crate) fn bucket_docs(
        self,
        bucket: BucketId,
        mut each: impl FnMut(DocId, u128),
    ) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT d.id, d.digest FROM membership m JOIN doc d ON d.no = m.doc
             WHERE m.bucket = ?1 AND d.digest IS NOT NULL",
        )?;
        let mut rows = statement.query([bucket])?;
        while let Some(row) = rows.next()? {
            each(
                DocId::from_bytes(row.get(0)?),
                u128::from_be_bytes(row.get(1)?),
            );
        }
        Ok(())
    }

    /// Weighs what a database of before digests holds.
    pub(super) fn weigh_all(self) -> Result<(), StoreError> {
        let all: Vec<DocNo> = self
            .conn
            .prepare("SELECT no FROM doc ORDER BY no")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for no in all {
            let changes = self.changes(no)?;
            let named = changes.iter().map(|one| (one.hash, one.bytes.as_slice()));
            let heads = chunk::heads_of(named).map_err(|_| StoreError::Damaged("log"))?;
            if let (Some(row), false) = (self.doc_by_no(no)?, heads.is_empty()) {
                self.weigh(&row, &heads)?;
            }
        }
        Ok(())
    }
}
