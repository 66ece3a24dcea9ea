//! A backup: a consistent copy of the database and of every photo it names, beside a running
//! center. It holds no keys. It is written under another name, and has its own only once it is
//! whole and on the disk; only then do phones hear how far it reaches.

mod file;
mod manifest;
mod photos;

use std::path::{Path, PathBuf};

use crate::center::Center;
use crate::config::Config;
use crate::keys;
use crate::store::{Copy, StoreError};
pub(crate) use file::{aside, copy_hashed, hash_of, settle};
pub(crate) use manifest::{DATABASE, Manifest};

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something is there already; a backup is never written over another.
    #[error("{0} is there already; choose a folder that isn't")]
    Exists(PathBuf),
    /// A file can't be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The database can't be copied.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Photos that phones were told to have arrived are not on the disk, or are others. The
    /// backup is there, and phones are not told of it: they keep what they have.
    #[error(
        "the backup is written, but {0} photos that the database names are missing or damaged: \
         phones keep what they have until a backup is whole"
    )]
    Photos(u64),
}

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Everything up to this number of the feed.
    pub through: u64,
    /// Photos.
    pub photos: u64,
}

/// Makes a backup in `to`, a folder that isn't there yet.
///
/// # Errors
/// See [`BackupError`]; but for [`BackupError::Photos`] nothing of it stays.
pub fn backup(center: &Center, to: &Path) -> Result<Made, BackupError> {
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let part = aside(to);
    let written = write(center, &part).and_then(|(made, lacking)| {
        settle(&part, to).map_err(|error| BackupError::File(to.to_owned(), error))?;
        Ok((made, lacking))
    });
    let (made, lacking) = match written {
        Ok(written) => written,
        Err(error) => {
            // Nothing to add to the failure itself; the next backup clears it away too.
            let _gone = std::fs::remove_dir_all(&part);
            return Err(error);
        }
    };
    if lacking > 0 {
        return Err(BackupError::Photos(lacking));
    }
    let now = center.now();
    center.store.write_now(move |turn| {
        turn.tables.set_backed_up(made.through)?;
        turn.tables
            .note(now, None, "backup", &made.through.to_be_bytes())
    })?;
    Ok(made)
}

fn write(center: &Center, part: &Path) -> Result<(Made, u64), BackupError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| BackupError::File(path, error)
    };
    // Left by a backup that was cut off.
    if part.exists() {
        std::fs::remove_dir_all(part).map_err(failed(part))?;
    }
    std::fs::create_dir_all(part).map_err(failed(part))?;
    keys::private_folder(part).map_err(|_| {
        let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        BackupError::File(part.to_owned(), denied)
    })?;
    center.store.write_now(|turn| turn.tables.mark_backup())?;
    let database = part.join(DATABASE);
    center.store.copy_to(&database)?;
    let copy = Copy::open(&database)?;
    let through = copy.tables().head()?;
    let generation = copy.tables().generation()?;
    copy.forget_uploads()?;
    let (photos, lacking) = photos::take(center, &copy, part)?;
    drop(copy);
    let config = Config::path(part);
    std::fs::copy(Config::path(&center.data), &config).map_err(failed(&config))?;
    let manifest = Manifest {
        format: manifest::FORMAT,
        generation,
        through,
        at: center.now(),
        pins: center.keys.pins.iter().map(hex::encode).collect(),
        database: hex::encode(hash_of(&database).map_err(failed(&database))?),
        photos,
    };
    manifest.write(part).map_err(failed(part))?;
    Ok((Made { through, photos }, lacking))
}
