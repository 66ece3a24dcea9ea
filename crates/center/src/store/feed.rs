//! Reading the feed: a merge of the sequences of a device's buckets.

use linli_model::actor::EnrolmentId;
use linli_model::document::Document;
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::mutant;
use linli_model::value::Hash;
use rusqlite::params;

use super::{BucketId, DocNo, StoreError, Tables};

/// An operation with everything a page needs.
pub(crate) struct FeedOp {
    pub(crate) seq: u64,
    pub(crate) doc: DocId,
    pub(crate) kind: Kind,
    pub(crate) epoch: u32,
    pub(crate) what: FeedWhat,
}

pub(crate) enum FeedWhat {
    Put {
        enrolment: EnrolmentId,
        hash: Hash,
        received_at: i64,
        bytes: Vec<u8>,
        /// Its author's device may lack it: it is sent once more, to buckets the document joined
        /// later, or somebody else handed it back to a restored center, such as what became of it
        /// in an epoch that the device never heard of.
        lacks: bool,
    },
    /// A change the device has: its name is enough.
    Own {
        hash: Hash,
        received_at: i64,
    },
    Remove {
        reason: String,
    },
    /// The document as it began anew.
    Reset(Box<NewEpoch>),
    Erase,
}

/// What a document began anew with.
pub(crate) struct NewEpoch {
    /// Its saved form.
    pub(crate) snapshot: Vec<u8>,
    /// Its changes, whose they are and when they had been received.
    pub(crate) received: Vec<(Hash, EnrolmentId, i64)>,
    /// What stands for changes of before.
    pub(crate) replaced: Vec<(Hash, Vec<Hash>)>,
    /// What it has lost.
    pub(crate) erased: Vec<EntryId>,
}

impl FeedWhat {
    /// Leaves the bytes out when `device` wrote them and must have them.
    pub(crate) fn own_by_name(&mut self, device: EnrolmentId) {
        if let Self::Put {
            enrolment,
            hash,
            received_at,
            lacks: false,
            ..
        } = self
            && *enrolment == device
        {
            *self = Self::Own {
                hash: *hash,
                received_at: *received_at,
            };
        }
    }
}

/// A bucket to walk through.
pub(crate) struct Read {
    /// Its position in the device's list.
    pub(crate) position: u16,
    pub(crate) bucket: BucketId,
    /// Operations after this number.
    pub(crate) after: u64,
}

