//! Pictures in the clear.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Begins every JPEG that our encoders write: start of image, and the JFIF segment. Longer than
/// chance: encrypted bytes hold the first three of them now and then.
const BEGINS: [u8; 10] = [0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F'];

/// Looks through a phone's folder, at what it hasn't seen yet.
#[derive(Default)]
pub(crate) struct Watch {
    seen: BTreeSet<(PathBuf, u64)>,
}

impl Watch {
    /// # Panics
    /// When a file holds a picture.
    pub(crate) fn nothing_lies_open(&mut self, folder: &Path) {
        let entries = std::fs::read_dir(folder).expect("the phone's folder");
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                self.nothing_lies_open(&path);
                continue;
            }
            let Ok(bytes) = std::fs::read(&path) else {
                continue;
            };
            let size = bytes.len() as u64;
            let database = path.extension().is_some_and(|end| end != "photo");
            if (database || self.seen.insert((path.clone(), size))) && holds_one(&bytes) {
                panic!("a picture lies open in {}", path.display());
            }
        }
    }
}

fn holds_one(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == BEGINS[0]) {
        if rest[at..].starts_with(&BEGINS) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}
