use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::kinds::visit::{Tip, Visit};
use linli_model::value::Write;
use serde_json::{Value, json};

use super::typed;
use crate::Phone;
use crate::trial::{ask, config, enrolled_folder, put};

#[tokio::test]
async fn what_was_typed_into_something_that_came_back_is_shown() {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    let words = vec![
        Write::new("category", "0302"),
        Write::new("words", "三号楼没电"),
    ];
    put(&phone, Kind::Case, DocId::from_bytes([7; 16]), words).await;
    let typed = async |state: u8| {
        phone
            .transact(move |tx, _| {
                let set = "UPDATE intent SET state = ?1";
                tx.execute(set, [state])
                    .map_err(linli_store::StoreError::from)?;
                Ok(())
            })
            .await
            .expect("a verdict");
        let box_: Value = ask(&phone, "outbox", json!({})).await;
        (
            box_["attention"][0]["typed"].clone(),
            box_["items"][0]["typed"].clone(),
        )
    };
    let (_, waiting) = typed(0).await;
    assert_eq!(waiting, json!([]), "what waits is on its own screen");
    let (back, _) = typed(3).await;
    assert_eq!(back, json!([{ "field": "words", "text": "三号楼没电" }]));
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
