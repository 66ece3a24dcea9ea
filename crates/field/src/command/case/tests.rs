use serde_json::{Value, json};

use crate::Phone;
use crate::api::change::Changed;
use crate::trial::{ask, config, enrolled_folder};

async fn keep(phone: &Phone, key: &str, words: &str) {
    let draft = json!({ "key": key, "data": { "words": words } });
    let _: Value = ask(phone, "save_draft", draft).await;
}

async fn kept(phone: &Phone, key: &str) -> Value {
    let draft: Value = ask(phone, "load_draft", json!({ "key": key })).await;
    draft["data"]["words"].clone()
}

async fn report(phone: &Phone, category: &str, draft: Value) {
    let problem = json!({
        "category": category, "words": "写好了", "place": "", "position": null, "media": [],
        "household": "", "draft": draft,
    });
    let changed: Changed = ask(phone, "report_problem", problem).await;
    assert!(changed.created.is_some());
}

#[tokio::test]
async fn a_report_ends_the_draft_it_was_written_in_and_no_other() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    keep(&phone, "report", "路灯只亮一半").await;
    keep(&phone, "feedback", "同一张表填三遍").await;

    report(&phone, "1303", json!("feedback")).await;
    assert_eq!(kept(&phone, "feedback").await, Value::Null);
    assert_eq!(kept(&phone, "report").await, "路灯只亮一半");

    keep(&phone, "feedback", "又想起一条").await;
    report(&phone, "0302", json!("report")).await;
    assert_eq!(kept(&phone, "report").await, Value::Null);
    assert_eq!(kept(&phone, "feedback").await, "又想起一条");
}

#[tokio::test]
async fn a_report_written_in_no_draft_ends_none() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    keep(&phone, "report", "还没写完").await;
    report(&phone, "0302", Value::Null).await;
    assert_eq!(kept(&phone, "report").await, "还没写完");
}
