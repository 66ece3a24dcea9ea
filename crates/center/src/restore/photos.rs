//! The photos of a backup: out of it, or where they are kept.

use std::collections::HashSet;
use std::path::Path;

use super::RestoreError;
use crate::backup::copy_hashed;
use crate::media::{self, Contents};
use crate::store::Copy;

/// Brings the photos that the database names along; how many a bucket doesn't have any more, such
/// as those that were erased since. The database forgets those.
pub(super) fn bring(
    copy: &Copy,
    contents: &Contents,
    from: &Path,
    part: &Path,
) -> Result<u64, RestoreError> {
    let (mut here, mut lacking) = (HashSet::new(), 0);
    for photo in copy.photos()? {
        if here.contains(&photo.sha256) {
            continue;
        }
        if contents.are_elsewhere() {
            if contents.length_now(photo.sha256)? != Some(photo.bytes) {
                copy.forget_photo(photo.id)?;
                lacking += 1;
                continue;
            }
        } else {
            let mut source = media::path(from, &photo.sha256);
            if !source.exists() {
                // A backup of before.
                source = media::by_id(from, photo.id);
            }
            match copy_hashed(&source, &media::path(part, &photo.sha256)) {
                Ok(hash) if hash == photo.sha256 => {}
                Err(error) if source.is_file() => return Err(RestoreError::File(source, error)),
                _ => return Err(RestoreError::Damaged(source)),
            }
        }
        here.insert(photo.sha256);
    }
    Ok(lacking)
}
