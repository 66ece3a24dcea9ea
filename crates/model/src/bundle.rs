//! A county in one file: what `linli-demo` writes and `linli-center load` reads.
//!
//! A zstd stream of CBOR records one after another: one [`Header`], then people, authors,
//! documents and photos in any order. A document's changes come in an order that respects
//! their dependencies.

use minicbor::{Decode, Encode};

use crate::actor::EnrolmentId;
use crate::ids::{DocId, MediaId, PersonId};
use crate::kind::Kind;

/// Version of the format this code reads and writes.
pub const VERSION: u32 = 1;

/// One record.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum Record {
    /// First record.
    #[n(0)]
    Header(#[n(0)] Header),
    /// A person with an account.
    #[n(1)]
    Person(#[n(0)] Person),
    /// Which person wrote under an enrolment (their phone so far).
    #[n(2)]
    Author(#[n(0)] AuthorOf),
    /// A document.
    #[n(3)]
    Doc(#[n(0)] Doc),
    /// A photo's bytes.
    #[n(4)]
    Photo(#[n(0)] Photo),
}

/// What the file is.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Header {
    /// [`VERSION`].
    #[n(0)]
    pub version: u32,
    /// Name of the county.
    #[n(1)]
    pub county: String,
    /// Division code of the county.
    #[n(2)]
    pub code: String,
    /// Moment the data stand at, milliseconds.
    #[n(3)]
    pub now: i64,
    /// All names are invented.
    #[n(4)]
    pub fictional: bool,
    /// How many documents follow, for progress.
    #[n(5)]
    pub docs: u64,
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Person {
    /// Person.
    #[n(0)]
    pub id: PersonId,
    /// Name.
    #[n(1)]
    pub name: String,
    /// Role code R01….
    #[n(2)]
    pub role: String,
    /// Division code of the post: grid, community, street or county; empty for none.
    #[n(3)]
    pub org: String,
    /// Building of a building lead.
    #[n(4)]
    pub building: Option<DocId>,
    /// Department of a liaison; empty for none.
    #[n(5)]
    pub dept: String,
    /// Duty telephone, public; empty for none.
    #[n(6)]
    pub phone: String,
    /// Name to log in with at the console; empty for field people.
    #[n(7)]
    pub login: String,
    /// Which example person this is (`worker`, `chief`, `lead`, `desk`); empty for others.
    #[n(8)]
    pub example: String,
}

/// Which person wrote under an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct AuthorOf {
    /// First half of the actors.
    #[n(0)]
    pub enrolment: EnrolmentId,
    /// Person.
    #[n(1)]
    pub person: PersonId,
}

/// A document with all its changes.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Doc {
    /// Document.
    #[n(0)]
    pub id: DocId,
    /// Kind.
    #[n(1)]
    pub kind: Kind,
    /// Changes.
    #[n(2)]
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Change {
    /// Raw bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// When the center received it, milliseconds.
    #[n(1)]
    pub received_at: i64,
}

/// A photo's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Photo {
    /// Photo.
    #[n(0)]
    pub id: MediaId,
    /// Finished JPEG.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub jpeg: Vec<u8>,
}
