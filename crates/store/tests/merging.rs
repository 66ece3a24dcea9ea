//! What two phones make of each other's edits, and of a refusal.
#![allow(clippy::expect_used, reason = "a test may stop")]

#[allow(dead_code, reason = "each test file uses its part of the kit")]
mod kit;

use kit::{Center, care_id, household_id, number_path, phone, plan, seed};
use linli_model::ids::IntentId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::value::Write;
use linli_store::StoreError;
use linli_store::digest;
use linli_store::outbox::{self, Outcome, State};
use linli_store::page::{self, Incoming, What};
use linli_store::read::people;
use linli_store::record::Plan;

fn set(value: &str) -> Vec<Write> {
    vec![Write::new(number_path(), value)]
}

#[test]
fn two_offline_edits_of_one_entry_stand_side_by_side_and_a_settlement_arrives() {
    let (mut a, mut b, mut center) = (phone(1), phone(2), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);

    let edit = |value| plan(care_id(), Kind::Care, Action::FieldSet, set(value));
    a.write(&[edit("12900000001")]).expect("a");
    b.write(&[edit("12900000002")]).expect("b");
    for _ in 0..2 {
        center.sync(&a, |_| false);
        center.sync(&b, |_| false);
    }
    for phone in [&a, &b] {
        let clashes = phone.store.read(people::clashes).expect("clashes");
        assert_eq!(clashes, [(care_id(), number_path())]);
    }
    b.write(&[edit("12900000002")]).expect("settle");
    center.sync(&b, |_| false);
    center.sync(&a, |_| false);
    assert_eq!(a.fields(care_id()), b.fields(care_id()));
    assert!(a.store.read(people::clashes).expect("clashes").is_empty());
}

#[test]
fn a_form_opened_before_a_sync_and_saved_after_it_clashes() {
    let (mut a, mut b, mut center) = (phone(1), phone(2), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);

    let opened_on = a.heads(care_id());
    b.write(&[plan(
        care_id(),
        Kind::Care,
        Action::FieldSet,
        set("12900000002"),
    )])
    .expect("b");
    center.sync(&b, |_| false);
    center.sync(&a, |_| false);
    let mut late = plan(care_id(), Kind::Care, Action::FieldSet, set("12900000001"));
    late.seen = Some(opened_on);
    a.write(&[late]).expect("late save");
    assert_eq!(a.fields(care_id()).clashes.len(), 1);
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    assert_eq!(b.fields(care_id()).clashes.len(), 1);
}

