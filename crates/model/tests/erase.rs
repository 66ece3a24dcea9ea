//! A person is taken out of a document, and nothing else.
#![allow(clippy::expect_used, reason = "a test may stop")]

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::chunk::header_of;
use linli_model::document::Document;
use linli_model::erase::{Erasure, TAKEN_OUT, renew};
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Phone};
use linli_model::kinds::household::{self, Resident};
use linli_model::value::{Hash, Value, Write};

fn actor(who: u8) -> Actor {
    Actor {
        enrolment: EnrolmentId([who; 8]),
        counter: 1,
    }
}

fn entry(n: u8) -> EntryId {
    EntryId::new(1_700_000_000_000, [n; 10])
}

/// A document and its changes, as the log has them.
struct Log {
    document: Document,
    changes: Vec<Vec<u8>>,
}

impl Log {
    fn new(kind: Kind) -> Self {
        let dwelling = DocId::from_bytes([5; 16]);
        Self {
            document: Document::new(kind, DocId::of_occupancy(kind, dwelling, 1)).expect("genesis"),
            changes: Vec::new(),
        }
    }

    fn write(&mut self, seen: &[Hash], who: u8, writes: &[Write]) -> Hash {
        let time = 100 + self.changes.len() as i64;
        let edit = self
            .document
            .edit(seen, actor(who), time, writes)
            .expect("edit");
        self.changes.push(edit.bytes);
        edit.hash
    }

    fn renewed(&self, erasure: &Erasure) -> linli_model::erase::Renewed {
        renew(
            self.document.kind(),
            self.document.id(),
            self.changes.iter().map(Vec::as_slice),
            erasure,
        )
        .expect("renewed")
    }
}

fn name(of: EntryId, name: &str) -> Write {
    Write::new(format!("residents/{of}/name"), name)
}

/// Two residents; both names were written by two people apart.
fn household() -> (Log, [EntryId; 2]) {
    let (stays, goes) = (entry(1), entry(2));
    let mut log = Log::new(Kind::Household);
    let found = household::found(DocId::from_bytes([5; 16]), 1);
    log.write(&log.document.heads(), 1, &found);
    for (id, name) in [(stays, "周甲"), (goes, "吴乙")] {
        let resident = Resident {
            name: name.into(),
            sex: "1".into(),
            ..Resident::default()
        };
        log.write(
            &log.document.heads(),
            1,
            &household::add_resident(id, &resident),
        );
    }
    let seen = log.document.heads();
    log.write(&seen, 2, &[name(stays, "周丙")]);
    log.write(&seen, 3, &[name(stays, "周丁")]);
    let both = log.document.heads();
    log.write(&both, 4, &[name(goes, "吴戊")]);
    log.write(
        &log.document.heads(),
        5,
        &[
            Write::new(format!("remarks/{}/words", entry(9)), "吴乙和周甲在家"),
            Write::new(format!("tags/{goes}:P40"), true),
        ],
    );
    (log, [stays, goes])
}

fn words_in(document: &Document) -> String {
    String::from_utf8_lossy(&document.save()).into_owned()
}

#[test]
fn one_resident_goes_and_everything_else_stays_as_it_was() {
    let (log, [stays, goes]) = household();
    let mut erasure = Erasure::of([goes]);
    erasure.follow(&log.document);
    assert_eq!(erasure.words(), ["吴乙", "吴戊"]);
    let renewed = log.renewed(&erasure);
    assert!(renewed.differs() && !renewed.is_empty());

    let bytes = words_in(&renewed.document);
    for word in ["吴乙", "吴戊", &goes.to_string()] {
        assert!(!bytes.contains(word), "{word}");
    }
    let fields = renewed.document.fields();
    assert_eq!(fields.keys("residents"), [stays.to_string()]);
    assert_eq!(
        fields.text(&format!("remarks/{}/words", entry(9))),
        format!("{TAKEN_OUT}和周甲在家")
    );
    // Those who disagreed still do, and their history is theirs.
    let path = format!("residents/{stays}/name");
    let [clash] = fields.clashes.as_slice() else {
        panic!("{:?}", fields.clashes);
    };
    assert_eq!(clash.path, path);
    let (before, after) = (log.document.history(&path), renewed.document.history(&path));
    assert_eq!(before.len(), 3);
    for (a, b) in before.iter().zip(&after) {
        assert_eq!((&a.value, a.actor, a.time), (&b.value, b.actor, b.time));
        assert_eq!((&a.replaced, a.current), (&b.replaced, b.current));
    }
    // It takes the next edit, and comes back from its saved form change by change.
    let saved = renewed.document.save();
    let again = Document::load(Kind::Household, log.document.id(), &saved).expect("loaded");
    let made: Vec<Vec<u8>> = renewed
        .became
        .iter()
        .filter_map(|one| one.edit.as_ref())
        .map(|edit| edit.bytes.clone())
        .collect();
    let mut came: Vec<Vec<u8>> = again.changes().into_iter().map(|edit| edit.bytes).collect();
    assert_eq!(came.len(), made.len());
    came.sort();
    let mut sorted = made.clone();
    sorted.sort();
    assert_eq!(came, sorted, "byte for byte");
    let mut one_more = again;
    one_more
        .edit(&one_more.heads(), actor(7), 900, &[name(stays, "周己")])
        .expect("one more edit");
}

