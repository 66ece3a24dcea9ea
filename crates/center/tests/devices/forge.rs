//! Change bytes as somebody makes them who knows the format and keeps to none of its rules:
//! whatever can be recomputed is right.

use linli_model::chunk::name_of;
use linli_model::value::Hash;
use linli_protocol::sync::Sent;
use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Type of a chunk that holds one change, not compressed.
const CHANGE: u8 = 1;

/// What is inside the chunk of a change; none when it is no chunk.
pub(crate) fn inside(change: &[u8]) -> Option<&[u8]> {
    let rest = change.strip_prefix(&MAGIC)?.get(4..)?;
    let (length, rest) = number(rest.strip_prefix(&[CHANGE])?)?;
    rest.get(..usize::try_from(length).ok()?)
}

/// A chunk around it, with length and checksum that fit.
pub(crate) fn sealed(inside: &[u8]) -> Vec<u8> {
    let mut hashed = vec![CHANGE];
    put_number(&mut hashed, inside.len() as u64);
    hashed.extend_from_slice(inside);
    let checksum = &Sha256::digest(&hashed)[..4];
    [&MAGIC, checksum, &hashed].concat()
}

/// The same change, with its operations numbered from `start`.
pub(crate) fn with_start_op(change: &[u8], start: u64) -> Option<Vec<u8>> {
    let all = inside(change)?;
    let (deps, mut rest) = number(all)?;
    rest = rest.get(usize::try_from(deps).ok()?.checked_mul(32)?..)?;
    let (actor, after) = number(rest)?;
    rest = after.get(usize::try_from(actor).ok()?..)?;
    let (_number, rest) = number(rest)?;
    let (_start, tail) = number(rest)?;
    let mut forged = all[..all.len() - rest.len()].to_vec();
    put_number(&mut forged, start);
    forged.extend_from_slice(tail);
    Some(sealed(&forged))
}

/// A few bytes that say: one operation, which replaces `count` others. All else is as the
/// header of `change` has it.
pub(crate) fn with_run_of(change: &[u8], count: u64) -> Option<Vec<u8>> {
    let all = inside(change)?;
    let (deps, mut rest) = number(all)?;
    rest = rest.get(usize::try_from(deps).ok()?.checked_mul(32)?..)?;
    let (actor, after) = number(rest)?;
    rest = after.get(usize::try_from(actor).ok()?..)?;
    // Number, first operation, time, message, other actors.
    let (_number, rest) = number(rest)?;
    let (_start, rest) = number(rest)?;
    let (_time, rest) = number(rest)?;
    let (_message, rest) = number(rest)?;
    let (others, rest) = number(rest)?;
    if others != 0 {
        return None;
    }
    let mut forged = all[..all.len() - rest.len()].to_vec();
    let mut run = Vec::new();
    put_number(&mut run, count);
    // The length of a run is signed: its highest bit would be the sign.
    if run.last().is_some_and(|last| last & 0x40 != 0) {
        *run.last_mut()? |= 0x80;
        run.push(0);
    }
    let mut group = vec![0x7f];
    put_number(&mut group, count);
    let zeros = [run.as_slice(), &[0]].concat();
    // Key, insert, action, length and type of the value, number of those replaced, their actors
    // and their numbers.
    let columns: [(u64, &[u8]); 7] = [
        (0x15, &[0x7f, 1, b'a']),
        (0x34, &[1]),
        (0x42, &[0x7f, 1]),
        (0x56, &[0x7f, 0]),
        (0x70, &group),
        (0x71, &zeros),
        (0x73, &zeros),
    ];
    put_number(&mut forged, columns.len() as u64);
    for (name, bytes) in columns {
        put_number(&mut forged, name);
        put_number(&mut forged, bytes.len() as u64);
    }
    for (_, bytes) in columns {
        forged.extend_from_slice(bytes);
    }
    Some(sealed(&forged))
}

/// The same change, packed as the engine packs large ones: no raw change.
pub(crate) fn packed(change: &[u8]) -> Vec<u8> {
    let mut packed = change.to_vec();
    packed[8] = 2;
    packed
}

/// `sent` with other bytes, and a claim that names them.
pub(crate) fn claimed(sent: &Sent, change: Vec<u8>) -> Sent {
    let mut sent = sent.clone();
    if let Some(target) = &mut sent.intent.target {
        target.change = name_of(&change).unwrap_or(Hash([0; 32]));
    }
    sent.change = change;
    sent
}

/// An unsigned LEB128 number at the front.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().enumerate().take(9) {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[index + 1..]));
        }
    }
    None
}

fn put_number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap_or(0) | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap_or(0));
}
