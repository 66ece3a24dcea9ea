//! A power cut: the disk forgets what SQLite wrote to it and did not sync.
//!
//! [`watch`] puts a thin layer under every database this process opens from then on. It keeps, of
//! each write, what it wrote over, until the file is synced (or nobody has it open any more). [`cut`] takes the copy of a file as
//! it lies and undoes in it all of these, or some: a disk writes in what order it likes.
//!
//! The layer is SQLite's own for files but for four functions. What the layer can't show: writes
//! of other programs, photos, and whether a name survives in its folder.

#![allow(unsafe_code, reason = "SQLite's interface for files is one of C")]

use std::collections::HashMap;
use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use rusqlite::ffi;

/// What a write or a truncation did away with.
struct Undo {
    /// The file's length before.
    length: u64,
    offset: u64,
    /// What was there.
    bytes: Vec<u8>,
}

type Unsynced = Mutex<Vec<Undo>>;

/// What isn't synced, by path, of files that somebody has open.
static FILES: LazyLock<Mutex<HashMap<PathBuf, Weak<Unsynced>>>> = LazyLock::new(Mutex::default);
/// SQLite's own layer.
static USUAL: OnceLock<Usual> = OnceLock::new();

struct Usual(*mut ffi::sqlite3_vfs);
// Safety: the structure is SQLite's, lives as long as the process, and is not written to.
unsafe impl Send for Usual {}
// Safety: as above.
unsafe impl Sync for Usual {}

