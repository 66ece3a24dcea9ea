//! Operations in columns: the same kind of thing side by side compresses better, and what the
//! phone can work out isn't sent at all. Of a change that is its head with the checksum, and the
//! names of what it builds on, which are random bytes that nothing compresses.

mod read;
mod write;

use linli_model::kind::Kind;
use minicbor::{Decode, Encode};

use crate::sync::Page;

/// Name of the capability in [`crate::sync::SyncRequest::capabilities`].
pub const CAPABILITY: &str = "columns";

/// Operations of a page. Numbers are LEB128, signed ones zigzag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Columns {
    /// Ids of the documents, 16 bytes each, in the order the page first names them.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub docs: Vec<u8>,
    /// Their kinds, a byte each.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub kinds: Vec<u8>,
    /// Lists of buckets that operations belong to.
    #[n(2)]
    pub lists: Vec<Vec<u16>>,
    /// For each operation what it is: 0 a change without head and names, 1 a change as it
    /// stands, 2 an own change, 3 remove, 4 reset, 5 erase.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub tags: Vec<u8>,
    /// For each operation how much its number is greater than that of the one before.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub seqs: Vec<u8>,
    /// For each operation its document: 0 the next new one, else its place from 1.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub which: Vec<u8>,
    /// For each operation its list of buckets.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub list: Vec<u8>,
    /// For each operation with an epoch, it.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub epochs: Vec<u8>,
    /// For each change when it was received, as the difference to the one before (signed).
    #[cbor(n(8), with = "minicbor::bytes")]
    pub times: Vec<u8>,
    /// For each change without names how many it builds on, and each of these: 0 the birth of
    /// its document, 1 the next of `names`, from 2 a change of the same document in this page,
    /// counted back.
    #[cbor(n(9), with = "minicbor::bytes")]
    pub bases: Vec<u8>,
    /// Names of changes, 32 bytes each: of those built on, and of own ones.
    #[cbor(n(10), with = "minicbor::bytes")]
    pub names: Vec<u8>,
    /// Lengths of what is in `bodies`.
    #[cbor(n(11), with = "minicbor::bytes")]
    pub lengths: Vec<u8>,
    /// Changes, or what is left of them, and resets as they are written one by one.
    #[cbor(n(12), with = "minicbor::bytes")]
    pub bodies: Vec<u8>,
    /// For each remove its reason.
    #[n(13)]
    pub reasons: Vec<String>,
}

const STRIPPED: u8 = 0;
const WHOLE: u8 = 1;
const OWN: u8 = 2;
const REMOVE: u8 = 3;
const RESET: u8 = 4;
const ERASE: u8 = 5;

/// Ways to say what a change builds on; from this on changes counted back.
const BIRTH: u64 = 0;
const NAMED: u64 = 1;
const BACK: u64 = 2;

impl Page {
    /// The same page with its operations in columns.
    pub fn in_columns(self) -> Self {
        Self {
            columns: Some(write::columns(&self.ops)),
            ops: Vec::new(),
            authors: self.authors,
        }
    }

    /// The same page with its operations one by one, however it came. None when its columns
    /// don't fit together.
    pub fn one_by_one(self) -> Option<Self> {
        let Some(columns) = &self.columns else {
            return Some(self);
        };
        Some(Self {
            ops: read::ops(columns)?,
            authors: self.authors,
            columns: None,
        })
    }
}

/// The name of the change that every document of a kind like this begins with; none for others.
fn birth(kind: Kind, doc: linli_model::ids::DocId) -> Option<linli_model::value::Hash> {
    kind.has_genesis()
        .then(|| linli_model::genesis::hash(kind, doc).ok())
        .flatten()
}
