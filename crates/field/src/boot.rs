//! How a phone comes up: fresh, ready, locked, without its key, or with a damaged database.
//! Whatever is wrong, the file stays.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use linli_store::{Store, StoreError};

use crate::api::start::Boot;
use crate::media::vault::Vault;
use crate::phone::{Phone, PhoneConfig, State};
use crate::session::Session;

/// Name of the key of the main database in the keystore.
pub(crate) const MAIN_KEY: &str = "linli";
/// Name of the key of the stand-in database while the main key is being recovered.
pub(crate) const STAND_IN_KEY: &str = "linli-recovery";

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("linli.db")
}

/// Holds the new credentials while the center is asked for the old key.
pub(crate) fn stand_in(folder: &Path) -> PathBuf {
    folder.join("recovery.db")
}

pub(crate) fn boot(config: &PhoneConfig) -> State {
    let path = database(&config.data_dir);
    if !path.exists() {
        return plain(Boot::Fresh);
    }
    match config.keystore.get(MAIN_KEY) {
        Ok(Some(key)) => match Store::open(&path, &key) {
            Ok(store) => ready(config, store, &key),
            Err(StoreError::WrongKey) => without_key(config),
            Err(StoreError::Damaged) => damaged(config, &path),
            Err(error) => {
                tracing::error!(%error, "the database can't be opened");
                plain(Boot::KeyLost)
            }
        },
        Ok(None) | Err(_) => without_key(config),
    }
}

fn plain(boot: Boot) -> State {
    State {
        boot,
        store: None,
        session: None,
        vault: None,
        kept_as: None,
        locked: false,
    }
}

pub(crate) fn ready(config: &PhoneConfig, store: Store, key: &[u8; 32]) -> State {
    match store.read(Session::load) {
        Ok(Some(session)) => {
            let locked = Phone::starts_locked(&store);
            State {
                boot: if locked { Boot::Locked } else { Boot::Ready },
                vault: Some(Arc::new(Vault::new(config.data_dir.join("photos"), key))),
                store: Some(Arc::new(store)),
                session: Some(Arc::new(session)),
                kept_as: None,
                locked,
            }
        }
        // Killed between making the file and keeping the credentials: nothing is in it yet.
        Ok(None) => plain(Boot::Fresh),
        Err(StoreError::Damaged) => {
            drop(store);
            damaged(config, &database(&config.data_dir))
        }
        Err(error) => {
            tracing::error!(%error, "the credentials can't be read");
            plain(Boot::KeyLost)
        }
    }
}

/// The key is gone or another: if a stand-in exists, a desk is already being asked.
fn without_key(config: &PhoneConfig) -> State {
    let asked = stand_in(&config.data_dir).exists()
        && matches!(config.keystore.get(STAND_IN_KEY), Ok(Some(_)));
    plain(if asked {
        Boot::Recovering
    } else {
        Boot::KeyLost
    })
}

/// Puts a damaged database aside under a new name, with everything that belongs to it.
fn damaged(config: &PhoneConfig, path: &Path) -> State {
    let name = format!("linli-damaged-{}", config.env.now_ms());
    for extension in ["db", "db-wal", "db-shm", "keycheck", "sealed"] {
        let from = path.with_extension(extension);
        if from.exists()
            && let Err(error) =
                std::fs::rename(&from, config.data_dir.join(format!("{name}.{extension}")))
        {
            tracing::error!(kind = %error.kind(), "a damaged database can't be put aside");
        }
    }
    // Its key is kept under the new name: without it the file could never be repaired.
    if let Ok(Some(key)) = config.keystore.get(MAIN_KEY)
        && let Err(error) = config.keystore.set(&name, &key)
    {
        tracing::error!(%error, "the key of a damaged database can't be kept");
    }
    State {
        kept_as: Some(format!("{name}.db")),
        ..plain(Boot::Damaged)
    }
}
