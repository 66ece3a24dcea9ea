//! Making room for a picture where the phone wants it, and copying one there.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use linli_field::EdgeError;

/// Larger than any phone's photo. What is not a photo should not fill the disk.
pub(crate) const LARGEST: u64 = 40 * 1024 * 1024;

/// Makes an empty file that only its owner can read and that waits for its picture.
pub(crate) fn reserve(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // One that a kill left is written anew.
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Whether a picture has arrived in a reserved file; one that stayed empty is taken away. One that
/// is gone may have been taken over by the phone meanwhile, which clears the folder: that is for
/// the phone to say.
#[cfg(any(target_os = "android", test))]
pub(crate) fn keep_if_filled(path: &Path) -> bool {
    let empty = fs::metadata(path).is_ok_and(|file| file.len() == 0);
    if empty {
        // Gone already, or the field's own clearing of the folder will take it.
        let _ = fs::remove_file(path);
    }
    !empty
}

/// Why nothing could be written to the incoming folder.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn no_room(error: io::Error) -> EdgeError {
    EdgeError::code(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk_full",
        _ => "internal",
    })
}

/// Copies `from` to `to`, whole or not at all.
///
/// # Errors
/// `photo_not_an_image` when it cannot be read, `photo_too_large`, `disk_full`, `internal`.
#[cfg(desktop)]
pub(crate) fn copy_in(from: &Path, to: &Path) -> Result<(), EdgeError> {
    let not_readable = |_| EdgeError::code("photo_not_an_image");
    let size = fs::metadata(from).map_err(not_readable)?.len();
    if size > LARGEST {
        return Err(EdgeError::code("photo_too_large"));
    }
    let mut source = File::open(from).map_err(not_readable)?;
    let mut file = reserve(to).map_err(no_room)?;
    if let Err(error) = io::copy(&mut source, &mut file).and_then(|_| file.sync_all()) {
        // Half a picture helps nobody; the person still has the whole one.
        let _ = fs::remove_file(to);
        return Err(no_room(error));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picked_file_lies_where_it_was_wanted() {
        let elsewhere = tempfile::tempdir().unwrap();
        let incoming = tempfile::tempdir().unwrap();
        let photo = elsewhere.path().join("张家漏水.PNG");
        fs::write(&photo, b"pixels").unwrap();
        let to = incoming.path().join("1.jpg");
        // What a kill left there is written over.
        fs::write(&to, b"half of another, longer one").unwrap();
        copy_in(&photo, &to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"pixels");
        assert!(photo.exists(), "the person's own file stays where it was");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_copy() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let (photo, to) = (dir.path().join("a.jpg"), dir.path().join("1.jpg"));
        fs::write(&photo, b"pixels").unwrap();
        copy_in(&photo, &to).unwrap();
        let mode = fs::metadata(to).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_beyond_the_limit_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let (huge, to) = (dir.path().join("huge.jpg"), dir.path().join("1.jpg"));
        File::create(&huge).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(copy_in(&huge, &to).unwrap_err().code, "photo_too_large");
        assert!(!to.exists());
    }

    #[test]
    fn a_reserved_file_that_stayed_empty_is_taken_away() {
        let dir = tempfile::tempdir().unwrap();
        let empty = dir.path().join("1.jpg");
        drop(reserve(&empty).unwrap());
        assert!(!keep_if_filled(&empty));
        assert!(!empty.exists());
        fs::write(&empty, b"pixels").unwrap();
        assert!(keep_if_filled(&empty));
        assert!(empty.exists());
        // A camera that took long: its picture is in already.
        fs::remove_file(&empty).unwrap();
        assert!(keep_if_filled(&empty));
    }

    #[test]
    fn a_file_that_went_away_is_said_so() {
        let dir = tempfile::tempdir().unwrap();
        let gone = copy_in(&dir.path().join("gone.jpg"), &dir.path().join("1.jpg")).unwrap_err();
        assert_eq!(gone.code, "photo_not_an_image");
    }
}
