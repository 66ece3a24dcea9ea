//! What isn't finished doesn't stay for ever.

use std::time::Duration;

use super::part;
use crate::center::Center;
use crate::media::content::clear;
use crate::media::litter;
use crate::store::StoreError;

/// How often what has expired is removed.
pub(crate) const EVERY: Duration = Duration::from_secs(3600);

/// Removes what has expired. One that somebody works on has just been put off.
pub(crate) fn sweep(center: &Center) -> Result<(), StoreError> {
    let now = center.now();
    let over = center
        .store
        .write_now(move |turn| turn.tables.drop_expired_uploads(now))?;
    for no in over {
        part::remove(&center.data, no)?;
    }
    // An erasure may have found the store of photos away.
    clear(&center.store, &center.contents)?;
    Ok(())
}

/// The same, and removes files that no upload knows: a kill came between the two. Only for who
/// serves, before it does.
pub(crate) fn tidy(center: &Center) -> Result<(), StoreError> {
    sweep(center)?;
    litter::clear(&center.data)?;
    let coming = center.store.read_now(|tables| tables.coming_uploads())?;
    let entries = match std::fs::read_dir(part::folder(&center.data)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for entry in entries {
        let path = entry?.path();
        if !coming
            .iter()
            .any(|no| path == part::path(&center.data, *no))
        {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}
