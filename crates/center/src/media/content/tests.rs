//! What every store of photos must do: the folder, and a real S3-compatible server.

use std::path::Path;

use linli_model::ids::MediaId;
use sha2::{Digest, Sha256};

use super::*;
use crate::store::{MediaRow, Store};

#[path = "../../../tests/content/bucket.rs"]
mod bucket;

use bucket::Server;

fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

fn note(store: &Store, id: u8, bytes: &'static [u8]) {
    let row = MediaRow {
        sha256: hash(bytes),
        bytes: bytes.len() as u64,
        verified: true,
        enrolment: None,
        received_at: 0,
    };
    let id = MediaId::from_bytes([id; 16]);
    store
        .write_now(move |turn| turn.tables.set_media(id, &row))
        .expect("noted");
}

/// A photo goes, as with its document; its content isn't deleted yet.
fn lose(store: &Store, id: u8, bytes: &'static [u8]) {
    let id = MediaId::from_bytes([id; 16]);
    store
        .write_now(move |turn| {
            turn.tables.forget_media(id)?;
            turn.tables.content_lost(hash(bytes))
        })
        .expect("lost");
}

fn get(contents: &Contents, sha256: Hash) -> Option<Bytes> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let found = runtime.expect("runtime").block_on(contents.get(sha256));
    found.expect("it answers")
}

/// The contract.
fn holds(data: &Path, contents: &Contents) {
    let store = Store::open(&data.join("center.db")).expect("database");
    let (one, other): (&'static [u8], &'static [u8]) = (b"\xff\xd8\xff one", b"\xff\xd8\xff two");
    assert_eq!(get(contents, hash(one)), None);
    assert_eq!(contents.length_now(hash(one)).expect("it answers"), None);
    for _ in 0..2 {
        contents
            .put_now(hash(one), Bytes::from_static(one))
            .expect("kept");
    }
    contents
        .put_now(hash(other), Bytes::from_static(other))
        .expect("kept");
    let large = vec![7; 8 * 1024 * 1024];
    contents
        .put_now(hash(&large), large.clone().into())
        .expect("kept");
    assert!(get(contents, hash(&large)).is_some_and(|got| got == large));
    assert_eq!(get(contents, hash(one)).as_deref(), Some(one));
    let length = contents.length_now(hash(one)).expect("it answers");
    assert_eq!(length, Some(one.len() as u64));

    // Two photos may be one picture: it goes with the last of them.
    note(&store, 1, one);
    note(&store, 2, one);
    note(&store, 3, other);
    lose(&store, 1, one);
    assert_eq!(clear(&store, contents).expect("cleared"), 0);
    assert!(get(contents, hash(one)).is_some());
    lose(&store, 2, one);
    assert_eq!(clear(&store, contents).expect("cleared"), 0);
    assert_eq!(get(contents, hash(one)), None);
    assert!(get(contents, hash(other)).is_some());
    // Once more is harmless, also where nothing is.
    lose(&store, 2, one);
    assert_eq!(clear(&store, contents).expect("cleared"), 0);
    // One that comes again before it was deleted stays.
    lose(&store, 3, other);
    note(&store, 4, other);
    assert_eq!(clear(&store, contents).expect("cleared"), 0);
    assert!(get(contents, hash(other)).is_some());
    let over = store
        .read_now(|tables| tables.contents_over())
        .expect("read");
    assert!(over.is_empty());
    assert_eq!(
        store.read_now(|tables| tables.deletions()).expect("read"),
        3
    );
}

#[test]
fn a_folder_holds_to_the_contract() {
    let folder = tempfile::tempdir().expect("folder");
    let contents = Contents::open(folder.path(), None).expect("opens");
    holds(folder.path(), &contents);
    assert!(!contents.are_elsewhere());
}

#[test]
fn a_bucket_holds_to_the_contract() {
    let folder = tempfile::tempdir().expect("folder");
    let server = Server::start();
    server.give_key(folder.path());
    let bucket: Bucket = toml::from_str(&server.words()).expect("words");
    let contents = Contents::open(folder.path(), Some(&bucket)).expect("opens");
    holds(folder.path(), &contents);
    assert!(contents.are_elsewhere());
    assert!(!folder.path().join("media").exists());
}

#[test]
fn what_cannot_be_deleted_now_is_deleted_later() {
    let folder = tempfile::tempdir().expect("folder");
    let mut server = Server::start();
    server.give_key(folder.path());
    let bucket: Bucket = toml::from_str(&server.words()).expect("words");
    let contents = Contents::open(folder.path(), Some(&bucket)).expect("opens");
    let store = Store::open(&folder.path().join("center.db")).expect("database");
    let photo: &'static [u8] = b"\xff\xd8\xff";
    contents
        .put_now(hash(photo), Bytes::from_static(photo))
        .expect("kept");
    let file = server.file(&name(&hash(photo)));
    assert!(file.is_file());
    note(&store, 1, photo);
    server.stop();
    lose(&store, 1, photo);
    assert_eq!(clear(&store, &contents).expect("cleared"), 1);
    assert!(matches!(
        contents.put_now(hash(b"x"), Bytes::from_static(b"x")),
        Err(StoreError::Contents | StoreError::File(_))
    ));
    server.again();
    assert_eq!(clear(&store, &contents).expect("cleared"), 0);
    assert!(!file.exists());
}

#[test]
fn a_secret_must_be_there_and_nobody_else_s() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("folder");
    let words = "bucket = \"photos\"\nkey_id = \"linli\"\nendpoint = \"https://127.0.0.1:1\"";
    let bucket: Bucket = toml::from_str(words).expect("words");
    let open = || Contents::open(folder.path(), Some(&bucket)).map(|_| ());
    assert!(matches!(open(), Err(MediaError::NoSecret(_))));
    let file = folder.path().join("keys/media.secret");
    std::fs::create_dir(folder.path().join("keys")).expect("folder");
    std::fs::write(&file, "secret").expect("written");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("mode");
    assert!(matches!(open(), Err(MediaError::NotPrivate(_))));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).expect("mode");
    assert!(open().is_ok());
}