#[test]
fn after_a_refusal_the_other_edits_live_on_and_the_refused_one_waits_for_its_author() {
    let (mut a, mut b, mut center) = (phone(1), phone(2), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let refused = a
        .write(&[plan(
            care_id(),
            Kind::Care,
            Action::FieldSet,
            set("12900000009"),
        )])
        .expect("edit")[0]
        .id;
    let cycle = vec![Write::new("cycle_days", 30)];
    a.write(&[plan(care_id(), Kind::Care, Action::FieldSet, cycle)])
        .expect("edit");
    center.sync(&a, |intent| {
        intent.id == refused || intent.writes[0].path == "cycle_days"
    });
    // The first round refuses both: the second was built on the first. Nothing typed is lost.
    let (_, attention) = a.store.read(outbox::counts).expect("counts");
    assert_eq!(attention, 2);
    assert_eq!(a.fields(care_id()).text(&number_path()), "12900000452");

    // A later edit goes on under a fresh actor and reaches the other phone.
    let again = vec![Write::new("cycle_days", 14)];
    a.write(&[plan(care_id(), Kind::Care, Action::FieldSet, again)])
        .expect("edit");
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    assert_eq!(b.fields(care_id()).int("cycle_days"), 14);
    b.write(&[plan(
        care_id(),
        Kind::Care,
        Action::FieldSet,
        set("12900000010"),
    )])
    .expect("b");
    center.sync(&b, |_| false);
    center.sync(&a, |_| false);
    assert_eq!(a.fields(care_id()), b.fields(care_id()));
}

#[test]
fn a_refused_edit_under_a_waiting_one_leaves_the_waiting_one_replayed() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let refused = a
        .write(&[plan(
            care_id(),
            Kind::Care,
            Action::FieldSet,
            set("12900000009"),
        )])
        .expect("edit")[0]
        .id;
    center.sync(&a, |_| false); // accepted: nothing to rebase
    assert_eq!(
        a.store
            .read(|tx| outbox::state_of(tx, care_id()))
            .expect("state"),
        State::Accepted
    );
    let bad = a
        .write(&[plan(
            care_id(),
            Kind::Care,
            Action::FieldSet,
            set("12900000008"),
        )])
        .expect("edit")[0]
        .id;
    assert_ne!(refused, bad);
    let verdict = outbox::Outcome::Attention("scope".into(), "{}".into());
    let cycle = vec![Write::new("cycle_days", 30)];
    a.write(&[plan(care_id(), Kind::Care, Action::FieldSet, cycle)])
        .expect("edit");
    let enrolment = a.enrolment;
    a.store
        .transact(|tx| outbox::settle(tx, enrolment, bad, &verdict).map(|_| ()))
        .expect("verdict");
    // The bad number is gone from the document, the cycle stays, with a new change.
    let fields = a.fields(care_id());
    assert_eq!(
        (fields.text(&number_path()), fields.int("cycle_days")),
        ("12900000009", 30)
    );
    let (waiting, attention) = a.store.read(outbox::counts).expect("counts");
    assert_eq!((waiting, attention), (1, 1));
    center.sync(&a, |_| false);
    assert_eq!(a.store.read(outbox::counts).expect("counts"), (0, 1));
    a.store
        .transact(|tx| outbox::discard(tx, bad))
        .expect("discard");
    assert!(matches!(
        a.store.transact(|tx| outbox::discard(tx, bad)),
        Err(StoreError::NotFound)
    ));
}

#[test]
fn what_stands_or_falls_together_comes_back_together() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let number = plan(care_id(), Kind::Care, Action::TipAdopt, set("12900000009"));
    let ended = vec![Write::new("ended", 1_700_000_000_000_i64)];
    let moved = plan(household_id(), Kind::Household, Action::TipAdopt, ended);
    let both = a.write_together(&[number, moved]).expect("a group");
    let verdict = outbox::Outcome::Attention("scope".into(), "{}".into());
    let enrolment = a.enrolment;
    a.store
        .transact(|tx| outbox::settle(tx, enrolment, both[1].id, &verdict).map(|_| ()))
        .expect("verdict");
    // Neither waits for ever for the other, and neither is half done.
    assert_eq!(a.store.read(outbox::counts).expect("counts"), (0, 2));
    assert_eq!(a.fields(care_id()).text(&number_path()), "12900000452");
    let lines = a.store.read(|tx| outbox::lines(tx, 9)).expect("lines");
    let code = |id| {
        lines
            .iter()
            .find(|line| line.intent.id == id)
            .map(|line| line.code.as_str())
    };
    assert_eq!(code(both[0].id), Some("group_returned"));
    assert_eq!(code(both[1].id), Some("scope"));
}

