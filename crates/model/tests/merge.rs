//! How documents merge: annotated (base, local, remote) cases, and laws.
#![allow(clippy::expect_used, reason = "a test may stop")]

use linli_model::actor::{Actor, EnrolmentId, Hlc};
use linli_model::document::{Document, DocumentError};
use linli_model::ids::{DocId, EntryId, IntentId};
use linli_model::intent::{Action, Intent, Target};
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Care, Phone};
use linli_model::value::{Hash, Value, Write};

const WORKER: Actor = Actor {
    enrolment: EnrolmentId([1; 8]),
    counter: 1,
};
const CHIEF: Actor = Actor {
    enrolment: EnrolmentId([2; 8]),
    counter: 1,
};

fn care_doc() -> Document {
    Document::new(
        Kind::Care,
        DocId::of_occupancy(Kind::Care, DocId::from_bytes([5; 16]), 1),
    )
    .expect("genesis")
}

fn phone() -> EntryId {
    EntryId::new(1_700_000_000_000, [4; 10])
}

fn number(value: &str) -> Write {
    Write::new(format!("phones/{}/number", phone()), value)
}

/// A care document with one phone entry, as the center accepted it.
fn base() -> Document {
    let mut doc = care_doc();
    let entry = Phone {
        number: "12900000001".into(),
        ..Phone::default()
    };
    doc.edit(&doc.heads(), WORKER, 100, &care::add_phone(phone(), &entry))
        .expect("first edit");
    doc
}

#[test]
fn genesis_is_golden() {
    // A changed hash here would split every household in the field: never edit these.
    let heads = |kind| {
        Document::new(kind, DocId::from_bytes([9; 16]))
            .expect("genesis")
            .heads()
    };
    let golden = [
        (
            Kind::Household,
            include_str!("golden/genesis_household.txt"),
        ),
        (Kind::Care, include_str!("golden/genesis_care.txt")),
        (
            Kind::CareNamed,
            include_str!("golden/genesis_care_named.txt"),
        ),
    ];
    for (kind, hash) in golden {
        assert_eq!(heads(kind)[0].to_string(), hash.trim(), "{kind:?}");
    }
    assert!(heads(Kind::Visit).is_empty());
}

#[test]
fn two_phones_that_create_the_same_care_make_the_same_document() {
    let (mut a, mut b) = (care_doc(), care_doc());
    let edit_a = a
        .edit(&a.heads(), WORKER, 1, &[Write::new("cycle_days", 7)])
        .expect("edit");
    let edit_b = b
        .edit(&b.heads(), CHIEF, 1, &[care::mobility(phone(), "arm")])
        .expect("edit");
    a.apply([edit_b.bytes.as_slice()]).expect("merge");
    b.apply([edit_a.bytes.as_slice()]).expect("merge");
    assert_eq!(a.fields(), b.fields());
    assert_eq!(a.fields().int("cycle_days"), 7);
    assert!(a.fields().clashes.is_empty());
}

#[test]
fn different_fields_merge_same_field_clashes() {
    // base: number …01 | local: …02 | remote: …03 and mobility  →  clash on the number only
    let base = base();
    let seen = base.heads();
    let (mut local, mut remote) = (base.clone(), base);
    let mine = local
        .edit(&seen, WORKER, 200, &[number("12900000002")])
        .expect("local");
    let theirs = remote
        .edit(
            &seen,
            CHIEF,
            150,
            &[number("12900000003"), care::mobility(phone(), "arm")],
        )
        .expect("remote");
    local.apply([theirs.bytes.as_slice()]).expect("merge");
    remote.apply([mine.bytes.as_slice()]).expect("merge");
    assert_eq!(local.fields(), remote.fields());

    let fields = local.fields();
    assert_eq!(fields.clashes.len(), 1);
    let values: Vec<_> = fields.clashes[0]
        .values
        .iter()
        .map(|c| c.value.clone())
        .collect();
    assert!(values.contains(&"12900000002".into()) && values.contains(&"12900000003".into()));
    assert_eq!(Care::read(&fields).mobility, [(phone(), "arm".to_owned())]);

    // Settling writes the choice again, as an ordinary edit that saw both.
    local
        .edit(&local.heads(), WORKER, 300, &[number("12900000003")])
        .expect("settle");
    assert!(local.fields().clashes.is_empty());
    assert_eq!(
        local.fields().text(&format!("phones/{}/number", phone())),
        "12900000003"
    );
}

#[test]
fn the_same_value_from_two_people_is_no_clash() {
    let base = base();
    let seen = base.heads();
    let (mut a, mut b) = (base.clone(), base);
    a.edit(&seen, WORKER, 1, &[number("12900000009")])
        .expect("a");
    let other = b
        .edit(&seen, CHIEF, 2, &[number("12900000009")])
        .expect("b");
    a.apply([other.bytes.as_slice()]).expect("merge");
    assert!(a.fields().clashes.is_empty());
}

