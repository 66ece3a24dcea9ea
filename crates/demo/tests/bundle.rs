//! The bundle: the same bytes for the same seed, and documents that read back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};

use linli_demo::household::hero;
use linli_demo::{County, Size, write};
use linli_model::actor::{Actor, EnrolmentId};
use linli_model::bundle::{Doc, Header, Person, Record};
use linli_model::chunk::header_of;
use linli_model::document::Document;
use linli_model::fields::Fields;
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::{Class, Kind};
use linli_model::kinds::care::Care;
use linli_model::kinds::case::Case;
use linli_model::kinds::door;
use linli_model::kinds::household::Household;
use linli_model::kinds::place::Place;
use linli_model::reference;
use linli_model::workflow::Line;

fn county() -> County {
    County::build(7, Size::S, "2026-11-23".parse().unwrap())
}

fn bytes(county: &County, threads: usize) -> Vec<u8> {
    let mut out = Vec::new();
    write::write(county, threads, &mut out, |_, _| {}).unwrap();
    out
}

/// A bundle read back.
struct Read {
    header: Header,
    people: Vec<Person>,
    authors: BTreeSet<EnrolmentId>,
    docs: Vec<Doc>,
    photos: BTreeMap<String, [u8; 32]>,
}

fn read(bundle: &[u8]) -> Read {
    let plain = zstd::decode_all(bundle).unwrap();
    let mut decoder = minicbor::Decoder::new(&plain);
    let Record::Header(header) = decoder.decode().unwrap() else {
        panic!("no header first")
    };
    let mut read = Read {
        header,
        people: Vec::new(),
        authors: BTreeSet::new(),
        docs: Vec::new(),
        photos: BTreeMap::new(),
    };
    while decoder.position() < plain.len() {
        match decoder.decode().unwrap() {
            Record::Header(_) => panic!("two headers"),
            Record::Person(person) => read.people.push(person),
            Record::Author(author) => {
                assert!(read.authors.insert(author.enrolment));
            }
            Record::Doc(doc) => read.docs.push(doc),
            Record::Photo(photo) => {
                read.photos
                    .insert(photo.id.to_string(), linli_model::digest(&[&photo.jpeg]));
                assert!(photo.jpeg.len() < 80_000);
            }
        }
    }
    read
}

fn fields(doc: &Doc) -> Fields {
    let changes = doc.changes.iter().map(|c| c.bytes.as_slice());
    Document::from_changes(doc.kind, doc.id, changes)
        .unwrap()
        .fields()
}

#[test]
fn the_bundle_reads_back_and_is_the_same_each_time() {
    let county = county();
    let bundle = bytes(&county, 2);
    assert!(
        bundle == bytes(&self::county(), 1),
        "another run with fewer threads gave other bytes"
    );
    let read = read(&bundle);
    assert_eq!(read.header.docs as usize, read.docs.len());
    assert_eq!(
        (read.header.code.as_str(), read.header.fictional),
        ("519901", true)
    );
    let ids: BTreeSet<_> = read.docs.iter().map(|d| d.id).collect();
    assert_eq!(ids.len(), read.docs.len(), "two documents have one id");
    people(&read);
    let all: BTreeMap<DocId, (Kind, Fields)> = read
        .docs
        .iter()
        .map(|d| (d.id, (d.kind, fields(d))))
        .collect();
    authors(&read);
    hero_household(&county, &all);
    doors(&county, &all);
    categories(&all);
    cases(&county, &read, &all);
    let clashing: Vec<_> = all
        .values()
        .filter(|(_, f)| !f.clashes.is_empty())
        .collect();
    assert_eq!(clashing.len(), 1, "one household has a clash");
    assert_eq!(clashing[0].1.clashes[0].values.len(), 2);
    let moved = &county.housing.buildings[county.awkward.moved_building.unwrap()];
    let (_, moved_doc) = &all[&DocId::from_bytes(moved.id.0)];
    assert_eq!(
        Place::read(moved_doc).org,
        county.org.grids[moved.grid].code
    );
}

fn people(read: &Read) {
    for example in ["worker", "chief", "lead", "desk"] {
        assert_eq!(
            read.people.iter().filter(|p| p.example == example).count(),
            1,
            "{example}"
        );
    }
    let logins: Vec<_> = read
        .people
        .iter()
        .map(|p| &p.login)
        .filter(|l| !l.is_empty())
        .collect();
    assert_eq!(
        logins.iter().collect::<BTreeSet<_>>().len(),
        logins.len(),
        "two share a login"
    );
    let three = ["R14", "R15", "R16"].map(|r| read.people.iter().find(|p| p.role == r).unwrap().id);
    assert_eq!(three.iter().collect::<BTreeSet<_>>().len(), 3);
}

