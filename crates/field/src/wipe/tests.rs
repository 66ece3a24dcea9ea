use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use linli_model::actor::EnrolmentId;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::value::Write;
use linli_protocol::encode;
use linli_protocol::order::Order;
use linli_store::meta;
use serde_json::json;

use super::*;
use crate::keystore::KeyStoreError;
use crate::trial::{KEY, config, enrolled_folder, put};

/// A keystore that refuses to forget as long as it is told to.
#[derive(Debug)]
struct Stubborn(Arc<dyn KeyStore>, AtomicBool);

impl KeyStore for Stubborn {
    fn get(&self, name: &str) -> Result<Option<[u8; 32]>, KeyStoreError> {
        self.0.get(name)
    }
    fn set(&self, name: &str, key: &[u8; 32]) -> Result<(), KeyStoreError> {
        self.0.set(name, key)
    }
    fn forget(&self, name: &str) -> Result<(), KeyStoreError> {
        if self.1.load(Ordering::SeqCst) {
            return Err(KeyStoreError("not now".into()));
        }
        self.0.forget(name)
    }
}

async fn boot(phone: &Phone) -> serde_json::Value {
    phone.call("status", json!({})).await.expect("status")["boot"].clone()
}

/// An order that was kept, for an enrolment that ends in so many.
async fn ordered_to_forget(phone: &Phone, enrolment: u8, stolen: bool) {
    let order = Order {
        enrolment: EnrolmentId([enrolment; 8]),
        stolen,
        at: 5,
    };
    phone
        .transact(move |tx, _| Ok(meta::set(tx, "order", encode(&order))?))
        .await
        .expect("kept");
}

/// Somebody writes something that only this phone has.
async fn write(phone: &Phone) {
    let words = vec![
        Write::new("category", "0302"),
        Write::new("words", "三号楼没电"),
    ];
    put(phone, Kind::Case, DocId::from_bytes([7; 16]), words).await;
}

#[tokio::test]
async fn what_was_cut_off_is_finished_by_the_next_start() {
    let folder = enrolled_folder();
    let path = folder.path();
    for photos in ["photos/ab", "linli-damaged-7-photos/ab"] {
        fs::create_dir_all(path.join(photos)).expect("folder");
        fs::write(path.join(photos).join("1"), b"sealed").expect("photo");
    }
    fs::write(path.join("linli-damaged-7.db"), b"not sent").expect("aside");
    let keys = config(path).keystore;
    keys.set("linli-damaged-7", &KEY).expect("key");
    // Cut off right after the note.
    note(path, false).expect("note");
    let phone = Phone::open(config(path));
    assert_eq!(boot(&phone).await, "wiped");
    assert_eq!(keys.get(MAIN_KEY).expect("keystore"), None);
    assert_eq!(keys.get("linli-damaged-7").expect("keystore"), None);
    assert!(!boot::database(path).exists());
    assert!(!path.join("photos").exists());
    // What only the center can open may hold what was never sent: it stays, with its photos.
    let aside = path.join("linli-damaged-7-photos");
    assert!(path.join("linli-damaged-7.db").exists() && aside.join("ab/1").exists());

    note(path, true).expect("stolen");
    assert_eq!(boot(&Phone::open(config(path))).await, "wiped");
    assert!(!path.join("linli-damaged-7.db").exists() && !aside.exists());
    over(path).expect("somebody's again");
    assert_eq!(boot(&Phone::open(config(path))).await, "fresh");
}

