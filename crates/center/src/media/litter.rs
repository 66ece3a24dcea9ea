//! What a center leaves that is killed while it writes a photo: half a file, under another name.

use std::fs;
use std::io::{ErrorKind, Result};
use std::path::Path;

/// Removes it. Only for who serves, before it does.
pub(super) fn clear(data: &Path) -> Result<()> {
    for folder in ["media", "sizes"] {
        let shelves = match fs::read_dir(data.join(folder)) {
            Ok(shelves) => shelves,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for shelf in shelves {
            let shelf = shelf?.path();
            if !shelf.is_dir() {
                continue;
            }
            for file in fs::read_dir(shelf)? {
                let file = file?.path();
                if is_litter(&file) {
                    fs::remove_file(file)?;
                }
            }
        }
    }
    Ok(())
}

/// `….jpg#1` where contents lie, `….part…` where sizes do.
fn is_litter(file: &Path) -> bool {
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    ending.starts_with("jpg#") || ending.starts_with("part")
}
