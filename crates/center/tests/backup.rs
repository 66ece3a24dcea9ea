//! Backups, from the command line too: whole or refused in words, never over anything, never with
//! a key.

#![allow(clippy::expect_used, reason = "a test that cannot go on says where")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use linli_center::backup::{BackupError, backup};
use linli_center::config::Config;
use linli_center::import_org::{Sheet, import};
use linli_center::restore::{RestoreError, restore};
use linli_center::{Center, System, World, cli, keys};
use linli_model::org::Level;

const COUNTIES: &[u8] = include_bytes!("org/counties.csv");

/// A center with something in it, in `folder/data`.
fn center(folder: &Path) -> Arc<Center> {
    let data = folder.join("data");
    keys::create(&data, "127.0.0.1:7643", &System).expect("keys");
    Config::new("栖云县网格中心", "127.0.0.1:7643")
        .save(&data)
        .expect("config");
    let center = Center::open(&data, Arc::new(System)).expect("center");
    let sheet = Sheet {
        file: "counties.csv",
        level: Level::County,
        bytes: COUNTIES,
    };
    import(&center, &[sheet], false).expect("imported");
    center
}

fn run(args: &[&str]) -> bool {
    let words = std::iter::once("linli-center").chain(args.iter().copied());
    let code = cli::run(words.map(Into::into));
    format!("{code:?}") == format!("{:?}", std::process::ExitCode::SUCCESS)
}

fn count(database: &Path, sql: &str) -> i64 {
    rusqlite::Connection::open(database)
        .and_then(|conn| conn.query_row(sql, [], |row| row.get(0)))
        .expect("count")
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn a_backup_of_a_running_center_becomes_another_generation_of_it() {
    let folder = tempfile::tempdir().expect("folder");
    let running = center(folder.path());
    let path = |name: &str| folder.path().join(name);
    let word = |name: &str| path(name).to_str().expect("path").to_owned();
    let to = word("backup");
    assert!(run(&["backup", "--data", &word("data"), "--to", &to]));
    assert!(!path("backup.part").exists());
    let backed_up = "SELECT value + 0 FROM setting WHERE name = 'backed_up_through'";
    let through = count(&path("data/center.db"), backed_up);
    assert_eq!(
        through,
        count(&path("backup/center.db"), "SELECT max(seq) FROM op")
    );
    drop(running);

    // No key is in it, under whatever name.
    let secrets: Vec<Vec<u8>> = files(&path("data/keys"))
        .into_iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "key"))
        .map(|file| std::fs::read(file).expect("key"))
        .collect();
    assert!(secrets.len() >= 5, "{}", secrets.len());
    for file in files(&path("backup")) {
        let bytes = std::fs::read(&file).expect("file");
        let holds = |secret: &Vec<u8>| bytes.windows(secret.len()).any(|part| part == secret);
        assert!(!secrets.iter().any(holds), "{}", file.display());
    }

    // Never over another backup, never over a center.
    assert!(!run(&["backup", "--data", &word("data"), "--to", &to]));
    let restored = |to: &str| {
        let (data, from, keys) = (word(to), word("backup"), word("data/keys"));
        run(&["restore", "--data", &data, "--from", &from, "--keys", &keys])
    };
    let before = count(&path("data/center.db"), "SELECT count(*) FROM op");
    assert!(!restored("data"));
    assert_eq!(
        before,
        count(&path("data/center.db"), "SELECT count(*) FROM op")
    );
    assert!(restored("new"));
    assert!(!restored("new"));

    let new = path("new/center.db");
    let generation = "SELECT value + 0 FROM setting WHERE name = 'generation'";
    assert!(
        count(&new, generation) > 1_700_000_000,
        "it can't be met twice"
    );
    let base = "SELECT through FROM generation WHERE number = 1";
    assert_eq!(count(&new, base), through);
    assert_eq!(
        count(&new, "SELECT count(*) FROM doc"),
        count(&path("data/center.db"), "SELECT count(*) FROM doc")
    );
    Center::open(&path("new"), Arc::new(System)).expect("it opens");
    assert_eq!(
        std::fs::read(path("data/keys/page.key")).expect("key"),
        std::fs::read(path("new/keys/page.key")).expect("key"),
    );
}

