//! What is on a disk after a death: of the program, or of the whole machine.

use std::path::Path;

use crate::power;

use super::die::Die;

/// Copies a data folder as it lies, but for SQLite's shared memory: that is lost in a crash.
pub(super) fn copy_database(from: &Path, to: &Path) -> Result<(), String> {
    copy(from, to, &mut |_, _| Ok(()))
}

/// As [`copy_database`], after a death of a kind that `die` chooses. If only the program died,
/// the system still writes what it was given; in a power cut all that wasn't synced is lost, or
/// whatever part of it the disk hadn't got round to.
pub(super) fn copy_after_death(from: &Path, to: &Path, die: &Die) -> Result<(), String> {
    let lost_in_100 = match die.below(4) {
        0 | 1 => 0,
        2 => 100,
        _ => 50,
    };
    copy(from, to, &mut |original, copy| {
        power::cut(original, copy, || die.chance(lost_in_100)).map(|_| ())
    })
}

type Fate<'a> = dyn FnMut(&Path, &Path) -> std::io::Result<()> + 'a;

fn copy(from: &Path, to: &Path, then: &mut Fate<'_>) -> Result<(), String> {
    let copied = (|| {
        std::fs::create_dir_all(to)?;
        for entry in std::fs::read_dir(from)? {
            let entry = entry?;
            let name = entry.file_name();
            let target = to.join(&name);
            if entry.file_type()?.is_dir() {
                copy(&entry.path(), &target, then).map_err(std::io::Error::other)?;
            } else if !name.to_string_lossy().ends_with("-shm") {
                std::fs::copy(entry.path(), &target)?;
                then(&entry.path(), &target)?;
            }
        }
        Ok::<_, std::io::Error>(())
    })();
    copied.map_err(|error| format!("copying {}: {error}", from.display()))
}
