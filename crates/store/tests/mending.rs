//! What came back is written once more.
#![allow(clippy::expect_used, reason = "a test may stop")]

#[allow(dead_code, reason = "each test file uses its part of the kit")]
mod kit;

use kit::{Center, Phone, care_id, household_id, number_path, phone, plan, seed};
use linli_model::ids::{DocId, EntryId, IntentId};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::remark;
use linli_model::kinds::visit::Visit;
use linli_model::value::{Hash, Write};
use linli_store::outbox::{self, Outcome, State};
use linli_store::record::Plan;
use linli_store::{StoreError, decision, mend};

fn set(value: &str) -> Vec<Write> {
    vec![Write::new(number_path(), value)]
}

fn number(value: &str) -> Plan {
    plan(care_id(), Kind::Care, Action::FieldSet, set(value))
}

fn words(path: &str, text: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), text.to_owned())]
}

fn refused() -> Outcome {
    Outcome::Attention("scope".into(), "{}".into())
}

/// A phone in step, and its center.
fn in_step() -> (Phone, Center) {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    (a, center)
}

fn line(phone: &Phone, id: IntentId) -> Option<(State, String)> {
    let lines = phone.store.read(|tx| outbox::lines(tx, 99)).expect("lines");
    let found = lines.into_iter().find(|line| line.intent.id == id);
    found.map(|line| (line.state, line.code))
}

#[test]
fn a_mended_edit_is_a_new_one_and_the_old_one_is_put_aside() {
    let (mut a, mut center) = in_step();
    let b = phone(2);
    let old = a.write(&[number("129")]).expect("edit")[0].clone();
    a.settle(old.id, &refused());
    assert_eq!(a.counts(), (0, 1));

    let new = a
        .mend(old.id, &words(&number_path(), "12900000009"))
        .expect("mended");
    assert_ne!(new[0].id, old.id);
    assert!(new[0].seq > old.seq);
    assert_eq!(a.counts(), (1, 0));
    assert_eq!(line(&a, old.id), None);
    assert_eq!(a.fields(care_id()).text(&number_path()), "12900000009");
    // Twice is once: the old one is nobody's any more.
    assert!(matches!(a.mend(old.id, &[]), Err(StoreError::NotFound)));

    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    assert_eq!(b.fields(care_id()).text(&number_path()), "12900000009");
    // And a verdict that comes late changes nothing.
    a.settle(old.id, &Outcome::Accepted(Some(Hash([9; 32])), 99));
    assert_eq!(line(&a, old.id), None);
}

#[test]
fn somebody_elses_value_that_arrived_meanwhile_becomes_a_clash() {
    let (mut a, mut center) = in_step();
    let mut b = phone(2);
    center.sync(&b, |_| false);
    let old = a.write(&[number("12900000001")]).expect("edit")[0].id;
    b.write(&[number("12900000007")]).expect("edit");
    center.sync(&b, |_| false);
    center.sync(&a, |intent| intent.id == old);
    assert_eq!(a.fields(care_id()).text(&number_path()), "12900000007");

    a.mend(old, &words(&number_path(), "12900000002"))
        .expect("mended");
    let both = |phone: &Phone| {
        let fields = phone.fields(care_id());
        let mut values: Vec<String> = fields.clashes[0]
            .values
            .iter()
            .map(|one| one.value.text().to_owned())
            .collect();
        values.sort();
        values
    };
    assert_eq!(both(&a), ["12900000002", "12900000007"]);
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    assert_eq!(both(&b), ["12900000002", "12900000007"]);
}

#[test]
fn what_was_written_on_a_returned_edit_saw_no_more_than_that_edit_had() {
    let (mut a, mut center) = in_step();
    let mut b = phone(2);
    center.sync(&b, |_| false);
    let first = a.write(&[number("12900000001")]).expect("edit")[0].id;
    let second = a.write(&[number("12900000002")]).expect("edit")[0].id;
    b.write(&[number("12900000007")]).expect("edit");
    center.sync(&b, |_| false);
    // The other's number arrives while both wait; then the first of them comes back.
    center.sync(&a, |intent| intent.id == first || intent.id == second);
    let fields = a.fields(care_id());
    assert_eq!(fields.text(&number_path()), "12900000007");
    a.mend(second, &[]).expect("again");
    assert_eq!(a.fields(care_id()).clashes[0].values.len(), 2);
}

