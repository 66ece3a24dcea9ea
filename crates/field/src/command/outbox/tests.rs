use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::kinds::visit::{Tip, Visit};
use linli_model::value::Write;
use linli_store::outbox::Outcome;
use serde_json::{Value, json};

use super::typed;
use crate::Phone;
use crate::trial::{ask, config, enrolled_folder, put, settle};

#[tokio::test]
async fn what_was_typed_into_something_that_came_back_is_shown() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    let words = vec![
        Write::new("category", "0302"),
        Write::new("words", "三号楼没电"),
    ];
    put(&phone, Kind::Case, DocId::from_bytes([7; 16]), words).await;
    let seen: Value = ask(&phone, "outbox", json!({})).await;
    assert_eq!(seen["items"][0]["typed"], json!([]), "its own screen tells");
    settle(&phone, |_| Outcome::Attention("scope".into(), "{}".into())).await;
    let seen: Value = ask(&phone, "outbox", json!({})).await;
    assert_eq!(
        seen["attention"][0]["typed"],
        json!([{ "field": "words", "text": "三号楼没电" }])
    );
}

#[test]
fn codes_and_ids_are_not_shown_as_if_they_had_been_typed() {
    let tips = [("phone", "12912345678"), ("mobility", "wheelchair")];
    let visit = Visit {
        dwelling: Some(DocId::from_bytes([1; 16])),
        words: "有人应门".into(),
        tips: (1..)
            .zip(tips)
            .map(|(n, (kind, value))| {
                let tip = Tip {
                    kind: kind.into(),
                    value: value.into(),
                    ..Tip::default()
                };
                (EntryId::from_bytes([n; 16]), tip)
            })
            .collect(),
        ..Visit::default()
    };
    let texts: Vec<String> = typed(&visit.create())
        .into_iter()
        .map(|typed| typed.text)
        .collect();
    assert_eq!(texts, ["12912345678", "有人应门"]);
}
