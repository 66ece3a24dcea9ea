//! Getting a lost database key back: the phone enrols anew and sends the key as it was sealed
//! to the center's public key; a desk approves; the center returns it opened.

use minicbor::{Decode, Encode};

/// Ask for the key, or ask again whether a desk has approved.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Recover {
    /// The key sealed to the center's public key, as kept beside the database.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Recovery {
    /// `waiting`, `approved` or `refused`.
    #[n(0)]
    pub state: String,
    /// The 32-byte key, once approved.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: Option<Vec<u8>>,
}
