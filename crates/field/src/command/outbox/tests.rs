use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::value::Write;
use linli_store::outbox::Outcome;
use serde_json::{Value, json};

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
        json!([{ "path": "words", "field": "words", "text": "三号楼没电" }])
    );
}