#[test]
fn a_waiting_edit_on_a_returned_one_never_replaces_what_arrived_meanwhile() {
    let (mut a, mut center) = in_step();
    let mut b = phone(2);
    center.sync(&b, |_| false);
    let first = a.write(&[number("12900000001")]).expect("edit")[0].id;
    a.write(&[number("12900000002")]).expect("edit");
    b.write(&[number("12900000007")]).expect("edit");
    center.sync(&b, |_| false);
    // Only the page arrives, no verdicts: both edits still wait.
    let nothing_sent = a.store.read(|tx| outbox::unsent(tx, 0, 9, usize::MAX));
    let waiting: Vec<IntentId> = nothing_sent
        .expect("outbox")
        .iter()
        .map(|(intent, _)| intent.id)
        .collect();
    for id in &waiting {
        a.store
            .transact(|tx| outbox::send_later(tx, *id, 1_000_000))
            .expect("later");
    }
    center.sync(&a, |_| false);
    a.settle(first, &refused());
    let clashes = a.fields(care_id()).clashes;
    assert_eq!(clashes.len(), 1, "the second edit had not seen 0007");
    assert_eq!(clashes[0].values.len(), 2);
}

#[test]
fn a_group_goes_whole_and_is_put_aside_whole() {
    let (mut a, mut center) = in_step();
    let group = |value: &str, ended: i64| {
        let ended = vec![Write::new("ended", ended)];
        [
            plan(care_id(), Kind::Care, Action::TipAdopt, set(value)),
            plan(household_id(), Kind::Household, Action::TipAdopt, ended),
        ]
    };
    let old = a
        .write_together(&group("12900000009", 1_700_000_000_000))
        .expect("a group");
    a.settle(old[1].id, &refused());
    assert_eq!(a.counts(), (0, 2));

    let new = a
        .mend(old[0].id, &words(&number_path(), "12900000008"))
        .expect("mended");
    assert_eq!(a.counts(), (2, 0));
    let shared = new[0].group.expect("a group");
    assert_eq!((shared.size, shared.atomic), (2, true));
    assert_eq!(new[1].group, Some(shared));
    assert_ne!(Some(shared.id), old[0].group.map(|group| group.id));
    center.sync(&a, |_| false);
    let fields = a.fields(care_id());
    assert_eq!(fields.text(&number_path()), "12900000008");
    assert!(a.fields(household_id()).get("ended").int().is_some());

    let old = a
        .write_together(&group("12900000007", 1_700_000_000_001))
        .expect("a group");
    a.settle(old[0].id, &refused());
    a.store
        .transact(|tx| outbox::discard(tx, old[1].id))
        .expect("discarded");
    assert_eq!(a.counts(), (0, 0));
}

#[test]
fn a_birth_is_born_again_and_what_was_said_on_it_follows() {
    let (mut a, mut center) = in_step();
    let b = phone(2);
    let doc = DocId::from_bytes([9; 16]);
    let visit = Visit {
        words: "有人".into(),
        ..Visit::default()
    };
    let birth = plan(doc, Kind::Visit, Action::VisitLog, visit.create());
    let born = a.write(&[birth]).expect("birth")[0].id;
    let entry = EntryId::from_bytes([8; 16]);
    let more = remark::add(entry, "再说一句", 1);
    let said = a
        .write(&[plan(doc, Kind::Visit, Action::RemarkAdd, more)])
        .expect("remark")[0]
        .id;
    a.settle(born, &refused());
    // The remark has nothing to stand on, and must not become the birth of the visit.
    assert_eq!(a.counts(), (0, 2));
    assert_eq!(
        line(&a, said),
        Some((State::Attention, "built_on_returned".into()))
    );
    assert!(matches!(a.mend(said, &[]), Err(StoreError::BaseGone)));
    assert_eq!(a.counts(), (0, 2), "nothing is lost");

    let again = a.mend(born, &words("words", "没人")).expect("mended");
    assert_eq!(again[0].target.as_ref().expect("a change").doc, doc);
    a.mend(said, &[]).expect("the remark");
    assert_eq!(a.counts(), (2, 0));
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    let fields = b.fields(doc);
    assert_eq!(fields.text("words"), "没人");
    assert_eq!(remark::read(&fields)[0].words, "再说一句");
}

