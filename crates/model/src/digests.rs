//! Digests: do phone and center hold the same? (DESIGN §4.7)
//!
//! A document's digest is a hash over its id, epoch and accepted heads; a bucket's is the sum of
//! those of its documents modulo 2¹²⁸, with their number. A sum can be kept up to date one
//! document at a time, is the same whatever the order, and equal only where the sets are. It
//! finds faults; it is no defence against forgery.

use minicbor::{Decode, Encode};

use crate::ids::DocId;
use crate::value::Hash;

/// The digest of one document, `heads` sorted.
pub fn of_doc(id: DocId, epoch: u32, heads: &[Hash]) -> u128 {
    let epoch = epoch.to_be_bytes();
    let mut parts: Vec<&[u8]> = vec![b"linli-digest-1", id.as_bytes(), &epoch];
    parts.extend(heads.iter().map(|head| &head.0[..]));
    first_half(crate::digest(&parts))
}

/// In which of a bucket's 256 parts a document falls when a difference is looked for. Ids begin
/// with their time, so that they are hashed first: else all would fall into one.
pub fn part_of(id: DocId) -> u8 {
    crate::digest(&[b"linli-part-1", id.as_bytes()])[0]
}

fn first_half(hash: [u8; 32]) -> u128 {
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    u128::from_be_bytes(half)
}

/// The digest of a set of documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Digest {
    /// Sum of its documents' digests modulo 2¹²⁸, big-endian.
    #[cbor(n(0), with = "minicbor::bytes")]
    sum: [u8; 16],
    /// How many documents.
    #[n(1)]
    docs: u64,
}

impl Digest {
    /// From its parts, as a database keeps them.
    pub fn new(sum: [u8; 16], docs: u64) -> Self {
        Self { sum, docs }
    }

    /// The sum, big-endian.
    pub fn sum(&self) -> [u8; 16] {
        self.sum
    }

    /// How many documents it is over.
    pub fn docs(&self) -> u64 {
        self.docs
    }

    /// With one document more.
    pub fn add(&mut self, doc: u128) {
        self.sum = u128::from_be_bytes(self.sum)
            .wrapping_add(doc)
            .to_be_bytes();
        self.docs = self.docs.wrapping_add(1);
    }

    /// With one document less.
    pub fn take(&mut self, doc: u128) {
        self.sum = u128::from_be_bytes(self.sum)
            .wrapping_sub(doc)
            .to_be_bytes();
        self.docs = self.docs.wrapping_sub(1);
    }
}

/// One hash over the digests of all buckets a phone reads, by position: what travels in every
/// request of a phone that believes it has everything.
pub fn over(digests: impl IntoIterator<Item = (u16, Digest)>) -> [u8; 16] {
    let mut bytes = b"linli-digests-1".to_vec();
    for (position, digest) in digests {
        bytes.extend(position.to_be_bytes());
        bytes.extend(digest.sum);
        bytes.extend(digest.docs.to_be_bytes());
    }
    first_half(crate::digest(&[&bytes])).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(n: u8) -> u128 {
        of_doc(DocId::from_bytes([n; 16]), 0, &[Hash([n; 32])])
    }

    #[test]
    fn a_sum_forgets_the_way_it_came_about() {
        let (mut one, mut other) = (Digest::default(), Digest::default());
        for n in 0..200 {
            one.add(doc(n));
            other.add(doc(199 - n));
        }
        assert_eq!(one, other);
        one.add(doc(200));
        assert_ne!(one, other);
        one.take(doc(200));
        assert_eq!(one, other);
        one.take(doc(3));
        one.add(doc(201));
        assert_ne!(one, other, "as many documents, but others");
    }

    #[test]
    fn what_a_document_is_decides_its_digest() {
        let id = DocId::from_bytes([1; 16]);
        let (a, b) = (Hash([1; 32]), Hash([2; 32]));
        let all = [
            of_doc(id, 0, &[a]),
            of_doc(id, 1, &[a]),
            of_doc(id, 0, &[b]),
            of_doc(id, 0, &[a, b]),
            of_doc(DocId::from_bytes([2; 16]), 0, &[a]),
        ];
        for (n, one) in all.iter().enumerate() {
            assert!(!all[..n].contains(one));
        }
    }

    #[test]
    fn documents_of_one_minute_fall_into_many_parts() {
        let parts: std::collections::BTreeSet<u8> = (0..1_000u16)
            .map(|n| {
                let mut id = [7; 16];
                id[14..].copy_from_slice(&n.to_be_bytes());
                part_of(DocId::from_bytes(id))
            })
            .collect();
        assert!(parts.len() > 200, "{}", parts.len());
    }
}