/// A clock that says what it is told to.
struct At(i64);

impl World for At {
    fn now(&self) -> i64 {
        self.0
    }

    fn random(&self, bytes: &mut [u8]) {
        System.random(bytes);
    }
}

#[test]
fn a_clock_that_went_back_gives_no_generation_that_phones_are_beyond() {
    let folder = tempfile::tempdir().expect("folder");
    let running = center(folder.path());
    let path = |name: &str| folder.path().join(name);
    backup(&running, &path("backup")).expect("a backup");
    drop(running);
    let again = |keys: &str, to: &str, s: i64| {
        let keys = path(keys).join("keys");
        let restored = restore(&path("backup"), &keys, &path(to), &At(s * 1000));
        restored.expect("restored").generation
    };
    let first = again("data", "one", 2_000_000_000);
    assert_eq!(first, 2_000_000_000);
    // Its disk dies before its first backup, and the next server's clock is years behind.
    assert_eq!(again("one", "two", 1_800_000_000), first + 1);
    assert_eq!(again("two", "three", 2_100_000_000), 2_100_000_000);
}

#[test]
fn a_damaged_or_unfinished_backup_is_refused_in_words_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let running = center(folder.path());
    let path = |name: &str| folder.path().join(name);
    let made = backup(&running, &path("backup")).expect("a backup");
    assert_eq!(made.photos, 0);
    let (keys, to) = (path("data/keys"), path("new"));
    let refusal = || {
        let error = restore(&path("backup"), &keys, &to, &System).expect_err("refused");
        assert!(!to.exists() && !path("new.part").exists());
        error
    };

    let database = path("backup/center.db");
    let whole = std::fs::read(&database).expect("database");
    let mut bent = whole.clone();
    bent[whole.len() / 2] ^= 1;
    for damaged in [bent.as_slice(), &whole[..whole.len() / 2], b""] {
        std::fs::write(&database, damaged).expect("damaged");
        assert!(matches!(refusal(), RestoreError::Damaged(_)));
    }
    std::fs::remove_file(&database).expect("gone");
    let words = refusal().to_string();
    assert!(words.starts_with("the backup is damaged: "), "{words}");
    std::fs::write(&database, &whole).expect("whole again");

    let manifest = path("backup/backup.json");
    let said = std::fs::read(&manifest).expect("manifest");
    std::fs::remove_file(&manifest).expect("gone");
    assert!(matches!(refusal(), RestoreError::Unfinished(_)));
    std::fs::write(&manifest, said).expect("back");

    // Phones would not know a center with other keys.
    keys::create(&path("other"), "127.0.0.1:7643", &System).expect("keys");
    let error = restore(&path("backup"), &path("other/keys"), &to, &System).expect_err("refused");
    assert!(matches!(error, RestoreError::OtherKeys(_)), "{error}");
    assert!(!to.exists());
    restore(&path("backup"), &keys, &to, &System).expect("and now it works");
}

#[test]
fn what_a_cut_off_backup_left_is_no_hindrance_and_is_not_told() {
    let folder = tempfile::tempdir().expect("folder");
    let running = center(folder.path());
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("backup.part")).expect("left over");
    std::fs::write(path("backup.part/center.db"), b"half").expect("left over");
    backup(&running, &path("backup")).expect("a backup");
    assert!(!path("backup.part").exists());

    let told = || {
        let told = "SELECT value + 0 FROM setting WHERE name = 'backed_up_through'";
        count(&path("data/center.db"), told)
    };
    let before = told();
    std::fs::write(path("file"), b"").expect("a file");
    let nowhere = path("file/backup");
    let error = backup(&running, &nowhere).expect_err("no folder");
    assert!(matches!(error, BackupError::File(..)), "{error}");
    assert_eq!(told(), before);
}
