//! `POST /v1/sync`: one round trip (DESIGN §4.4–4.5).
//!
//! The phone says how far it has read and sends what it wrote; the center answers with a
//! verdict per intent and the next page of operations.

use linli_model::actor::EnrolmentId;
use linli_model::ids::{DocId, EntryId, IntentId};
use linli_model::intent::Intent;
use linli_model::kind::Kind;
use linli_model::value::Hash;
use minicbor::{Decode, Encode};

use crate::columns::Columns;
use crate::digest::Digest;
use crate::enrol::{Bucket, Person};
use crate::order::Signed;

/// What the phone sends.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct SyncRequest {
    /// [`crate::VERSION`] of the phone.
    #[n(0)]
    pub version: u32,
    /// Generation of the center the cursor belongs to.
    #[n(1)]
    pub generation: u64,
    /// Everything up to this sequence number has been kept.
    #[n(2)]
    pub through: u64,
    /// Largest page wanted, bytes before compression.
    #[n(3)]
    pub page: u32,
    /// What the phone wrote, oldest first.
    #[n(4)]
    pub intents: Vec<Sent>,
    /// The phone's clock, milliseconds.
    #[n(5)]
    pub clock: i64,
    /// Named capabilities beyond the version.
    #[n(6)]
    pub capabilities: Option<Vec<String>>,
    /// Hash over the digests of all buckets ([`crate::digest::over`]), when the phone believes
    /// it has everything.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub digest: Option<Vec<u8>>,
    /// Which [`Access`] the phone knows, 1 for the one it enrolled with; absent from clients
    /// older than this question.
    #[n(8)]
    pub access: Option<u32>,
    /// Buckets that were granted later and haven't caught up with `through` yet.
    #[n(9)]
    pub behind: Option<Vec<Behind>>,
    /// How much of the list of what was erased has been heard ([`Erased::through`]); absent from
    /// clients older than the list.
    #[n(10)]
    pub erased: Option<u64>,
}

/// A bucket that is read on its own until it has caught up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Behind {
    /// Its position.
    #[n(0)]
    pub position: u16,
    /// Everything of it up to this sequence number has been kept.
    #[n(1)]
    pub through: u64,
}

/// An intent with its change.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Sent {
    /// What was done.
    #[n(0)]
    pub intent: Intent,
    /// Raw bytes of its change; empty for an audit.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub change: Vec<u8>,
}

/// What the center answers.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct SyncAnswer {
    /// One for each intent sent.
    #[n(0)]
    pub verdicts: Vec<(IntentId, Verdict)>,
    /// A zstd-compressed [`Page`]; empty when there is nothing new.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub page: Vec<u8>,
    /// Cursor after this page.
    #[n(2)]
    pub through: u64,
    /// There is more: ask again at once.
    #[n(3)]
    pub more: bool,
    /// Generation of the center.
    #[n(4)]
    pub generation: u64,
    /// Highest sequence number in a completed backup.
    #[n(5)]
    pub backed_up_through: u64,
    /// The center's clock, milliseconds.
    #[n(6)]
    pub clock: i64,
    /// What a desk decided about this phone's returned intents, between the two cursors: as
    /// [`Verdict::Duplicate`] of the change it was accepted as, or rejected for good.
    #[n(7)]
    pub decided: Option<Vec<(IntentId, Verdict)>>,
    /// What the phone may see and change, when that isn't what it knows. The page is of this.
    #[n(8)]
    pub access: Option<Access>,
    /// Buckets that were behind have caught up to here.
    #[n(9)]
    pub reached: Option<u64>,
    /// The digests of all open buckets, when the phone's are others.
    #[n(10)]
    pub digests: Option<Vec<(u16, Digest)>>,
    /// The center was restored from a backup, and is another generation than the phone knows:
    /// of the phone's, everything up to this number is in it. Nothing else is answered but
    /// `access`.
    #[n(11)]
    pub base: Option<u64>,
    /// [`crate::hand_back::mac`] over what is on the page: with it, any phone can hand back what
    /// a restored center has lost.
    #[cbor(n(12), with = "minicbor::bytes")]
    pub mac: Option<Vec<u8>>,
    /// The phone may no longer sync: what is to become of what is on it.
    #[n(13)]
    pub order: Option<Signed>,
    /// More of the list of what was erased, for a phone that has read everything.
    #[n(14)]
    pub erased: Option<Erased>,
}

/// Ids of people, entries and documents that were erased, wherever that was: a phone that no
/// longer gets a document never reads of it there, and may still hold own edits about them.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Erased {
    /// The list has been told up to here, in this generation.
    #[n(0)]
    pub through: u64,
    /// At most [`crate::limits::MAX_ERASED`].
    #[n(1)]
    pub ids: Vec<EntryId>,
}

/// Capability: the client can be told that the center is another generation.
pub const GENERATIONS: &str = "return";