/// Every change names somebody the bundle introduces, and none was received before it was
/// possible.
fn authors(read: &Read) {
    for change in read.docs.iter().flat_map(|d| &d.changes) {
        let header = header_of(&change.bytes).unwrap();
        let actor = Actor::from_bytes(&header.actor).unwrap();
        assert!(actor.enrolment == EnrolmentId::CENTER || read.authors.contains(&actor.enrolment));
        assert!(change.received_at <= read.header.now);
    }
}

fn hero_household(county: &County, all: &BTreeMap<DocId, (Kind, Fields)>) {
    let home = &county.households[county.hero];
    let dwelling = DocId::from_bytes(county.housing.dwellings[home.dwelling].id.0);
    let (_, household) = &all[&DocId::of_occupancy(Kind::Household, dwelling, 1)];
    let household = Household::read(household);
    let names: BTreeSet<_> = household
        .residents
        .iter()
        .map(|r| r.1.name.as_str())
        .collect();
    assert_eq!(names, BTreeSet::from([hero::ELDER, hero::DAUGHTER]));
    let (_, fields) = &all[&DocId::of_occupancy(Kind::Care, dwelling, 1)];
    let care = Care::read(fields);
    assert_eq!((care.phones.len(), care.cycle_days), (1, 7));
    assert_eq!(care.phones[0].1.number, hero::PHONE);
    let elder = EntryId::from_bytes(home.residents[0].id.0);
    assert!(care.flags.contains(&(elder, "P20".into())));
}

fn doors(county: &County, all: &BTreeMap<DocId, (Kind, Fields)>) {
    let mut rooms = 0;
    let mut families = 0;
    for (_, fields) in all.values().filter(|(k, _)| *k == Kind::Door) {
        let building = door::building(fields).unwrap();
        assert_eq!(Place::read(&all[&building].1).kind, "building");
        for (dwelling, room) in door::rooms(fields) {
            rooms += 1;
            families += room.occupancies.len();
            assert_eq!(room.occupied, !room.surname.is_empty());
            for occupancy in room.occupancies {
                let id = DocId::of_occupancy(Kind::Household, dwelling, occupancy);
                assert!(all.contains_key(&id));
            }
        }
    }
    assert_eq!(
        (rooms, families),
        (county.housing.dwellings.len(), county.households.len())
    );
}

/// Each category stands in a document of its own class, and none of tier L3 anywhere.
fn categories(all: &BTreeMap<DocId, (Kind, Fields)>) {
    let mut seen = BTreeSet::new();
    for (kind, fields) in all.values() {
        let (container, class) = match kind {
            Kind::Household => ("tags", Class::Roster),
            Kind::Care => ("flags", Class::Care),
            Kind::CareNamed => ("flags", Class::CareNamed),
            _ => continue,
        };
        for key in fields.keys(container) {
            let code = key.split_once(':').unwrap().1;
            if !code.starts_with('P') {
                continue;
            }
            seen.insert(code.to_owned());
            let own = reference::persons().get(code).unwrap().class;
            let named_too = class == Class::CareNamed && own == Some(Class::Care);
            assert!(own == Some(class) || named_too, "{code} in {kind:?}");
        }
        if *kind == Kind::Household {
            for (_, resident) in Household::read(fields).residents {
                assert!(!matches!(resident.population.as_str(), "P14" | "P15"));
            }
        }
    }
    assert!(seen.len() > 15, "{seen:?}");
}

fn cases(county: &County, read: &Read, all: &BTreeMap<DocId, (Kind, Fields)>) {
    let mut states = BTreeMap::new();
    let mut photos = 0;
    for (_, fields) in all.values().filter(|(k, _)| *k == Kind::Case) {
        let line = Line::fold(fields, |_| true);
        assert!(line.beside.is_empty());
        *states.entry(line.state().to_owned()).or_insert(0) += 1;
        for fact in Case::read(fields).media {
            assert_eq!(read.photos.get(&fact.id.to_string()), Some(&fact.sha256));
            photos += 1;
        }
    }
    assert_eq!(states.values().sum::<usize>(), county.history.cases.len());
    assert_eq!(states.len(), 4, "{states:?}");
    assert!(photos > 5 && photos == read.photos.len());
}

#[test]
fn reported_words_and_urgencies_agree_with_the_reference_data() {
    let county = county();
    for case in &county.history.cases {
        assert!(
            reference::events().item(case.category).is_some(),
            "{}",
            case.category
        );
    }
    for visit in &county.history.visits {
        assert!(
            reference::visits()
                .types
                .iter()
                .any(|t| t.code == visit.kind)
        );
    }
    for staff in &county.staff {
        let role = linli_model::reference::roles::RoleCode::parse(staff.role).unwrap();
        assert!(reference::roles().get(role).is_some());
    }
}
