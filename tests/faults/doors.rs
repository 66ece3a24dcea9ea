//! Coming in when something is wrong: a code used twice, a center that is down, one with
//! another certificate, a lost key. Each has its own code for the screen, and loses nothing.

#![allow(clippy::expect_used, reason = "a test may stop")]

use std::path::Path;

use linli_rig::binaries::Binaries;
use linli_rig::center::Center;
use linli_rig::link::Link;
use linli_rig::phone::Phone;
use linli_rig::stage::Stage;
use linli_tests::desk::Desk;
use linli_tests::hands::{Hands, until};
use linli_tests::stage;
use serde_json::{Value, json};

/// One more phone that was never enrolled.
async fn new_phone(folder: &Path, name: &str, stage: &Stage) -> Phone {
    let link = Link::open(0, stage.center.devices()).await.expect("a link");
    let binaries = Binaries::beside_me().expect("programs");
    let ui = stage::root().join("ui/dist");
    let mut phone = Phone::new(name, binaries, folder, &ui, 0, link);
    phone.start().await.expect("it starts");
    phone
}

fn enrol(code: &str, phone: &Phone) -> Value {
    json!({ "code": code, "address": format!("127.0.0.1:{}", phone.link().port()) })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_once_and_mistakes_are_told_apart() {
    let (folder, mut stage) = stage::fresh("S").await;
    let phone = new_phone(folder.path(), "second", &stage).await;
    let hands = Hands(&phone);
    let refused = async |code: &str| hands.is_refused("enrol", enrol(code, &phone)).await;

    assert_eq!(refused("not a code").await, "enrol_code_bad");
    assert_eq!(refused("0000-0000-0000-0000").await, "enrol_code_bad");
    let code = stage.center.code("worker").await.expect("a code");
    phone.link().cut();
    assert_eq!(refused(&code.secret).await, "center_unreachable");
    phone.link().restore();
    hands.does("enrol", enrol(&code.secret, &phone)).await;
    hands.is_in_step().await;

    let third = new_phone(folder.path(), "third", &stage).await;
    let used = Hands(&third)
        .is_refused("enrol", enrol(&code.secret, &third))
        .await;
    assert_eq!(used, "enrol_code_used");
    stage.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_center_that_is_down_or_another_one_loses_nothing() {
    let (folder, mut stage) = stage::fresh("S").await;
    Hands(&stage.phones[0]).is_in_step().await;
    stage.center.kill().await;
    let title = json!({ "title": "演练", "drill": true });
    let worker = Hands(&stage.phones[0]);
    worker.does("start_muster", title).await;
    worker
        .sees("that it is offline", async || {
            phase(&worker).await == "offline"
        })
        .await;
    assert_eq!(waiting(&worker).await, 1);

    // Somebody else's center answers at the same address.
    let binaries = Binaries::beside_me().expect("programs");
    let ui = stage::root().join("ui/dist");
    let bundle = linli_rig::county::bundle(&binaries, "S", binaries.folder())
        .await
        .expect("county");
    let elsewhere = folder.path().join("elsewhere");
    let mut other = Center::new(binaries, &elsewhere, &ui, stage.center.devices());
    std::fs::create_dir_all(&elsewhere).expect("folder");
    other.fill(&bundle).await.expect("another center");
    other.start().await.expect("it starts");
    worker
        .sees("that it is another center", async || {
            let sync = &worker.does("status", json!({})).await["sync"];
            sync["phase"] == "failed" && sync["error"]["code"] == "center_wrong_certificate"
        })
        .await;
    assert_eq!(waiting(&worker).await, 1);
    let qr = stage
        .center
        .code("worker")
        .await
        .expect("a code of the first center")
        .qr;
    let phone = new_phone(folder.path(), "second", &stage).await;
    let refused = Hands(&phone)
        .is_refused("enrol", json!({ "code": qr, "address": null }))
        .await;
    assert_eq!(refused, "center_wrong_certificate");
    other.stop().await;

    stage.center.start().await.expect("the first center again");
    Hands(&stage.phones[0]).is_in_step().await;
    stage.stop().await;
}

async fn phase(hands: &Hands<'_>) -> Value {
    hands.does("status", json!({})).await["sync"]["phase"].clone()
}

async fn waiting(hands: &Hands<'_>) -> u64 {
    hands.does("status", json!({})).await["sync"]["records"]
        .as_u64()
        .expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_key_comes_back_through_the_center_with_everything_unsent() {
    let (_folder, mut stage) = stage::fresh("S").await;
    let worker = Hands(&stage.phones[0]);
    worker.is_in_step().await;
    stage.phones[0].link().cut();
    let home = worker.finds("zst").await;
    let visit = json!({ "dwelling": home["dwelling"], "household": home["id"], "kind": "V03",
        "result": 1, "mood": "", "utilities": "", "words": "没送出去的话", "tips": [] });
    worker.does("log_visit", visit).await;
    stage.phones[0].link().restore();
    stage.phones[0].kill().await;
    let key = stage.phones[0].data().join("key/linli.key");
    let kept = std::fs::read_to_string(&key).expect("the key");

    // A wrong key and a missing one are the same to the person: nothing is touched.
    std::fs::write(&key, kept.chars().rev().collect::<String>()).expect("spoil");
    stage.phones[0].start().await.expect("it starts");
    assert_eq!(boot(&stage).await, "key_lost");
    stage.phones[0].kill().await;
    std::fs::remove_file(&key).expect("lose it");
    stage.phones[0].start().await.expect("it starts");
    assert_eq!(boot(&stage).await, "key_lost");

    let code = stage.center.code("worker").await.expect("a code");
    let phone = &stage.phones[0];
    let worker = Hands(phone);
    let status = worker.does("enrol", enrol(&code.secret, phone)).await;
    assert_eq!(status["boot"], "recovering");

    stage
        .center
        .set_password("r15", "a long enough secret")
        .await
        .expect("a password");
    let console = stage.center.console().expect("a console");
    let desk = Desk::log_in(console, "r15", "a long enough secret").await;
    let asked = desk.reads("/api/recoveries").await;
    let id = asked[0]["id"].as_str().expect("somebody asks");
    desk.does(
        &format!("/api/recoveries/{id}"),
        &json!({ "approve": true, "reason": "" }),
    )
    .await;

    until("the key to come back", async || {
        worker.does("recover", json!({})).await["boot"] == "ready"
    })
    .await;
    worker.is_in_step().await;
    let home = worker.household(&home["id"]).await;
    let visit = &home["visits"][0];
    assert_eq!(visit["words"], "没送出去的话");
    assert_eq!(visit["receipt"], "accepted");
    assert_eq!(std::fs::read_to_string(&key).expect("the key again"), kept);
    stage.stop().await;
}

async fn boot(stage: &Stage) -> Value {
    Hands(&stage.phones[0]).does("status", json!({})).await["boot"].clone()
}
