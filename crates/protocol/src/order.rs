//! A signed order to a phone that may no longer sync (DESIGN §4.11): what is on it goes.
//!
//! TLS says that the center is at the other end; the signature says that whoever holds the
//! center's authority wants it. A center that was broken into can't wipe a county's phones: its
//! authority's key needn't be there.

use linli_model::actor::EnrolmentId;
use minicbor::{Decode, Encode};

/// Name of the capability in [`crate::sync::SyncRequest::capabilities`]: a client without it is
/// only told that it is `revoked`.
pub const CAPABILITY: &str = "order";

/// What is ordered.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Order {
    /// The phone.
    #[n(0)]
    pub enrolment: EnrolmentId,
    /// In the wrong hands: it goes at once, unsent work too. Else once nothing is unsent.
    #[n(1)]
    pub stolen: bool,
    /// When it was signed, milliseconds.
    #[n(2)]
    pub at: i64,
}

/// An order with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Signed {
    /// [`Order`], encoded.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub order: Vec<u8>,
    /// Public key of the authority (SPKI, DER): a phone knows its hash as a pin.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: Vec<u8>,
    /// ECDSA on P-256 with SHA-256 (ASN.1) over [`signed_bytes`].
    #[cbor(n(2), with = "minicbor::bytes")]
    pub signature: Vec<u8>,
}

/// What is signed.
pub fn signed_bytes(order: &[u8]) -> Vec<u8> {
    [b"linli-order-1", order].concat()
}
