//! One page of the feed for one device, from one snapshot.

use std::collections::{BTreeMap, BTreeSet};

use linli_model::actor::EnrolmentId;
use linli_model::mutant;
use linli_protocol::hand_back::{Contents, Leaf};
use linli_protocol::sync::{Author, Behind, Op, Page, Replaced, What};
use linli_protocol::{columns, encode};

use crate::enrol::public;
use crate::store::{FeedOp, FeedWhat, Grant, Read, StoreError, Tables};

/// What an operation costs beside its change, about.
const OVERHEAD: usize = 48;
/// Twice the time of the fastest, and a twentieth less to send.
const ZSTD_LEVEL: i32 = 6;

/// How operations are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One by one, as every client reads them.
    Plain,
    /// In columns.
    Columns,
}

impl Form {
    /// The best that a client with these capabilities reads.
    pub(super) fn of(capabilities: Option<&[String]>) -> Self {
        let known = capabilities.unwrap_or_default();
        if known.iter().any(|name| name == columns::CAPABILITY) {
            Self::Columns
        } else {
            Self::Plain
        }
    }
}

/// A page ready to send.
pub(super) struct Ready {
    /// Compressed; empty when there is nothing new.
    pub(super) bytes: Vec<u8>,
    /// What is on it, for the MAC.
    pub(super) contents: Contents,
    /// Cursor after it.
    pub(super) through: u64,
    pub(super) more: bool,
    /// How far buckets that were behind have come; none when none was.
    pub(super) reached: Option<u64>,
}

impl Ready {
    /// Nothing yet: ask again.
    pub(super) fn later(through: u64) -> Self {
        Self {
            bytes: Vec::new(),
            contents: Contents::default(),
            through,
            more: true,
            reached: None,
        }
    }
}

/// Reads the next page after `through`, and of buckets that are behind after their own
/// numbers: at most `limit` bytes before compression, but at least one operation.
pub(super) fn read(
    tables: Tables<'_>,
    device: EnrolmentId,
    grants: &[Grant],
    behind: &[Behind],
    through: u64,
    limit: usize,
    form: Form,
) -> Result<Ready, StoreError> {
    // Of what is named twice the first counts.
    let behind: BTreeMap<u16, u64> = (behind.iter().rev())
        .map(|one| (one.position, one.through))
        .collect();
    let reads: Vec<Read> = (0..)
        .zip(grants)
        .filter(|(_, grant)| !grant.closed)
        .map(|(position, grant)| Read {
            position,
            bucket: grant.bucket,
            after: behind
                .get(&position)
                .map_or(through, |own| (*own).min(through)),
        })
        .collect();
    let head = tables.head()?;
    let mut ops: Vec<(FeedOp, Vec<u16>)> = Vec::new();
    let (mut size, mut more) = (0, false);
    tables.walk(&reads, |seq, positions| {
        let mut op = tables.op(seq)?;
        // What a bucket brings that was granted again may be gone from the phone: not by name.
        let first_time = positions.iter().all(|one| !behind.contains_key(one));
        if first_time {
            op.what.own_by_name(device);
        }
        let cost = cost(&op);
        if size + cost > limit && !ops.is_empty() {
            more = true;
            return Ok(false);
        }
        size += cost;
        ops.push((op, positions));
        Ok(true)
    })?;
    let reached = match ops.last() {
        Some((last, _)) if more && !mutant::is("cursor_skips_a_page") => last.seq,
        _ => head,
    };
    let leaves = ops.iter().flat_map(|(op, _)| leaves(op)).collect();
    let authors = authors(tables, &ops)?;
    let contents = Contents {
        generation: 0,
        leaves,
        authors: (authors.iter())
            .map(|author| (author.enrolment, author.person.id))
            .collect(),
    };
    Ok(Ready {
        bytes: pack(ops, authors, form)?,
        contents,
        // Buckets that are behind may not have come as far as the others were before; a number
        // this center never gave is not kept.
        through: reached.max(through.min(head)),
        more,
        reached: (!behind.is_empty()).then_some(reached),
    })
}