#[test]
fn what_somebody_chose_of_two_values_stays_chosen() {
    for chosen in ["周丙", "周丁"] {
        let (mut log, [stays, goes]) = household();
        let path = format!("residents/{stays}/name");
        assert_eq!(log.document.fields().clashes.len(), 1);
        log.write(&log.document.heads(), 6, &[name(stays, chosen)]);
        assert!(log.document.fields().clashes.is_empty());
        let renewed = log.renewed(&Erasure::of([goes]));
        let fields = renewed.document.fields();
        assert!(fields.clashes.is_empty(), "{chosen}");
        assert_eq!(fields.text(&path), chosen);
    }
}

#[test]
fn an_edit_made_before_goes_on_at_what_its_author_had_seen() {
    let (log, [stays, goes]) = household();
    let renewed = log.renewed(&Erasure::of([goes]));
    let by = |was: Hash| {
        let one = renewed.became.iter().find(|one| one.was == was);
        one.map(|one| one.by.clone()).expect("known")
    };
    // Its author had seen one of the two names only.
    let seen: Vec<Hash> = log
        .changes
        .iter()
        .map(|bytes| header_of(bytes).expect("header"))
        .filter(|header| header.actor == actor(2).to_bytes())
        .map(|header| header.hash)
        .collect();
    let mut document = renewed.document.clone();
    document
        .edit(&by(seen[0]), actor(8), 900, &[name(stays, "周庚")])
        .expect("replayed");
    let clash = &document.fields().clashes[0];
    let values: Vec<&Value> = clash.values.iter().map(|one| &one.value).collect();
    assert_eq!(values.len(), 2);
    assert!(values.contains(&&Value::from("周庚")) && values.contains(&&Value::from("周丁")));
    // What only said something of the erased one stands for what it was built on.
    let gone = renewed.became.iter().filter(|one| one.edit.is_none());
    for one in gone {
        assert!(one.by.iter().all(|hash| renewed.document.has(*hash)));
        assert!(!one.by.is_empty());
    }
    assert_eq!(
        renewed
            .became
            .iter()
            .filter(|one| one.edit.is_none())
            .count(),
        2
    );
}

#[test]
fn a_telephone_goes_with_whoever_it_belongs_to() {
    let (stays, goes) = (entry(1), entry(2));
    let mut log = Log::new(Kind::Care);
    let phone = |number: &str, whose| Phone {
        number: number.into(),
        whose,
        ..Phone::default()
    };
    let mut writes = care::add_phone(entry(3), &phone("12900000001", Some(goes)));
    writes.extend(care::add_phone(
        entry(4),
        &phone("12900000002", Some(stays)),
    ));
    writes.push(care::flag(goes, "N03", true));
    writes.push(care::flag(stays, "N03", true));
    writes.push(care::mobility(goes, "wheelchair"));
    log.write(&log.document.heads(), 1, &writes);
    let number = format!("phones/{}/number", entry(3));
    log.write(
        &log.document.heads(),
        2,
        &[Write::new(number, "12900000009")],
    );

    let mut erasure = Erasure::of([goes]);
    erasure.follow(&log.document);
    assert_eq!(erasure.words(), ["12900000001", "12900000009"]);
    let renewed = log.renewed(&erasure);
    let fields = renewed.document.fields();
    assert_eq!(fields.keys("phones"), [entry(4).to_string()]);
    assert_eq!(fields.keys("flags"), [format!("{stays}:N03")]);
    assert!(fields.keys("mobility").is_empty());
    let bytes = words_in(&renewed.document);
    for gone in ["12900000001", "12900000009", &goes.to_string()] {
        assert!(!bytes.contains(gone), "{gone}");
    }
}

#[test]
fn a_document_that_says_nothing_of_somebody_stays_the_same() {
    let (log, _) = household();
    let renewed = log.renewed(&Erasure::of([entry(77)]));
    assert!(!renewed.differs());
    assert_eq!(renewed.document.heads(), log.document.heads());
}
