//! Pictures at rest: ChaCha20-Poly1305 under a key derived from the database key, each bound
//! to its photo id, so that swapping two files is noticed.

use std::io::Write;
use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use linli_model::ids::MediaId;
use sha2::{Digest, Sha256};

use crate::EdgeError;

/// Encrypted pictures and thumbnails.
pub(crate) struct Vault {
    folder: PathBuf,
    cipher: ChaCha20Poly1305,
    /// True once nothing may be kept any more. Held while a picture is written.
    shut: RwLock<bool>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

impl Vault {
    pub(crate) fn new(folder: PathBuf, database_key: &[u8; 32]) -> Self {
        let mut key = [0; 32];
        // 32 bytes is always a valid length for HKDF-SHA256.
        let _always = Hkdf::<Sha256>::new(None, database_key).expand(b"linli-photos-1", &mut key);
        Self {
            folder,
            cipher: ChaCha20Poly1305::new(Key::from_slice(&key)),
            shut: RwLock::new(false),
        }
    }

    /// Keeps nothing more, once what is being written is done: the folder is about to go, and
    /// must not be made again by a picture that was on its way.
    pub(crate) fn shut(&self) {
        *self.shut.write().unwrap_or_else(PoisonError::into_inner) = true;
    }

    fn path(&self, id: MediaId, thumb: bool) -> PathBuf {
        self.folder
            .join(format!("{id}.{}", if thumb { "thumb" } else { "photo" }))
    }

    fn label(id: MediaId, thumb: bool) -> [u8; 17] {
        let mut label = [u8::from(thumb); 17];
        label[1..].copy_from_slice(id.as_bytes());
        label
    }

    /// A nonce from what is encrypted: the same picture may be written twice, two different
    /// ones under one nonce never.
    fn nonce(id: MediaId, thumb: bool, clear: &[u8]) -> Nonce {
        let digest = Sha256::new()
            .chain_update(Self::label(id, thumb))
            .chain_update(Sha256::digest(clear))
            .finalize();
        *Nonce::from_slice(&digest[..12])
    }

    /// Writes a picture durably, complete or not at all.
    ///
    /// # Errors
    /// `not_enrolled` once [shut](Self::shut); what the disk says.
    pub(crate) fn write(&self, id: MediaId, thumb: bool, clear: &[u8]) -> Result<(), EdgeError> {
        let shut = self.shut.read().unwrap_or_else(PoisonError::into_inner);
        if *shut {
            return Err(EdgeError::code("not_enrolled"));
        }
        let nonce = Self::nonce(id, thumb, clear);
        let sealed = self
            .cipher
            .encrypt(
                &nonce,
                Payload {
                    msg: clear,
                    aad: &Self::label(id, thumb),
                },
            )
            .map_err(|_| EdgeError::code("internal"))?;
        let path = self.path(id, thumb);
        let temporary = path.with_extension("new");
        let written = std::fs::create_dir_all(&self.folder)
            .and_then(|()| std::fs::File::create(&temporary))
            .and_then(|mut file| {
                file.write_all(&nonce)?;
                file.write_all(&sealed)?;
                file.sync_all()
            })
            .and_then(|()| std::fs::rename(&temporary, &path));
        written.map_err(|error| {
            // Half a picture is of use to nobody, and takes room from the rest.
            let _gone = std::fs::remove_file(&temporary);
            crate::media::import::io(&error)
        })
    }

    /// Reads a picture, or its thumbnail; a missing picture falls back to the thumbnail.
    pub(crate) fn read(&self, id: MediaId, thumb: bool) -> Result<Vec<u8>, EdgeError> {
        let (bytes, thumb) = match std::fs::read(self.path(id, thumb)) {
            Ok(bytes) => (bytes, thumb),
            Err(_) if !thumb => (
                std::fs::read(self.path(id, true)).map_err(|_| EdgeError::code("not_found"))?,
                true,
            ),
            Err(_) => return Err(EdgeError::code("not_found")),
        };
        self.open(id, thumb, &bytes)
    }

    /// The finished picture itself, never its thumbnail: what the center is sent.
    ///
    /// # Errors
    /// `not_found`, `photo_damaged`; another code when it may be readable later.
    pub(crate) fn original(&self, id: MediaId) -> Result<Vec<u8>, EdgeError> {
        let bytes =
            std::fs::read(self.path(id, false)).map_err(|error| super::import::io(&error))?;
        self.open(id, false, &bytes)
    }

    fn open(&self, id: MediaId, thumb: bool, bytes: &[u8]) -> Result<Vec<u8>, EdgeError> {
        let (nonce, sealed) = bytes
            .split_at_checked(12)
            .ok_or_else(|| EdgeError::code("photo_damaged"))?;
        self.cipher
            .decrypt(
                Nonce::from_slice(nonce),
                Payload {
                    msg: sealed,
                    aad: &Self::label(id, thumb),
                },
            )
            .map_err(|_| EdgeError::code("photo_damaged"))
    }

    /// Forgets a picture no record names.
    pub(crate) fn remove(&self, id: MediaId) {
        for thumb in [true, false] {
            // A file that isn't there is as good as removed.
            let _gone = std::fs::remove_file(self.path(id, thumb));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_unreadable_on_disk_and_bound_to_their_id() {
        let folder = tempfile::tempdir().expect("temp folder");
        let vault = Vault::new(folder.path().to_owned(), &[1; 32]);
        let (a, b) = (MediaId::from_bytes([1; 16]), MediaId::from_bytes([2; 16]));
        vault
            .write(a, false, b"a picture of a lamp")
            .expect("write");
        assert_eq!(vault.read(a, false).expect("read"), b"a picture of a lamp");
        let stored = std::fs::read(vault.path(a, false)).expect("file");
        assert!(!stored.windows(7).any(|w| w == b"picture"));

        std::fs::copy(vault.path(a, false), vault.path(b, false)).expect("swap");
        assert_eq!(
            vault.read(b, false).expect_err("swapped").code,
            "photo_damaged"
        );
        let other = Vault::new(folder.path().to_owned(), &[2; 32]);
        assert_eq!(
            other.read(a, false).expect_err("other key").code,
            "photo_damaged"
        );
        vault.remove(a);
        assert_eq!(vault.read(a, false).expect_err("gone").code, "not_found");
    }

    #[test]
    fn a_folder_that_is_to_go_is_not_made_again() {
        let folder = tempfile::tempdir().expect("temp folder");
        let vault = Vault::new(folder.path().join("photos"), &[1; 32]);
        vault.shut();
        let late = vault.write(MediaId::from_bytes([1; 16]), true, b"on its way");
        assert_eq!(late.expect_err("shut").code, "not_enrolled");
        assert!(!folder.path().join("photos").exists());
    }
}
