//! The phone's disk is full: that is said plainly, nothing saved before is lost, nothing is half
//! saved, a sync that can't store a page asks for it again, and with room all goes on.

#![allow(clippy::expect_used, reason = "a test may stop")]

use std::path::Path;
use std::sync::Arc;

use linli_field::{EdgeError, FileKeyStore, Https, Phone, PhoneConfig, SystemEnv};
use linli_rig::center::Center;
use linli_tests::hands::{picture, until};
use linli_tests::small_disk::{SmallDisk, mount};
use linli_tests::stage;
use serde_json::{Value, json};

/// A disk that a phone's first sync fits on with room to spare, and what is left of it when it
/// doesn't.
const DISK_KIB: u32 = 64 * 1024;
const TIGHT_KIB: u64 = 1_536;

fn open(folder: &Path) -> Phone {
    Phone::open(PhoneConfig {
        data_dir: folder.to_owned(),
        keystore: Arc::new(FileKeyStore::new(folder.join("key"))),
        env: Arc::new(SystemEnv),
        wire: Arc::new(Https::default()),
        version: "0".into(),
        device: "test".into(),
    })
}

async fn does(phone: &Phone, command: &str, request: Value) -> Value {
    match phone.call(command, request).await {
        Ok(answer) => answer,
        Err(error) => panic!("{command}: {}", error.code),
    }
}

async fn is_refused(phone: &Phone, command: &str, request: Value) -> EdgeError {
    match phone.call(command, request).await {
        Ok(answer) => panic!("{command}: {answer}"),
        Err(error) => error,
    }
}

async fn enrol(phone: &Phone, center: &Center) {
    let code = center.code("worker").await.expect("a code");
    let address = center.devices().to_string();
    let request = json!({ "code": code.secret, "address": address });
    does(phone, "enrol", request).await;
}

async fn in_step(phone: &Phone) {
    until("the phone to be in step", async || {
        phone.sync_once().await;
        let state = &does(phone, "status", json!({})).await["sync"];
        state["phase"] == "online" && state["records"] == 0 && state["photos"] == 0
    })
    .await;
}

fn report(words: &str, media: &[&Value]) -> Value {
    json!({ "category": "0302", "words": words, "place": "", "position": null,
        "media": media, "household": "" })
}

async fn reports(phone: &Phone) -> Vec<String> {
    let list = does(phone, "my_reports", json!({})).await;
    let lines = list.as_array().expect("a list").iter();
    let mut words: Vec<String> = lines
        .filter_map(|line| line["words"].as_str())
        .filter(|words| words.starts_with("满"))
        .map(str::to_owned)
        .collect();
    words.sort();
    words
}

/// Files with pictures on the phone, half ones included.
fn pictures(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("photos"))
        .into_iter()
        .flatten()
        .count()
}

/// A camera's picture in the incoming folder; what takes it in.
async fn picked(phone: &Phone) -> Value {
    let take = json!({ "source": "camera", "position": null });
    let id = does(phone, "take_media", take).await["id"].clone();
    std::fs::write(lies(phone, &id), picture(7)).expect("a picture");
    json!({ "id": id, "source": "camera" })
}

