//! Documents that come to this phone for the first time: nothing is known of them, so nothing
//! has to be looked up, taken back or read again. A first sync is made of little else.

use std::collections::{BTreeMap, HashMap};

use linli_model::chunk::{heads_of, name_of};
use linli_model::digests::{Digest, of_doc};
use linli_model::flat;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::mutant;
use linli_model::value::Hash;
use rusqlite::{Transaction, params};

use crate::error::StoreError;
use crate::page::{Incoming, What};
use crate::{digest, project};

/// A document with all that the page says of it.
struct Newcomer<'a> {
    kind: Kind,
    epoch: u32,
    puts: Vec<Put<'a>>,
}

struct Put<'a> {
    name: Hash,
    bytes: &'a [u8],
    seq: i64,
    received_at: i64,
    buckets: &'a [u16],
}

/// Takes in the documents of a page that this phone doesn't know, and says which they are: the
/// rest of the page is for others.
pub(crate) fn take_in(
    tx: &Transaction<'_>,
    ops: &[Incoming],
) -> Result<BTreeMap<DocId, Kind>, StoreError> {
    let mut sums: HashMap<u16, Digest> = HashMap::new();
    let mut taken = BTreeMap::new();
    for (id, newcomer) in newcomers(ops)? {
        if keep(tx, id, &newcomer, &mut sums)? {
            taken.insert(id, newcomer.kind);
        }
    }
    for (position, sum) in sums {
        digest::set(tx, position, &sum)?;
    }
    Ok(taken)
}

/// Documents of which the page says nothing but changes, in order.
fn newcomers(ops: &[Incoming]) -> Result<BTreeMap<DocId, Newcomer<'_>>, StoreError> {
    let mut found: BTreeMap<DocId, Option<Newcomer<'_>>> = BTreeMap::new();
    for op in ops {
        let put = match &op.what {
            What::Put {
                epoch,
                received_at,
                change,
            } => Some((*epoch, *received_at, change)),
            What::Own { .. } | What::Remove | What::Reset(_) | What::Erase => None,
        };
        let entry = found.entry(op.doc).or_insert_with(|| {
            put.map(|(epoch, ..)| Newcomer {
                kind: op.kind,
                epoch,
                puts: Vec::new(),
            })
        });
        match (put, entry.as_mut()) {
            (Some((epoch, received_at, bytes)), Some(newcomer)) if newcomer.epoch == epoch => {
                newcomer.puts.push(Put {
                    // The phone hashes what it stores; it never takes a name on trust.
                    name: name_of(bytes)?,
                    bytes,
                    seq: op.seq,
                    received_at,
                    buckets: &op.buckets,
                });
            }
            _ => *entry = None,
        }
    }
    let known = found.into_iter();
    Ok(known.filter_map(|(id, one)| Some((id, one?))).collect())
}

/// Keeps a newcomer with its rows. False when this phone knows it after all: then nothing is
/// written.
fn keep(
    tx: &Transaction<'_>,
    id: DocId,
    newcomer: &Newcomer<'_>,
    sums: &mut HashMap<u16, Digest>,
) -> Result<bool, StoreError> {
    let mut puts: Vec<&Put<'_>> = Vec::with_capacity(newcomer.puts.len());
    for put in &newcomer.puts {
        if puts.iter().all(|one| one.name != put.name) {
            puts.push(put);
        }
    }
    let heads = heads_of(puts.iter().map(|put| (put.name, put.bytes)))?;
    let weight = of_doc(id, newcomer.epoch, &heads);
    let new = tx
        .prepare_cached(
            "INSERT OR IGNORE INTO doc (id, kind, epoch, counter, digest) VALUES (?1, ?2, ?3,
                coalesce((SELECT counter FROM retired WHERE doc = ?1), 0), ?4)",
        )?
        .execute(params![
            id.as_bytes(),
            newcomer.kind.code(),
            newcomer.epoch,
            weight.to_be_bytes(),
        ])?;
    if new == 0 {
        return Ok(false);
    }
    let mut join =
        tx.prepare_cached("INSERT OR IGNORE INTO member (doc, bucket) VALUES (?1, ?2)")?;
    for put in &newcomer.puts {
        for bucket in put.buckets {
            if join.execute(params![id.as_bytes(), bucket])? == 0 {
                continue;
            }
            if !sums.contains_key(bucket) {
                sums.insert(*bucket, digest::of_bucket(tx, *bucket)?);
            }
            if let Some(sum) = sums.get_mut(bucket) {
                sum.add(weight);
            }
        }
    }
    let mut log = tx.prepare_cached(
        "INSERT INTO change (hash, doc, bytes, state, seq, received_at)
         VALUES (?1, ?2, ?3, 1, ?4, ?5)
         ON CONFLICT (hash) DO UPDATE SET state = 1, seq = excluded.seq,
            received_at = excluded.received_at",
    )?;
    for put in &puts {
        log.execute(params![
            &put.name.0[..],
            id.as_bytes(),
            put.bytes,
            put.seq,
            put.received_at
        ])?;
    }
    if !mutant::is("tables_lag") {
        let fields = flat::read(newcomer.kind, id, puts.iter().map(|put| put.bytes))?;
        project::newcomer(tx, id, newcomer.kind, &fields)?;
    }
    Ok(true)
}
