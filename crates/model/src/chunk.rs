//! What can be told of a change from the first bytes of its chunk, without parsing it.
//!
//! For changes that somebody else has judged already: a phone that stores what the center has
//! accepted, a digest over both; and for changes that nobody has judged yet, of which the rest is
//! better not parsed. Layout: magic (4 bytes), checksum (4), type (1: a change that isn't
//! compressed), length (LEB128), number of dependencies (LEB128), their names (32 each), actor
//! (length and bytes), number within the actor, number of its first operation, time (signed).

use sha2::{Digest, Sha256};

use crate::document::DocumentError;
use crate::value::Hash;

/// What every chunk of Automerge begins with.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Magic and checksum.
const HEAD: usize = 8;
/// The chunk is a change as it stands.
const CHANGE: u8 = 1;

/// Name of a change: its bytes are hashed as they stand, and not looked at any further.
///
/// # Errors
/// The bytes are no change, or not those they were.
pub fn name_of(bytes: &[u8]) -> Result<Hash, DocumentError> {
    let (head, hashed) = split(bytes)?;
    // The hash is over all that follows the checksum, which is its beginning.
    let hash: [u8; 32] = Sha256::digest(hashed).into();
    if head[4..] != hash[..4] {
        return Err(DocumentError::BadChange);
    }
    Ok(Hash(hash))
}

/// The changes that a change builds on, in the order it names them.
///
/// # Errors
/// The bytes are no change.
pub fn deps_of(bytes: &[u8]) -> Result<Vec<Hash>, DocumentError> {
    let (_, mut rest) = split(bytes)?;
    rest = &rest[1..];
    let _length = leb128(&mut rest)?;
    let count = leb128(&mut rest)?;
    let names = usize::try_from(count)
        .ok()
        .and_then(|count| count.checked_mul(32))
        .and_then(|size| rest.get(..size))
        .ok_or(DocumentError::BadChange)?;
    Ok(names
        .chunks_exact(32)
        .filter_map(|name| name.try_into().ok().map(Hash))
        .collect())
}

/// What a change says about itself, before anything is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Recomputed name.
    pub hash: Hash,
    /// Raw actor bytes.
    pub actor: Vec<u8>,
    /// Number of the change within its actor, from 1.
    pub seq: u64,
    /// Seconds since 1970, by the author's clock.
    pub time: i64,
    /// Changes it builds on, sorted.
    pub deps: Vec<Hash>,
}

/// Reads the header of a change, whoever sent it, and no operation of it.
///
/// # Errors
/// The bytes are no change as it stands: a packed one is none.
pub fn header_of(bytes: &[u8]) -> Result<Header, DocumentError> {
    let (_, hashed) = split(bytes)?;
    let mut body = &hashed[1..];
    let length = leb128(&mut body)?;
    if usize::try_from(length).ok() != Some(body.len()) {
        return Err(DocumentError::BadChange);
    }
    let (mut deps, mut rest) = strip(bytes)?;
    deps.sort_unstable();
    let length = usize::try_from(leb128(&mut rest)?).map_err(|_| DocumentError::BadChange)?;
    let (actor, mut rest) = rest
        .split_at_checked(length)
        .ok_or(DocumentError::BadChange)?;
    let seq = leb128(&mut rest)?;
    let _first_operation = leb128(&mut rest)?;
    Ok(Header {
        hash: Hash(Sha256::digest(hashed).into()),
        actor: actor.to_vec(),
        seq,
        time: signed_leb128(&mut rest)?,
        deps,
    })
}

/// What a change builds on, and what follows that in its chunk. The rest of a chunk can be made
/// again from the two: see [`build`].
///
/// # Errors
/// The bytes are no change.
pub fn strip(bytes: &[u8]) -> Result<(Vec<Hash>, &[u8]), DocumentError> {
    let deps = deps_of(bytes)?;
    let (_, mut rest) = split(bytes)?;
    rest = &rest[1..];
    let _length = leb128(&mut rest)?;
    let _count = leb128(&mut rest)?;
    let rest = rest.get(32 * deps.len()..);
    Ok((deps, rest.ok_or(DocumentError::BadChange)?))
}