#[test]
fn what_was_accepted_is_what_was_sent_even_when_it_stands_under_another_name_by_now() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    // Two quick taps: the second form had not seen the first edit.
    let seen = a.heads(care_id());
    let edit = |writes| Plan {
        seen: Some(seen.clone()),
        ..plan(care_id(), Kind::Care, Action::FieldSet, writes)
    };
    let cycle = vec![Write::new("cycle_days", 30)];
    let both = a
        .write(&[edit(set("12900000009")), edit(cycle)])
        .expect("two edits");
    let sent = both[1].target.as_ref().expect("a change").change;
    let enrolment = a.enrolment;
    a.store
        .transact(|tx| {
            let back = Outcome::Attention("scope".into(), "{}".into());
            outbox::settle(tx, enrolment, both[0].id, &back)?;
            let accepted = Outcome::Accepted(Some(sent), 99);
            outbox::settle(tx, enrolment, both[1].id, &accepted).map(|_| ())
        })
        .expect("one answer with two verdicts");
    assert_eq!(a.heads(care_id()), [sent], "one branch, the center's");
    assert_eq!(a.fields(care_id()).int("cycle_days"), 30);
    let left_over: i64 = a
        .store
        .read(|tx| {
            let count = "SELECT count(*) FROM change WHERE state = 0";
            tx.query_row(count, [], |row| row.get(0))
                .map_err(StoreError::from)
        })
        .expect("count");
    assert_eq!(left_over, 0);
}

#[test]
fn what_the_center_cannot_decide_yet_holds_up_nothing_else() {
    let mut a = phone(1);
    seed(&mut a);
    let first = a.store.read(|tx| outbox::unsent(tx, 0, 1, usize::MAX));
    let stuck = first.expect("outbox")[0].0.id;
    a.store
        .transact(|tx| outbox::send_later(tx, stuck, 0))
        .expect("later");
    let waits = |now| {
        let batch = a.store.read(|tx| outbox::unsent(tx, now, 500, usize::MAX));
        let batch = batch.expect("outbox");
        !batch.iter().any(|(intent, _)| intent.id == stuck)
    };
    assert!(waits(19_000) && !waits(20_000));
    // A clock that was set back a month doesn't make it wait for a month.
    assert!(!waits(-30 * 24 * 3_600_000));
    assert!(a.store.read(outbox::counts).expect("counts").0 > 1);
}

#[test]
fn a_group_that_was_begun_is_sent_whole() {
    let mut a = phone(1);
    seed(&mut a);
    a.store
        .transact(|tx| {
            tx.execute("UPDATE intent SET state = 2", [])?;
            Ok::<_, StoreError>(())
        })
        .expect("all accepted");
    let number = plan(care_id(), Kind::Care, Action::TipAdopt, set("12900000009"));
    let ended = vec![Write::new("ended", 1_700_000_000_000_i64)];
    let moved = plan(household_id(), Kind::Household, Action::TipAdopt, ended);
    a.write_together(&[number, moved]).expect("a group");
    let cycle = vec![Write::new("cycle_days", 30)];
    a.write(&[plan(care_id(), Kind::Care, Action::FieldSet, cycle)])
        .expect("edit");
    let batch = a.store.read(|tx| outbox::unsent(tx, 0, 500, 1));
    assert_eq!(batch.expect("outbox").len(), 2, "the group, and no more");
}

