//! How a phone comes up: fresh, ready, locked, without its key, or with a damaged database.
//! Whatever is wrong, the file stays.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use linli_store::{Store, StoreError};

use crate::api::start::Boot;
use crate::error::Outcome;
use crate::media::incoming;
use crate::media::vault::Vault;
use crate::phone::{Phone, PhoneConfig, State};
use crate::session::Session;
use crate::{EdgeError, wipe};

/// Name of the key of the main database in the keystore.
pub(crate) const MAIN_KEY: &str = "linli";
/// Name of the key of the stand-in database while the main key is being recovered.
pub(crate) const STAND_IN_KEY: &str = "linli-recovery";

/// How the names of databases that were put aside begin.
pub(crate) const ASIDE: &str = "linli-damaged-";

/// Endings of the files that make up a database.
pub(crate) const PARTS: [&str; 6] = ["db", "db-wal", "db-shm", "keycheck", "sealed", "sealed-new"];

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("linli.db")
}

/// Holds the new credentials while the center is asked for the old key.
pub(crate) fn stand_in(folder: &Path) -> PathBuf {
    folder.join("recovery.db")
}

pub(crate) fn boot(config: &PhoneConfig) -> State {
    let path = database(&config.data_dir);
    match wipe::ordered(&config.data_dir) {
        Ok(Some(stolen)) => return ordered(&wipe::finish(config, stolen)),
        Ok(None) => {}
        Err(error) => return hindered(incoming::io(&error)),
    }
    if !path.exists() {
        return nothing_here(&path);
    }
    match config.keystore.get(MAIN_KEY) {
        Ok(Some(key)) => match Store::open(&path, &key) {
            Ok(store) => ready(config, store, &key),
            Err(StoreError::WrongKey) => without_key(config),
            Err(StoreError::Damaged) => damaged(config, &path),
            Err(error) => hindered(error.into()),
        },
        Ok(None) | Err(_) => without_key(config),
    }
}

/// Never enrolled, or enrolled once with a database that was put aside since.
fn nothing_here(path: &Path) -> State {
    let folder = path.parent().unwrap_or(path);
    match put_aside_names(folder).map(|names| names.into_iter().max()) {
        Ok(Some(name)) => put_aside(path, &name),
        Ok(None) => plain(Boot::Fresh),
        Err(error) => hindered(incoming::io(&error)),
    }
}

/// Names of the databases that were put aside, without ending.
pub(crate) fn put_aside_names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().into_string().unwrap_or_default();
        let name = name.strip_suffix(".db").unwrap_or_default();
        if name.starts_with(ASIDE) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// Told to forget: where `done` leaves it. What is left is tried again, also by the next start.
pub(crate) fn ordered(done: &Outcome<()>) -> State {
    match done {
        Ok(()) => plain(Boot::Wiped),
        Err(_) => forgetting(),
    }
}

/// Being emptied. Nobody is enrolled into such a folder.
pub(crate) fn forgetting() -> State {
    State {
        hindrance: Some(EdgeError::code(wipe::FORGETTING)),
        ..plain(Boot::Hindered)
    }
}

/// Something else is in the way. The database and its key stay as they are.
pub(crate) fn hindered(error: EdgeError) -> State {
    tracing::error!(code = error.code, "the phone can't come up");
    State {
        hindrance: Some(error),
        ..plain(Boot::Hindered)
    }
}

pub(crate) fn plain(boot: Boot) -> State {
    State {
        boot,
        store: None,
        session: None,
        vault: None,
        kept_as: None,
        hindrance: None,
        locked: false,
    }
}