/// The chunk of a change from what it builds on and what follows that, with its name.
pub fn build(deps: &[Hash], rest: &[u8]) -> (Hash, Vec<u8>) {
    let mut body = Vec::with_capacity(4 + 32 * deps.len() + rest.len());
    push_leb128(&mut body, deps.len());
    for dep in deps {
        body.extend(dep.0);
    }
    body.extend(rest);
    let mut bytes = Vec::with_capacity(HEAD + 6 + body.len());
    bytes.extend(MAGIC);
    bytes.extend([0; 4]);
    bytes.push(CHANGE);
    push_leb128(&mut bytes, body.len());
    bytes.extend(body);
    let hash: [u8; 32] = Sha256::digest(&bytes[HEAD..]).into();
    bytes[4..HEAD].copy_from_slice(&hash[..4]);
    (Hash(hash), bytes)
}

/// Of the changes in `changes`, in any order, the names of those that no other builds on:
/// sorted.
///
/// # Errors
/// Some bytes are no change.
pub fn heads_of<'a>(
    changes: impl IntoIterator<Item = (Hash, &'a [u8])>,
) -> Result<Vec<Hash>, DocumentError> {
    let mut heads = Vec::new();
    let mut built_on = Vec::new();
    for (name, bytes) in changes {
        heads.push(name);
        built_on.extend(deps_of(bytes)?);
    }
    heads.retain(|name| !built_on.contains(name));
    heads.sort_unstable();
    Ok(heads)
}

fn split(bytes: &[u8]) -> Result<(&[u8], &[u8]), DocumentError> {
    let (head, rest) = bytes
        .split_at_checked(HEAD)
        .ok_or(DocumentError::BadChange)?;
    if !head.starts_with(&MAGIC) || rest.first() != Some(&CHANGE) {
        return Err(DocumentError::BadChange);
    }
    Ok((head, rest))
}

fn push_leb128(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}

fn leb128(bytes: &mut &[u8]) -> Result<u64, DocumentError> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or(DocumentError::BadChange)?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(DocumentError::BadChange)
}

fn signed_leb128(bytes: &mut &[u8]) -> Result<i64, DocumentError> {
    let mut number: i64 = 0;
    for shift in (0..63).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or(DocumentError::BadChange)?;
        *bytes = rest;
        number |= i64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            let bits = shift + 7;
            return Ok(number << (64 - bits) >> (64 - bits));
        }
    }
    Err(DocumentError::BadChange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Actor, EnrolmentId};
    use crate::document::{Document, parse};
    use crate::ids::DocId;
    use crate::kind::Kind;
    use crate::value::Write;

    #[test]
    fn the_header_is_what_the_engine_reads() {
        let mut document = Document::new(Kind::Care, DocId::from_bytes([3; 16])).expect("genesis");
        let times = [
            0,
            1,
            63,
            64,
            -1,
            -64,
            -65,
            1 << 40,
            i64::MAX >> 8,
            i64::MIN >> 8,
        ];
        for (at, time) in times.into_iter().enumerate() {
            let actor = Actor {
                enrolment: EnrolmentId([at as u8 % 3; 8]),
                counter: 1,
            };
            let seen = document.heads();
            let days = vec![Write::new("cycle_days", at as i64 + 1)];
            let edit = document.edit(&seen, actor, time, &days).expect("edit");
            let (header, change) = (header_of(&edit.bytes).expect("ours"), parse(&edit.bytes));
            let change = change.expect("the engine's");
            assert_eq!(header.hash, change.hash().into());
            assert_eq!(header.actor, change.actor_id().to_bytes());
            assert_eq!(
                (header.seq, header.time),
                (change.seq(), change.timestamp())
            );
            let deps: Vec<Hash> = change.deps().iter().map(|dep| (*dep).into()).collect();
            assert_eq!(header.deps, deps);
            assert_eq!(header.time, time);
            for cut in 0..40 {
                assert!(header_of(&edit.bytes[..cut]).is_err());
            }
        }
    }
}