#[test]
fn what_was_said_on_it_goes_on_once_a_desk_has_accepted_it() {
    let (mut a, mut center) = in_step();
    let mut b = phone(2);
    let doc = DocId::from_bytes([9; 16]);
    let birth = plan(
        doc,
        Kind::Visit,
        Action::VisitLog,
        Visit::default().create(),
    );
    let born = a.write(std::slice::from_ref(&birth)).expect("birth")[0].id;
    let more = remark::add(EntryId::from_bytes([8; 16]), "再说一句", 1);
    let more = plan(doc, Kind::Visit, Action::RemarkAdd, more);
    let said = a.write(&[more]).expect("remark")[0].id;
    a.settle(born, &refused());

    // The desk's change, under another actor, as it comes with the feed.
    let theirs = b.write(&[birth]).expect("birth")[0].clone();
    let theirs = theirs.target.expect("a change").change;
    let accepted = Outcome::Accepted(Some(theirs), 5);
    a.store
        .transact(|tx| decision::decide(tx, born, &accepted))
        .expect("decision");
    assert!(matches!(a.mend(said, &[]), Err(StoreError::BaseGone)));
    center.sync(&b, |_| false);
    center.sync(&a, |_| false);
    let again = a.mend(said, &[]).expect("the remark");
    assert_eq!(again[0].target.as_ref().expect("a change").seen, [theirs]);
}

#[test]
fn what_is_refused_again_comes_back_again() {
    let (mut a, mut center) = in_step();
    let old = a.write(&[number("12900000001")]).expect("edit")[0].id;
    center.sync(&a, |_| true);
    for _ in 0..3 {
        let lines = a.store.read(|tx| outbox::lines(tx, 99)).expect("lines");
        let back = lines[0].intent.id;
        assert_eq!(lines[0].state, State::Attention);
        a.mend(back, &[]).expect("again");
        center.sync(&a, |_| true);
        assert_eq!(a.counts(), (0, 1));
    }
    assert_eq!(line(&a, old), None);
    assert_eq!(a.fields(care_id()).text(&number_path()), "12900000452");
}

#[test]
fn what_makes_no_sense_changes_nothing() {
    let (mut a, _) = in_step();
    let old = a.write(&[number("12900000001")]).expect("edit")[0].id;
    assert!(matches!(a.mend(old, &[]), Err(StoreError::NotFound)));
    a.settle(old, &refused());
    let wrong = a.mend(old, &words("cycle_days", "7"));
    assert!(matches!(wrong, Err(StoreError::Document(_))));
    let too_long = a.mend(old, &words(&number_path(), &"1".repeat(99)));
    assert!(matches!(too_long, Err(StoreError::Document(_))));
    let stands = a.mend(old, &words(&number_path(), "12900000452"));
    assert!(matches!(stands, Err(StoreError::Document(_))));
    assert_eq!(a.counts(), (0, 1));
    let kept = a.store.read(|tx| mend::returned(tx, old)).expect("kept");
    assert_eq!(kept.writes, set("12900000001"));
}

#[test]
fn a_desk_that_accepts_after_all_settles_it_and_one_that_does_not_says_why() {
    let (mut a, _) = in_step();
    let decide = |a: &Phone, id, outcome: &Outcome| {
        a.store
            .transact(|tx| decision::decide(tx, id, outcome))
            .expect("decision")
    };
    let waiting = vec![Write::new("cycle_days", 30)];
    let ids: Vec<IntentId> = ["12900000001", "12900000002"]
        .map(|value| {
            let id = a.write(&[number(value)]).expect("edit")[0].id;
            a.settle(id, &refused());
            id
        })
        .to_vec();
    let other = plan(care_id(), Kind::Care, Action::FieldSet, waiting);
    let other = a.write(&[other]).expect("edit")[0].clone();

    let accepted = Outcome::Accepted(Some(Hash([7; 32])), 5);
    assert!(decide(&a, ids[0], &accepted));
    let settled = line(&a, ids[0]).map(|(state, _)| state);
    assert_eq!(settled, Some(State::Accepted));
    let why = Outcome::Attention("refused".into(), r#"{"fields":"不是这家"}"#.into());
    assert!(decide(&a, ids[1], &why));
    assert_eq!(line(&a, ids[1]), Some((State::Attention, "refused".into())));
    // What else waits is neither replayed nor sent under another name.
    let outbox = a.store.read(|tx| outbox::unsent(tx, 0, 9, usize::MAX));
    assert_eq!(outbox.expect("outbox")[0].0, other);
    // Again, or once it is put aside: nothing.
    assert!(!decide(&a, ids[0], &why));
    a.store
        .transact(|tx| outbox::discard(tx, ids[1]))
        .expect("discard");
    assert!(!decide(&a, ids[1], &accepted));
    assert_eq!(line(&a, ids[1]), None);
}
