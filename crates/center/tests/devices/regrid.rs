//! A building comes to another grid: everything in it changes hands, and both grids are told.

use linli_center::grid::{MoveError, move_building};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::place::Place;
use linli_protocol::sync::Verdict;

use crate::county::{
    BUILDING, CHIEF, GRID, LEAD, OTHER_GRID, OTHER_WORKER, WORKER, care, household,
};
use crate::office::Office;
use crate::phone::Phone;
use crate::rounds::number;

fn titles(phone: &Phone) -> Vec<String> {
    let notices = phone.docs.values().filter(|doc| doc.kind() == Kind::Notice);
    let mut titles: Vec<String> = notices
        .map(|doc| doc.fields().text("title").to_owned())
        .collect();
    titles.sort();
    titles
}

#[tokio::test(flavor = "multi_thread")]
async fn a_building_and_all_in_it_change_hands() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut other = Phone::synced(&office, OTHER_WORKER).await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    assert!(worker.docs.contains_key(&household()) && !other.docs.contains_key(&household()));
    let seen = worker.docs[&care()].heads();
    let late = worker.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        Some(seen),
        number("12900000777"),
    );

    let moved = move_building(&office.center, &BUILDING.to_string(), OTHER_GRID).expect("moved");
    assert!(moved.documents >= 4, "{moved:?}");

    let verdict = worker.send(late).await;
    assert!(
        matches!(&verdict, Verdict::Rejected { code, .. } if code == "scope"),
        "{verdict:?}"
    );
    for phone in [&mut other, &mut lead, &mut chief] {
        phone.sync(&[]).await;
    }
    for doc in [household(), care()] {
        assert!(!worker.docs.contains_key(&doc), "gone from the old grid");
        assert!(other.docs.contains_key(&doc) && chief.docs.contains_key(&doc));
    }
    let place = Place::read(&other.docs[&BUILDING].fields());
    assert_eq!(place.org, OTHER_GRID);
    assert!(lead.docs.contains_key(&BUILDING));

    // Both grids are told in words, and the people of the house hear of the new one.
    for phone in [&worker, &other] {
        assert!(
            titles(phone).iter().any(|title| title.contains("划到")),
            "{:?}",
            titles(phone)
        );
    }
    let refused = move_building(&office.center, &BUILDING.to_string(), OTHER_GRID);
    assert!(matches!(refused, Err(MoveError::Already)));

    // A phone that comes new finds the same.
    let fresh = Phone::synced(&office, OTHER_WORKER).await;
    let ids = |phone: &Phone| {
        let mut ids: Vec<_> = phone.docs.keys().copied().collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&fresh), ids(&other));
}

#[tokio::test(flavor = "multi_thread")]
async fn there_and_back_and_nothing_by_mistake() {
    let office = Office::open().await;
    let mut other = Phone::synced(&office, OTHER_WORKER).await;
    for (building, to) in [
        ("99栋", OTHER_GRID),
        ("building 519901002002003", "519901002002009"),
    ] {
        let refused = move_building(&office.center, building, to);
        let told = matches!(
            refused,
            Err(MoveError::NoBuilding(_) | MoveError::NoGrid(_))
        );
        assert!(told, "{refused:?}");
    }
    // By its name, there and back again.
    let name = format!("building {GRID}");
    move_building(&office.center, &name, OTHER_GRID).expect("there");
    other.sync(&[]).await;
    assert!(other.docs.contains_key(&care()));
    move_building(&office.center, &name, GRID).expect("and back");
    other.sync(&[]).await;
    assert!(!other.docs.contains_key(&care()));
    move_building(&office.center, &name, OTHER_GRID).expect("and there");
    other.sync(&[]).await;
    assert!(other.docs.contains_key(&care()));
}