pub(crate) fn ready(config: &PhoneConfig, store: Store, key: &[u8; 32]) -> State {
    match store.read(Session::load) {
        Ok(Some(session)) => {
            let locked = Phone::starts_locked(&store);
            let vault = Vault::new(config.data_dir.join("photos"), key);
            // Before anything can be shown.
            incoming::sweep(&config.data_dir, &store, &vault, config.env.as_ref());
            incoming::tidy(&store, &vault);
            State {
                boot: if locked { Boot::Locked } else { Boot::Ready },
                vault: Some(Arc::new(vault)),
                store: Some(Arc::new(store)),
                session: Some(Arc::new(session)),
                kept_as: None,
                hindrance: None,
                locked,
            }
        }
        // Killed between making the file and keeping the credentials: nothing is in it yet.
        Ok(None) => plain(Boot::Fresh),
        Err(StoreError::Damaged) => {
            drop(store);
            damaged(config, &database(&config.data_dir))
        }
        Err(error) => hindered(error.into()),
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
    let name = format!("{ASIDE}{}", config.env.now_ms());
    // Its key is kept under the new name, and first: without it the file could never be
    // repaired.
    let kept = match config.keystore.get(MAIN_KEY) {
        Ok(Some(key)) => config.keystore.set(&name, &key),
        Ok(None) => Ok(()),
        Err(error) => Err(error),
    };
    if let Err(error) = kept {
        tracing::error!(%error, "the key of a damaged database can't be kept");
        return hindered(EdgeError::code("keystore_failed"));
    }
    put_aside(path, &name)
}

/// Where the photos of a database that was put aside are.
pub(crate) fn photos_aside(path: &Path, name: &str) -> PathBuf {
    path.with_file_name(format!("{name}-photos"))
}

/// Moves the database and what belongs to it, as far as that isn't done. The database goes
/// first: opened without its WAL it could pass for whole, and what was written last be lost. A
/// start that is cut off is finished by the next.
fn put_aside(path: &Path, name: &str) -> State {
    for extension in PARTS {
        let from = path.with_extension(extension);
        let to = path.with_file_name(format!("{name}.{extension}"));
        if from.exists()
            && !to.exists()
            && let Err(error) = std::fs::rename(&from, &to)
        {
            return hindered(incoming::io(&error));
        }
    }
    // Its photos go with it: what comes after has other keys, and must not clear them away.
    let (from, to) = (path.with_file_name("photos"), photos_aside(path, name));
    if from.exists()
        && !to.exists()
        && let Err(error) = std::fs::rename(&from, &to)
    {
        return hindered(incoming::io(&error));
    }
    State {
        kept_as: Some(format!("{name}.db")),
        ..plain(Boot::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Empty;
    use crate::api::start::{SetPin, Status, Unlock};
    use crate::keystore::{KeyStore, KeyStoreError};
    use crate::trial::{KEY, config, enrolled_folder};
    use crate::{Phone, lock};

    fn boot_of(folder: &Path) -> Boot {
        boot(&config(folder)).boot
    }

    #[test]
    fn a_new_phone_is_fresh_and_an_enrolled_one_ready() {
        let empty = tempfile::tempdir().expect("temp folder");
        assert_eq!(boot_of(empty.path()), Boot::Fresh);
        assert_eq!(boot_of(enrolled_folder().path()), Boot::Ready);
    }

    #[test]
    fn a_lost_or_wrong_key_keeps_the_file_and_says_so() {
        let folder = enrolled_folder();
        let before = std::fs::read(database(folder.path())).expect("file");
        config(folder.path())
            .keystore
            .forget(MAIN_KEY)
            .expect("forget");
        assert_eq!(boot_of(folder.path()), Boot::KeyLost);
        config(folder.path())
            .keystore
            .set(MAIN_KEY, &[9; 32])
            .expect("set");
        assert_eq!(boot_of(folder.path()), Boot::KeyLost);
        assert_eq!(
            std::fs::read(database(folder.path())).expect("file"),
            before
        );
        config(folder.path())
            .keystore
            .set(MAIN_KEY, &KEY)
            .expect("set");
        assert_eq!(boot_of(folder.path()), Boot::Ready);
    }

    #[test]
    fn a_truncated_database_is_put_aside_with_its_key_and_never_deleted() {
        let folder = enrolled_folder();
        let path = database(folder.path());
        let whole = std::fs::read(&path).expect("file");
        std::fs::write(&path, &whole[..whole.len() / 3]).expect("truncate");
        std::fs::create_dir(folder.path().join("photos")).expect("folder");
        std::fs::write(folder.path().join("photos/1"), b"never sent").expect("photo");
        let state = boot(&config(folder.path()));
        assert_eq!(state.boot, Boot::Damaged);
        let kept = folder.path().join(state.kept_as.expect("kept"));
        assert_eq!(
            std::fs::read(&kept).expect("kept file").len(),
            whole.len() / 3
        );
        let name = kept
            .file_stem()
            .and_then(|s| s.to_str())
            .expect("name")
            .to_owned();
        let key = config(folder.path()).keystore.get(&name).expect("keystore");
        assert_eq!(key, Some(KEY));
        let photo = photos_aside(&path, &name).join("1");
        assert_eq!(std::fs::read(photo).expect("its photos"), b"never sent");
        assert!(!folder.path().join("photos").exists());
        let again = boot(&config(folder.path()));
        assert_eq!(again.boot, Boot::Damaged, "still said after the next start");
        assert_eq!(
            again.kept_as,
            kept.file_name().and_then(|n| n.to_str()).map(str::to_owned)
        );
    }

    #[test]
    fn a_damaged_database_that_cannot_be_put_aside_stays_where_it_is() {
        let folder = enrolled_folder();
        let path = database(folder.path());
        std::fs::write(&path, b"no database at all").expect("damage");
        let mut config = config(folder.path());
        config.keystore = Arc::new(ReadOnly(config.keystore.clone()));
        let state = boot(&config);
        assert_eq!(state.boot, Boot::Hindered);
        assert_eq!(state.hindrance.expect("why").code, "keystore_failed");
        assert_eq!(std::fs::read(&path).expect("file"), b"no database at all");
    }

    #[test]
    fn putting_aside_that_was_cut_off_is_finished_at_the_next_start() {
        let folder = enrolled_folder();
        let path = database(folder.path());
        let aside = |extension: &str| folder.path().join(format!("linli-damaged-7.{extension}"));
        std::fs::rename(&path, aside("db")).expect("moved");
        std::fs::write(path.with_extension("db-wal"), b"written last").expect("wal");
        assert_eq!(boot_of(folder.path()), Boot::Damaged);
        assert_eq!(
            std::fs::read(aside("db-wal")).expect("kept"),
            b"written last"
        );
        assert!(!path.with_extension("db-wal").exists());
    }

    #[test]
    fn a_database_of_a_newer_app_is_no_lost_key() {
        let folder = enrolled_folder();
        let store = Store::open(&database(folder.path()), &KEY).expect("open");
        store
            .transact(|tx| {
                tx.pragma_update(None, "user_version", i32::MAX)?;
                Ok::<_, StoreError>(())
            })
            .expect("newer");
        drop(store);
        let state = boot(&config(folder.path()));
        assert_eq!(state.boot, Boot::Hindered);
        assert_eq!(state.hindrance.expect("why").code, "app_too_old");
    }

    /// A keystore that is full.
    #[derive(Debug)]
    struct ReadOnly(Arc<dyn KeyStore>);

    impl KeyStore for ReadOnly {
        fn get(&self, name: &str) -> Result<Option<[u8; 32]>, KeyStoreError> {
            self.0.get(name)
        }
        fn set(&self, _: &str, _: &[u8; 32]) -> Result<(), KeyStoreError> {
            Err(KeyStoreError("full".into()))
        }
        fn forget(&self, name: &str) -> Result<(), KeyStoreError> {
            self.0.forget(name)
        }
    }

    #[tokio::test]
    async fn the_lock_opens_with_its_pin_and_wrong_ones_wait_but_never_wipe() {
        let folder = enrolled_folder();
        let phone = Phone::open(config(folder.path()));
        let set = SetPin {
            old: None,
            new: Some("2468".into()),
        };
        phone.call("set_pin", json(&set)).await.expect("set");
        drop(phone);

        let phone = Phone::open(config(folder.path()));
        let status: Status =
            serde_json::from_value(phone.call("status", json(&Empty {})).await.expect("status"))
                .expect("status");
        assert_eq!(status.boot, Boot::Locked);
        let closed = phone
            .call("today", json(&Empty {}))
            .await
            .expect_err("locked");
        assert_eq!(closed.code, "locked");
        assert!(
            phone.call("emergency", json(&Empty {})).await.is_ok(),
            "telephones stay open"
        );

        let wrong = Unlock { pin: "0000".into() };
        for _ in 0..4 {
            let error = phone.call("unlock", json(&wrong)).await.expect_err("wrong");
            assert_eq!(error.code, "pin_wrong");
        }
        let right = Unlock { pin: "2468".into() };
        let early = phone
            .call("unlock", json(&right))
            .await
            .expect_err("too early");
        assert!(early.params["wait_s"].as_i64().expect("wait") > 0);
        // The wait is over.
        let store = phone.state().store.expect("store");
        store
            .transact(|tx| linli_store::meta::set(tx, "pin_until", 0))
            .expect("clock");
        assert!(phone.call("unlock", json(&right)).await.is_ok());
        assert!(phone.call("today", json(&Empty {})).await.is_ok());
        assert!(store.read(lock::is_set).expect("still set"));
    }

    fn json(value: &impl serde::Serialize) -> serde_json::Value {
        serde_json::to_value(value).expect("json")
    }
}
