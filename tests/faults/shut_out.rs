//! A phone is shut out while it holds what nobody else has: that is handed in and can be taken
//! up by the chief, then everything on the phone goes. A stolen one forgets at once.

#![allow(clippy::expect_used, reason = "a test may stop")]

use std::path::Path;

use linli_rig::stage::Stage;
use linli_tests::desk::Desk;
use linli_tests::hands::{Hands, picture, until};
use linli_tests::stage;
use serde_json::{Value, json};

/// What is left in the folder of a phone that has forgotten.
fn left_in(folder: &Path) -> Vec<String> {
    let mut left = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        // A folder may be gone since it was listed.
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                left.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
    }
    left
}

async fn boot(hands: &Hands<'_>) -> Value {
    hands.does("status", json!({})).await["boot"].clone()
}

/// The worker, offline, reports something with a photo.
async fn reports_offline(stage: &Stage) {
    let worker = Hands(&stage.phones[0]);
    worker.is_in_step().await;
    stage.phones[0].link().cut();
    let photo = worker.takes(&picture(1)).await;
    let report = json!({ "category": "0305", "words": "只有这台手机知道", "place": "",
        "position": null, "media": [photo["id"]], "household": "", "draft": null });
    worker.does("report_problem", report).await;
}

async fn device_of(stage: &Stage, name: &str) -> String {
    let list = stage.center.verb("devices", &[]).await.expect("a list");
    let line = list.lines().find(|line| line.contains(name));
    let word = line.and_then(|line| line.split_whitespace().next());
    word.expect("the phone").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_holds_is_handed_in_and_taken_up_and_then_it_forgets() {
    let (_folder, mut stage) = stage::fresh("S").await;
    reports_offline(&stage).await;
    let worker = Hands(&stage.phones[0]);
    let me = worker.does("status", json!({})).await["me"].clone();
    let device = device_of(&stage, me["name"].as_str().expect("name")).await;
    stage.center.verb("revoke", &[&device]).await.expect("done");
    let again = stage.center.verb("revoke", &[&device]).await;
    again.expect_err("once is enough");

    stage.phones[0].link().restore();
    worker
        .sees("that it is shut out", async || {
            boot(&worker).await == "wiped"
        })
        .await;
    assert_eq!(left_in(stage.phones[0].data()), ["forgotten"]);
    // After a restart too.
    stage.phones[0].kill().await;
    stage.phones[0].start().await.expect("it starts");
    let worker = Hands(&stage.phones[0]);
    assert_eq!(boot(&worker).await, "wiped");

    // Its chief finds the report and takes it up, photo and all.
    let console = stage.center.console().expect("a console");
    let password = "a long enough secret";
    stage
        .center
        .set_password("r04-002002", password)
        .await
        .expect("set");
    let desk = Desk::log_in(console, "r04-002002", password).await;
    let list = desk.reads("/api/returned").await;
    let line = &list["lines"][0];
    assert_eq!(line["code"], "revoked", "{list}");
    let id = line["id"].as_str().expect("id");
    let path = format!("/api/returned/{id}/accept");
    desk.does(&path, &json!({})).await;
    let chief = Hands(&stage.phones[1]);
    chief
        .sees("the report with its photo", async || {
            let map = chief.does("map", json!({})).await.to_string();
            map.contains("0305")
        })
        .await;

    // The phone can be enrolled again, and stays.
    let code = stage.center.code("worker").await.expect("a code");
    let address = format!("127.0.0.1:{}", stage.phones[0].link().port());
    let enrol = json!({ "code": code.secret, "address": address });
    worker.does("enrol", enrol).await;
    worker.is_in_step().await;
    stage.phones[0].kill().await;
    stage.phones[0].start().await.expect("it starts");
    assert_eq!(boot(&Hands(&stage.phones[0])).await, "ready");
    stage.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_one_forgets_at_once() {
    let (_folder, mut stage) = stage::fresh("S").await;
    reports_offline(&stage).await;
    let worker = Hands(&stage.phones[0]);
    let me = worker.does("status", json!({})).await["me"].clone();
    let device = device_of(&stage, me["name"].as_str().expect("name")).await;
    stage.center.verb("revoke", &[&device]).await.expect("done");
    let stolen = [device.as_str(), "--stolen"];
    stage.center.verb("revoke", &stolen).await.expect("done");
    stage.phones[0].link().restore();
    worker.does("sync", json!({})).await;
    until("everything to be gone", async || {
        left_in(stage.phones[0].data()) == ["forgotten"]
    })
    .await;
    stage.stop().await;
}
