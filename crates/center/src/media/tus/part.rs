//! The files of what is coming. They lie on the local disk and in no backup: a phone has its
//! photo until it is verified.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::keys;

/// Their folder.
pub(super) fn folder(data: &Path) -> PathBuf {
    data.join("uploads")
}

/// File of the upload with this number.
pub(super) fn path(data: &Path, no: i64) -> PathBuf {
    folder(data).join(format!("{no}.part"))
}

/// File of a piece whose checksum isn't known to be right yet: no center that is killed meanwhile
/// takes it for a part of the photo.
pub(super) fn beside(part: &Path) -> PathBuf {
    part.with_extension("piece")
}

/// Opens a file to go on at its end.
pub(super) fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
        fs::create_dir_all(folder)?;
        // What lies in it is as private as the photos.
        keys::private_folder(folder).map_err(|_| io::Error::from(ErrorKind::PermissionDenied))?;
    }
    let fresh = !path.exists();
    let file = OpenOptions::new().append(true).create(true).open(path)?;
    if fresh {
        File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(file)
}

/// How much there is, on the disk for good: it may be told.
pub(super) fn length(path: &Path) -> io::Result<u64> {
    match File::open(path) {
        Ok(file) => {
            file.sync_data()?;
            Ok(file.metadata()?.len())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// Removes the file of an upload that is over, and of a piece of it.
pub(crate) fn remove(data: &Path, no: i64) -> io::Result<()> {
    let path = path(data, no);
    for file in [beside(&path), path] {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
