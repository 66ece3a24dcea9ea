//! Where the database key lives: the Android Keystore in the app, a file with owner-only
//! rights on a desktop.

use std::io::Write;
use std::path::PathBuf;

/// The keystore refused or failed.
#[derive(Debug, thiserror::Error)]
#[error("the keystore failed: {0}")]
pub struct KeyStoreError(pub String);

/// Keeps 32-byte keys by name.
pub trait KeyStore: Send + Sync + std::fmt::Debug {
    /// Reads a key; none when it was never set or is gone.
    ///
    /// # Errors
    /// The keystore can't be used at all.
    fn get(&self, name: &str) -> Result<Option<[u8; 32]>, KeyStoreError>;

    /// Keeps a key, durably.
    ///
    /// # Errors
    /// The keystore can't be used at all.
    fn set(&self, name: &str, key: &[u8; 32]) -> Result<(), KeyStoreError>;

    /// Forgets a key.
    ///
    /// # Errors
    /// The keystore can't be used at all.
    fn forget(&self, name: &str) -> Result<(), KeyStoreError>;
}

/// Keys as files only their owner can read. Protects against other users of the machine, not
/// against somebody who has the disk; SECURITY.md says so.
#[derive(Debug)]
pub struct FileKeyStore {
    folder: PathBuf,
}

impl FileKeyStore {
    /// Keys go into `folder`, which is made when the first is set.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.key"))
    }

    /// Where a key is written before it takes its place.
    fn beside(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.new"))
    }
}

fn failed(error: &std::io::Error) -> KeyStoreError {
    KeyStoreError(error.kind().to_string())
}

impl KeyStore for FileKeyStore {
    fn get(&self, name: &str) -> Result<Option<[u8; 32]>, KeyStoreError> {
        match std::fs::read_to_string(self.path(name)) {
            Ok(text) => {
                let mut key = [0; 32];
                Ok(hex::decode_to_slice(text.trim(), &mut key)
                    .is_ok()
                    .then_some(key))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    fn set(&self, name: &str, key: &[u8; 32]) -> Result<(), KeyStoreError> {
        std::fs::create_dir_all(&self.folder).map_err(|e| failed(&e))?;
        let temporary = self.beside(name);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&temporary).map_err(|e| failed(&e))?;
        file.write_all(hex::encode(key).as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| std::fs::rename(&temporary, self.path(name)))
            .map_err(|e| failed(&e))
    }

    fn forget(&self, name: &str) -> Result<(), KeyStoreError> {
        // The key, and one that was cut off while it was being kept.
        for path in [self.path(name), self.beside(name)] {
            match std::fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(failed(&error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
