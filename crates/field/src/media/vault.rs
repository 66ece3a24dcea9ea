//! Pictures at rest: ChaCha20-Poly1305 under a key derived from the database key, each bound
//! to its photo id, so that swapping two files is noticed.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use chacha20poly1305::aead::{Aead, AeadInPlace, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use linli_model::ids::MediaId;
use sha2::{Digest, Sha256};

use crate::EdgeError;

/// What is kept of a photo; each is a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The finished picture.
    Photo,
    /// Its thumbnail.
    Thumb,
    /// The file as it came, not looked at yet.
    Raw,
    /// Upright and scaled, while no report names it.
    Working,
}

impl Piece {
    const ALL: [Self; 4] = [Self::Photo, Self::Thumb, Self::Raw, Self::Working];

    fn ending(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Thumb => "thumb",
            Self::Raw => "raw",
            Self::Working => "working",
        }
    }

    /// Told apart in what is authenticated, so that one can't stand in for another.
    fn label(self) -> u8 {
        match self {
            Self::Photo => 0,
            Self::Thumb => 1,
            Self::Raw => 2,
            Self::Working => 3,
        }
    }
}

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

    fn path(&self, id: MediaId, piece: Piece) -> PathBuf {
        self.folder.join(format!("{id}.{}", piece.ending()))
    }

    fn label(id: MediaId, piece: Piece) -> [u8; 17] {
        let mut label = [piece.label(); 17];
        label[1..].copy_from_slice(id.as_bytes());
        label
    }

    /// A nonce from what is encrypted: the same picture may be written twice, two different
    /// ones under one nonce never.
    fn nonce(id: MediaId, piece: Piece, clear: &[u8]) -> Nonce {
        let digest = Sha256::new()
            .chain_update(Self::label(id, piece))
            .chain_update(Sha256::digest(clear))
            .finalize();
        *Nonce::from_slice(&digest[..12])
    }

    /// Writes a picture durably, complete or not at all.
    ///
    /// # Errors
    /// `not_enrolled` once [shut](Self::shut); what the disk says.
    pub(crate) fn write(&self, id: MediaId, piece: Piece, clear: Vec<u8>) -> Result<(), EdgeError> {
        let shut = self.shut.read().unwrap_or_else(PoisonError::into_inner);
        if *shut {
            return Err(EdgeError::code("not_enrolled"));
        }
        let nonce = Self::nonce(id, piece, &clear);
        // In place: a file as it came may be large, and twice that is too much for a cheap phone.
        let mut sealed = clear;
        self.cipher
            .encrypt_in_place(&nonce, &Self::label(id, piece), &mut sealed)
            .map_err(|_| EdgeError::code("internal"))?;
        let path = self.path(id, piece);
        let temporary = path.with_extension(format!("{}-new", piece.ending()));
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
            super::incoming::io(&error)
        })
    }

    /// Reads a piece.
    ///
    /// # Errors
    /// `not_found`, `photo_damaged`; another code when it may be readable later.
    pub(crate) fn read(&self, id: MediaId, piece: Piece) -> Result<Vec<u8>, EdgeError> {
        let bytes =
            std::fs::read(self.path(id, piece)).map_err(|error| super::incoming::io(&error))?;
        self.open(id, piece, &bytes)
    }

    /// Reads the finished picture, if it is still the one that its record names: anything else
    /// would only cost its owner's data.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn read_whole(&self, id: MediaId, sha256: &[u8; 32]) -> Result<Vec<u8>, EdgeError> {
        let jpeg = self.read(id, Piece::Photo)?;
        if Sha256::digest(&jpeg)[..] == sha256[..] {
            Ok(jpeg)
        } else {
            Err(EdgeError::code("photo_damaged"))
        }
    }

    /// Reads the best there is to look at: finished, else while it is worked on, else small.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn largest(&self, id: MediaId) -> Result<Vec<u8>, EdgeError> {
        let mut last = EdgeError::code("not_found");
        for piece in [Piece::Photo, Piece::Working, Piece::Thumb] {
            match self.read(id, piece) {
                Ok(bytes) => return Ok(bytes),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn open(&self, id: MediaId, piece: Piece, bytes: &[u8]) -> Result<Vec<u8>, EdgeError> {
        let (nonce, sealed) = bytes
            .split_at_checked(12)
            .ok_or_else(|| EdgeError::code("photo_damaged"))?;
        self.cipher
            .decrypt(
                Nonce::from_slice(nonce),
                Payload {
                    msg: sealed,
                    aad: &Self::label(id, piece),
                },
            )
            .map_err(|_| EdgeError::code("photo_damaged"))
    }

    /// Whether a piece in the folder was made with this vault's key, or is only half there.
    pub(crate) fn is_ours(&self, id: MediaId, path: &Path) -> bool {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let Some(piece) = Piece::ALL
            .into_iter()
            .find(|piece| ending == Some(piece.ending()))
        else {
            // A temporary one, which its writer never finished.
            return true;
        };
        self.read(id, piece).is_ok()
    }

    /// Forgets one piece of a photo. One that isn't there is as good as removed.
    pub(crate) fn drop_piece(&self, id: MediaId, piece: Piece) {
        let _gone = std::fs::remove_file(self.path(id, piece));
    }

    /// Forgets a photo.
    pub(crate) fn remove(&self, id: MediaId) {
        for piece in Piece::ALL {
            self.drop_piece(id, piece);
        }
    }

    /// Bytes on the disk of all pieces of a kind.
    pub(crate) fn sizes(&self, piece: Piece) -> BTreeMap<MediaId, u64> {
        let of_kind = self.inventory().into_iter().filter(|(_, path)| {
            path.extension()
                .is_some_and(|ending| ending == piece.ending())
        });
        of_kind
            .filter_map(|(id, path)| Some((id, path.metadata().ok()?.len())))
            .collect()
    }

    /// The pieces that lie here, for clearing away what no row names.
    pub(crate) fn inventory(&self) -> Vec<(MediaId, PathBuf)> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten();
        entries
            .flatten()
            .filter_map(|entry| {
                let path = entry.path();
                let id = path.file_stem()?.to_str()?.parse().ok()?;
                Some((id, path))
            })
            .collect()
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
            .write(a, Piece::Photo, b"a picture of a lamp".to_vec())
            .expect("write");
        assert_eq!(
            vault.read(a, Piece::Photo).expect("read"),
            b"a picture of a lamp"
        );
        let stored = std::fs::read(vault.path(a, Piece::Photo)).expect("file");
        assert!(!stored.windows(7).any(|w| w == b"picture"));

        std::fs::copy(vault.path(a, Piece::Photo), vault.path(b, Piece::Photo)).expect("swap");
        assert_eq!(
            vault.read(b, Piece::Photo).expect_err("swapped").code,
            "photo_damaged"
        );
        let other = Vault::new(folder.path().to_owned(), &[2; 32]);
        assert_eq!(
            other.read(a, Piece::Photo).expect_err("other key").code,
            "photo_damaged"
        );
        vault.remove(a);
        assert_eq!(
            vault.read(a, Piece::Photo).expect_err("gone").code,
            "not_found"
        );
    }

    #[test]
    fn a_folder_that_is_to_go_is_not_made_again() {
        let folder = tempfile::tempdir().expect("temp folder");
        let vault = Vault::new(folder.path().join("photos"), &[1; 32]);
        vault.shut();
        let late = vault.write(
            MediaId::from_bytes([1; 16]),
            Piece::Thumb,
            b"on its way".to_vec(),
        );
        assert_eq!(late.expect_err("shut").code, "not_enrolled");
        assert!(!folder.path().join("photos").exists());
    }
}
