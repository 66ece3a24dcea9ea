//! A county of two grids and one building, as a bundle.

use std::path::Path;

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::bundle::{AuthorOf, Change, Doc, Header, Person, Record, VERSION};
use linli_model::document::Document;
use linli_model::ids::{DocId, EntryId, PersonId};
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Phone};
use linli_model::kinds::case::Case;
use linli_model::kinds::door::{self, Room};
use linli_model::kinds::household::{self, Resident};
use linli_model::kinds::notice::Notice;
use linli_model::kinds::place::Place;
use linli_model::kinds::visit::Visit;
use linli_model::value::Write;

pub(crate) const COUNTY: &str = "519901";
pub(crate) const STREET: &str = "519901002";
pub(crate) const COMMUNITY: &str = "519901002002";
pub(crate) const GRID: &str = "519901002002003";
pub(crate) const OTHER_GRID: &str = "519901002002004";

pub(crate) const BUILDING: DocId = DocId::from_bytes([0x11; 16]);
pub(crate) const DWELLING: DocId = DocId::from_bytes([0x12; 16]);
pub(crate) const EMPTY_DWELLING: DocId = DocId::from_bytes([0x13; 16]);
pub(crate) const RESIDENT: EntryId = EntryId::from_bytes([0x14; 16]);
pub(crate) const PHONE: EntryId = EntryId::from_bytes([0x15; 16]);

pub(crate) const WORKER: PersonId = PersonId::from_bytes([1; 16]);
pub(crate) const OTHER_WORKER: PersonId = PersonId::from_bytes([2; 16]);
pub(crate) const CHIEF: PersonId = PersonId::from_bytes([3; 16]);
pub(crate) const LEAD: PersonId = PersonId::from_bytes([4; 16]);
pub(crate) const DESK: PersonId = PersonId::from_bytes([5; 16]);

const CENTER: Actor = Actor {
    enrolment: EnrolmentId::CENTER,
    counter: 1,
};
const OLD_PHONE: EnrolmentId = EnrolmentId([9; 8]);

pub(crate) fn household() -> DocId {
    DocId::of_occupancy(Kind::Household, DWELLING, 1)
}

pub(crate) fn care() -> DocId {
    DocId::of_occupancy(Kind::Care, DWELLING, 1)
}

fn person(id: PersonId, name: &str, role: &str, org: &str, example: &str) -> Record {
    Record::Person(Person {
        id,
        name: name.into(),
        role: role.into(),
        org: org.into(),
        building: (id == LEAD).then_some(BUILDING),
        dept: String::new(),
        phone: "12900000001".into(),
        login: if id == DESK {
            "desk".into()
        } else {
            String::new()
        },
        example: example.into(),
    })
}

fn doc(kind: Kind, id: DocId, by: EnrolmentId, edits: &[Vec<Write>]) -> Record {
    let mut document = Document::new(kind, id).expect("blank");
    let actor = Actor {
        enrolment: by,
        ..CENTER
    };
    let changes = edits
        .iter()
        .map(|writes| Change {
            bytes: document
                .edit(&document.heads(), actor, 1_700_000_000, writes)
                .expect("edit")
                .bytes,
            received_at: 1_700_000_000_000,
        })
        .collect();
    Record::Doc(Doc { id, kind, changes })
}

fn place(id: u8, kind: &str, org: &str) -> Record {
    let place = Place {
        kind: kind.into(),
        name: format!("{kind} {org}"),
        code: org.into(),
        org: org.into(),
        ..Place::default()
    };
    let id = if kind == "building" {
        BUILDING
    } else {
        DocId::from_bytes([id; 16])
    };
    doc(Kind::Place, id, CENTER.enrolment, &[place.create()])
}

pub(crate) fn records() -> Vec<Record> {
    let room = |room: &str, occupied: bool| Room {
        room: room.into(),
        floor: room[..1].into(),
        surname: "杨".into(),
        occupied,
        occupancies: if occupied { vec![1] } else { Vec::new() },
        ..Room::default()
    };
    let rooms = [
        (DWELLING, room("301", true)),
        (EMPTY_DWELLING, room("302", false)),
    ];
    let resident = Resident {
        name: "杨秀英".into(),
        birth_year: 1948,
        relation: "0".into(),
        ..Resident::default()
    };
    let phone = Phone {
        number: "12900000452".into(),
        ..Phone::default()
    };
    let notice = Notice {
        title: "停水通知".into(),
        org: STREET.into(),
        at: 1_700_000_000_000,
        ..Notice::default()
    };
    vec![
        Record::Header(Header {
            version: VERSION,
            county: "栖云县".into(),
            code: COUNTY.into(),
            now: 1_700_000_000_000,
            fictional: true,
            docs: 10,
        }),
        person(WORKER, "周桂兰", "R01", GRID, "worker"),
        person(OTHER_WORKER, "何建国", "R01", OTHER_GRID, ""),
        person(CHIEF, "罗敏", "R04", COMMUNITY, "chief"),
        person(LEAD, "刘大成", "R02", GRID, "lead"),
        person(DESK, "唐芳", "R07", COUNTY, "desk"),
        Record::Author(AuthorOf {
            enrolment: OLD_PHONE,
            person: WORKER,
        }),
        // Documents in an order in which nothing is where it will be needed.
        doc(
            Kind::Care,
            care(),
            OLD_PHONE,
            &[care::found(DWELLING, 1), care::add_phone(PHONE, &phone)],
        ),
        doc(
            Kind::Household,
            household(),
            OLD_PHONE,
            &[
                household::found(DWELLING, 1),
                household::add_resident(RESIDENT, &resident),
            ],
        ),
        doc(
            Kind::Notice,
            DocId::from_bytes([0x30; 16]),
            CENTER.enrolment,
            &[notice.create()],
        ),
        doc(
            Kind::Door,
            DocId::from_bytes([0x31; 16]),
            CENTER.enrolment,
            &[door::create(BUILDING, &rooms)],
        ),
        place(0x21, "county", COUNTY),
        place(0x22, "street", STREET),
        place(0x23, "community", COMMUNITY),
        place(0x24, "grid", GRID),
        place(0x25, "grid", OTHER_GRID),
        place(0, "building", GRID),
    ]
}

/// Writes a bundle.
pub(crate) fn write(path: &Path, records: &[Record]) {
    let mut bytes = Vec::new();
    for record in records {
        minicbor::encode(record, &mut bytes).expect("encode");
    }
    let packed = zstd::bulk::compress(&bytes, 3).expect("zstd");
    std::fs::write(path, packed).expect("write");
}

/// A lamp that is out, at the building.
pub(crate) fn case() -> Case {
    Case {
        category: "0301".into(),
        words: "路灯不亮".into(),
        place: Some(BUILDING),
        org: GRID.into(),
        at: 5,
        ..Case::default()
    }
}

/// A visit to the dwelling.
pub(crate) fn visit() -> Visit {
    Visit {
        dwelling: Some(DWELLING),
        kind: "V01".into(),
        result: 1,
        at: 5,
        ..Visit::default()
    }
}
