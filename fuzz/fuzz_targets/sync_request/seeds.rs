//! What the corpus begins with: the released bytes of a request, and what honest phones send.

use std::path::Path;

use linli_model::actor::{Actor, Hlc};
use linli_model::document::Document;
use linli_model::ids::{DocId, EntryId, GroupId, IntentId};
use linli_model::intent::{Action, Group, Intent, Target};
use linli_model::kind::Kind;
use linli_model::kinds::household::{Resident, add_resident, found};
use linli_model::kinds::muster::{self, Muster};
use linli_model::kinds::{care, case, remark};
use linli_model::value::Write;
use linli_protocol::enrol::Enrolled;
use linli_protocol::sync::{Behind, Sent, SyncRequest};
use linli_protocol::{VERSION, columns, encode, order};

use crate::county::{self, DWELLING, GRID, PHONE, RESIDENT};
use crate::office::Office;
use crate::seal::SEALED;

/// The released bytes of requests.
const GOLDEN: [&str; 2] = [
    include_str!("../../../crates/protocol/tests/golden/v1/sync_request.hex"),
    include_str!("../../../crates/protocol/tests/golden/v1/sync_request_empty.hex"),
];

/// Writes one file for each seed.
pub(crate) fn write(office: &Office, folder: &Path) {
    std::fs::create_dir_all(folder).expect("folder");
    for (number, seed) in all(office).iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{number:02}")), seed).expect("written");
    }
}

/// All of them, as inputs.
pub(crate) fn all(office: &Office) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = GOLDEN
        .iter()
        .map(|text| {
            let text: String = text.split_whitespace().collect();
            [vec![0], hex::decode(text).expect("hex")].concat()
        })
        .collect();
    for (index, me) in office.phones.iter().enumerate() {
        for batch in batches(office, me) {
            let body = encode(&request(me, batch));
            let mode = u8::try_from(index).expect("few");
            seeds.push([vec![mode | SEALED], body].concat());
        }
    }
    seeds
}

/// A request as a phone of these tests sends it.
pub(crate) fn request(me: &Enrolled, intents: Vec<Sent>) -> SyncRequest {
    SyncRequest {
        version: VERSION,
        generation: me.generation,
        through: 0,
        page: 16 * 1024,
        intents,
        clock: 1_800_000_000_000,
        capabilities: Some(vec![order::CAPABILITY.into(), columns::CAPABILITY.into()]),
        digest: Some(vec![0; 16]),
        access: Some(1),
        behind: Some(vec![Behind {
            position: 0,
            through: 0,
        }]),
        erased: None,
    }
}

/// Somebody who writes.
struct Hand<'a> {
    me: &'a Enrolled,
    number: u64,
}

impl Hand<'_> {
    fn fresh(&mut self) -> [u8; 10] {
        self.number += 1;
        let mut bytes = [0; 10];
        bytes[..2].copy_from_slice(&self.me.enrolment.0[..2]);
        bytes[2..].copy_from_slice(&self.number.to_be_bytes());
        bytes
    }

    fn doc(&mut self) -> DocId {
        DocId::new(1_800_000_000_000, self.fresh())
    }

    fn entry(&mut self) -> EntryId {
        EntryId::new(1_800_000_000_000, self.fresh())
    }

    fn write(&mut self, action: Action, document: &mut Document, writes: Vec<Write>) -> Sent {
        let id = IntentId::new(1_800_000_000_000, self.fresh());
        let hlc = Hlc {
            ms: 1_800_000_000_000 + self.number * 1_000,
            count: 0,
        };
        let actor = Actor {
            enrolment: self.me.enrolment,
            counter: 1,
        };
        let seen = document.heads();
        let edit = document
            .edit(&seen, actor, hlc.seconds(), &writes)
            .expect("an edit");
        let target = Target {
            doc: document.id(),
            kind: document.kind(),
            epoch: 0,
            seen,
            change: edit.hash,
            counter: actor.counter,
        };
        Sent {
            intent: Intent {
                id,
                seq: self.number,
                hlc,
                action,
                writes,
                target: Some(target),
                group: None,
            },
            change: edit.bytes,
        }
    }
}