#[test]
fn a_form_opened_before_a_sync_clashes_instead_of_superseding() {
    let mut doc = base();
    let opened_on = doc.heads();
    let mut elsewhere = doc.clone();
    let arrived = elsewhere
        .edit(&opened_on, CHIEF, 150, &[number("12900000003")])
        .expect("remote");
    doc.apply([arrived.bytes.as_slice()]).expect("sync");

    // The worker's actor already wrote here, so at older heads a fresh one is needed.
    let late = [number("12900000002")];
    assert!(!doc.actor_fits(WORKER, &opened_on));
    assert!(matches!(
        doc.edit(&opened_on, WORKER, 200, &late),
        Err(DocumentError::ActorUsed)
    ));
    let fresh = Actor {
        counter: 2,
        ..WORKER
    };
    doc.edit(&opened_on, fresh, 200, &late).expect("late save");
    assert_eq!(doc.fields().clashes.len(), 1, "both values stand");

    // The same words on the newest heads would have silently won.
    let mut naive = elsewhere;
    naive
        .edit(&naive.heads(), fresh, 200, &late)
        .expect("naive");
    assert!(naive.fields().clashes.is_empty());
}

#[test]
fn the_center_executes_an_intent_again_and_gets_the_same_bytes() {
    let phone_doc = base();
    let seen = phone_doc.heads();
    let intent = |counter, change| Intent {
        id: IntentId::new(1, [1; 10]),
        seq: 1,
        hlc: Hlc {
            ms: 1_234_567,
            count: 0,
        },
        action: Action::FieldSet,
        writes: vec![number("12900000002")],
        target: Some(Target {
            doc: phone_doc.id(),
            kind: Kind::Care,
            epoch: 0,
            seen: seen.clone(),
            change,
            counter,
        }),
        group: None,
    };
    let on_phone = intent(2, Hash([0; 32]))
        .execute(
            &mut phone_doc.clone(),
            Actor {
                counter: 2,
                ..WORKER
            },
        )
        .expect("phone");
    // Meanwhile the center accepted somebody else's edit.
    let mut center_doc = phone_doc.clone();
    center_doc
        .edit(&seen, CHIEF, 1, &[Write::new("cycle_days", 30)])
        .expect("chief");
    let at_center = intent(2, on_phone.hash)
        .execute(
            &mut center_doc,
            Actor {
                counter: 2,
                ..WORKER
            },
        )
        .expect("center");
    assert_eq!(on_phone, at_center);

    let text = minicbor::to_vec(intent(2, on_phone.hash)).expect("encode");
    assert_eq!(
        minicbor::decode::<Intent>(&text).expect("decode"),
        intent(2, on_phone.hash)
    );
}

#[test]
fn field_history_tells_who_wrote_what_over_what() {
    let mut doc = base();
    doc.edit(&doc.heads(), CHIEF, 200, &[number("12900000002")])
        .expect("edit");
    let history = doc.history(&format!("phones/{}/number", phone()));
    let told: Vec<_> = history
        .iter()
        .map(|past| {
            (
                past.value.text().to_owned(),
                past.actor,
                past.time,
                past.current,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("12900000001".to_owned(), Some(WORKER), 100, false),
            ("12900000002".to_owned(), Some(CHIEF), 200, true)
        ]
    );
    assert_eq!(history[1].replaced, [Value::from("12900000001")]);
}

#[test]
fn births_happen_once_and_carry_the_id() {
    let id = DocId::new(5, [6; 10]);
    let mut doc = Document::new(Kind::Visit, id).expect("nothing yet");
    let words = [Write::new("type", "V01"), Write::new("result", 1)];
    let birth = doc.edit(&[], WORKER, 7, &words).expect("birth");
    assert_eq!(
        doc.fields().get("id"),
        &Value::Bytes(id.as_bytes().to_vec())
    );
    assert!(matches!(
        doc.edit(&[], CHIEF, 8, &words),
        Err(DocumentError::Birth)
    ));
    // The same words in another document are another change: nothing can be replayed across.
    let mut other = Document::new(Kind::Visit, DocId::new(5, [7; 10])).expect("nothing yet");
    assert_ne!(
        birth.hash,
        other.edit(&[], WORKER, 7, &words).expect("birth").hash
    );
}

#[test]
fn nothing_new_is_said_so_and_bad_bytes_are_refused() {
    let mut doc = base();
    let again = doc.edit(&doc.heads(), WORKER, 9, &[number("12900000001")]);
    assert!(matches!(again, Err(DocumentError::Nothing)));
    assert!(matches!(
        doc.apply([&[1, 2, 3][..]]),
        Err(DocumentError::BadChange)
    ));
    let mut orphan = base();
    orphan
        .edit(&orphan.heads(), WORKER, 1, &[Write::new("cycle_days", 7)])
        .expect("edit");
    let after = orphan
        .edit(&orphan.heads(), WORKER, 2, &[Write::new("cycle_days", 8)])
        .expect("edit");
    assert!(matches!(
        doc.apply([after.bytes.as_slice()]),
        Err(DocumentError::BadChange)
    ));
}

#[test]
fn saved_and_rebuilt_documents_are_the_same() {
    let mut doc = care_doc();
    let mut log = Vec::new();
    for day in 1..6 {
        let seen = doc.heads();
        log.push(
            doc.edit(&seen, WORKER, day, &[Write::new("cycle_days", day)])
                .expect("edit"),
        );
    }
    let rebuilt =
        Document::from_changes(doc.kind(), doc.id(), log.iter().map(|edit| &edit.bytes[..]))
            .expect("rebuild");
    let loaded = Document::load(doc.kind(), doc.id(), &doc.save()).expect("load");
    assert_eq!(rebuilt.heads(), doc.heads());
    assert_eq!(loaded.heads(), doc.heads());
    assert_eq!(loaded.fields(), doc.fields());
}