impl Tables<'_> {
    /// The newest sequence number.
    pub(crate) fn head(self) -> Result<u64, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM op")?
            .query_row([], |row| row.get(0))?)
    }

    /// Walks the operations of some buckets, each after its own number, in order, each once,
    /// with the positions of the buckets it is in. `visit` says whether to go on.
    pub(crate) fn walk(
        self,
        reads: &[Read],
        mut visit: impl FnMut(u64, Vec<u16>) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "SELECT seq FROM op_bucket WHERE bucket = ?1 AND seq > ?2 ORDER BY seq";
        let mut statements = reads
            .iter()
            .map(|_| self.conn.prepare_cached(SQL))
            .collect::<Result<Vec<_>, _>>()?;
        let mut streams = Vec::with_capacity(reads.len());
        for (statement, read) in statements.iter_mut().zip(reads) {
            let mut rows = statement.query(params![read.bucket, read.after])?;
            let next: Option<u64> = rows.next()?.map(|row| row.get(0)).transpose()?;
            streams.push((read.position, rows, next));
        }
        while let Some(seq) = streams.iter().filter_map(|(_, _, next)| *next).min() {
            let mut positions = Vec::new();
            for (position, rows, next) in &mut streams {
                if *next == Some(seq) {
                    positions.push(*position);
                    *next = rows.next()?.map(|row| row.get(0)).transpose()?;
                }
            }
            if !visit(seq, positions)? {
                break;
            }
        }
        Ok(())
    }

    /// One operation.
    pub(crate) fn op(self, seq: u64) -> Result<FeedOp, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT d.id, d.kind, d.epoch, o.what, o.reason,
                    c.enrolment, c.hash, c.received_at, c.bytes,
                    o.change IS NOT NULL OR c.intent IS NULL, d.no
             FROM op o JOIN doc d ON d.no = o.doc
             LEFT JOIN change c ON c.seq = coalesce(o.change, o.seq)
             WHERE o.seq = ?1",
        )?;
        let (mut op, begins_anew) = statement.query_row([seq], |row| {
            let what: i64 = row.get(3)?;
            let op = FeedOp {
                seq,
                doc: DocId::from_bytes(row.get(0)?),
                kind: Kind::from_code(row.get(1)?),
                epoch: row.get(2)?,
                what: match what {
                    1 => FeedWhat::Put {
                        enrolment: EnrolmentId(row.get(5)?),
                        hash: Hash(row.get(6)?),
                        received_at: row.get(7)?,
                        bytes: row.get(8)?,
                        lacks: row.get(9)?,
                    },
                    4 => FeedWhat::Erase,
                    _ => FeedWhat::Remove {
                        reason: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                    },
                },
            };
            Ok((op, (what == 3).then_some(row.get::<_, DocNo>(10)?)))
        })?;
        if let Some(doc) = begins_anew {
            op.what = FeedWhat::Reset(Box::new(self.new_epoch(doc, op.kind, op.doc)?));
        }
        Ok(op)
    }

    fn new_epoch(self, doc: DocNo, kind: Kind, id: DocId) -> Result<NewEpoch, StoreError> {
        let base = self.base(doc)?;
        let changes = base.iter().map(|change| change.bytes.as_slice());
        let document =
            Document::from_changes(kind, id, changes).map_err(|_| StoreError::Damaged("log"))?;
        Ok(NewEpoch {
            snapshot: document.save(),
            received: base
                .iter()
                .map(|one| (one.hash, one.actor.enrolment, one.received_at))
                .collect(),
            replaced: self.replaced_in(doc)?,
            erased: self.erased_in(doc)?,
        })
    }

    /// Sends a document's whole log once more, to buckets it has just joined.
    pub(crate) fn repeat(self, doc: DocNo, buckets: &[BucketId]) -> Result<(), StoreError> {
        let mut seqs = self.seqs(doc)?;
        if let Some(reset) = self.doc_by_no(doc)?.and_then(|row| row.reset) {
            seqs.retain(|seq| *seq > reset);
            self.conn
                .prepare_cached("INSERT INTO op (doc, what) VALUES (?1, 3)")?
                .execute([doc])?;
            let seq = self.last_seq()?;
            for bucket in buckets {
                self.show(*bucket, seq)?;
            }
        }
        for change in seqs {
            self.conn
                .prepare_cached("INSERT INTO op (doc, what, change) VALUES (?1, 1, ?2)")?
                .execute(params![doc, change])?;
            let seq = self.last_seq()?;
            for bucket in buckets {
                self.show(*bucket, seq)?;
            }
        }
        Ok(())
    }

    /// Tells the readers of a bucket that a document left it. What the bucket showed of it until
    /// now is of use to nobody any more: whoever read it is told, whoever didn't has no need to.
    /// The log itself stays whole; the feed is an index (DESIGN §4.5).
    pub(crate) fn remove(
        self,
        doc: DocNo,
        bucket: BucketId,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT INTO op (doc, what, reason) VALUES (?1, 2, ?2)")?
            .execute(params![doc, reason])?;
        let seq = self.last_seq()?;
        self.show(bucket, seq)?;
        self.conn
            .prepare_cached(
                "DELETE FROM op_bucket WHERE (bucket = ?1 OR ?4) AND seq IN (
                   SELECT seq FROM change WHERE doc = ?2 UNION ALL
                   SELECT seq FROM op WHERE doc = ?2 AND (what <> 1 OR change IS NOT NULL)
                 ) AND seq < ?3",
            )?
            .execute(params![
                bucket,
                doc,
                seq,
                mutant::is("compaction_loses_a_change")
            ])?;
        Ok(())
    }

    pub(super) fn last_seq(self) -> Result<u64, StoreError> {
        u64::try_from(self.conn.last_insert_rowid()).map_err(|_| StoreError::Damaged("seq"))
    }
}
