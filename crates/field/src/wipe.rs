//! Forgetting everything on a phone that was shut out. What is begun is finished by the next
//! start, and the keys go first: without them the rest can't be read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::EdgeError;
use crate::api::change::Topic;
use crate::boot::{self, ASIDE, MAIN_KEY, STAND_IN_KEY};
use crate::error::Outcome;
use crate::keystore::KeyStore;
use crate::media::import;
use crate::phone::{Phone, PhoneConfig};

/// Says that this phone was told to forget, and whether it was stolen: one byte.
fn mark(folder: &Path) -> PathBuf {
    folder.join("forgotten")
}

/// Whether this phone was told to forget; none otherwise, else whether it was stolen.
pub(crate) fn ordered(folder: &Path) -> Option<bool> {
    fs::read(mark(folder)).ok().map(|text| text == b"1")
}

/// The phone is somebody's again.
pub(crate) fn over(folder: &Path) -> io::Result<()> {
    match fs::remove_file(mark(folder)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Forgets everything and shows the first screen.
pub(crate) fn wipe(phone: &Phone, stolen: bool) -> Outcome<()> {
    let config = &phone.inner.config;
    let note = || -> io::Result<()> {
        let mut file = fs::File::create(mark(&config.data_dir))?;
        io::Write::write_all(&mut file, if stolen { b"1" } else { b"0" })?;
        file.sync_all()
    };
    note().map_err(|error| import::io(&error))?;
    // Nobody reads or writes from here on, whoever holds what was there.
    if let Some(vault) = phone.state().vault {
        vault.shut();
    }
    // Nobody is enrolled into a folder that is being emptied.
    phone.set_state(boot::hindered(EdgeError::code("forgetting")));
    let done = finish(config, stolen);
    phone.set_state(boot::ordered(&done));
    phone.tell(Topic::ALL.to_vec());
    done
}

/// Does what of it isn't done yet.
pub(crate) fn finish(config: &PhoneConfig, stolen: bool) -> Outcome<()> {
    let folder = &config.data_dir;
    let aside = boot::put_aside_names(folder);
    let keys = [MAIN_KEY, STAND_IN_KEY].map(str::to_owned);
    for name in keys.iter().chain(&aside) {
        forget(config.keystore.as_ref(), name)?;
    }
    let gone = || -> io::Result<()> {
        let mut databases = vec![boot::database(folder), boot::stand_in(folder)];
        if stolen {
            databases.extend(aside.iter().map(|name| folder.join(format!("{name}.db"))));
        }
        for path in databases {
            for extension in boot::PARTS {
                remove(&path.with_extension(extension))?;
            }
        }
        // A damaged database that was put aside may hold what was never sent: sealed as it is,
        // only the center can open it, and its photos with it.
        if stolen || aside.is_empty() {
            remove_folder(&folder.join("photos"))?;
        }
        remove_folder(&folder.join("incoming"))
    };
    gone().map_err(|error| import::io(&error))
}

fn forget(keystore: &dyn KeyStore, name: &str) -> Outcome<()> {
    debug_assert!(name.starts_with(ASIDE) || [MAIN_KEY, STAND_IN_KEY].contains(&name));
    keystore.forget(name).map_err(|error| {
        tracing::error!(%error, "a key can't be forgotten");
        EdgeError::code("keystore_failed")
    })
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
mod tests {
    use serde_json::json;

    use super::*;
    use crate::trial::{KEY, config, enrolled_folder};

    #[tokio::test]
    async fn what_was_cut_off_is_finished_by_the_next_start_and_keys_go_first() {
        let folder = enrolled_folder();
        let path = folder.path();
        fs::create_dir_all(path.join("photos/ab")).expect("folder");
        fs::write(path.join("photos/ab/1"), b"sealed").expect("photo");
        fs::write(path.join("linli-damaged-7.db"), b"not sent").expect("aside");
        let keys = config(path).keystore;
        keys.set("linli-damaged-7", &KEY).expect("key");
        // Cut off right after the note.
        fs::write(mark(path), b"0").expect("note");
        let phone = Phone::open(config(path));
        let boot = async |phone: &Phone| {
            phone.call("status", json!({})).await.expect("status")["boot"].clone()
        };
        assert_eq!(boot(&phone).await, "wiped");
        assert_eq!(keys.get(MAIN_KEY).expect("keystore"), None);
        assert_eq!(keys.get("linli-damaged-7").expect("keystore"), None);
        assert!(!boot::database(path).exists());
        // What only the center can open may hold what was never sent: it stays.
        assert!(path.join("linli-damaged-7.db").exists() && path.join("photos/ab/1").exists());

        fs::write(mark(path), b"1").expect("stolen");
        assert_eq!(boot(&Phone::open(config(path))).await, "wiped");
        assert!(!path.join("linli-damaged-7.db").exists() && !path.join("photos").exists());
        over(path).expect("somebody's again");
        assert_eq!(boot(&Phone::open(config(path))).await, "fresh");
    }
}
