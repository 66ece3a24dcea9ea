use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::kinds::muster::Muster as Called;
use serde_json::json;

use crate::Phone;
use crate::api::emergency::Emergency;
use crate::api::outbox::Outbox;
use crate::api::today::Today;
use crate::trial::{ask, config, enrolled_folder, put};

async fn call(phone: &Phone, n: u8, title: &str, drill: bool, at: i64) {
    let called = Called {
        title: title.into(),
        drill,
        at,
        ..Called::default()
    };
    let doc = DocId::from_bytes([n; 16]);
    put(phone, Kind::Muster, doc, called.create()).await;
}

#[tokio::test]
async fn the_home_screen_tells_a_drill_from_the_real_thing() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    let quiet: Today = ask(&phone, "today", json!({})).await;
    assert!(quiet.muster.is_none());

    call(&phone, 1, "防汛转移", true, 10).await;
    let open = ask::<Today>(&phone, "today", json!({})).await.muster;
    let open = open.expect("an open roll-call");
    assert_eq!((open.title.as_str(), open.drill), ("防汛转移", true));
}

#[tokio::test]
async fn a_drill_that_began_later_hides_no_real_roll_call() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    call(&phone, 1, "暴雨转移", false, 10).await;
    call(&phone, 2, "应急演练", true, 20).await;
    let open = ask::<Today>(&phone, "today", json!({})).await.muster;
    assert!(!open.expect("an open roll-call").drill);
    let screen: Emergency = ask(&phone, "emergency", json!({})).await;
    assert_eq!(screen.muster.expect("an open roll-call").title, "暴雨转移");
}

#[tokio::test]
async fn the_receipts_tell_a_drill_from_the_real_thing() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    for (title, drill) in [("应急演练", true), ("暴雨转移", false)] {
        let start = json!({ "title": title, "drill": drill });
        let _: serde_json::Value = ask(&phone, "start_muster", start).await;
    }
    let outbox: Outbox = ask(&phone, "outbox", json!({})).await;
    let mut told: Vec<_> = outbox
        .items
        .iter()
        .map(|item| (item.about.as_str(), item.drill))
        .collect();
    told.sort_unstable();
    assert_eq!(told, [("应急演练", true), ("暴雨转移", false)]);
}
