use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::kinds::household::{Resident, add_resident, found};
use linli_model::kinds::visit::{Tip, Visit};
use linli_store::read::people;
use serde_json::{Value, json};

use crate::trial::{config, enrolled_folder, put};
use crate::{EdgeError, Phone};

const DWELLING: DocId = DocId::from_bytes([1; 16]);
const VISIT: DocId = DocId::from_bytes([2; 16]);
const TIP: EntryId = EntryId::from_bytes([3; 16]);

fn family(number: u32) -> String {
    DocId::of_occupancy(Kind::Household, DWELLING, number).to_string()
}

fn resident(number: u8) -> EntryId {
    EntryId::from_bytes([10 + number; 16])
}

/// A phone with two families in one flat, and a tip about somebody there.
async fn shared_flat(folder: &tempfile::TempDir, kind: &str, value: &str) -> Phone {
    let phone = Phone::open(config(folder.path()));
    for (number, name) in [(1, "杨秀英"), (2, "覃小安")] {
        let person = Resident {
            name: name.into(),
            relation: "0".into(),
            ..Resident::default()
        };
        let mut home = found(DWELLING, number);
        let entry = resident(u8::try_from(number).expect("small"));
        home.extend(add_resident(entry, &person));
        let doc = DocId::of_occupancy(Kind::Household, DWELLING, number);
        put(&phone, Kind::Household, doc, home).await;
    }
    let tip = Tip {
        kind: kind.into(),
        value: value.into(),
        ..Tip::default()
    };
    let visit = Visit {
        dwelling: Some(DWELLING),
        tips: vec![(TIP, tip)],
        ..Visit::default()
    };
    put(&phone, Kind::Visit, VISIT, visit.create()).await;
    phone
}

async fn adopt(phone: &Phone, household: &str, resident: &str) -> Result<Value, EdgeError> {
    let choice = json!({ "visit": VISIT.to_string(), "tip": TIP.to_string(), "adopt": true,
        "household": household, "resident": resident });
    phone.call("choose_tip", choice).await
}

#[tokio::test]
async fn a_tip_goes_to_the_family_on_whose_page_it_was_adopted() {
    let folder = enrolled_folder();
    let phone = shared_flat(&folder, "moved_out", "").await;
    adopt(&phone, &family(2), "").await.expect("adopted");
    let there = phone
        .read(|tx, _| Ok(people::households(tx, DWELLING)?))
        .await
        .expect("families");
    let gone: Vec<u32> = there
        .iter()
        .filter(|family| family.ended.is_some())
        .map(|family| family.occupancy)
        .collect();
    assert_eq!(gone, [2], "the other family stays");
}

#[tokio::test]
async fn where_several_families_live_a_tip_needs_to_be_told_which() {
    let folder = enrolled_folder();
    let phone = shared_flat(&folder, "phone", "12912345678").await;
    let error = adopt(&phone, "", "").await.expect_err("which family?");
    assert_eq!(error.params["field"], "household");
}

#[tokio::test]
async fn a_tip_about_one_person_is_not_for_a_person_of_another_family() {
    let folder = enrolled_folder();
    let phone = shared_flat(&folder, "mobility", "wheelchair").await;
    let stranger = resident(1).to_string();
    let error = adopt(&phone, &family(2), &stranger).await;
    assert_eq!(error.expect_err("a stranger").params["field"], "resident");
    let own = resident(2).to_string();
    adopt(&phone, &family(2), &own).await.expect("adopted");
}
