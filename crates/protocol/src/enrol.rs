//! Enrolment: a phone and a center that have never met.
//!
//! Who enrols has an 80-bit secret, scanned as a QR code together with address and pins, or
//! typed together with the address. When typed, the first call goes over a connection nobody
//! vouches for: the center proves its pins by a MAC under the secret, and the secret itself
//! is sent only over a connection that matches them.

use hmac::{Hmac, Mac};
use linli_model::actor::EnrolmentId;
use linli_model::ids::{DocId, PersonId};
use linli_model::kind::Class;
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

/// 80 bits.
pub type Secret = [u8; 10];
/// SHA-256 of a certificate authority's public key (SPKI).
pub type Pin = [u8; 32];

/// First call of a typed enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Hello {
    /// Which code, without giving it away: [`code_id`].
    #[cbor(n(0), with = "minicbor::bytes")]
    pub code_id: [u8; 8],
    /// Fresh random bytes.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub nonce: [u8; 16],
}

/// The center shows that it knows the secret, and binds its pins to it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Proof {
    /// Pins of the center's own CA and of its backup.
    #[n(0)]
    pub pins: Vec<minicbor::bytes::ByteArray<32>>,
    /// [`proof`] over nonce and pins.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub mac: [u8; 32],
}

/// Second call, over the pinned connection.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Enrol {
    /// The secret.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub secret: Secret,
    /// Protocol version of the phone.
    #[n(1)]
    pub version: u32,
    /// What kind of phone, for the list at the console; nothing personal.
    #[n(2)]
    pub device: String,
    /// The phone's clock, milliseconds.
    #[n(3)]
    pub clock: i64,
    /// Who this phone was, when a restored center has forgotten it.
    #[n(4)]
    pub before: Option<Before>,
}

/// An enrolment that the center made and no longer knows.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Before {
    /// The enrolment.
    #[n(0)]
    pub enrolment: EnrolmentId,
    /// Whose it was.
    #[n(1)]
    pub person: PersonId,
    /// [`Enrolled::ticket`] of then.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub ticket: Vec<u8>,
}

/// What the phone needs to work.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Enrolled {
    /// First half of this phone's actors.
    #[n(0)]
    pub enrolment: EnrolmentId,
    /// Bearer token.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub token: [u8; 32],
    /// Who the phone belongs to.
    #[n(2)]
    pub person: Person,
    /// Public key (X25519) that database keys are sealed to.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub seal_key: [u8; 32],
    /// Pins of the center's own CA and of its backup.
    #[n(4)]
    pub pins: Vec<minicbor::bytes::ByteArray<32>>,
    /// Rises when the center was restored from a backup.
    #[n(5)]
    pub generation: u64,
    /// Name of the center (county).
    #[n(6)]
    pub center: String,
    /// The center's clock, milliseconds.
    #[n(7)]
    pub clock: i64,
    /// What this phone receives.
    #[n(8)]
    pub read: Vec<Bucket>,
    /// What it may write.
    #[n(9)]
    pub write: Vec<Bucket>,
    /// Duty telephones by key.
    #[n(10)]
    pub phones: Vec<(String, String)>,
    /// [`crate::hand_back::ticket`]: shows to a center that has forgotten this phone that it
    /// once enrolled it.
    #[cbor(n(11), with = "minicbor::bytes")]
    pub ticket: Option<Vec<u8>>,
}

/// A bucket: who may see a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(map)]
pub struct Bucket {
    /// Scope id such as `org:519901002002003`.
    #[n(0)]
    pub scope: String,
    /// Class.
    #[n(1)]
    pub class: Class,
}

/// A person with an account, as the directory of authors carries it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Person {
    /// Person.
    #[n(0)]
    pub id: PersonId,
    /// Name.
    #[n(1)]
    pub name: String,
    /// Role code.
    #[n(2)]
    pub role: String,
    /// Division code of the post; empty for none.
    #[n(3)]
    pub org: String,
    /// Building of a building lead.
    #[n(4)]
    pub building: Option<DocId>,
    /// Public duty telephone; empty for none.
    #[n(5)]
    pub phone: String,
}

/// Names a code without giving it away.
pub fn code_id(secret: &Secret) -> [u8; 8] {
    let digest = Sha256::new()
        .chain_update(b"linli-code-1")
        .chain_update(secret)
        .finalize();
    let mut id = [0; 8];
    id.copy_from_slice(&digest[..8]);
    id
}

