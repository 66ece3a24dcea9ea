//! The law of the feed: whoever has read up to any number, and reads the rest later, ends with
//! what somebody has who reads all of it now, whatever was left out of the index meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::ids::DocId;
use linli_model::kind::{Class, Kind};
use linli_model::value::Hash;
use proptest::prelude::*;

use super::feed::{FeedWhat, Read};
use super::{BucketId, DocNo, NewChange, Store, StoreError, Tables};

const DOCS: u8 = 3;
const BUCKETS: u8 = 3;

#[derive(Debug, Clone, Copy)]
enum Step {
    /// A change of a document is accepted.
    Change(u8),
    /// A document comes into a bucket, or leaves it.
    Move(u8, u8),
    /// Somebody who reads these buckets (bits) gets in step for the first time.
    Reader(u8),
    /// One of the readers gets in step again.
    Sync(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..DOCS).prop_map(Step::Change),
        4 => (0..DOCS, 0..BUCKETS).prop_map(|(doc, bucket)| Step::Move(doc, bucket)),
        1 => (1..1u8 << BUCKETS).prop_map(Step::Reader),
        2 => any::<u8>().prop_map(Step::Sync),
    ];
    prop::collection::vec(step, 1..40)
}

/// What a reader has: documents with the buckets they are known from, and their changes.
type Has = BTreeMap<DocId, (BTreeSet<u16>, BTreeSet<Hash>)>;

#[derive(Debug, Clone, Default)]
struct Reader {
    buckets: Vec<BucketId>,
    through: u64,
    has: Has,
}

impl Reader {
    fn of(buckets: &[BucketId], bits: u8) -> Self {
        let chosen = buckets.iter().enumerate();
        Self {
            buckets: chosen
                .filter(|(at, _)| bits & (1 << at) != 0)
                .map(|(_, bucket)| *bucket)
                .collect(),
            ..Self::default()
        }
    }

    fn sync(&mut self, tables: Tables<'_>) -> Result<(), StoreError> {
        let reads: Vec<Read> = (0..)
            .zip(&self.buckets)
            .map(|(position, bucket)| Read {
                position,
                bucket: *bucket,
                after: self.through,
            })
            .collect();
        tables.walk(&reads, |seq, positions| {
            let op = tables.op(seq)?;
            match op.what {
                FeedWhat::Put { hash, .. } | FeedWhat::Own { hash, .. } => {
                    let (from, changes) = self.has.entry(op.doc).or_default();
                    from.extend(positions);
                    changes.insert(hash);
                }
                _ => {
                    if let Some((from, _)) = self.has.get_mut(&op.doc) {
                        from.retain(|position| !positions.contains(position));
                        if from.is_empty() {
                            self.has.remove(&op.doc);
                        }
                    }
                }
            }
            Ok(true)
        })?;
        self.through = tables.head()?;
        Ok(())
    }

    /// What it should have.
    fn due(&self, tables: Tables<'_>, docs: &[DocNo]) -> Result<Has, StoreError> {
        let mut due = Has::new();
        for no in docs {
            let members = tables.membership(*no)?;
            let from: BTreeSet<u16> = (0..)
                .zip(&self.buckets)
                .filter(|(_, bucket)| members.contains(bucket))
                .map(|(position, _)| position)
                .collect();
            let changes: BTreeSet<Hash> = tables.changes(*no)?.iter().map(|c| c.hash).collect();
            let Some(row) = tables.doc_by_no(*no)? else {
                continue;
            };
            if !from.is_empty() && !changes.is_empty() {
                due.insert(row.id, (from, changes));
            }
        }
        Ok(due)
    }
}

fn take(
    tables: Tables<'_>,
    docs: &[DocNo],
    buckets: &[BucketId],
    readers: &mut Vec<Reader>,
    (number, step): (u64, Step),
) -> Result<(), StoreError> {
    match step {
        Step::Change(doc) => {
            let doc = docs[usize::from(doc)];
            let mut name = [0; 32];
            name[..8].copy_from_slice(&number.to_be_bytes());
            let seq = tables.append(
                doc,
                &NewChange {
                    hash: Hash(name),
                    actor: Actor {
                        enrolment: EnrolmentId([1; 8]),
                        counter: 1,
                    },
                    number,
                    received_at: 1,
                    intent: None,
                    bytes: b"change",
                },
            )?;
            for bucket in tables.membership(doc)? {
                tables.show(bucket, seq)?;
            }
        }
        Step::Move(doc, bucket) => {
            let (doc, bucket) = (docs[usize::from(doc)], buckets[usize::from(bucket)]);
            if tables.membership(doc)?.contains(&bucket) {
                tables.leave(doc, bucket)?;
                tables.remove(doc, bucket, "moved")?;
            } else {
                tables.join(doc, bucket)?;
                tables.repeat(doc, &[bucket])?;
            }
        }
        Step::Reader(bits) => {
            let mut reader = Reader::of(buckets, bits);
            reader.sync(tables)?;
            readers.push(reader);
        }
        Step::Sync(which) => {
            let count = readers.len();
            if let Some(reader) = readers.get_mut(usize::from(which) % count.max(1)) {
                reader.sync(tables)?;
            }
        }
    }
    Ok(())
}

fn obeys(steps: Vec<Step>) -> Result<(), StoreError> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(&folder.path().join("center.db"))?;
    store.write_now(move |turn| {
        let tables = turn.tables;
        let docs: Vec<DocNo> = (1..=DOCS)
            .map(|n| {
                Ok(tables
                    .add_doc(DocId::from_bytes([n; 16]), Kind::Household, None)?
                    .no)
            })
            .collect::<Result<_, StoreError>>()?;
        let buckets: Vec<BucketId> = (0..BUCKETS)
            .map(|n| tables.bucket(&format!("org:{n}"), Class::Roster))
            .collect::<Result<_, _>>()?;
        let mut readers = Vec::new();
        for step in (1..).zip(steps) {
            take(tables, &docs, &buckets, &mut readers, step)?;
        }
        for bits in 1..1 << BUCKETS {
            readers.push(Reader::of(&buckets, bits));
        }
        for reader in &mut readers {
            reader.sync(tables)?;
            assert_eq!(
                reader.has,
                reader.due(tables, &docs)?,
                "{:?}",
                reader.buckets
            );
        }
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whenever_somebody_reads_the_end_is_the_same(steps in steps()) {
        obeys(steps).expect("the law");
    }
}
