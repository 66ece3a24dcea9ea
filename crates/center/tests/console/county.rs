//! The little county with people at its desks.

use linli_model::bundle::{Person, Record};
use linli_model::ids::PersonId;

#[allow(dead_code, reason = "the devices' own tests use the rest of it")]
#[path = "../devices/county.rs"]
mod base;

pub(crate) use base::*;

/// Logins beyond the county's acceptor `desk`.
const DESKS: [(&str, &str, &str); 9] = [
    ("community", "R05", COMMUNITY),
    ("elsewhere", "R05", "519901002003"),
    ("chief", "R04", COMMUNITY),
    ("neighbour", "R04", "519901002003"),
    ("supervisor", "R09", COUNTY),
    ("leader", "R13", COUNTY),
    ("system", "R14", COUNTY),
    ("security", "R15", COUNTY),
    ("audit", "R16", COUNTY),
];

pub(crate) fn records() -> Vec<Record> {
    let mut records = base::records();
    for (number, (login, role, org)) in (0x50..).zip(DESKS) {
        records.push(Record::Person(Person {
            id: PersonId::from_bytes([number; 16]),
            name: format!("坐席{login}"),
            role: role.into(),
            org: org.into(),
            building: None,
            dept: String::new(),
            phone: "12900000009".into(),
            login: login.into(),
            example: String::new(),
        }));
    }
    // A field worker has no business at a desk, even with a login.
    records.push(Record::Person(Person {
        id: PersonId::from_bytes([0x60; 16]),
        name: "孙萍".into(),
        role: "R01".into(),
        org: GRID.into(),
        building: None,
        dept: String::new(),
        phone: String::new(),
        login: "field".into(),
        example: String::new(),
    }));
    records
}
