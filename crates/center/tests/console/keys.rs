//! Phones, and requests for lost keys.

use linli_protocol::encode;
use linli_protocol::key::Recover;
use serde_json::json;

use crate::browser::Browser;
use crate::county::WORKER;
use crate::office::Office;
use crate::phone::Phone;

async fn ask_for_key(phone: &Phone) {
    let sealed = crypto_box::PublicKey::from(phone.me.seal_key)
        .seal(&mut crypto_box::aead::OsRng, &[7; 32])
        .expect("sealed");
    let response = phone
        .http
        .post(format!("{}/v1/key", phone.base))
        .header("authorization", phone.token())
        .body(encode(&Recover { sealed }))
        .send()
        .await
        .expect("reachable");
    assert!(response.status().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_security_administrator_decides_and_the_system_administrator_looks() {
    let office = Office::open().await;
    let _old = Phone::synced(&office, WORKER).await;
    office.pass(1_000);
    let phone = Phone::synced(&office, WORKER).await;
    ask_for_key(&phone).await;

    let system = Browser::at_desk(&office, "system").await;
    let list = system.get("recoveries").await.body;
    assert_eq!(list[0]["state"], "waiting");
    assert_eq!(list[0]["phone"], "12900000001");
    let path = format!("recoveries/{}", list[0]["id"].as_str().expect("id"));
    let approve = json!({"approve": true, "reason": "电话里听出是本人"});
    assert_eq!(system.post(&path, approve.clone()).await.status, 403);

    let security = Browser::at_desk(&office, "security").await;
    let bare = json!({"approve": false, "reason": " "});
    assert_eq!(
        security.post(&path, bare).await.body["code"],
        "reason_missing"
    );
    let decided = security.post(&path, approve.clone()).await.body;
    assert_eq!(decided[0]["state"], "approved");
    assert_eq!(decided[0]["decided_by"], "坐席security");
    assert_eq!(decided[0]["reason"], "电话里听出是本人");
    assert_eq!(
        security.post(&path, approve.clone()).await.body["code"],
        "overtaken"
    );
    assert_eq!(security.post("recoveries/999", approve).await.status, 404);

    // The old phone is revoked with it; the list says so.
    let devices = system.get("devices").await.body;
    let revoked: Vec<_> = devices
        .as_array()
        .expect("devices")
        .iter()
        .map(|device| device["revoked"].as_bool().expect("flag"))
        .collect();
    assert_eq!(revoked, [false, true]);
    assert_eq!(devices[0]["person"], "周桂兰");
}