#[test]
fn a_replayed_edit_replaces_only_what_its_author_had_seen() {
    let (mut a, mut b, mut center) = (phone(1), phone(2), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    // One edit that will come back, and one that waits, of the same opened form.
    let seen = a.heads(care_id());
    let edit = |writes| Plan {
        seen: Some(seen.clone()),
        ..plan(care_id(), Kind::Care, Action::FieldSet, writes)
    };
    let cycle = vec![Write::new("cycle_days", 30)];
    let refused = a.write(&[edit(cycle)]).expect("edit")[0].id;
    a.write(&[edit(set("12900000009"))]).expect("edit");
    // Meanwhile somebody else writes another number, and it arrives with the refusal.
    b.write(&[edit(set("12900000007"))]).expect("edit");
    center.sync(&b, |_| false);
    center.sync(&a, |intent| intent.id == refused);
    let fields = a.fields(care_id());
    let both: Vec<String> = fields
        .clashes
        .iter()
        .find(|clash| clash.path == number_path())
        .expect("both stand")
        .values
        .iter()
        .map(|one| one.value.text().to_owned())
        .collect();
    assert!(both.contains(&"12900000009".to_owned()) && both.contains(&"12900000007".to_owned()));
    // And once more: the refusal comes after the other's number.
    let again = vec![Write::new("cycle_days", 45)];
    let refused = a.write(&[edit(again)]).expect("edit")[0].id;
    a.write(&[edit(set("12900000008"))]).expect("edit");
    let enrolment = a.enrolment;
    let back = Outcome::Attention("scope".into(), "{}".into());
    a.store
        .transact(|tx| outbox::settle(tx, enrolment, refused, &back).map(|_| ()))
        .expect("verdict");
    let fields = a.fields(care_id());
    let clash = fields
        .clashes
        .iter()
        .find(|clash| clash.path == number_path());
    assert_eq!(clash.expect("all three stand").values.len(), 3);
}

#[test]
fn a_waiting_edit_on_a_returned_one_never_replaces_what_arrived_meanwhile() {
    let (mut a, mut center) = {
        let (mut a, mut center) = (phone(1), Center::default());
        seed(&mut a);
        center.sync(&a, |_| false);
        (a, center)
    };
    let mut b = phone(2);
    center.sync(&b, |_| false);
    let edit = |value| plan(care_id(), Kind::Care, Action::FieldSet, set(value));
    let first = a.write(&[edit("12900000001")]).expect("edit")[0].id;
    a.write(&[edit("12900000002")]).expect("edit");
    b.write(&[edit("12900000007")]).expect("edit");
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
    let refused = Outcome::Attention("scope".into(), "{}".into());
    a.store
        .transact(|tx| outbox::settle(tx, a.enrolment, first, &refused).map(|_| ()))
        .expect("verdict");
    let clashes = a.fields(care_id()).clashes;
    assert_eq!(clashes.len(), 1, "the second edit had not seen 0007");
    assert_eq!(clashes[0].values.len(), 2);
}

#[test]
fn what_lacks_something_it_builds_on_holds_nothing_else_up_and_counts_as_not_here() {
    let (mut a, b) = (phone(1), phone(2));
    seed(&mut a);
    let edit = |value| plan(care_id(), Kind::Care, Action::FieldSet, set(value));
    a.write(&[edit("12900000001")]).expect("a");
    let last = a.write(&[edit("12900000002")]).expect("a")[0].clone();
    let sent = a.store.read(|tx| outbox::unsent(tx, 0, 500, usize::MAX));
    let ops: Vec<Incoming> = (1..)
        .zip(sent.expect("outbox"))
        .filter_map(|(seq, (intent, change))| {
            let target = intent.target?;
            let what = What::Put {
                epoch: 0,
                received_at: seq,
                change,
            };
            Some(Incoming {
                seq,
                doc: target.doc,
                kind: target.kind,
                buckets: vec![0],
                what,
            })
        })
        .collect();
    let missing = ops.len() - 2;
    let page = |phone: &kit::Phone, ops: &[Incoming]| {
        let through = i64::try_from(ops.len()).expect("small");
        phone
            .store
            .transact(|tx| page::apply(tx, phone.enrolment, ops, through))
            .expect("a page");
        let digest = phone.store.read(|tx| digest::of_all(tx, [0]));
        digest.expect("digest")
    };
    let all = page(&a, &ops);
    // The first of the document's changes alone, so that it is known and then goes on.
    page(&b, &ops[..missing]);
    let torn: Vec<Incoming> = [&ops[..missing], &ops[missing + 1..]].concat();
    assert_ne!(page(&b, &torn), all);
    let household = |phone: &kit::Phone| phone.fields(household_id());
    assert_eq!(household(&b), household(&a), "the rest is here");
    let docs = b.store.read(|tx| digest::docs(tx, 0, None));
    let docs = docs.expect("documents");
    assert!(docs.iter().all(|(doc, _)| *doc != care_id()));

    // It comes whole.
    assert_eq!(page(&b, &ops), all);
    assert_eq!(b.fields(care_id()).text(&number_path()), "12900000002");
    assert_eq!(b.heads(care_id()), [last.target.expect("on it").change]);
}
