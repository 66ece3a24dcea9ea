//! The photos of a backup: copied beside the database, or looked for where they are kept.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use super::{BackupError, copy_hashed};
use crate::center::Center;
use crate::media::{self, Hash};
use crate::store::{Copy, StoreError};

/// List of the contents that lie in a bucket and are not in the backup.
const LIST: &str = "photos.sha256";

/// Takes every photo that the copied database names; how many there are, and how many of those
/// that phones were told to have arrived are lacking.
pub(super) fn take(center: &Center, copy: &Copy, part: &Path) -> Result<(u64, u64), BackupError> {
    let (mut photos, mut lacking) = (0, 0);
    let mut looked: HashMap<Hash, bool> = HashMap::new();
    for photo in copy.photos()? {
        let here = match looked.get(&photo.sha256) {
            Some(here) => *here,
            None if center.contents.are_elsewhere() => {
                let length = center.contents.length_now(photo.sha256)?;
                length == Some(photo.bytes)
            }
            None => copied(&center.data, part, &photo.sha256)?,
        };
        looked.insert(photo.sha256, here);
        if here {
            photos += 1;
            continue;
        }
        // A center that is restored from this knows that it lacks it.
        copy.forget_photo(photo.id)?;
        lacking += u64::from(photo.verified);
    }
    if center.contents.are_elsewhere() {
        list(part, looked)?;
    }
    Ok((photos, lacking))
}

/// Whether a content is in the backup now, and what it should be.
fn copied(data: &Path, part: &Path, sha256: &Hash) -> Result<bool, BackupError> {
    let (from, to) = (media::path(data, sha256), media::path(part, sha256));
    match copy_hashed(&from, &to) {
        Ok(hash) if hash == *sha256 => Ok(true),
        Ok(_) => {
            std::fs::remove_file(&to).map_err(|error| BackupError::File(to, error))?;
            Ok(false)
        }
        Err(error) if from.exists() => Err(BackupError::File(to, error)),
        Err(_) => Ok(false),
    }
}

fn list(part: &Path, looked: HashMap<Hash, bool>) -> Result<(), BackupError> {
    let mut names: Vec<String> = looked
        .into_iter()
        .filter(|(_, here)| *here)
        .map(|(sha256, _)| format!("{}  {}\n", hex::encode(sha256), media::name(&sha256)))
        .collect();
    names.sort();
    std::fs::File::create_new(part.join(LIST))
        .and_then(|mut file| file.write_all(names.concat().as_bytes()))
        .map_err(StoreError::from)
        .map_err(BackupError::from)
}
