//! Lists beside the keys, of what a restore may not undo: no backup holds them, and they are carried
//! out again before anybody is served. A line each, written durably before it is carried out.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::keys;

/// Where the list `name` of the center in `data` is.
fn path(data: &Path, name: &str) -> PathBuf {
    keys::folder(data).join(name)
}

/// Adds a line.
pub(crate) fn append(data: &Path, name: &str, line: &str) -> std::io::Result<()> {
    let path = path(data, name);
    let new = !path.exists();
    let mut file = OpenOptions::new()
        .create(true)
        .read(true)
        .append(true)
        .open(&path)?;
    cut_off_unfinished(&mut file)?;
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_all()?;
    if new && let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// A line without its end was never carried out; the next one must not be read as its end.
fn cut_off_unfinished(file: &mut File) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    let whole = end.map_or(0, |at| at + 1);
    if whole < bytes.len() {
        file.set_len(whole as u64)?;
    }
    Ok(())
}

/// Everything on the list, in its order, as `parse` reads a line.
///
/// # Errors
/// The file can't be read, or isn't what this program wrote.
pub(crate) fn read<T>(
    data: &Path,
    name: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> std::io::Result<Vec<T>> {
    let text = match std::fs::read_to_string(path(data, name)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        text => text?,
    };
    let lines = text
        .split_inclusive('\n')
        .filter_map(|line| line.strip_suffix('\n'));
    lines
        .map(|line| parse(line).ok_or_else(|| ErrorKind::InvalidData.into()))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_was_cut_off_is_not() {
        let folder = tempfile::tempdir().expect("folder");
        let data = folder.path();
        std::fs::create_dir(keys::folder(data)).expect("keys");
        let number = |line: &str| line.parse::<u64>().ok();
        let all = || read(data, "list", number).expect("a list");
        assert!(all().is_empty());
        append(data, "list", "12").expect("written");
        append(data, "list", "345").expect("written");
        assert_eq!(all(), [12, 345]);
        let whole = std::fs::read_to_string(path(data, "list")).expect("text");
        std::fs::write(path(data, "list"), &whole[..whole.len() - 2]).expect("cut");
        assert_eq!(all(), [12]);
        append(data, "list", "6").expect("after what was cut off");
        assert_eq!(all(), [12, 6]);
        std::fs::write(path(data, "list"), "somebody\n").expect("other");
        let error = read(data, "list", number).expect_err("not ours");
        assert_eq!(error.kind(), ErrorKind::InvalidData);
    }
}
