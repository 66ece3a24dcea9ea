//! The one folder where pictures lie in the clear, between the camera that writes them and the
//! vault. It is emptied when the phone is opened, before anything is shown.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use linli_model::ids::MediaId;
use linli_picture::MOST_BYTES;
use linli_store::media::{self, Stage, pending};
use linli_store::{Store, Transaction};

use super::capture::Capture;
use super::vault::{Piece, Vault};
use crate::EdgeError;
use crate::env::{Env, random};
use crate::error::Outcome;

/// How long a camera may stay open: one that was opened before a kill may still bring its
/// picture. Milliseconds.
const PATIENCE_MS: i64 = 86_400_000;

/// The folder.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("incoming")
}

/// Where the file of a photo has to be put.
pub(crate) fn file(data: &Path, id: MediaId) -> PathBuf {
    folder(data).join(format!("{id}.jpg"))
}

/// Maps a file error to a code.
pub(crate) fn io(error: &io::Error) -> EdgeError {
    EdgeError::code(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk_full",
        io::ErrorKind::NotFound => "not_found",
        _ => "internal",
    })
}

/// The most of a file that is kept as it came, bytes. What can be unfolded is smaller
/// ([`MOST_BYTES`]); the largest sensors write some 80 MB.
const MOST_KEPT: u64 = 128 * 1024 * 1024;

/// Reads a file that is to be unfolded.
///
/// # Errors
/// `not_found`, `photo_too_large`, `internal`.
pub(crate) fn read(path: &Path) -> Outcome<Vec<u8>> {
    read_most(path, MOST_BYTES)
}

/// Reads a file that is to be kept as it came.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_whole(path: &Path) -> Outcome<Vec<u8>> {
    read_most(path, MOST_KEPT)
}

