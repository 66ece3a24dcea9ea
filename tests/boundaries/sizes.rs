//! A file holds one idea.

use crate::tree::{files, root};

/// Beyond this a file is named.
const LONG: usize = 400;
/// Beyond this the test fails: such a file holds several ideas.
const TOO_LONG: usize = 800;

#[test]
fn files_stay_short() {
    let mut long = Vec::new();
    for folder in [
        "crates",
        "src-tauri/src",
        "tests",
        "ui/src",
        "ui/e2e",
        "scripts",
    ] {
        for file in files(&root().join(folder), &[".rs", ".ts", ".vue", ".css", ".sh"]) {
            let lines = std::fs::read_to_string(&file)
                .unwrap_or_default()
                .lines()
                .count();
            if lines > LONG {
                long.push((lines, file));
            }
        }
    }
    long.sort();
    for (lines, file) in &long {
        println!("warning: {} has {lines} lines", file.display());
    }
    let too_long = long.iter().filter(|(lines, _)| *lines > TOO_LONG);
    assert_eq!(too_long.count(), 0, "{long:#?}");
}
