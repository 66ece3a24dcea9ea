//! Forgetting everything on a phone that was shut out. What lies in the clear goes first, then
//! the keys, without which the rest can't be read. What is in the way is tried again before
//! long, and what was cut off by the next start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use linli_store::Transaction;

use crate::api::change::Topic;
use crate::api::start::SyncState;
use crate::boot::{self, ASIDE, MAIN_KEY, STAND_IN_KEY};
use crate::error::Outcome;
use crate::keystore::KeyStore;
use crate::media::incoming;
use crate::phone::{Phone, PhoneConfig};

/// Code of a phone that is being emptied.
pub(crate) const FORGETTING: &str = "forgetting";

/// Keys of a phone, beside those of databases that were put aside.
const KEYS: [&str; 2] = [MAIN_KEY, STAND_IN_KEY];

/// Says that this phone was told to forget, and whether it was stolen: one byte.
fn mark(folder: &Path) -> PathBuf {
    folder.join("forgotten")
}

/// Whether this phone was told to forget; none otherwise, else whether it was stolen.
pub(crate) fn ordered(folder: &Path) -> io::Result<Option<bool>> {
    match fs::read(mark(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => Ok(Some(text? == b"1")),
    }
}

/// The phone is somebody's again.
pub(crate) fn over(folder: &Path) -> io::Result<()> {
    remove(&mark(folder))
}

/// Notes the order, whole or not at all: a mark says that nothing here is needed any more.
fn note(folder: &Path, stolen: bool) -> io::Result<()> {
    let begun = folder.join("forgotten-new");
    let write = || -> io::Result<()> {
        let mut file = fs::File::create(&begun)?;
        io::Write::write_all(&mut file, if stolen { b"1" } else { b"0" })?;
        file.sync_all()?;
        fs::rename(&begun, mark(folder))
    };
    write().inspect_err(|_| drop(fs::remove_file(&begun)))
}

/// Forgets everything and shows the first screen, if `due` says of what is here at the end that
/// it may go; from then on nothing is kept any more. Whether it did.
pub(crate) fn wipe(
    phone: &Phone,
    stolen: bool,
    due: impl FnOnce(&Transaction<'_>) -> Outcome<bool>,
) -> Outcome<bool> {
    let config = &phone.inner.config;
    let state = phone.state();
    let (Some(store), Some(vault)) = (state.store, state.vault) else {
        return Ok(false);
    };
    let mut noted = Ok(());
    let begun = store.retire(|tx| {
        if !due(tx)? {
            return Ok(false);
        }
        noted = note(&config.data_dir, stolen);
        match &noted {
            // A thief's phone need not have room for a note; emptying makes some.
            Err(error) if !stolen => Err(incoming::io(error)),
            _ => Ok(true),
        }
    })?;
    if !begun {
        return Ok(false);
    }
    vault.shut();
    phone.set_state(boot::forgetting());
    let done = finish(config, stolen);
    if noted.is_err()
        && let Err(error) = note(&config.data_dir, stolen)
    {
        tracing::warn!(%error, "the next start won't know that this phone was emptied");
    }
    came_to(phone, &done);
    done.map(|()| true)
}

/// Shows how far it came. Nothing of the person it belonged to is left in memory either.
fn came_to(phone: &Phone, done: &Outcome<()>) {
    phone.set_state(boot::ordered(done));
    phone.inner.shown.clear();
    phone.update_sync(|state| *state = SyncState::default());
    phone.tell(Topic::ALL.to_vec());
}

/// Goes on emptying a phone where something was in the way. False when it still is.
pub(crate) async fn go_on(phone: &Phone) -> bool {
    let hindrance = phone.state().hindrance;
    if hindrance.is_none_or(|why| why.code != FORGETTING) {
        return true;
    }
    let config = phone.inner.config.clone();
    let emptied = tokio::task::spawn_blocking(move || {
        // Only a stolen phone is emptied before that is noted.
        let known = ordered(&config.data_dir).map_err(|error| incoming::io(&error))?;
        finish(&config, known.unwrap_or(true))
    });
    let Ok(done) = emptied.await else {
        return false;
    };
    came_to(phone, &done);
    done.is_ok()
}

/// Does what of it isn't done yet, as far as it goes.
///
/// # Errors
/// What went wrong first; the rest is done all the same.
pub(crate) fn finish(config: &PhoneConfig, stolen: bool) -> Outcome<()> {
    let folder = &config.data_dir;
    let keystore = config.keystore.as_ref();
    let mut done = remove_folder(&incoming::folder(folder));
    for name in KEYS {
        done = done.and(forget(keystore, name));
    }
    let aside = boot::put_aside_names(folder);
    for name in aside.iter().flatten() {
        let mut gone = forget(keystore, name);
        if stolen {
            // By its name the key is found, should that be in the way.
            gone = gone
                .and_then(|()| remove_folder(&boot::photos_aside(&boot::database(folder), name)))
                .and_then(|()| remove_database(&folder.join(format!("{name}.db"))));
        }
        done = done.and(gone);
    }
    for path in [boot::database(folder), boot::stand_in(folder)] {
        done = done.and(remove_database(&path));
    }
    // A damaged database that was put aside may hold what was never sent: sealed as it is, only
    // the center can open it, and the photos that were put aside with it.
    done = done.and(remove_folder(&folder.join("photos")));
    done.and(aside.map(drop)).map_err(|error| {
        tracing::error!(%error, "the phone can't be emptied");
        incoming::io(&error)
    })
}

fn forget(keystore: &dyn KeyStore, name: &str) -> io::Result<()> {
    debug_assert!(name.starts_with(ASIDE) || KEYS.contains(&name));
    keystore.forget(name).map_err(io::Error::other)
}

/// Removes a database; itself last, and only once nothing else of it is left: by its name the
/// rest is found.
fn remove_database(path: &Path) -> io::Result<()> {
    let beside = boot::PARTS.iter().filter(|part| **part != "db");
    let removed = beside.map(|part| remove(&path.with_extension(part)));
    removed.fold(Ok(()), io::Result::and)?;
    remove(path)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn remove_folder(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