/// What an operation costs, about, before compression.
pub(super) fn cost(op: &FeedOp) -> usize {
    OVERHEAD
        + match &op.what {
            FeedWhat::Put { bytes, .. } => bytes.len(),
            FeedWhat::Reset(new) => {
                new.snapshot.len() + 48 * new.received.len() + 80 * new.replaced.len()
            }
            _ => 0,
        }
}

/// The accepted changes of an operation, by name.
fn leaves(op: &FeedOp) -> Vec<Leaf> {
    let leaf = |change, received_at| Leaf {
        seq: op.seq,
        doc: op.doc,
        kind: op.kind,
        epoch: op.epoch,
        received_at,
        change,
    };
    match &op.what {
        FeedWhat::Put {
            hash, received_at, ..
        }
        | FeedWhat::Own { hash, received_at } => vec![leaf(*hash, *received_at)],
        FeedWhat::Reset(new) => (new.received.iter())
            .map(|(hash, _, at)| leaf(*hash, *at))
            .collect(),
        FeedWhat::Remove { .. } | FeedWhat::Erase => Vec::new(),
    }
}

/// Whoever wrote something in a page is named in it: right under every retry, whatever the
/// phone has met before.
pub(super) fn authors(
    tables: Tables<'_>,
    ops: &[(FeedOp, Vec<u16>)],
) -> Result<Vec<Author>, StoreError> {
    let mut enrolments = BTreeSet::new();
    for (op, _) in ops {
        match &op.what {
            FeedWhat::Put { enrolment, .. } => {
                enrolments.insert(*enrolment);
            }
            FeedWhat::Reset(new) => enrolments.extend(new.received.iter().map(|(_, by, _)| *by)),
            FeedWhat::Own { .. } | FeedWhat::Remove { .. } | FeedWhat::Erase => {}
        }
    }
    let mut authors = Vec::new();
    for enrolment in enrolments {
        if let Some(row) = tables.enrolment(enrolment)?
            && let Some(person) = tables.person(row.person)?
        {
            authors.push(Author {
                enrolment,
                person: public(&person),
            });
        }
    }
    Ok(authors)
}

/// A compressed page of operations, each with the positions of its buckets; nothing of none.
pub(super) fn pack(
    ops: Vec<(FeedOp, Vec<u16>)>,
    authors: Vec<Author>,
    form: Form,
) -> Result<Vec<u8>, StoreError> {
    if ops.is_empty() {
        return Ok(Vec::new());
    }
    let mut page = Page {
        ops: Vec::with_capacity(ops.len()),
        authors,
        ..Page::default()
    };
    for (op, buckets) in ops {
        page.ops.push(Op {
            seq: op.seq,
            doc: op.doc,
            kind: op.kind,
            buckets,
            what: what(op.what, op.epoch),
        });
    }
    if form == Form::Columns {
        page = page.in_columns();
    }
    zstd::bulk::compress(&encode(&page), ZSTD_LEVEL).map_err(|_| StoreError::Damaged("page"))
}

fn what(what: FeedWhat, epoch: u32) -> What {
    match what {
        FeedWhat::Put {
            received_at, bytes, ..
        } => What::Put {
            epoch,
            received_at,
            change: bytes,
        },
        FeedWhat::Own { hash, received_at } => What::Own {
            epoch,
            received_at,
            change: hash,
        },
        FeedWhat::Remove { reason } => What::Remove { reason },
        FeedWhat::Reset(new) => What::Reset {
            epoch,
            snapshot: new.snapshot,
            received: Some(
                new.received
                    .into_iter()
                    .map(|(hash, _, at)| (hash, at))
                    .collect(),
            ),
            replaced: Some(
                new.replaced
                    .into_iter()
                    .map(|(was, by)| Replaced { was, by })
                    .collect(),
            ),
            erased: Some(new.erased),
        },
        FeedWhat::Erase => What::Erase,
    }
}
