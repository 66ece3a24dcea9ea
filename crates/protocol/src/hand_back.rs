//! `POST /v1/return`: what a restored center has lost comes back from phones (DESIGN §4.13).
//!
//! With every page comes a MAC, under a key that is in no backup, over what is on it. Whoever
//! shows a page's contents with their MAC shows that the center once accepted these changes;
//! the changes themselves are known by their hashes.

use hmac::{Hmac, Mac};
use linli_model::actor::EnrolmentId;
use linli_model::ids::{DocId, IntentId, PersonId};
use linli_model::kind::Kind;
use linli_model::value::Hash;
use minicbor::{Decode, Encode};
use sha2::Sha256;

/// Refused because it speaks of somebody who was erased, and of a document that the center doesn't
/// have: nothing more will be said of it. `erased` alone says that the document begins anew.
pub const GONE: &str = "erased_whole";

/// Refused because the document has begun anew since, without somebody who was erased: it is no
/// more lost than what was erased is.
pub const OVER: &str = "stale_epoch";

/// The center's key for MACs.
pub type Key = [u8; 32];

/// What a MAC is over: CBOR arrays, numbers in their shortest form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Contents {
    /// Generation the page is of.
    #[n(0)]
    pub generation: u64,
    /// Its accepted changes, in the order of the page.
    #[n(1)]
    pub leaves: Vec<Leaf>,
    /// Whose enrolments the page names, in its order.
    #[n(2)]
    pub authors: Vec<(EnrolmentId, PersonId)>,
}

/// An accepted change on a page: of `Put` and `Own`, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Leaf {
    /// Sequence number.
    #[n(0)]
    pub seq: u64,
    /// Document.
    #[n(1)]
    pub doc: DocId,
    /// Its kind.
    #[n(2)]
    pub kind: Kind,
    /// Its epoch.
    #[n(3)]
    pub epoch: u32,
    /// When the center received the change, milliseconds.
    #[n(4)]
    pub received_at: i64,
    /// Name of the change.
    #[n(5)]
    pub change: Hash,
}

/// What a phone hands back: one page at a time.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HandBack {
    /// [`Contents`], whole: of a part the MAC says nothing.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub contents: Vec<u8>,
    /// As it came with the page.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub mac: [u8; 32],
    /// Changes of the page that the phone holds, in their order; not all of them need be here.
    #[n(2)]
    pub changes: Vec<Held>,
}

/// A change that a phone holds.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Held {
    /// Which of the leaves.
    #[n(0)]
    pub leaf: u32,
    /// Raw bytes.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub change: Vec<u8>,
    /// The intent it was, of an own change: so that it is known when it is sent again.
    #[n(2)]
    pub intent: Option<IntentId>,
}

/// What the center answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HandedBack {
    /// One for each change.
    #[n(0)]
    pub outcomes: Vec<Back>,
}

/// What became of a change that was handed back.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Back {
    /// The center had lost it and has it again.
    #[n(0)]
    Taken {
        /// Its number now.
        #[n(0)]
        seq: u64,
    },
    /// The center has it.
    #[n(1)]
    Had {
        /// Its number now.
        #[n(0)]
        seq: u64,
    },
    /// It builds on something that isn't back yet: hand it back again later.
    #[n(2)]
    Missing {
        /// What it lacks; its own name where that isn't known.
        #[n(0)]
        change: Hash,
    },
    /// It doesn't fit: such as `unknown_author`, `stale_epoch`.
    #[n(3)]
    Refused {
        /// Stable code.
        #[n(0)]
        code: String,
    },
}

/// MAC over encoded [`Contents`].
pub fn mac(key: &Key, contents: &[u8]) -> [u8; 32] {
    keyed(key, &[b"linli-page-1", contents])
}

/// Shows that the center enrolled this person's phone.
pub fn ticket(key: &Key, enrolment: EnrolmentId, person: PersonId) -> [u8; 32] {
    keyed(key, &[b"linli-ticket-1", &enrolment.0, person.as_bytes()])
}

fn keyed(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut out = [0; 32];
    // HMAC takes keys of any length.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) {
        for part in parts {
            mac.update(part);
        }
        out.copy_from_slice(&mac.finalize().into_bytes());
    }
    out
}
