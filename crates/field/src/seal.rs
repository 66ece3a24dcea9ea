//! The database key, sealed to the center's public key and kept beside the database: what
//! makes a lost keystore survivable.

use std::path::{Path, PathBuf};

use crypto_box::PublicKey;
use crypto_box::aead::OsRng;

/// Where the sealed key of a database is.
pub(crate) fn path(database: &Path) -> PathBuf {
    database.with_extension("sealed")
}

/// Seals `key` and writes it beside the database.
pub(crate) fn write(database: &Path, key: &[u8; 32], center: &[u8; 32]) -> std::io::Result<()> {
    let sealed = PublicKey::from(*center)
        .seal(&mut OsRng, key)
        .map_err(|_| std::io::Error::other("sealing failed"))?;
    let temporary = database.with_extension("sealed-new");
    std::fs::write(&temporary, sealed)?;
    std::fs::File::open(&temporary)?.sync_all()?;
    std::fs::rename(temporary, path(database))
}
