//! Photos. The record goes before the bytes, so a photo is known by the id it was given at
//! capture; the center checks the bytes against the hash in the record.

use minicbor::{Decode, Encode};

/// Answer to an upload.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Stored {
    /// SHA-256 of what the center holds.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub sha256: [u8; 32],
    /// It equals the hash in an accepted record: the photo is verified.
    #[n(1)]
    pub verified: bool,
}
