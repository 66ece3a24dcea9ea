//! Finding people and rooms the way people type.
#![allow(clippy::expect_used, reason = "a test may stop")]

#[allow(dead_code, reason = "each test file uses its part of the kit")]
mod kit;

use kit::{phone, seed};
use linli_store::read::find::{Hit, find};

fn titles(typed: &str, people: bool) -> Vec<String> {
    let mut phone = phone(1);
    seed(&mut phone);
    phone
        .store
        .read(|tx| find(tx, typed, 10, people))
        .expect("find")
        .into_iter()
        .map(|hit| match hit {
            Hit::Person(person) => person.name,
            Hit::Room(room, _) => room.room,
            Hit::Building(building) => building.name,
        })
        .collect()
}

#[test]
fn people_are_found_by_characters_pinyin_initials_and_the_end_of_their_number() {
    for typed in [
        "单守田",
        "单",
        "守田",
        "sst",
        "shanshoutian",
        "shanst",
        "452",
    ] {
        assert_eq!(
            titles(typed, true).first().map(String::as_str),
            Some("单守田"),
            "{typed}"
        );
    }
    assert!(titles("zhangsan", true).is_empty());
}

#[test]
fn rooms_are_found_however_the_address_is_written() {
    for typed in ["5栋2单元501", "5-2-501", "五栋二单元五零一", "52501", "501"] {
        assert!(titles(typed, true).contains(&"501".to_owned()), "{typed}");
    }
    assert_eq!(titles("供销社", true), ["5栋"]);
}

#[test]
fn a_building_lead_finds_rooms_but_never_people() {
    assert!(titles("sst", false).is_empty());
    assert_eq!(titles("501", false), ["501"]);
}
