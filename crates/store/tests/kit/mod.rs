//! Two phones and a center that accepts everything, in one process.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "test kit"
)]

pub mod erasure;

use linli_model::actor::EnrolmentId;
use linli_model::ids::{DocId, EntryId, IntentId};
use linli_model::intent::{Action, Intent};
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Phone as PhoneEntry};
use linli_model::kinds::door::{self, Room};
use linli_model::kinds::household::{self, Resident};
use linli_model::kinds::media::Fact;
use linli_model::kinds::place::Place;
use linli_model::value::Write;
use linli_store::media::pending;
use linli_store::mend::mend;
use linli_store::outbox::{self, Outcome};
use linli_store::page::{self, Incoming, What};
use linli_store::record::{Pen, Plan, record};
use linli_store::{Store, StoreError, Transaction};

pub const KEY: [u8; 32] = [7; 32];

pub struct Phone {
    pub store: Store,
    pub enrolment: EnrolmentId,
    pub folder: tempfile::TempDir,
    dice: u8,
}

pub fn phone(number: u8) -> Phone {
    let folder = tempfile::tempdir().expect("temp folder");
    let store = Store::open(&folder.path().join("linli.db"), &KEY).expect("open");
    Phone {
        store,
        enrolment: EnrolmentId([number; 8]),
        folder,
        dice: 0,
    }
}

pub fn plan(doc: DocId, kind: Kind, action: Action, writes: Vec<Write>) -> Plan {
    Plan {
        doc,
        kind,
        seen: None,
        action,
        writes,
        about: String::new(),
    }
}

impl Phone {
    pub fn write(&mut self, plans: &[Plan]) -> Result<Vec<Intent>, StoreError> {
        self.record(plans, false)
    }

    /// Writes several plans that stand or fall together.
    pub fn write_together(&mut self, plans: &[Plan]) -> Result<Vec<Intent>, StoreError> {
        self.record(plans, true)
    }

    fn record(&mut self, plans: &[Plan], atomic: bool) -> Result<Vec<Intent>, StoreError> {
        self.with_pen(|tx, pen| record(tx, pen, plans, atomic))
    }

    /// Sends something that came back once more, with these words.
    pub fn mend(
        &mut self,
        id: IntentId,
        words: &[(String, String)],
    ) -> Result<Vec<Intent>, StoreError> {
        self.with_pen(|tx, pen| mend(tx, pen, id, words))
    }

    fn with_pen<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &mut Pen<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let seed = [self.enrolment.0[0], self.dice];
        self.dice += 1;
        let mut count = 0;
        let mut random = move || {
            count += 1;
            let mut bytes = [0; 10];
            bytes[..3].copy_from_slice(&[seed[0], seed[1], count]);
            bytes
        };
        let wall_ms = 1_700_000_000_000 + u64::from(self.dice) * 1000;
        let enrolment = self.enrolment;
        self.store.transact(|tx| {
            let mut pen = Pen {
                enrolment,
                wall_ms,
                random: &mut random,
            };
            work(tx, &mut pen)
        })
    }

    /// The center's word on one intent.
    pub fn settle(&self, id: IntentId, outcome: &Outcome) {
        self.store
            .transact(|tx| outbox::settle(tx, self.enrolment, id, outcome).map(|_| ()))
            .expect("verdict");
    }

    /// Waiting, and needing attention.
    pub fn counts(&self) -> (u32, u32) {
        self.store.read(outbox::counts).expect("counts")
    }

    pub fn fields(&self, doc: DocId) -> linli_model::fields::Fields {
        self.store
            .read(|tx| Ok::<_, StoreError>(linli_store::document::load_known(tx, doc)?.fields()))
            .expect("document")
    }

    pub fn heads(&self, doc: DocId) -> Vec<linli_model::value::Hash> {
        self.store
            .read(|tx| Ok::<_, StoreError>(linli_store::document::load_known(tx, doc)?.heads()))
            .expect("document")
    }
}

/// A center that accepts everything except what `refuse` names.
#[derive(Default)]
pub struct Center {
    log: Vec<(EnrolmentId, Incoming)>,
}

