//! Copying files so that they are whole, and on the disk, before they have their names.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Where something is written until it is whole.
pub(crate) fn aside(path: &Path) -> PathBuf {
    // Without a slash at its end.
    let path: PathBuf = path.components().collect();
    let mut name = path.into_os_string();
    name.push(".part");
    PathBuf::from(name)
}

/// Copies a file, with the folders it lies in; the SHA-256 of what was copied.
pub(crate) fn copy_hashed(from: &Path, to: &Path) -> std::io::Result<[u8; 32]> {
    let mut source = File::open(from)?;
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut target = File::create_new(to)?;
    each_piece(&mut source, |piece| target.write_all(piece))
}

/// SHA-256 of a file.
pub(crate) fn hash_of(path: &Path) -> std::io::Result<[u8; 32]> {
    each_piece(&mut File::open(path)?, |_| Ok(()))
}

fn each_piece(
    source: &mut File,
    mut take: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = source.read(&mut buffer)?;
        if length == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(&buffer[..length]);
        take(&buffer[..length])?;
    }
}

/// Puts everything in a folder on the disk for good, then gives the folder its name.
pub(crate) fn settle(part: &Path, to: &Path) -> std::io::Result<()> {
    flush(part)?;
    fs::rename(part, to)?;
    let above = to.parent().filter(|above| !above.as_os_str().is_empty());
    File::open(above.unwrap_or(Path::new(".")))?.sync_all()
}

fn flush(path: &Path) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            flush(&entry?.path())?;
        }
    }
    File::open(path)?.sync_all()
}