fn lies(phone: &Phone, id: &Value) -> std::path::PathBuf {
    let id = id.as_str().expect("an id");
    phone.incoming_file(id).expect("a place")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_phone_says_so_and_loses_nothing() {
    let Some(disk) = mount(DISK_KIB, "a_full_phone_says_so_and_loses_nothing") else {
        return;
    };
    let elsewhere = tempfile::tempdir().expect("folder");
    let mut center = stage::center(elsewhere.path()).await;
    center.start().await.expect("it starts");
    let folder = disk.path().join("phone");
    std::fs::create_dir_all(&folder).expect("folder");
    let phone = open(&folder);
    enrol(&phone, &center).await;
    in_step(&phone).await;
    does(&phone, "report_problem", report("满之前", &[])).await;
    let draft = json!({ "key": "report", "data": { "words": "还没写完" } });
    does(&phone, "save_draft", draft.clone()).await;
    let picked = picked(&phone).await;

    disk.fill(0);
    // What still fits into the files as they are is saved; then no more.
    let mut saved = vec!["满之前".to_owned()];
    let long = "字".repeat(1_500);
    let refused = loop {
        let words = format!("满{:03}{long}", saved.len());
        match phone.call("report_problem", report(&words, &[])).await {
            Ok(_) => saved.push(words),
            Err(error) => break error,
        }
        assert!(saved.len() < 500, "the disk was never full");
    };
    assert_eq!(refused.code, "disk_full");
    saved.sort();
    assert_eq!(reports(&phone).await, saved, "all or nothing");
    let before = pictures(&folder);
    let error = is_refused(&phone, "import_media", picked.clone()).await;
    assert_eq!(error.code, "disk_full");
    assert_eq!(pictures(&folder), before, "half a picture is left");
    assert!(
        lies(&phone, &picked["id"]).exists(),
        "the picture is where it came in"
    );
    // Every screen still reads, and what was being typed is where it was.
    let kept = does(&phone, "load_draft", json!({ "key": "report" })).await;
    assert_eq!(kept["data"]["words"], "还没写完");
    does(&phone, "today", json!({})).await;

    // It comes up again, full as the disk is: or says why not, and touches nothing.
    drop(phone);
    let phone = open(&folder);
    let status = does(&phone, "status", json!({})).await;
    match status["boot"].as_str() {
        Some("ready") => {}
        Some("hindered") => assert_eq!(status["hindrance"]["code"], "disk_full", "{status}"),
        other => panic!("{other:?}: {status}"),
    }
    drop(phone);

    disk.clear();
    let phone = open(&folder);
    assert_eq!(does(&phone, "status", json!({})).await["boot"], "ready");
    assert_eq!(reports(&phone).await, saved);
    let taken = does(&phone, "import_media", picked).await;
    does(&phone, "report_problem", report("满之后", &[&taken["id"]])).await;
    in_step(&phone).await;
    saved.push("满之后".to_owned());
    saved.sort();
    assert_eq!(reports(&phone).await, saved);
    assert_eq!(
        does(&phone, "status", json!({})).await["sync"]["attention"],
        0
    );
    center.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_does_not_fit_is_asked_for_again() {
    let Some(disk) = mount(DISK_KIB, "a_page_that_does_not_fit_is_asked_for_again") else {
        return;
    };
    disk.fill(TIGHT_KIB);
    let elsewhere = tempfile::tempdir().expect("folder");
    let mut center = stage::center(elsewhere.path()).await;
    center.start().await.expect("it starts");
    let folder = disk.path().join("phone");
    std::fs::create_dir_all(&folder).expect("folder");
    let phone = open(&folder);
    enrol(&phone, &center).await;
    phone.sync_once().await;
    let state = does(&phone, "status", json!({})).await["sync"].clone();
    assert_eq!(state["phase"], "failed", "{state}");
    assert_eq!(state["error"]["code"], "disk_full", "{state}");
    let before = linli_tests::peek::cursor_of(&folder);
    assert!(before > 0, "some pages fit");
    phone.sync_once().await;
    assert_eq!(
        linli_tests::peek::cursor_of(&folder),
        before,
        "a page that isn't kept is no page that was read"
    );

    disk.clear();
    in_step(&phone).await;
    // What it has is what a phone has that never was short of room.
    let roomy = tempfile::tempdir().expect("folder");
    let other = open(roomy.path());
    enrol(&other, &center).await;
    in_step(&other).await;
    assert!(linli_tests::peek::cursor_of(&folder) > before);
    assert_eq!(
        linli_tests::peek::documents_of(&folder),
        linli_tests::peek::documents_of(roomy.path())
    );
    center.stop().await;
}

/// The disk is as small as it says: else the tests above would prove nothing.
#[test]
fn a_small_disk_is_small() {
    let Some(disk) = mount(256, "a_small_disk_is_small") else {
        return;
    };
    let is_full = |disk: &SmallDisk| {
        std::fs::write(disk.path().join("more"), [0; 8_192])
            .is_err_and(|error| error.kind() == std::io::ErrorKind::StorageFull)
    };
    disk.fill(4);
    assert!(is_full(&disk));
    disk.clear();
    assert!(!is_full(&disk));
}
