use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Phone as PhoneEntry};
use linli_model::value::Write;
use linli_store::outbox::Outcome;
use serde_json::{Value, json};

use crate::trial::{ask, config, enrolled_folder, put, settle};
use crate::{EdgeError, Phone};

const DWELLING: DocId = DocId::from_bytes([2; 16]);
const NUMBER: EntryId = EntryId::from_bytes([5; 16]);

fn refused(_: Option<linli_model::value::Hash>) -> Outcome {
    Outcome::Attention("scope".into(), "{}".into())
}

/// A phone whose edit of a telephone entry came back; and the entry's path.
async fn number_came_back(folder: &tempfile::TempDir) -> (Phone, String) {
    let phone = Phone::open(config(folder.path()));
    let doc = DocId::of_occupancy(Kind::Care, DWELLING, 1);
    let mut writes = care::found(DWELLING, 1);
    let entry = PhoneEntry {
        number: "12900000452".into(),
        ..PhoneEntry::default()
    };
    writes.extend(care::add_phone(NUMBER, &entry));
    put(&phone, Kind::Care, doc, writes).await;
    settle(&phone, |change| Outcome::Accepted(change, 1)).await;
    let path = format!("phones/{NUMBER}/number");
    let edit = json!({ "doc": doc.to_string(), "field": path, "value": "12900000001", "seen": [] });
    let _changed: Value = ask(&phone, "edit_field", edit).await;
    settle(&phone, refused).await;
    (phone, path)
}

async fn came_back(phone: &Phone) -> Value {
    let seen: Value = ask(phone, "outbox", json!({})).await;
    seen["attention"][0].clone()
}

async fn try_to_mend(phone: &Phone, intent: &Value, words: Value) -> Result<Value, EdgeError> {
    phone
        .call("mend", json!({ "intent": intent, "words": words }))
        .await
}

#[tokio::test]
async fn a_number_is_typed_anew_and_checked_like_any_other() {
    let folder = enrolled_folder();
    let (phone, path) = number_came_back(&folder).await;
    let back = came_back(&phone).await;
    let typed = json!([{ "path": path, "field": "number", "text": "12900000001" }]);
    assert_eq!(back["typed"], typed);

    for (path, text, field) in [
        (path.as_str(), "12", "number"),
        (path.as_str(), " ", "number"),
        ("cycle_days", "7", "path"),
    ] {
        let words = json!([{ "path": path, "text": text }]);
        let error = try_to_mend(&phone, &back["intent"], words)
            .await
            .expect_err("not like that");
        assert_eq!(error.code, "bad_input");
        assert_eq!(error.params["field"], field);
    }
    assert_eq!(came_back(&phone).await["typed"], typed, "nothing is lost");

    let words = json!([{ "path": path, "text": "129 0000 0002" }]);
    let changed = try_to_mend(&phone, &back["intent"], words).await;
    assert_eq!(
        changed.expect("mended")["topics"],
        json!(["care", "outbox"])
    );
    let seen: Value = ask(&phone, "outbox", json!({})).await;
    assert_eq!(seen["attention"], json!([]));
    assert_eq!(seen["items"][0]["receipt"], "here");
    assert_ne!(seen["items"][0]["intent"], back["intent"]);
    // A second tap finds nothing to do, and says so.
    let twice = try_to_mend(&phone, &back["intent"], json!([])).await;
    assert_eq!(twice.expect_err("done").code, "already_done");
}

#[tokio::test]
async fn a_report_may_lose_its_words_and_a_remark_may_not() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    let report = json!({
        "category": "0302", "words": "三号楼没电", "place": "", "household": "",
        "position": null, "media": [], "draft": null,
    });
    let reported: Value = ask(&phone, "report_problem", report).await;
    settle(&phone, refused).await;
    let back = came_back(&phone).await;
    let words = json!([{ "path": "words", "text": "" }]);
    let mended = try_to_mend(&phone, &back["intent"], words).await;
    mended.expect("mended");
    let case: Value = ask(&phone, "case", json!({ "id": reported["created"] })).await;
    assert_eq!(case["line"]["words"], "");

    settle(&phone, |change| Outcome::Accepted(change, 2)).await;
    let remark = json!({ "id": reported["created"], "words": "还没来人" });
    let _changed: Value = ask(&phone, "add_remark", remark).await;
    settle(&phone, refused).await;
    let back = came_back(&phone).await;
    let words = json!([{ "path": back["typed"][0]["path"], "text": " " }]);
    let error = try_to_mend(&phone, &back["intent"], words).await;
    assert_eq!(error.expect_err("empty").params["field"], "words");
}

#[tokio::test]
async fn what_stood_on_a_record_that_is_gone_says_so() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    let doc = DocId::from_bytes([7; 16]);
    let words = vec![Write::new("category", "0302")];
    put(&phone, Kind::Case, doc, words).await;
    let remark = json!({ "id": doc.to_string(), "words": "还没来人" });
    let _changed: Value = ask(&phone, "add_remark", remark).await;
    settle(&phone, refused).await;
    let seen: Value = ask(&phone, "outbox", json!({})).await;
    let all = seen["attention"].as_array().expect("a list");
    let said = all.iter().find(|one| one["action"] == "remark_add");
    let remark = &said.expect("the remark")["intent"];
    let error = try_to_mend(&phone, remark, json!([])).await;
    assert_eq!(error.expect_err("gone").code, "base_gone");
}
