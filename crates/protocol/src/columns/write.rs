//! Operations into columns.

use std::collections::HashMap;

use linli_model::chunk;
use linli_model::ids::DocId;
use linli_model::value::Hash;

use super::{BACK, BIRTH, Columns, ERASE, NAMED, OWN, REMOVE, RESET, STRIPPED, WHOLE, birth};
use crate::encode;
use crate::sync::{Op, What};

#[derive(Default)]
struct Writer {
    columns: Columns,
    /// Place of each document, and the changes of it that were sent in this page.
    docs: HashMap<DocId, (u64, Vec<Hash>)>,
    lists: HashMap<Vec<u16>, u64>,
    seq: u64,
    time: i64,
}

pub(super) fn columns(ops: &[Op]) -> Columns {
    let mut writer = Writer::default();
    for op in ops {
        writer.op(op);
    }
    writer.columns
}

impl Writer {
    fn op(&mut self, op: &Op) {
        push(&mut self.columns.seqs, op.seq.wrapping_sub(self.seq));
        self.seq = op.seq;
        let next = self.docs.len() as u64 + 1;
        match self.docs.get(&op.doc) {
            Some((place, _)) => push(&mut self.columns.which, *place),
            None => {
                self.docs.insert(op.doc, (next, Vec::new()));
                self.columns.docs.extend(op.doc.as_bytes());
                self.columns.kinds.push(op.kind.code());
                push(&mut self.columns.which, 0);
            }
        }
        let next = self.lists.len() as u64;
        let list = match self.lists.get(&op.buckets) {
            Some(list) => *list,
            None => {
                self.lists.insert(op.buckets.clone(), next);
                self.columns.lists.push(op.buckets.clone());
                next
            }
        };
        push(&mut self.columns.list, list);
        match &op.what {
            What::Put {
                epoch,
                received_at,
                change,
            } => {
                push(&mut self.columns.epochs, u64::from(*epoch));
                self.time(*received_at);
                self.change(op, change);
            }
            What::Own {
                epoch,
                received_at,
                change,
            } => {
                self.columns.tags.push(OWN);
                push(&mut self.columns.epochs, u64::from(*epoch));
                self.time(*received_at);
                self.columns.names.extend(change.0);
            }
            What::Remove { reason } => {
                self.columns.tags.push(REMOVE);
                self.columns.reasons.push(reason.clone());
            }
            What::Reset { .. } => {
                self.columns.tags.push(RESET);
                self.body(&encode(&op.what));
            }
            What::Erase => self.columns.tags.push(ERASE),
        }
    }

    fn change(&mut self, op: &Op, bytes: &[u8]) {
        let stripped = chunk::strip(bytes).ok().filter(|(deps, rest)| {
            // What can't be made again to the last byte goes as it stands.
            chunk::build(deps, rest).1 == bytes
        });
        let Some((deps, rest)) = stripped else {
            self.columns.tags.push(WHOLE);
            self.body(bytes);
            return;
        };
        self.columns.tags.push(STRIPPED);
        push(&mut self.columns.bases, deps.len() as u64);
        let before = self.docs.get(&op.doc).map(|(_, sent)| sent.as_slice());
        let before = before.unwrap_or_default();
        for dep in &deps {
            let back = before.iter().rev().position(|sent| sent == dep);
            if let Some(back) = back {
                push(&mut self.columns.bases, BACK + back as u64);
            } else if birth(op.kind, op.doc) == Some(*dep) {
                push(&mut self.columns.bases, BIRTH);
            } else {
                push(&mut self.columns.bases, NAMED);
                self.columns.names.extend(dep.0);
            }
        }
        self.body(rest);
        let (name, _) = chunk::build(&deps, rest);
        if let Some((_, sent)) = self.docs.get_mut(&op.doc) {
            sent.push(name);
        }
    }

    fn time(&mut self, at: i64) {
        let step = at.wrapping_sub(self.time);
        self.time = at;
        push(&mut self.columns.times, ((step << 1) ^ (step >> 63)) as u64);
    }

    fn body(&mut self, bytes: &[u8]) {
        push(&mut self.columns.lengths, bytes.len() as u64);
        self.columns.bodies.extend(bytes);
    }
}

fn push(column: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        column.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    column.push((number & 0x7f) as u8);
}
