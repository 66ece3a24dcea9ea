use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::kinds::care;
use linli_model::kinds::household::{Resident, add_resident, found};
use linli_model::value::Write;
use linli_store::document;
use serde_json::json;

use super::Visit;
use crate::Phone;
use crate::api::change::Changed;
use crate::trial::{ask, config, enrolled_folder, put};

const DWELLING: DocId = DocId::from_bytes([1; 16]);
const RESIDENT: EntryId = EntryId::from_bytes([2; 16]);

/// A phone with one resident, of whom something is kept for named people.
async fn with_named(folder: &tempfile::TempDir, code: &str) -> Phone {
    let phone = Phone::open(config(folder.path()));
    let resident = Resident {
        name: "杨秀英".into(),
        relation: "0".into(),
        ..Resident::default()
    };
    let mut home = found(DWELLING, 1);
    home.extend(add_resident(RESIDENT, &resident));
    put(&phone, Kind::Household, family(), home).await;
    let care = vec![
        Write::new("resident", RESIDENT.to_string()),
        Write::new("dwelling", DWELLING.to_string()),
        care::flag(RESIDENT, code, true),
    ];
    put(&phone, Kind::CareNamed, DocId::of_resident(RESIDENT), care).await;
    phone
}

fn family() -> DocId {
    DocId::of_occupancy(Kind::Household, DWELLING, 1)
}

/// Logs a visit and reads what was written.
async fn log(phone: &Phone, kind: &str, household: &str) -> Visit {
    let visit = json!({
        "dwelling": DWELLING.to_string(), "household": household, "kind": kind, "result": 1,
        "mood": "", "utilities": "", "words": "", "tips": [],
    });
    let changed: Changed = ask(phone, "log_visit", visit).await;
    let id: DocId = changed.created.expect("a visit").parse().expect("an id");
    phone
        .read(move |tx, _| Ok(Visit::read(&document::load_known(tx, id)?.fields())))
        .await
        .expect("the visit")
}

#[tokio::test]
async fn a_hardship_visit_says_when_its_subject_is_for_named_people_only() {
    let folder = enrolled_folder();
    let phone = with_named(&folder, "P31").await;
    assert!(log(&phone, "V05", &family().to_string()).await.named);
    assert!(
        log(&phone, "V05", "").await.named,
        "whoever opened the door"
    );
    // Others read this one: it must not tell.
    assert!(!log(&phone, "V01", &family().to_string()).await.named);
}

#[tokio::test]
async fn a_hardship_visit_to_anybody_else_is_open_to_who_works_there() {
    let folder = enrolled_folder();
    let phone = with_named(&folder, "P28").await;
    assert!(!log(&phone, "V05", &family().to_string()).await.named);
}