/// MAC under the secret over the phone's nonce and the center's pins.
pub fn proof(secret: &Secret, nonce: &[u8; 16], pins: &[Pin]) -> [u8; 32] {
    let mut out = [0; 32];
    // HMAC takes keys of any length.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) {
        mac.update(b"linli-pins-1");
        mac.update(nonce);
        for pin in pins {
            mac.update(pin);
        }
        out.copy_from_slice(&mac.finalize().into_bytes());
    }
    out
}

/// Compares two MACs without telling where they differ.
pub fn same_mac(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0u8, |acc, (x, y)| acc | (x ^ y)) == 0
}

/// Crockford's alphabet: no I, L, O or U to mistake.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The secret as people type it: four groups of four.
pub fn secret_text(secret: &Secret) -> String {
    let bits = secret
        .iter()
        .fold(0u128, |acc, byte| (acc << 8) | u128::from(*byte));
    (0..16)
        .map(|i| {
            let digit = ALPHABET[usize::try_from((bits >> (5 * (15 - i))) & 31).unwrap_or(0)];
            let dash = if i > 0 && i % 4 == 0 { "-" } else { "" };
            format!("{dash}{}", char::from(digit))
        })
        .collect()
}

/// Reads a typed secret: case, spaces and dashes don't matter, O is 0, I and L are 1.
pub fn parse_secret(text: &str) -> Option<Secret> {
    let mut bits = 0u128;
    let mut digits = 0;
    for c in text.chars() {
        let c = match c.to_ascii_uppercase() {
            ' ' | '-' | '\n' | '\r' | '\t' => continue,
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let value = ALPHABET.iter().position(|a| char::from(*a) == c)?;
        bits = (bits << 5) | value as u128;
        digits += 1;
    }
    if digits != 16 {
        return None;
    }
    let mut secret = [0; 10];
    secret.copy_from_slice(&bits.to_be_bytes()[6..]);
    Some(secret)
}

/// What the QR code says: `LINLI1|<host:port>|<secret>|<pin>[,<pin>]`, pins in hex.
pub fn qr_text(address: &str, secret: &Secret, pins: &[Pin]) -> String {
    let pins: Vec<String> = pins.iter().map(|pin| hex(pin)).collect();
    format!(
        "LINLI1|{address}|{}|{}",
        secret_text(secret),
        pins.join(",")
    )
}

/// Reads the text of a QR code: address, secret and pins.
pub fn parse_qr(text: &str) -> Option<(String, Secret, Vec<Pin>)> {
    let mut parts = text.trim().strip_prefix("LINLI1|")?.split('|');
    let address = parts
        .next()
        .filter(|address| !address.is_empty())?
        .to_owned();
    let secret = parse_secret(parts.next()?)?;
    let pins = parts
        .next()?
        .split(',')
        .map(unhex)
        .collect::<Option<Vec<Pin>>>()?;
    (!pins.is_empty()).then_some((address, secret, pins))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Pin> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut pin = [0; 32];
    for (i, byte) in pin.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(pin)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Secret = [0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4, 5, 0xff];

    #[test]
    fn a_secret_survives_being_typed_by_tired_people() {
        let text = secret_text(&SECRET);
        assert_eq!(text.len(), 19);
        assert_eq!(parse_secret(&text), Some(SECRET));
        assert_eq!(
            parse_secret(&text.to_lowercase().replace('-', " ")),
            Some(SECRET)
        );
        assert_eq!(
            parse_secret(&text.replace('0', "o").replace('1', "l")),
            Some(SECRET)
        );
        assert_eq!(parse_secret("ABCD"), None);
        assert_eq!(parse_secret("U".repeat(16).as_str()), None);
    }

    #[test]
    fn a_qr_code_carries_address_secret_and_pins() {
        let text = qr_text("center.example:7643", &SECRET, &[[7; 32], [9; 32]]);
        let read = parse_qr(&text);
        assert_eq!(
            read,
            Some(("center.example:7643".into(), SECRET, vec![[7; 32], [9; 32]]))
        );
        assert_eq!(parse_qr("https://example"), None);
        assert_eq!(parse_qr(&text[..text.len() - 3]), None);
    }

    #[test]
    fn only_the_holder_of_the_secret_can_bind_pins() {
        let mac = proof(&SECRET, &[1; 16], &[[7; 32]]);
        assert!(same_mac(&mac, &proof(&SECRET, &[1; 16], &[[7; 32]])));
        assert!(!same_mac(&mac, &proof(&[0; 10], &[1; 16], &[[7; 32]])));
        assert!(!same_mac(&mac, &proof(&SECRET, &[1; 16], &[[8; 32]])));
    }
}
