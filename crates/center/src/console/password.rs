//! Passwords of the desks: argon2id, at the cost OWASP names for a small server.

use argon2::{Algorithm, Argon2, Params, Version};

use crate::store::PasswordRow;

/// Memory of one hash, KiB.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over it.
const PASSES: u32 = 2;
/// Shortest password, characters.
pub(crate) const SHORTEST: usize = 8;
/// Longest, bytes: enough for a sentence, too little to keep the server busy.
pub(crate) const LONGEST: usize = 200;

/// Hashes a new password with fresh random salt.
pub(crate) fn hash(password: &str, salt: [u8; 16]) -> Option<PasswordRow> {
    Some(PasswordRow {
        salt,
        hash: derive(password, &salt, MEMORY_KIB, PASSES)?,
        memory_kib: MEMORY_KIB,
        passes: PASSES,
    })
}

/// Whether the password is right. Without a row it costs the same time and says no, so that
/// nobody learns which names exist.
pub(crate) fn matches(password: &str, row: Option<&PasswordRow>) -> bool {
    let (salt, memory, passes) = row.map_or(([0; 16], MEMORY_KIB, PASSES), |row| {
        (row.salt, row.memory_kib, row.passes)
    });
    let Some(hash) = derive(password, &salt, memory, passes) else {
        return false;
    };
    row.is_some_and(|row| same(&hash, &row.hash))
}

fn derive(password: &str, salt: &[u8; 16], memory_kib: u32, passes: u32) -> Option<[u8; 32]> {
    if password.len() > LONGEST {
        return None;
    }
    let params = Params::new(memory_kib, passes, 1, Some(32)).ok()?;
    let mut hash = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut hash)
        .ok()?;
    Some(hash)
}

/// Compares without telling where two hashes differ.
fn same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0u8, |acc, (x, y)| acc | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_opens() {
        let row = hash("一把很长的钥匙", [7; 16]).expect("hash");
        assert!(matches("一把很长的钥匙", Some(&row)));
        assert!(!matches("一把很长的钥匙 ", Some(&row)));
        assert!(!matches("一把很长的钥匙", None));
        assert!(hash(&"x".repeat(LONGEST + 1), [7; 16]).is_none());
    }
}
