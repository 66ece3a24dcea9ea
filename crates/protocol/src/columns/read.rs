//! Columns back into operations. They come from outside: what doesn't fit together is nothing.

use linli_model::chunk;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::value::Hash;

use super::{BACK, BIRTH, Columns, ERASE, NAMED, OWN, REMOVE, RESET, STRIPPED, WHOLE, birth};
use crate::decode;
use crate::limits::MAX_PLAIN;
use crate::sync::{Op, What};

/// A column that is read from the front.
struct Column<'a>(&'a [u8]);

impl<'a> Column<'a> {
    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        self.number()?.try_into().ok()
    }

    fn name(&mut self) -> Option<Hash> {
        Some(Hash(self.take(32)?.try_into().ok()?))
    }
}

struct Reader<'a> {
    columns: &'a Columns,
    seqs: Column<'a>,
    which: Column<'a>,
    list: Column<'a>,
    epochs: Column<'a>,
    times: Column<'a>,
    bases: Column<'a>,
    names: Column<'a>,
    lengths: Column<'a>,
    bodies: Column<'a>,
    reasons: std::slice::Iter<'a, String>,
    /// Documents met so far, each with its changes of this page.
    met: Vec<(DocId, Kind, Vec<Hash>)>,
    seq: u64,
    time: i64,
    /// Bytes that may still come of it: a few bytes of columns can say a great deal.
    left: usize,
}

/// What an operation takes beside its bytes, about.
const OVERHEAD: usize = 64;

pub(super) fn ops(columns: &Columns) -> Option<Vec<Op>> {
    let mut reader = Reader {
        columns,
        seqs: Column(&columns.seqs),
        which: Column(&columns.which),
        list: Column(&columns.list),
        epochs: Column(&columns.epochs),
        times: Column(&columns.times),
        bases: Column(&columns.bases),
        names: Column(&columns.names),
        lengths: Column(&columns.lengths),
        bodies: Column(&columns.bodies),
        reasons: columns.reasons.iter(),
        met: Vec::new(),
        seq: 0,
        time: 0,
        left: 2 * MAX_PLAIN,
    };
    columns.tags.iter().map(|tag| reader.op(*tag)).collect()
}

impl Reader<'_> {
    fn op(&mut self, tag: u8) -> Option<Op> {
        self.seq = self.seq.wrapping_add(self.seqs.number()?);
        let at = self.document()?;
        let buckets = self.columns.lists.get(self.list.size()?)?;
        self.spend(OVERHEAD + 2 * buckets.len())?;
        let buckets = buckets.clone();
        let what = match tag {
            STRIPPED | WHOLE => What::Put {
                epoch: self.epoch()?,
                received_at: self.received()?,
                change: if tag == WHOLE {
                    self.body()?.to_vec()
                } else {
                    self.change(at)?
                },
            },
            OWN => What::Own {
                epoch: self.epoch()?,
                received_at: self.received()?,
                change: self.names.name()?,
            },
            REMOVE => What::Remove {
                reason: self.reasons.next()?.clone(),
            },
            RESET => match decode(self.body()?).ok()? {
                what @ What::Reset { .. } => what,
                _ => return None,
            },
            ERASE => What::Erase,
            _ => return None,
        };
        let (doc, kind, _) = self.met.get(at)?;
        Some(Op {
            seq: self.seq,
            doc: *doc,
            kind: *kind,
            buckets,
            what,
        })
    }

    /// Place of an operation's document.
    fn document(&mut self) -> Option<usize> {
        let which = self.which.size()?;
        if which > 0 {
            return Some(which - 1).filter(|at| *at < self.met.len());
        }
        let at = self.met.len();
        let id = self.columns.docs.chunks_exact(16).nth(at)?;
        let kind = Kind::from_code(*self.columns.kinds.get(at)?);
        let id = DocId::from_bytes(id.try_into().ok()?);
        self.met.push((id, kind, Vec::new()));
        Some(at)
    }

    fn epoch(&mut self) -> Option<u32> {
        self.epochs.number()?.try_into().ok()
    }

    fn received(&mut self) -> Option<i64> {
        let step = self.times.number()?;
        let step = (step >> 1) as i64 ^ -((step & 1) as i64);
        self.time = self.time.wrapping_add(step);
        Some(self.time)
    }

    fn body(&mut self) -> Option<&[u8]> {
        let length = self.lengths.size()?;
        self.spend(length)?;
        self.bodies.take(length)
    }

    fn spend(&mut self, bytes: usize) -> Option<()> {
        self.left = self.left.checked_sub(bytes)?;
        Some(())
    }

    fn change(&mut self, at: usize) -> Option<Vec<u8>> {
        let count = self.bases.size()?;
        self.spend(count.checked_mul(32)?)?;
        let mut deps = Vec::new();
        for _ in 0..count {
            let (doc, kind, sent) = self.met.get(at)?;
            deps.push(match self.bases.number()? {
                BIRTH => birth(*kind, *doc)?,
                NAMED => self.names.name()?,
                back => {
                    let back = usize::try_from(back - BACK).ok()?;
                    *sent.iter().rev().nth(back)?
                }
            });
        }
        let (name, bytes) = chunk::build(&deps, self.body()?);
        self.met.get_mut(at)?.2.push(name);
        Some(bytes)
    }
}
