//! Some things are done in one place only.

use std::path::Path;

use crate::tree::{files, root};

/// A word and the places that may say it, as beginnings of paths below `folder`.
struct Only {
    what: &'static str,
    folder: &'static str,
    words: &'static [&'static str],
    places: &'static [&'static str],
}

const RULES: [Only; 5] = [
    Only {
        what: "HTTP to the center",
        folder: "crates/field",
        words: &["reqwest::"],
        places: &["src/sync/https.rs"],
    },
    Only {
        what: "the phone's tables",
        folder: "crates/field",
        words: &["rusqlite::", "SELECT ", "INSERT INTO", "UPDATE "],
        places: &[],
    },
    Only {
        what: "the center's tables",
        folder: "crates/center",
        words: &["rusqlite::", "SELECT ", "INSERT INTO"],
        places: &["src/store/", "src/store.rs", "tests/"],
    },
    Only {
        what: "files, sockets and clocks",
        folder: "crates/model",
        words: &[
            "std::fs",
            "std::net",
            "SystemTime::now",
            "Instant::now",
            "rusqlite",
        ],
        places: &["tests/", "benches/", "examples/"],
    },
    Only {
        what: "files, sockets and clocks",
        folder: "crates/picture",
        words: &["std::fs", "std::net", "SystemTime::now", "Instant::now"],
        places: &["tests/", "examples/"],
    },
];

#[test]
fn some_things_are_done_in_one_place_only() {
    let mut wrong = Vec::new();
    for rule in &RULES {
        let folder = root().join(rule.folder);
        for file in files(&folder, &[".rs"]) {
            let place = file.strip_prefix(&folder).unwrap();
            if rule.places.iter().any(|start| begins(place, start)) {
                continue;
            }
            let text = std::fs::read_to_string(&file).unwrap();
            for (number, line) in text.lines().enumerate() {
                let code = line.trim_start();
                let said = rule.words.iter().find(|word| code.contains(**word));
                if let (Some(word), false) = (said, code.starts_with("//")) {
                    let place = place.display();
                    wrong.push(format!(
                        "{} ({word}): {}/{place}:{}",
                        rule.what,
                        rule.folder,
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn begins(path: &Path, start: &str) -> bool {
    path.to_string_lossy().starts_with(start)
}