#[tokio::test]
async fn what_is_in_the_way_keeps_only_itself_and_nobody_out_for_good() {
    let folder = enrolled_folder();
    let path = folder.path();
    fs::create_dir(path.join("incoming")).expect("folder");
    fs::write(path.join("incoming/1.jpg"), b"in the clear").expect("picture");
    fs::write(path.join("linli-damaged-7.db"), b"damaged").expect("aside");
    let keys = Arc::new(Stubborn(config(path).keystore, AtomicBool::new(true)));
    keys.set("linli-damaged-7", &KEY).expect("key");
    let mut config = config(path);
    config.keystore = keys.clone();
    let phone = Phone::open(config);
    ordered_to_forget(&phone, 1, true).await;
    let soon = Duration::from_secs(60);
    assert!(phone.sync_once().await < soon);

    let status = phone.call("status", json!({})).await.expect("status");
    assert_eq!(status["boot"], "hindered");
    assert_eq!(status["hindrance"]["code"], "forgetting");
    assert!(!boot::database(path).exists() && !path.join("incoming").exists());
    let code = json!({ "code": "ABCD-EFGH", "address": "127.0.0.1:1" });
    let refused = phone.call("enrol", code).await.expect_err("not yet");
    assert_eq!(refused.code, "already_enrolled");
    assert!(phone.sync_once().await < soon);
    assert_eq!(boot(&phone).await, "hindered", "still in the way");

    keys.1.store(false, Ordering::SeqCst);
    phone.sync_once().await;
    assert_eq!(boot(&phone).await, "wiped");
    for name in [MAIN_KEY, "linli-damaged-7"] {
        assert_eq!(keys.get(name).expect("keystore"), None, "{name}");
    }
    assert!(!path.join("linli-damaged-7.db").exists());
}

#[tokio::test]
async fn a_phone_that_was_emptied_after_its_lease_ran_out_can_be_enrolled() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    phone.inner.lease.set(0, phone.inner.config.env.as_ref());
    assert_eq!(boot(&phone).await, "lapsed");
    ordered_to_forget(&phone, 1, false).await;
    phone.sync_once().await;
    assert_eq!(boot(&phone).await, "wiped");
    phone.set_locked(true);
    let code = json!({ "code": "not a code", "address": "127.0.0.1:1" });
    let refused = phone.call("enrol", code).await.expect_err("no code");
    assert!(
        !["lapsed", "locked"].contains(&refused.code.as_str()),
        "{}",
        refused.code
    );
}

#[tokio::test]
async fn a_thief_who_stays_off_the_net_finds_nothing_at_the_next_start() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    write(&phone).await;
    ordered_to_forget(&phone, 1, true).await;
    drop(phone);
    let phone = Phone::open(config(folder.path()));
    phone.sync_once().await;
    assert_eq!(boot(&phone).await, "wiped");
    assert!(!boot::database(folder.path()).exists());
}

#[tokio::test]
async fn what_only_this_phone_has_and_an_order_for_an_earlier_enrolment_keep_it() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    ordered_to_forget(&phone, 9, true).await;
    phone.sync_once().await;
    assert_eq!(boot(&phone).await, "ready", "nobody shut this one out");
    write(&phone).await;
    ordered_to_forget(&phone, 1, false).await;
    phone.sync_once().await;
    assert_eq!(boot(&phone).await, "ready", "it holds what nobody else has");
}

#[tokio::test]
async fn an_order_that_cannot_be_noted_leaves_the_phone_as_it_was_unless_it_was_stolen() {
    let folder = enrolled_folder();
    let path = folder.path();
    let phone = Phone::open(config(path));
    // As on a full disk.
    fs::create_dir(path.join("forgotten-new")).expect("folder");
    ordered_to_forget(&phone, 1, false).await;
    phone.sync_once().await;
    assert_eq!(boot(&phone).await, "ready");
    write(&phone).await;
    drop(phone);
    let phone = Phone::open(config(path));
    assert_eq!(
        boot(&phone).await,
        "ready",
        "what was written since is here"
    );

    ordered_to_forget(&phone, 1, true).await;
    phone.sync_once().await;
    assert_eq!(boot(&phone).await, "wiped");
    assert!(!boot::database(path).exists());
}

#[tokio::test]
async fn nothing_is_kept_any_more_once_it_began() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    let store = phone.state().store.expect("store");
    let wiped = wipe(&phone, false, |_| Ok(true));
    assert!(wiped.expect("emptied"));
    let late = store.transact(|tx| meta::set(tx, "late", 1));
    assert!(matches!(late, Err(linli_store::StoreError::Retired)));
}