/// An open file of ours. Its address lies behind what SQLite's own layer keeps of the file.
struct Watched {
    usual: *const ffi::sqlite3_io_methods,
    own: ffi::sqlite3_io_methods,
    unsynced: Arc<Unsynced>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Watches every database that this process opens from now on.
///
/// # Panics
/// If SQLite has no layer for files.
pub fn watch() {
    USUAL.get_or_init(|| {
        // Safety: a null name asks for the usual layer; both calls may come at any time, and the
        // structure that is registered is never freed.
        unsafe {
            let usual = ffi::sqlite3_vfs_find(std::ptr::null());
            assert!(!usual.is_null(), "no layer for files");
            let mut own = *usual;
            let address = c_int::try_from(size_of::<*mut Watched>()).unwrap_or(c_int::MAX);
            own.szOsFile += address;
            own.pNext = std::ptr::null_mut();
            own.zName = c"power".as_ptr();
            own.xOpen = Some(open);
            let own = Box::leak(Box::new(own));
            assert_eq!(ffi::sqlite3_vfs_register(own, 1), ffi::SQLITE_OK, "layer");
            Usual(usual)
        }
    });
}

/// Undoes in `copy`, which is a copy of `original` as it lies, what wasn't synced: each write
/// for which `lost` says so. How many that were.
///
/// # Errors
/// If the copy can't be written.
pub fn cut(original: &Path, copy: &Path, mut lost: impl FnMut() -> bool) -> std::io::Result<usize> {
    let Some(unsynced) = locked(&FILES).get(original).and_then(Weak::upgrade) else {
        return Ok(0);
    };
    let undo = locked(&unsynced);
    if undo.is_empty() {
        return Ok(0);
    }
    let file = std::fs::OpenOptions::new().write(true).open(copy)?;
    let mut count = 0;
    for one in undo.iter().rev().filter(|_| lost()) {
        file.write_all_at(&one.bytes, one.offset)?;
        file.set_len(one.length)?;
        count += 1;
    }
    Ok(count)
}

/// Opens a file with SQLite's own layer, and puts ours over it if it is a database or its log.
unsafe extern "C" fn open(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let Some(Usual(usual)) = USUAL.get() else {
        return ffi::SQLITE_CANTOPEN;
    };
    // Safety: arguments are handed on as they came, and `file` has the room that `watch` asked
    // for: what the usual layer needs, and an address.
    unsafe {
        let Some(usual_open) = (**usual).xOpen else {
            return ffi::SQLITE_CANTOPEN;
        };
        let code = usual_open(*usual, name, file, flags, out);
        let ours = ffi::SQLITE_OPEN_MAIN_DB | ffi::SQLITE_OPEN_WAL;
        if code != ffi::SQLITE_OK || flags & ours == 0 || name.is_null() {
            return code;
        }
        let path = PathBuf::from(OsStr::from_bytes(CStr::from_ptr(name).to_bytes()));
        let mut own = *(*file).pMethods;
        own.xWrite = Some(write);
        own.xTruncate = Some(truncate);
        own.xSync = Some(sync);
        own.xClose = Some(close);
        // A database that is mapped into memory is read past us, never written.
        let watched = Box::into_raw(Box::new(Watched {
            usual: (*file).pMethods,
            own,
            unsynced: unsynced_of(path),
        }));
        place(file).write_unaligned(watched);
        (*file).pMethods = &raw const (*watched).own;
        code
    }
}

/// What isn't synced of the file at `path`: one list for all who have it open.
fn unsynced_of(path: PathBuf) -> Arc<Unsynced> {
    let mut files = locked(&FILES);
    files.retain(|_, unsynced| unsynced.strong_count() > 0);
    let entry = files.entry(path).or_default();
    entry.upgrade().unwrap_or_else(|| {
        let new = Arc::default();
        *entry = Arc::downgrade(&new);
        new
    })
}

/// Where the address of an open file's [`Watched`] lies.
fn place(file: *mut ffi::sqlite3_file) -> *mut *mut Watched {
    let behind = USUAL.get().map_or(0, |usual| {
        // Safety: see `Usual`.
        usize::try_from(unsafe { (*usual.0).szOsFile }).unwrap_or(0)
    });
    file.cast::<u8>().wrapping_add(behind).cast()
}

/// Safety: `file` was opened by `open` above, and isn't closed.
unsafe fn watched<'a>(file: *mut ffi::sqlite3_file) -> &'a Watched {
    // Safety: as demanded.
    unsafe { &*place(file).read_unaligned() }
}

/// Remembers what lies at `offset`, up to `length` bytes, before it goes.
///
/// Safety: as of [`watched`].
unsafe fn remember(file: *mut ffi::sqlite3_file, offset: i64, length: Option<usize>) -> c_int {
    // Safety: these are the usual layer's functions, with arguments as it expects them.
    unsafe {
        let watched = watched(file);
        let usual = &*watched.usual;
        let (Some(size_of), Some(read)) = (usual.xFileSize, usual.xRead) else {
            return ffi::SQLITE_IOERR;
        };
        let mut size = 0;
        let code = size_of(file, &raw mut size);
        if code != ffi::SQLITE_OK {
            return code;
        }
        let there = usize::try_from(size - offset).unwrap_or(0);
        let mut bytes = vec![0; length.map_or(there, |length| length.min(there))];
        if !bytes.is_empty() {
            let amount = c_int::try_from(bytes.len()).unwrap_or(c_int::MAX);
            let code = read(file, bytes.as_mut_ptr().cast(), amount, offset);
            if code != ffi::SQLITE_OK {
                return code;
            }
        }
        let number = |signed: i64| u64::try_from(signed).unwrap_or(0);
        locked(&watched.unsynced).push(Undo {
            length: number(size),
            offset: number(offset),
            bytes,
        });
        ffi::SQLITE_OK
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    bytes: *const c_void,
    amount: c_int,
    offset: i64,
) -> c_int {
    // Safety: SQLite calls this on a file that `open` opened.
    unsafe {
        match remember(file, offset, usize::try_from(amount).ok()) {
            ffi::SQLITE_OK => {}
            code => return code,
        }
        let usual = (*watched(file).usual).xWrite;
        usual.map_or(ffi::SQLITE_IOERR, |usual| {
            usual(file, bytes, amount, offset)
        })
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    // Safety: as of `write`.
    unsafe {
        match remember(file, size, None) {
            ffi::SQLITE_OK => {}
            code => return code,
        }
        let usual = (*watched(file).usual).xTruncate;
        usual.map_or(ffi::SQLITE_IOERR, |usual| usual(file, size))
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // Safety: as of `write`.
    unsafe {
        let watched = watched(file);
        let mut unsynced = locked(&watched.unsynced);
        let usual = (*watched.usual).xSync;
        let code = usual.map_or(ffi::SQLITE_IOERR, |usual| usual(file, flags));
        if code == ffi::SQLITE_OK {
            unsynced.clear();
        }
        code
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // Safety: as of `write`; the file is not used again.
    unsafe {
        let watched = Box::from_raw(place(file).read_unaligned());
        (*file).pMethods = watched.usual;
        let usual = (*watched.usual).xClose;
        usual.map_or(ffi::SQLITE_IOERR, |usual| usual(file))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may stop")]

    use rusqlite::Connection;

    use super::{cut, watch};

    /// Rows that are there after a power cut in the moment after the commit.
    fn rows_after(synchronous: &str, lost: impl FnMut() -> bool + Copy) -> i64 {
        watch();
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("one.db");
        let conn = Connection::open(&path).expect("database");
        conn.execute_batch(&format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE t (x); INSERT INTO t VALUES (0);
             PRAGMA wal_checkpoint(TRUNCATE);
             PRAGMA synchronous = {synchronous};
             INSERT INTO t VALUES (1);"
        ))
        .expect("written");
        let after = folder.path().join("after.db");
        for end in ["", "-wal"] {
            let from = folder.path().join(format!("one.db{end}"));
            let to = folder.path().join(format!("after.db{end}"));
            std::fs::copy(&from, &to).expect("copied");
            cut(&from, &to, lost).expect("cut");
        }
        let conn = Connection::open(after).expect("database");
        conn.query_row("SELECT count(*) FROM t", [], |row| row.get(0))
            .expect("counted")
    }

    #[test]
    fn what_was_not_synced_is_gone() {
        assert_eq!(rows_after("FULL", || true), 2);
        assert_eq!(rows_after("NORMAL", || true), 1);
        // Only the program died: the system writes it yet.
        assert_eq!(rows_after("NORMAL", || false), 2);
    }
}
