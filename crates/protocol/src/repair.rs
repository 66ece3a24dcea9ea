//! `POST /v1/repair`: where a bucket differs, and its documents once more (DESIGN §4.7).
//!
//! Three questions, one after the other: how do the 256 parts of the bucket compare; which
//! documents are in the parts that differ; and these documents, whole. A phone that got lost
//! needs three round trips, whatever it has.

use linli_model::ids::DocId;
use minicbor::{Decode, Encode};

use crate::digest::Digest;

/// What a phone asks about one of its buckets. Without `parts` and `docs`: how its parts
/// compare.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Repair {
    /// Position of the bucket.
    #[n(0)]
    pub position: u16,
    /// Which documents are in these parts ([`crate::digest::part_of`])?
    #[cbor(n(1), with = "minicbor::bytes")]
    pub parts: Option<Vec<u8>>,
    /// These documents, please: as many as fit into one answer are sent, in their order.
    #[n(2)]
    pub docs: Option<Vec<DocId>>,
}

/// What the center answers, from one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Repaired {
    /// Digest of each part that isn't empty.
    #[n(0)]
    pub parts: Option<Vec<(u8, Digest)>>,
    /// Documents of the parts asked for, with their digests.
    #[n(1)]
    pub docs: Option<Vec<DocDigest>>,
    /// A zstd-compressed [`crate::sync::Page`] with every change of documents asked for.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub page: Option<Vec<u8>>,
    /// How many of the documents asked for are in the page or no longer there: the rest has to
    /// be asked for again.
    #[n(3)]
    pub done: Option<u32>,
}

/// A document and its digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct DocDigest {
    /// Document.
    #[n(0)]
    pub doc: DocId,
    /// [`crate::digest::of_doc`], big-endian.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub digest: [u8; 16],
}
