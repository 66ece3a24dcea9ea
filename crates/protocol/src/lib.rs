//! What travels between a phone and the center, and nothing else.
//!
//! Messages are CBOR maps with numbered keys: a field of a newer version is skipped by an
//! older reader. Over HTTPS:
//!
//! | call | body → answer |
//! | --- | --- |
//! | `POST /v1/enrol/hello` | [`enrol::Hello`] → [`enrol::Proof`] |
//! | `POST /v1/enrol` | [`enrol::Enrol`] → [`enrol::Enrolled`] |
//! | `POST /v1/sync` | [`sync::SyncRequest`] → [`sync::SyncAnswer`] |
//! | `POST /v1/repair` | [`repair::Repair`] → [`repair::Repaired`] |
//! | `POST /v1/return` | [`hand_back::HandBack`] → [`hand_back::HandedBack`] |
//! | `/v1/uploads`, `/v1/uploads/{id}` | tus 1.0.0: [`upload`] |
//! | `GET /v1/media/{id}?size=thumb` | JPEG |
//! | `POST /v1/key` | [`key::Recover`] → [`key::Recovery`] |
//!
//! All but enrolment carry `Authorization: Bearer <token in hex>`. Errors are HTTP statuses
//! with an [`error::Refusal`] as body.

pub mod columns;
pub mod enrol;
pub mod error;
pub mod hand_back;
pub mod key;
pub mod limits;
pub mod order;
pub mod repair;
pub mod sync;
pub mod upload;

pub use linli_model::digests as digest;

/// Coarse version of the protocol; a phone two years old keeps syncing.
pub const VERSION: u32 = 1;
/// Oldest version the center still speaks.
pub const OLDEST: u32 = 1;
/// Media type of messages.
pub const CBOR: &str = "application/cbor";

/// Encodes a message.
pub fn encode<T: minicbor::Encode<()>>(message: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into a Vec can't fail.
    let _infallible = minicbor::encode(message, &mut bytes);
    bytes
}

/// Decodes a message.
///
/// # Errors
/// The bytes are not this message.
pub fn decode<'b, T: minicbor::Decode<'b, ()>>(
    bytes: &'b [u8],
) -> Result<T, minicbor::decode::Error> {
    minicbor::decode(bytes)
}
