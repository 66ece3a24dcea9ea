//! A document that leaves the phone's buckets.
#![allow(clippy::expect_used, reason = "a test may stop")]

#[allow(dead_code, reason = "each test file uses its part of the kit")]
mod kit;

use kit::{Center, Phone, care_id, number_path, phone, plan, seed};
use linli_model::ids::{DocId, MediaId};
use linli_model::intent::{Action, Intent};
use linli_model::kind::Kind;
use linli_model::value::Write;
use linli_store::StoreError;
use linli_store::access;
use linli_store::document;
use linli_store::generation;
use linli_store::media;
use linli_store::outbox::{self, Outcome};
use linli_store::page::{self, Incoming, What};

fn hear(phone: &Phone, seq: i64, buckets: Vec<u16>, what: What) {
    let op = Incoming {
        seq,
        doc: care_id(),
        kind: Kind::Care,
        buckets,
        what,
    };
    phone
        .store
        .transact(|tx| page::apply(tx, phone.enrolment, &[op], seq))
        .expect("page");
}

fn is_here(phone: &Phone) -> bool {
    let kind = phone.store.read(|tx| document::kind(tx, care_id()));
    !matches!(kind, Err(StoreError::NotFound))
}

#[test]
fn it_stays_until_the_last_of_its_buckets_is_gone() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let joined = What::Own {
        received_at: 1,
        change: a.heads(care_id())[0],
    };
    hear(&a, 100, vec![1], joined);
    hear(&a, 101, vec![0], What::Remove);
    assert!(is_here(&a), "it is still in the other bucket");
    hear(&a, 102, vec![1], What::Remove);
    assert!(!is_here(&a));
}

#[test]
fn it_stays_while_its_author_waits_for_an_answer_and_no_longer() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let writes = vec![Write::new(number_path(), "12900000009")];
    let edit = plan(care_id(), Kind::Care, Action::FieldSet, writes);
    let id = a.write(&[edit]).expect("edit")[0].id;
    hear(&a, 100, vec![0], What::Remove);
    assert!(is_here(&a));
    let back = Outcome::Attention("scope".into(), "{}".into());
    let enrolment = a.enrolment;
    a.store
        .transact(|tx| outbox::settle(tx, enrolment, id, &back).map(|_| ()))
        .expect("verdict");
    assert!(!is_here(&a));
    // What was typed is in the tray all the same.
    let lines = a.store.read(|tx| outbox::lines(tx, 9)).expect("lines");
    assert_eq!(lines[0].intent.writes[0].value.text(), "12900000009");
}

#[test]
fn it_stays_until_the_center_has_the_photos_that_nobody_else_has() {
    let (mut a, mut center) = (phone(1), Center::default());
    let (doc, id) = (DocId::from_bytes([8; 16]), MediaId::from_bytes([9; 16]));
    let fact = kit::photo(&a.store, id);
    let mut report = vec![Write::new("words", "停电")];
    report.extend(fact.writes());
    a.write(&[plan(doc, Kind::Case, Action::CaseReport, report)])
        .expect("report");
    center.sync(&a, |_| false);
    let left = Incoming {
        seq: 100,
        doc,
        kind: Kind::Case,
        buckets: vec![0],
        what: What::Remove,
    };
    let orphans = |a: &Phone| a.store.read(media::orphans).expect("orphans");
    a.store
        .transact(|tx| page::apply(tx, a.enrolment, &[left], 100))
        .expect("page");
    let waiting = a
        .store
        .read(|tx| media::to_upload(tx, false))
        .expect("photos");
    assert_eq!(waiting.len(), 1, "it is sent all the same");
    assert!(orphans(&a).is_empty());
    a.store
        .transact(|tx| media::set_state(tx, id, 2))
        .expect("verified");
    assert!(orphans(&a).is_empty(), "the center has it, and no backup");
    a.store
        .transact(|tx| generation::backed_up(tx, 1, 101, Some(100)))
        .expect("told");
    assert_eq!(orphans(&a), [id], "now the picture goes with its record");
    let kind = a.store.read(|tx| document::kind(tx, doc));
    assert!(matches!(kind, Err(StoreError::NotFound)));
}

#[test]
fn a_bucket_that_is_taken_away_goes_with_what_is_in_no_other() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let change = || What::Own {
        received_at: 1,
        change: a.heads(care_id())[0],
    };
    hear(&a, 100, vec![0, 1], change());
    let renew = |known, granted, closed: &[u16]| {
        a.store
            .transact(|tx| access::renew(tx, known, granted, closed))
            .expect("renewed")
    };
    renew(2, 2, &[0]);
    assert!(is_here(&a), "it is still in the other bucket");
    assert!(renew(2, 3, &[0, 1]), "a document went");
    assert!(!is_here(&a));
    let behind = || a.store.read(access::behind).expect("read");
    assert_eq!(behind(), [(2, 0)], "what is new is read from its beginning");
    let came = |reached, caught_up| {
        a.store
            .transact(|tx| access::came(tx, &[2], reached, caught_up))
            .expect("noted");
    };
    came(7, false);
    assert_eq!(behind(), [(2, 7)]);
    came(9, true);
    assert_eq!(behind(), []);
    assert_eq!(a.store.read(access::closed).expect("read"), [0, 1]);
}

#[test]
fn a_phone_under_a_new_enrolment_reads_all_again_and_keeps_what_is_there() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let heads = a.heads(care_id());
    a.store.transact(access::begin_anew).expect("anew");
    assert_eq!(
        a.heads(care_id()),
        heads,
        "until it is known to belong nowhere"
    );
    let again = What::Own {
        received_at: 1,
        change: heads[0],
    };
    hear(&a, 100, vec![3], again);
    assert!(
        a.store.transact(access::all_read).expect("read"),
        "the rest goes"
    );
    assert_eq!(a.heads(care_id()), heads, "this one was named");
}

#[test]
fn what_comes_back_is_never_written_under_numbers_that_were_used_before() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let number = |text: &str| vec![Write::new(number_path(), text)];
    let edit = |text| plan(care_id(), Kind::Care, Action::FieldSet, number(text));
    let counter = |intents: Vec<Intent>| intents[0].target.as_ref().expect("target").counter;
    let refused = counter(a.write(&[edit("12900000001")]).expect("edit"));
    center.sync(&a, |intent| intent.action == Action::FieldSet);
    // Its document goes, and comes back as others have it, without what was refused.
    hear(&a, 100, vec![0], What::Remove);
    assert!(!is_here(&a));
    center.sync(&a, |_| false);
    assert!(is_here(&a));
    assert!(counter(a.write(&[edit("12900000002")]).expect("edit")) > refused);
}
