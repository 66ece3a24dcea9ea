//! Making room for a picture in the incoming folder, and copying one there.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use linli_field::EdgeError;

/// Larger than any phone's photo. What is not a photo should not fill the disk.
#[cfg(desktop)]
const LARGEST: u64 = 64 * 1024 * 1024;

/// An empty file that waits for its picture.
pub(crate) struct Reserved {
    /// Its name inside the incoming folder. The person's own file names can tell a lot,
    /// so they stay outside.
    pub(crate) name: String,
    /// Open for writing.
    #[cfg_attr(
        not(desktop),
        expect(dead_code, reason = "there Kotlin writes, by path")
    )]
    pub(crate) file: File,
}

/// Makes an empty file in `incoming` that only its owner can read.
pub(crate) fn reserve(incoming: &Path, extension: &str) -> io::Result<Reserved> {
    fs::create_dir_all(incoming)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut number = 1_u32;
    loop {
        let name = format!("picked-{number}.{extension}");
        match options.open(incoming.join(&name)) {
            Ok(file) => return Ok(Reserved { name, file }),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(e) => return Err(e),
        }
    }
}

/// Whether a picture has arrived in a reserved file; one that stayed empty is taken away.
#[cfg(any(target_os = "android", test))]
pub(crate) fn keep_if_filled(path: &Path) -> bool {
    let filled = fs::metadata(path).is_ok_and(|file| file.len() > 0);
    if !filled {
        // Gone already, or the field's own clearing of the folder will take it.
        let _ = fs::remove_file(path);
    }
    filled
}

/// Why nothing could be written to the incoming folder.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn no_room(error: io::Error) -> EdgeError {
    EdgeError::code(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk_full",
        _ => "internal",
    })
}

/// Copies `from` into `incoming` under a name of ours and returns that name.
///
/// # Errors
/// `photo_not_an_image` when it cannot be read, `photo_too_large`, `disk_full`, `internal`.
#[cfg(desktop)]
pub(crate) fn copy_in(from: &Path, incoming: &Path) -> Result<String, EdgeError> {
    let not_readable = |_| EdgeError::code("photo_not_an_image");
    let size = fs::metadata(from).map_err(not_readable)?.len();
    if size > LARGEST {
        return Err(EdgeError::code("photo_too_large"));
    }
    let mut source = File::open(from).map_err(not_readable)?;
    let Reserved { name, mut file } = reserve(incoming, extension(from)).map_err(no_room)?;
    if let Err(error) = io::copy(&mut source, &mut file).and_then(|_| file.sync_all()) {
        // Half a picture helps nobody; the person still has the whole one.
        let _ = fs::remove_file(incoming.join(&name));
        return Err(no_room(error));
    }
    Ok(name)
}

#[cfg(desktop)]
fn extension(path: &Path) -> &'static str {
    let png = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("png"));
    if png { "png" } else { "jpg" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picked_file_lies_in_the_folder_under_a_name_of_ours() {
        let elsewhere = tempfile::tempdir().unwrap();
        let incoming = tempfile::tempdir().unwrap();
        let photo = elsewhere.path().join("张家漏水.PNG");
        fs::write(&photo, b"pixels").unwrap();

        let first = copy_in(&photo, incoming.path()).unwrap();
        let second = copy_in(&photo, incoming.path()).unwrap();
        assert_eq!(first, "picked-1.png");
        assert_ne!(first, second);
        assert_eq!(fs::read(incoming.path().join(&second)).unwrap(), b"pixels");
        assert!(photo.exists(), "the person's own file stays where it was");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_copy() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let photo = dir.path().join("a.jpg");
        fs::write(&photo, b"pixels").unwrap();
        let name = copy_in(&photo, &dir.path().join("incoming")).unwrap();
        let mode = fs::metadata(dir.path().join("incoming").join(name))
            .unwrap()
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_beyond_the_limit_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let huge = dir.path().join("huge.jpg");
        File::create(&huge).unwrap().set_len(LARGEST + 1).unwrap();
        let incoming = dir.path().join("incoming");
        assert_eq!(
            copy_in(&huge, &incoming).unwrap_err().code,
            "photo_too_large"
        );
        assert!(!incoming.exists());
    }

    #[test]
    fn a_reserved_file_that_stayed_empty_is_taken_away() {
        let dir = tempfile::tempdir().unwrap();
        let empty = dir.path().join(reserve(dir.path(), "jpg").unwrap().name);
        assert!(!keep_if_filled(&empty));
        assert!(!empty.exists());
        fs::write(&empty, b"pixels").unwrap();
        assert!(keep_if_filled(&empty));
        assert!(empty.exists());
    }

    #[test]
    fn a_file_that_went_away_is_said_so() {
        let dir = tempfile::tempdir().unwrap();
        let gone = copy_in(&dir.path().join("gone.jpg"), dir.path()).unwrap_err();
        assert_eq!(gone.code, "photo_not_an_image");
    }
}
