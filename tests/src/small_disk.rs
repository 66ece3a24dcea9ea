//! A disk of a few megabytes that can be filled up and cleared.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Says that this process already runs in a namespace where it may mount.
const INSIDE: &str = "LINLI_MAY_MOUNT";

/// A mounted disk; dropping it takes it away.
#[derive(Debug)]
pub struct SmallDisk {
    folder: tempfile::TempDir,
}

/// Mounts a disk of so many KiB for the test called `test` of this program. Where mounting isn't
/// allowed, the test is run again in a namespace of its own, where it is: then there is nothing
/// left to do here, and none is given.
///
/// # Panics
/// When neither is possible, or the test fails in there.
pub fn mount(kib: u32, test: &str) -> Option<SmallDisk> {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    if run(
        "mount",
        &["-t", "tmpfs", "-o", &format!("size={kib}k"), "tmpfs"],
        folder.path(),
    ) {
        return Some(SmallDisk { folder });
    }
    assert!(
        std::env::var_os(INSIDE).is_none(),
        "no disk can be mounted here, nor in a namespace of its own"
    );
    let me = std::env::current_exe().unwrap_or_else(|error| panic!("{error}"));
    let done = Command::new("unshare")
        .args(["--map-root-user", "--mount"])
        .arg(me)
        .args([test, "--exact", "--nocapture"])
        .env(INSIDE, "1")
        .status();
    match done {
        Ok(status) if status.success() => None,
        Ok(status) => panic!("{test} in a namespace of its own: {status}"),
        Err(error) => panic!("a small disk takes root, or `unshare`: {error}"),
    }
}

fn run(program: &str, args: &[&str], folder: &Path) -> bool {
    Command::new(program)
        .args(args)
        .arg(folder)
        .output()
        .is_ok_and(|output| output.status.success())
}

impl SmallDisk {
    /// Where it is mounted.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Fills it up, but for so many KiB.
    ///
    /// # Panics
    /// When it can't be filled.
    pub fn fill(&self, but_kib: u64) {
        let mut file = File::options()
            .create(true)
            .append(true)
            .open(self.filler())
            .unwrap_or_else(|error| panic!("{error}"));
        for part in [1 << 16, 1 << 12, 1] {
            let part = vec![0; part];
            while file.write_all(&part).is_ok() {}
        }
        let full = file.metadata().map_or(0, |meta| meta.len());
        file.set_len(full.saturating_sub(but_kib * 1024))
            .unwrap_or_else(|error| panic!("{error}"));
    }

    /// Takes away what filled it.
    ///
    /// # Panics
    /// When nothing did.
    pub fn clear(&self) {
        std::fs::remove_file(self.filler()).unwrap_or_else(|error| panic!("{error}"));
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: something may still have a file open there.
        run("umount", &["--lazy"], self.folder.path());
    }
}
