//! Keys in the app's preferences, each sealed by an AES-GCM key that never leaves the
//! Android Keystore.

use std::collections::HashMap;
use std::sync::Arc;

use android_native_keyring_store::Store;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use linli_field::{KeyStore, KeyStoreError};

/// Names the Keystore entry and the preferences file.
const STORE: &str = "linli";

/// The Android Keystore. It needs the application context, which is there as soon as the
/// activity is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AndroidKeyStore;

impl KeyStore for AndroidKeyStore {
    fn get(&self, name: &str) -> Result<Option<[u8; 32]>, KeyStoreError> {
        match entry(name)?.get_secret() {
            // A key of another length is not one we set: it is gone, and enrolling anew
            // brings it back from the center.
            Ok(secret) => Ok(secret.try_into().ok()),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    fn set(&self, name: &str, key: &[u8; 32]) -> Result<(), KeyStoreError> {
        entry(name)?.set_secret(key).map_err(|e| failed(&e))
    }

    fn forget(&self, name: &str) -> Result<(), KeyStoreError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }
}

fn entry(name: &str) -> Result<Entry, KeyStoreError> {
    let store: Arc<Store> =
        Store::new_with_configuration(&HashMap::from([("name", STORE)])).map_err(|e| failed(&e))?;
    store.build("key", name, None).map_err(|e| failed(&e))
}

/// The kind of failure. The library's own words could carry what was being sealed.
fn failed(error: &Error) -> KeyStoreError {
    let kind = match error {
        Error::PlatformFailure(_) => "the platform failed",
        Error::NoStorageAccess(_) => "no access",
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "the sealed key does not open",
        Error::BadStoreFormat(_) => "the store is damaged",
        _ => "refused",
    };
    KeyStoreError(kind.to_owned())
}
