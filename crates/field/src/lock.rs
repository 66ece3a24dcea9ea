//! The app lock: guards the screen, while the database key guards the file. Wrong PINs wait
//! longer and never wipe.

use linli_store::{StoreError, Transaction, meta};
use sha2::{Digest, Sha256};

use crate::api::EdgeError;

/// Wrong tries before the waiting begins.
const FREE_TRIES: i64 = 4;
/// Rounds of hashing: about a tenth of a second on a cheap phone.
const ROUNDS: u32 = 60_000;

fn hash(salt: &[u8], pin: &str) -> Vec<u8> {
    let mut digest: [u8; 32] = Sha256::new()
        .chain_update(salt)
        .chain_update(pin.as_bytes())
        .finalize()
        .into();
    for _ in 0..ROUNDS {
        digest = Sha256::new()
            .chain_update(digest)
            .chain_update(salt)
            .finalize()
            .into();
    }
    digest.to_vec()
}

/// A PIN is set.
pub(crate) fn is_set(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    Ok(meta::bytes(tx, "pin_hash")?.is_some())
}

/// Sets a PIN of 4–8 digits, or removes it.
pub(crate) fn set(
    tx: &Transaction<'_>,
    salt: [u8; 16],
    pin: Option<&str>,
) -> Result<(), EdgeError> {
    match pin {
        Some(pin) if (4..=8).contains(&pin.len()) && pin.bytes().all(|b| b.is_ascii_digit()) => {
            meta::set(tx, "pin_salt", &salt[..])?;
            meta::set(tx, "pin_hash", hash(&salt, pin))?;
        }
        Some(_) => return Err(EdgeError::bad_input("pin")),
        None => {
            meta::clear(tx, "pin_hash")?;
            meta::clear(tx, "pin_salt")?;
        }
    }
    meta::set(tx, "pin_tries", 0)?;
    Ok(())
}

/// What a try at the PIN came to. Kept, whatever the outcome: a wrong try counts.
pub(crate) enum Try {
    /// Open.
    Right,
    /// Wrong, or too early: wait so many seconds.
    Wrong(i64),
}

/// Tries a PIN.
pub(crate) fn try_pin(tx: &Transaction<'_>, now: i64, pin: &str) -> Result<Try, StoreError> {
    let until = meta::number(tx, "pin_until")?;
    // A clock set back must not lengthen the wait beyond its own measure.
    if now < until && until - now <= 3_600_000 {
        return Ok(Try::Wrong((until - now + 999) / 1000));
    }
    let salt = meta::bytes(tx, "pin_salt")?.unwrap_or_default();
    let right = meta::bytes(tx, "pin_hash")?;
    if right.is_none_or(|right| right == hash(&salt, pin)) {
        meta::set(tx, "pin_tries", 0)?;
        meta::set(tx, "pin_until", 0)?;
        return Ok(Try::Right);
    }
    let tries = meta::next(tx, "pin_tries")?;
    let wait = if tries < FREE_TRIES {
        0
    } else {
        30_i64 << (tries - FREE_TRIES).min(6)
    };
    meta::set(tx, "pin_until", now + wait * 1000)?;
    Ok(Try::Wrong(wait))
}
