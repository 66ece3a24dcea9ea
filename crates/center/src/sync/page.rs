//! One page of the feed for one device, from one snapshot.

use std::collections::BTreeSet;

use linli_model::actor::EnrolmentId;
use linli_model::mutant;
use linli_protocol::encode;
use linli_protocol::sync::{Author, Op, Page, What};

use crate::enrol::public;
use crate::store::{FeedWhat, StoreError, Tables};

/// What an operation costs beside its change, about.
const OVERHEAD: usize = 48;
/// Fast, and most of the gain.
const ZSTD_LEVEL: i32 = 3;

/// A page ready to send.
pub(super) struct Ready {
    /// Compressed; empty when there is nothing new.
    pub(super) bytes: Vec<u8>,
    /// Cursor after it.
    pub(super) through: u64,
    pub(super) more: bool,
}

/// Reads the next page after `through`: at most `limit` bytes before compression, but at
/// least one operation.
pub(super) fn read(
    tables: Tables<'_>,
    device: EnrolmentId,
    through: u64,
    limit: usize,
) -> Result<Ready, StoreError> {
    let buckets = tables.grants(device, false)?;
    let head = tables.head()?;
    let mut page = Page::default();
    let mut authors = BTreeSet::new();
    let (mut size, mut more) = (0, false);
    tables.walk(&buckets, through, |seq, positions| {
        let op = tables.op(seq)?;
        let what = match op.what {
            FeedWhat::Put {
                enrolment,
                hash,
                received_at,
                again: false,
                ..
            } if enrolment == device => What::Own {
                epoch: op.epoch,
                received_at,
                change: hash,
            },
            FeedWhat::Put {
                enrolment,
                received_at,
                bytes,
                ..
            } => {
                authors.insert(enrolment);
                What::Put {
                    epoch: op.epoch,
                    received_at,
                    change: bytes,
                }
            }
            FeedWhat::Remove { reason } => What::Remove { reason },
            FeedWhat::Erase => What::Erase,
        };
        let cost = OVERHEAD
            + match &what {
                What::Put { change, .. } => change.len(),
                _ => 0,
            };
        if size + cost > limit && !page.ops.is_empty() {
            more = true;
            return Ok(false);
        }
        size += cost;
        page.ops.push(Op {
            seq: op.seq,
            doc: op.doc,
            kind: op.kind,
            buckets: positions,
            what,
        });
        Ok(true)
    })?;
    if page.ops.is_empty() {
        return Ok(Ready {
            bytes: Vec::new(),
            through: head,
            more: false,
        });
    }
    // Whoever wrote something in this page is named in it: right under every retry, whatever
    // the phone has met before.
    for enrolment in authors {
        if let Some(row) = tables.enrolment(enrolment)?
            && let Some(person) = tables.person(row.person)?
        {
            page.authors.push(Author {
                enrolment,
                person: public(&person),
            });
        }
    }
    let last = page.ops.last().map_or(through, |op| op.seq);
    let bytes = zstd::bulk::compress(&encode(&page), ZSTD_LEVEL)
        .map_err(|_| StoreError::Damaged("page"))?;
    Ok(Ready {
        bytes,
        through: if more && !mutant::is("cursor_skips_a_page") {
            last
        } else {
            head
        },
        more,
    })
}