/// What a phone sees and changes, after its person's posts changed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Access {
    /// Which one: rises with every change.
    #[n(0)]
    pub revision: u32,
    /// The person, with the role and post of now.
    #[n(1)]
    pub person: Person,
    /// Every bucket this phone was ever granted, by position: a position is never given again.
    #[n(2)]
    pub read: Vec<Bucket>,
    /// Positions of `read` that were taken away.
    #[n(3)]
    pub closed: Vec<u16>,
    /// What it may write.
    #[n(4)]
    pub write: Vec<Bucket>,
}

/// What became of an intent.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Verdict {
    /// Checked, durable, and on its way to the others.
    #[n(0)]
    Accepted {
        /// Sequence number of the operation (0 for an audit).
        #[n(0)]
        seq: u64,
    },
    /// This intent was accepted before, with this change.
    #[n(1)]
    Duplicate {
        /// The change that was accepted.
        #[n(0)]
        change: Hash,
        /// Its sequence number.
        #[n(1)]
        seq: u64,
    },
    /// Given back: the author can mend it.
    #[n(2)]
    Rejected {
        /// Stable code such as `scope`, `schema`, `workflow`, `intent_mismatch`.
        #[n(0)]
        code: String,
        /// Field paths it is about.
        #[n(1)]
        fields: Vec<String>,
    },
    /// A decision that another one overtook.
    #[n(3)]
    Overtaken {
        /// The event that came first, as text.
        #[n(0)]
        head: String,
    },
    /// A person decides; nobody else sees it until then.
    #[n(4)]
    Held {
        /// Why.
        #[n(0)]
        code: String,
    },
    /// Builds on an intent that was not accepted.
    #[n(5)]
    BlockedBy {
        /// The change that is missing or was refused.
        #[n(0)]
        change: Hash,
    },
    /// The document was renewed meanwhile: replay on the new one.
    #[n(6)]
    StaleEpoch {
        /// Current epoch.
        #[n(0)]
        epoch: u32,
    },
    /// The center lacks something it needs to judge: send it again with what it builds on.
    #[n(7)]
    Missing {
        /// What it lacks.
        #[n(0)]
        change: Hash,
    },
}

impl Verdict {
    /// Nothing further will happen to this intent by itself.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Accepted { .. }
                | Self::Duplicate { .. }
                | Self::Rejected { .. }
                | Self::Overtaken { .. }
        )
    }
}

/// Operations in the center's order, and the people they name.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Page {
    /// Operations.
    #[n(0)]
    pub ops: Vec<Op>,
    /// Authors that became known: the directory outlives revocation.
    #[n(1)]
    pub authors: Vec<Author>,
    /// The operations in columns, instead of in `ops`: for clients that name
    /// [`crate::columns::CAPABILITY`].
    #[n(2)]
    pub columns: Option<Columns>,
}

/// Whose enrolment.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Author {
    /// First half of the actors.
    #[n(0)]
    pub enrolment: EnrolmentId,
    /// Person.
    #[n(1)]
    pub person: Person,
}

/// One operation of the feed.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Op {
    /// Sequence number.
    #[n(0)]
    pub seq: u64,
    /// Document.
    #[n(1)]
    pub doc: DocId,
    /// Its kind.
    #[n(2)]
    pub kind: Kind,
    /// Which of the phone's buckets it belongs to, as positions in [`crate::enrol::Enrolled::read`].
    #[n(3)]
    pub buckets: Vec<u16>,
    /// What happened.
    #[n(4)]
    pub what: What,
}

/// A change of an epoch that is over.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Replaced {
    /// Its name.
    #[n(0)]
    pub was: Hash,
    /// The change that stands for it now, or what that was built on when nothing of it is left.
    #[n(1)]
    pub by: Vec<Hash>,
}

/// What happened to a document.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum What {
    /// A change was accepted.
    #[n(0)]
    Put {
        /// Epoch of the document.
        #[n(0)]
        epoch: u32,
        /// When the center received it, milliseconds.
        #[n(1)]
        received_at: i64,
        /// Raw bytes.
        #[cbor(n(2), with = "minicbor::bytes")]
        change: Vec<u8>,
    },
    /// An own change was accepted: the phone has the bytes.
    #[n(1)]
    Own {
        /// Epoch of the document.
        #[n(0)]
        epoch: u32,
        /// When the center received it, milliseconds.
        #[n(1)]
        received_at: i64,
        /// Its name.
        #[n(2)]
        change: Hash,
    },
    /// The document left the phone's buckets.
    #[n(2)]
    Remove {
        /// Such as `moved`.
        #[n(0)]
        reason: String,
    },
    /// The document begins anew.
    #[n(3)]
    Reset {
        /// New epoch.
        #[n(0)]
        epoch: u32,
        /// Its saved form.
        #[cbor(n(1), with = "minicbor::bytes")]
        snapshot: Vec<u8>,
        /// When the center received what became each of its changes, milliseconds.
        #[n(2)]
        received: Option<Vec<(Hash, i64)>>,
        /// What stands for the changes of before: so an edit goes on at what its author had seen.
        #[n(3)]
        replaced: Option<Vec<Replaced>>,
        /// What was erased from it, in all its epochs.
        #[n(4)]
        erased: Option<Vec<EntryId>>,
    },
    /// The document is erased; its id stays taken for ever.
    #[n(4)]
    Erase,
}