fn batches(office: &Office, me: &Enrolled) -> Vec<Vec<Sent>> {
    let mut hand = Hand { me, number: 0 };
    let (mut notes, mut home) = (office.known[0].clone(), office.known[1].clone());
    let number = vec![Write::new(format!("phones/{PHONE}/number"), "12900000111")];
    let one = hand.write(Action::FieldSet, &mut notes, number);
    let (entry, phone) = (hand.entry(), care::Phone::default());
    let phone = care::Phone {
        number: "12900000222".into(),
        ..phone
    };
    let two = hand.write(Action::PhoneAdd, &mut notes, care::add_phone(entry, &phone));
    let flag = vec![care::flag(RESIDENT, "N01", true)];
    let three = hand.write(Action::FieldSet, &mut notes, flag);
    let resident = Resident {
        name: "杨小明".into(),
        birth_year: 2001,
        ..Resident::default()
    };
    let entry = hand.entry();
    let four = hand.write(
        Action::ResidentAdd,
        &mut home,
        add_resident(entry, &resident),
    );
    let family = DocId::of_occupancy(Kind::Household, DWELLING, 2);
    let mut family = Document::new(Kind::Household, family).expect("blank");
    let five = hand.write(Action::Found, &mut family, found(DWELLING, 2));

    let mut visit = Document::new(Kind::Visit, hand.doc()).expect("blank");
    let logged = hand.write(Action::VisitLog, &mut visit, county::visit().create());
    let entry = hand.entry();
    let said = hand.write(
        Action::RemarkAdd,
        &mut visit,
        remark::add(entry, "下午再来", 6),
    );
    let mut report = Document::new(Kind::Case, hand.doc()).expect("blank");
    let entry = hand.entry();
    let reported = hand.write(
        Action::CaseReport,
        &mut report,
        county::case().report(entry),
    );
    let next = hand.entry();
    let stepped = hand.write(
        Action::CaseStep,
        &mut report,
        case::step(next, "withdrawn", &entry.to_string(), "修好了", 7),
    );
    let mut calling = Document::new(Kind::Muster, hand.doc()).expect("blank");
    let called = Muster {
        title: "防汛".into(),
        org: GRID.into(),
        at: 5,
        ..Muster::default()
    };
    let called = hand.write(Action::MusterStart, &mut calling, called.create());
    let room = vec![muster::say(&muster::room(DWELLING), "moved")];
    let answered = hand.write(Action::MusterStatus, &mut calling, room);
    let audit = Sent {
        intent: Intent {
            id: IntentId::new(1, hand.fresh()),
            seq: hand.number,
            hlc: Hlc { ms: 5, count: 0 },
            action: Action::Audit,
            writes: vec![Write::new("how", "dial")],
            target: None,
            group: None,
        },
        change: Vec::new(),
    };
    let mut group = vec![
        hand.write(
            Action::VisitLog,
            &mut Document::new(Kind::Visit, DocId::new(7, [7; 10])).expect("blank"),
            county::visit().create(),
        ),
        hand.write(
            Action::FieldSet,
            &mut notes,
            vec![Write::new("cycle_days", 7)],
        ),
    ];
    let id = GroupId::new(1, hand.fresh());
    for sent in &mut group {
        sent.intent.group = Some(Group {
            id,
            size: 2,
            atomic: true,
        });
    }
    vec![
        vec![],
        vec![one.clone()],
        vec![one, two, three],
        vec![four],
        vec![five],
        vec![logged.clone()],
        vec![logged, said],
        vec![reported, stepped],
        vec![called, answered],
        vec![audit],
        group,
    ]
}