fn read_most(path: &Path, most: u64) -> Outcome<Vec<u8>> {
    let file = File::open(path).map_err(|error| io(&error))?;
    let length = file.metadata().map_err(|error| io(&error))?.len();
    if length > most {
        return Err(EdgeError::code("photo_too_large"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    // It may have grown since.
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| io(&error))?;
    if bytes.len() as u64 > most {
        return Err(EdgeError::code("photo_too_large"));
    }
    Ok(bytes)
}

/// Empties the folder: whatever a kill left there is encrypted as it is and unfolded later.
/// Afterwards nothing lies in the clear, except where the disk refused (it is logged, and tried
/// again at the next start).
pub(crate) fn sweep(data: &Path, store: &Store, vault: &Vault, env: &dyn Env) {
    let entries = match fs::read_dir(folder(data)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        Err(error) => {
            tracing::error!(%error, "the incoming folder can't be read");
            return;
        }
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if is_being_written(&path, env.now_ms()) {
            // A camera that outlived the app. It is taken over soon enough, whole or not.
            continue;
        }
        if let Err(error) = take_over(&path, store, vault, env) {
            tracing::error!(code = error.code, "a file stays in the incoming folder");
        }
    }
    if let Err(error) = store.transact(|tx| forget_untaken(tx, data, env.now_ms())) {
        tracing::error!(
            code = error.code,
            "photos that were never taken can't be dropped"
        );
    }
}

/// A file that was written to so lately may be written on, milliseconds.
const FRESH_MS: i64 = 10_000;

/// Whether a file is a picture that has only begun, and was written to just now.
fn is_being_written(path: &Path, now_ms: i64) -> bool {
    let Ok(written) = fs::metadata(path).and_then(|file| file.modified()) else {
        return false;
    };
    let fresh = (now_ms - FRESH_MS..=now_ms + FRESH_MS).contains(&ms(written));
    is_ours(path) && fresh && read_whole(path).is_ok_and(|bytes| linli_picture::is_begun(&bytes))
}

/// A source writes under this ending, or beside it and then renames.
fn is_ours(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "jpg")
}

fn ms(at: SystemTime) -> i64 {
    at.duration_since(UNIX_EPOCH).map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// Milliseconds after which a file whose import nobody asked for is taken over all the same: the
/// page that picked it has died.
const LEFT_MS: i64 = 60_000;

/// The files that lie there now.
pub(crate) fn files(data: &Path) -> Vec<PathBuf> {
    // A folder that isn't there yet holds nothing.
    let entries = fs::read_dir(folder(data)).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// The same for a copy that is still being made, beside its picture's name: a slow album, or a
/// thin link, may pause.
const LEFT_COPY_MS: i64 = 600_000;

/// Takes over a file that lies there too long, whether its photo is known or not; how long it may
/// still lie, or none when there is nothing to wait for. Milliseconds.
pub(crate) fn left_lying(
    path: &Path,
    store: &Store,
    vault: &Vault,
    env: &dyn Env,
) -> Outcome<Option<i64>> {
    let Ok(file) = fs::metadata(path) else {
        return Ok(None);
    };
    // A camera that was given an empty file may still be open.
    let Some(written) = file.modified().ok().filter(|_| file.len() > 0) else {
        return Ok(None);
    };
    let written = ms(written);
    // A clock that was set back by more than a minute doesn't keep it lying.
    let most = if is_ours(path) { LEFT_MS } else { LEFT_COPY_MS };
    let left = most.saturating_sub(env.now_ms().saturating_sub(written));
    if (1..=2 * most).contains(&left) {
        return Ok(Some(left));
    }
    take_over(path, store, vault, env)?;
    Ok(None)
}

/// One file: into the vault, or gone if it is nothing.
fn take_over(path: &Path, store: &Store, vault: &Vault, env: &dyn Env) -> Outcome<()> {
    let remove = || fs::remove_file(path).map_err(|error| io(&error));
    let bytes = match read_whole(path) {
        Ok(bytes) => bytes,
        // No camera makes one so large: it is a copy, and its original is where it came from.
        Err(error) if error.code == "photo_too_large" => return remove(),
        Err(error) => return Err(error),
    };
    // A copy that broke off has its original where it came from.
    if bytes.is_empty() || !is_ours(path) {
        return remove();
    }
    let named: Option<MediaId> = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .and_then(|stem| stem.parse().ok());
    let id = named.unwrap_or_else(|| {
        let wall = u64::try_from(env.now_ms()).unwrap_or(0);
        MediaId::new(wall, random(env))
    });
    let stage = store.read(|tx| {
        Ok::<_, EdgeError>(if media::pending::is_known(tx, id)? {
            Some(media::get(tx, id)?.stage)
        } else {
            None
        })
    })?;
    // One that was taken over while it was still being written may be whole now.
    if stage.is_none_or(|stage| stage <= Stage::Sealed) {
        vault.write(id, Piece::Raw, bytes)?;
        store.transact(|tx| {
            if stage.is_none() {
                // Nobody can say any more what took it: it is placed by hand.
                pending::begin(tx, id, "share", env.now_ms(), &Capture::default().bytes())?;
            } else {
                let mut capture = Capture::read(&pending::facts(tx, id)?);
                capture.unreadable = None;
                pending::set_facts(tx, id, &capture.bytes())?;
            }
            Ok::<_, EdgeError>(pending::sealed(tx, id)?)
        })?;
    }
    // Else it was taken in, and only the file had not been removed yet.
    remove()
}

/// Removes pieces in the vault that no row names and this database's key opens, and working
/// pictures of photos that a report names: what a kill between two steps left behind.
pub(crate) fn tidy(store: &Store, vault: &Vault) {
    let inventory = vault.inventory();
    let kept = store.read(|tx| {
        let mut kept = Vec::with_capacity(inventory.len());
        for (id, path) in &inventory {
            let photo = match media::get(tx, *id) {
                Ok(photo) => Some(photo),
                Err(linli_store::StoreError::NotFound) => None,
                Err(error) => return Err(EdgeError::from(error)),
            };
            let ending = path.extension().and_then(|ending| ending.to_str());
            let needed = match photo {
                // What this database's key doesn't open belongs to one that was put aside: it
                // may be all that is left of somebody's work, and can be repaired with it.
                None => !vault.is_ours(*id, path),
                Some(photo) => match ending {
                    Some("photo" | "thumb") => true,
                    Some("raw") => photo.stage <= Stage::Sealed,
                    Some("working") => photo.doc.is_none(),
                    _ => false,
                },
            };
            kept.push(needed);
        }
        Ok(kept)
    });
    match kept {
        Ok(kept) => {
            for ((_, path), _) in inventory.iter().zip(kept).filter(|(_, needed)| !needed) {
                // What stays now goes the next time.
                let _gone = fs::remove_file(path);
            }
        }
        Err(error) => tracing::error!(code = error.code, "the vault can't be tidied"),
    }
}

/// Drops rows whose camera brought nothing.
fn forget_untaken(tx: &Transaction<'_>, data: &Path, now_ms: i64) -> Outcome<()> {
    for (photo, _) in pending::unfinished(tx)? {
        let age = now_ms.saturating_sub(photo.taken_at).saturating_abs();
        let brought = file(data, photo.id).exists();
        if photo.stage == Stage::Taking && age > PATIENCE_MS && !brought {
            pending::drop_loose(tx, photo.id)?;
        }
    }
    Ok(())
}
