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
