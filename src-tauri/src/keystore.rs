//! Where the database key lives on this device.

#[cfg(target_os = "android")]
mod android;

use std::path::Path;

use linli_field::KeyStore;

/// On a phone, the Android Keystore.
#[cfg(target_os = "android")]
pub(crate) fn of(_data_dir: &Path) -> impl KeyStore + 'static {
    android::AndroidKeyStore
}

/// On a desktop, files beside the database that only their owner can read.
#[cfg(not(target_os = "android"))]
pub(crate) fn of(data_dir: &Path) -> impl KeyStore + 'static {
    linli_field::FileKeyStore::new(data_dir.join("keys"))
}
