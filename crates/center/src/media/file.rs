//! Where a photo lies, and how it gets there whole.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use linli_model::ids::MediaId;

/// The file of a photo. Folders by the last byte: the first ones of an id are its time.
pub(crate) fn path(data: &Path, id: MediaId) -> PathBuf {
    let last = id.as_bytes()[15];
    data.join("media")
        .join(format!("{last:02x}"))
        .join(format!("{id}.jpg"))
}

/// Writes a file so that it is complete or not there at all, through a power cut too.
pub(crate) fn keep(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let aside = path.with_extension(format!(
        "part{}-{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    ));
    let written = (|| {
        let mut file = File::create_new(&aside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&aside, path)?;
        File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        // Nothing to add to the failure itself.
        let _gone = fs::remove_file(&aside);
    }
    written
}