impl Center {
    pub fn sync(&mut self, phone: &Phone, refuse: impl Fn(&Intent) -> bool) {
        let batch = phone
            .store
            .read(|tx| outbox::unsent(tx, 0, 500, usize::MAX))
            .expect("outbox");
        let mut verdicts = Vec::new();
        for (intent, change) in batch {
            if refuse(&intent) {
                let back = Outcome::Attention("scope".into(), "{}".into());
                verdicts.push((intent.id, back));
                continue;
            }
            let seq = i64::try_from(self.log.len()).expect("small") + 1;
            let sent = intent.target.as_ref().map(|target| target.change);
            verdicts.push((intent.id, Outcome::Accepted(sent, seq)));
            let Some(target) = intent.target else {
                continue;
            };
            let what = What::Put {
                epoch: 0,
                received_at: seq * 10,
                change,
            };
            let op = Incoming {
                seq,
                doc: target.doc,
                kind: target.kind,
                buckets: vec![0],
                what,
            };
            self.log.push((phone.enrolment, op));
        }
        let ops: Vec<Incoming> = self.log.iter().map(|(_, op)| op.clone()).collect();
        let through = i64::try_from(self.log.len()).expect("small");
        phone
            .store
            .transact(|tx| {
                for (id, outcome) in &verdicts {
                    outbox::settle(tx, phone.enrolment, *id, outcome)?;
                }
                page::apply(tx, phone.enrolment, &ops, through)
            })
            .expect("page");
    }
}

pub const BUILDING: DocId = DocId::from_bytes([1; 16]);
pub const DWELLING: DocId = DocId::from_bytes([2; 16]);
pub const DOOR: DocId = DocId::from_bytes([3; 16]);
pub const ZHANG: EntryId = EntryId::from_bytes([4; 16]);
pub const NUMBER: EntryId = EntryId::from_bytes([5; 16]);

pub fn household_id() -> DocId {
    DocId::of_occupancy(Kind::Household, DWELLING, 1)
}

pub fn care_id() -> DocId {
    DocId::of_occupancy(Kind::Care, DWELLING, 1)
}

pub fn number_path() -> String {
    format!("phones/{NUMBER}/number")
}

/// 5栋2单元501 with 单守田 and one telephone entry, written on `phone`.
pub fn seed(phone: &mut Phone) {
    let building = Place {
        kind: "building".into(),
        name: "5栋".into(),
        alias: "老供销社宿舍".into(),
        units: vec!["2".into()],
        floors: vec!["5".into()],
        ..Place::default()
    };
    let room = Room {
        unit: "2".into(),
        floor: "5".into(),
        room: "501".into(),
        surname: "单".into(),
        occupied: true,
        occupancies: vec![1],
    };
    let resident = Resident {
        name: "单守田".into(),
        relation: "0".into(),
        birth_year: 1948,
        ..Resident::default()
    };
    let number = PhoneEntry {
        number: "12900000452".into(),
        whose: Some(ZHANG),
        ..PhoneEntry::default()
    };
    let mut home = household::found(DWELLING, 1);
    home.extend(household::add_resident(ZHANG, &resident));
    let mut cared = care::found(DWELLING, 1);
    cared.extend(care::add_phone(NUMBER, &number));
    cared.push(Write::new("cycle_days", 7));
    phone
        .write(&[
            plan(
                BUILDING,
                Kind::Place,
                Action::CenterWrite,
                building.create(),
            ),
            plan(
                DOOR,
                Kind::Door,
                Action::CenterWrite,
                door::create(BUILDING, &[(DWELLING, room)]),
            ),
            plan(household_id(), Kind::Household, Action::Found, home),
            plan(care_id(), Kind::Care, Action::Found, cared),
        ])
        .expect("seed");
}

/// A finished photo that no record names yet; what a record says of it.
#[allow(dead_code, reason = "not every test has photos")]
pub(crate) fn photo(store: &linli_store::Store, id: linli_model::ids::MediaId) -> Fact {
    let fact = Fact {
        id,
        sha256: [9; 32],
        bytes: 9,
        width: 1,
        height: 1,
        taken_at: 1,
        source: "camera".into(),
        position: None,
    };
    store
        .transact(|tx| {
            pending::begin(tx, id, &fact.source, fact.taken_at, &[])?;
            pending::working(tx, id, (1, 1))?;
            pending::finished(tx, id, &fact.sha256, 9, &[])
        })
        .expect("photo");
    fact
}
