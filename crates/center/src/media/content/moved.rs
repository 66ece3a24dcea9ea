//! Centers of before kept a photo under its id. It moves to the place of its content, once.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use linli_model::ids::MediaId;

use super::{Contents, path};
use crate::store::{Store, StoreError};

/// Name of the setting that says it was done.
const DONE: &str = "media_by_content";
/// Photos that are looked at in one go.
const SOME: usize = 500;

/// Where a photo lay, in a data folder or in a backup.
pub(crate) fn by_id(data: &Path, id: MediaId) -> PathBuf {
    data.join("media")
        .join(format!("{:02x}", id.as_bytes()[15]))
        .join(format!("{id}.jpg"))
}

/// Moves whatever still lies under its id. Doing it again, or at once in two programs, is harmless.
pub(crate) fn move_all(store: &Store, contents: &Contents) -> Result<(), StoreError> {
    if store.read_now(|tables| tables.setting(DONE))?.is_some() {
        return Ok(());
    }
    let (mut last, mut moved) = (MediaId::from_bytes([0; 16]), 0);
    loop {
        let some = store.read_now(|tables| tables.contents_after(last, SOME))?;
        let Some((id, _)) = some.last() else {
            break;
        };
        last = *id;
        for (id, sha256) in some {
            moved += u64::from(move_one(contents, id, sha256)?);
        }
    }
    if moved > 0 {
        tracing::info!(moved, "photos lie by their content now");
    }
    store.write_now(|turn| turn.tables.set_setting(DONE, "1"))
}

fn move_one(contents: &Contents, id: MediaId, sha256: [u8; 32]) -> Result<bool, StoreError> {
    let from = by_id(&contents.data, id);
    let gone = |done: std::io::Result<()>| match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    gone(fs::remove_file(from.with_extension("thumb.jpg")))?;
    if !from.is_file() {
        return Ok(false);
    }
    if contents.bucket {
        contents.put_now(sha256, fs::read(&from)?.into())?;
        gone(fs::remove_file(&from))?;
        return Ok(true);
    }
    let to = path(&contents.data, &sha256);
    let folder = to.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    gone(fs::rename(&from, &to))?;
    fs::File::open(folder)?.sync_all()?;
    Ok(true)
}
