//! The center was restored from a backup: nothing is said to be accepted that isn't, nothing is
//! forgotten that no backup holds, and what it has lost can be given back.
#![allow(clippy::expect_used, reason = "a test may stop")]

#[allow(dead_code, reason = "each test file uses its part of the kit")]
mod kit;

use kit::{Center, Phone, care_id, household_id, number_path, phone, plan, seed};
use linli_model::ids::{DocId, MediaId};
use linli_model::intent::{Action, Intent};
use linli_model::kind::Kind;
use linli_model::value::{Hash, Write};
use linli_store::generation::{self, Begun};
use linli_store::media;
use linli_store::outbox::{self, Outcome, State};
use linli_store::page::{self, Incoming, What};
use linli_store::{StoreError, Transaction, access, document, meta, proof};

fn write<T>(phone: &Phone, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> T {
    phone.store.transact(work).expect("written")
}

fn read<T>(phone: &Phone, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> T {
    phone.store.read(work).expect("read")
}

/// The center is another generation, with everything up to `base`.
fn restored(phone: &Phone, base: i64) {
    let begun = Begun {
        number: 2,
        from: 1,
        base,
        granted: 2,
        closed: &[1],
    };
    write(phone, |tx| generation::begin(tx, &begun));
}

fn edit(phone: &mut Phone, number: &str) -> Intent {
    let writes = vec![Write::new(number_path(), number)];
    let plan = plan(care_id(), Kind::Care, Action::FieldSet, writes);
    phone.write(&[plan]).expect("edit").remove(0)
}

fn change(intent: &Intent) -> Hash {
    intent.target.as_ref().expect("target").change
}

fn state(phone: &Phone, intent: &Intent) -> State {
    read(phone, |tx| outbox::lines(tx, 99))
        .into_iter()
        .find(|line| line.intent.id == intent.id)
        .expect("a line")
        .state
}

fn waiting(phone: &Phone) -> Vec<Hash> {
    read(phone, |tx| outbox::unsent(tx, 0, 99, usize::MAX))
        .iter()
        .map(|(intent, bytes)| {
            assert!(!bytes.is_empty(), "with its change");
            change(intent)
        })
        .collect()
}

fn number(phone: &Phone) -> String {
    phone.fields(care_id()).text(&number_path()).to_owned()
}

#[test]
fn own_writing_waits_again_and_others_stays_to_be_seen_and_given_back() {
    let (mut a, mut b, mut center) = (phone(1), phone(2), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    let kept = edit(&mut a, "12900000001");
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    let lost = edit(&mut b, "12900000002");
    center.sync(&b, |_| false);
    center.sync(&a, |_| false);

    restored(&a, 5);
    restored(&b, 5);
    assert_eq!(state(&a, &kept), State::Accepted, "it is in the backup");
    assert_eq!(
        state(&b, &lost),
        State::Here,
        "said to be accepted and isn't"
    );
    assert_eq!(waiting(&b), [change(&lost)]);
    assert!(waiting(&a).is_empty(), "others' is not sent as one's own");
    for phone in [&a, &b] {
        assert_eq!(number(phone), "12900000002", "nothing goes from the screen");
        assert!(read(phone, |tx| meta::number(tx, "through")) <= 5);
        assert_eq!(
            read(phone, access::behind),
            [(0, 0)],
            "the closed one isn't read"
        );
        assert_eq!(read(phone, access::closed), [1]);
        assert!(read(phone, generation::is_restoring));
        let accepted = read(phone, |tx| {
            document::load_accepted(tx, Kind::Care, care_id())
        });
        assert!(!accepted.has(change(&lost)) && accepted.has(change(&kept)));
    }
    let held = read(&a, |tx| proof::lost(tx, change(&lost))).expect("held");
    assert!(held.intent.is_none());
    let own = read(&b, |tx| proof::lost(tx, change(&lost))).expect("held");
    assert_eq!((own.bytes, own.intent), (held.bytes, Some(lost.id)));
    assert!(read(&a, |tx| proof::lost(tx, change(&kept))).is_none());

    // It is back: for its author it is accepted, for the other as it was.
    for phone in [&a, &b] {
        let enrolment = phone.enrolment;
        write(phone, |tx| proof::regained(tx, enrolment, change(&lost), 7));
        let accepted = read(phone, |tx| {
            document::load_accepted(tx, Kind::Care, care_id())
        });
        assert!(accepted.has(change(&lost)));
    }
    assert_eq!(state(&b, &lost), State::Accepted);
    assert!(waiting(&b).is_empty());
    for phone in [&a, &b] {
        assert!(write(phone, |tx| generation::end(tx, 2)));
        assert!(!read(phone, generation::is_restoring));
    }
}

#[test]
fn an_edit_on_what_was_lost_is_replayed_on_it_and_never_under_it() {
    let (mut a, mut b, mut center) = (phone(1), phone(2), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    edit(&mut b, "12900000002");
    center.sync(&b, |_| false);
    center.sync(&a, |_| false);
    restored(&a, 4);
    let first = edit(&mut a, "12900000003");
    edit(&mut a, "12900000004");
    let back = Outcome::Attention("scope".into(), "{}".into());
    a.settle(first.id, &back);
    assert_eq!(number(&a), "12900000004");
    let clashes = a.fields(care_id()).clashes;
    assert!(clashes.is_empty(), "it had seen what was lost: {clashes:?}");
}

#[test]
fn what_came_back_is_shown_to_the_center_again_and_stays_in_the_tray() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let back = edit(&mut a, "12900000009");
    center.sync(&a, |_| true);
    assert_eq!(state(&a, &back), State::Attention);
    assert!(waiting(&a).is_empty());
    restored(&a, 4);
    assert_eq!(
        state(&a, &back),
        State::Attention,
        "its author has it in hand"
    );
    assert_eq!(waiting(&a), [change(&back)], "the center keeps it again");
    let again = Outcome::Attention("role".into(), "{}".into());
    a.settle(back.id, &again);
    assert_eq!(state(&a, &back), State::Attention);
    assert!(waiting(&a).is_empty());
}

#[test]
fn of_a_group_all_go_again_though_some_are_back() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let name = vec![Write::new(
        format!("residents/{}/name", kit::ZHANG),
        "单守地",
    )];
    let both = a
        .write_together(&[
            plan(household_id(), Kind::Household, Action::FieldSet, name),
            plan(
                care_id(),
                Kind::Care,
                Action::FieldSet,
                vec![Write::new(number_path(), "12900000007")],
            ),
        ])
        .expect("written");
    center.sync(&a, |_| false);
    restored(&a, 4);
    let all: Vec<Hash> = both.iter().map(change).collect();
    assert_eq!(waiting(&a), all);
    let enrolment = a.enrolment;
    write(&a, |tx| proof::regained(tx, enrolment, all[0], 5));
    assert_eq!(waiting(&a), all, "the center takes a group only whole");
    write(&a, |tx| proof::regained(tx, enrolment, all[1], 6));
    assert!(waiting(&a).is_empty());
}

#[test]
fn own_writing_on_what_left_stays_until_a_backup_has_it() {
    let mut lost = Vec::new();
    for backed_up in [false, true] {
        let (mut a, mut center) = (phone(1), Center::default());
        seed(&mut a);
        center.sync(&a, |_| false);
        let own = edit(&mut a, "12900000005");
        center.sync(&a, |_| false);
        write(&a, |tx| page::leave(tx, care_id(), 0));
        let kind = a.store.read(|tx| document::kind(tx, care_id()));
        assert!(matches!(kind, Err(StoreError::NotFound)), "it left");
        if backed_up {
            write(&a, |tx| generation::backed_up(tx, 1, 5, Some(5)));
        }
        restored(&a, 4);
        lost.push(waiting(&a).contains(&change(&own)));
        let shown = read(&a, |tx| outbox::lines(tx, 99));
        assert!(backed_up || shown.iter().any(|line| line.intent.id == own.id));
    }
    assert_eq!(lost, [true, false]);
}

#[test]
fn looks_at_a_number_are_told_again_unless_a_backup_must_have_them() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    center.sync(&a, |_| false);
    let count = |phone: &Phone| read(phone, |tx| outbox::unsent(tx, 0, 99, usize::MAX)).len();
    let look = |phone: &Phone, dice: u8| {
        write(phone, |tx| {
            let mut random = || [dice; 10];
            let mut pen = linli_store::record::Pen {
                enrolment: phone.enrolment,
                wall_ms: 1_700_000_000_000,
                random: &mut random,
            };
            linli_store::record::audit(tx, &mut pen, vec![Write::new("phone", "1")])
        });
        let id = read(phone, |tx| outbox::unsent(tx, 0, 99, usize::MAX))[0]
            .0
            .id;
        phone.settle(id, &Outcome::Accepted(None, 0));
    };
    look(&a, 1);
    write(&a, |tx| generation::backed_up(tx, 1, 0, Some(4)));
    look(&a, 2);
    assert_eq!(count(&a), 0);
    // Its backup reaches 4, as the center did when it heard of the first: before or after that?
    restored(&a, 4);
    assert_eq!(count(&a), 2);

    let (mut b, mut center) = (phone(2), Center::default());
    seed(&mut b);
    center.sync(&b, |_| false);
    look(&b, 1);
    write(&b, |tx| generation::backed_up(tx, 1, 0, Some(4)));
    look(&b, 2);
    restored(&b, 5);
    assert_eq!(
        count(&b),
        1,
        "a backup beyond 4 was made later than the first"
    );
}

#[test]
fn proofs_stay_until_a_backup_reaches_them_and_go_again_when_they_failed() {
    let a = phone(1);
    write(&a, |tx| {
        proof::keep(tx, 1, 10, b"first", &[1; 32])?;
        proof::keep(tx, 1, 20, b"second", &[2; 32])
    });
    let due = |phone: &Phone, now: i64| -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        let mut after = 0;
        while let Some(proof) = read(phone, |tx| proof::due(tx, 2, after, now)) {
            after = proof.id;
            found.push(proof.contents);
        }
        found
    };
    assert!(
        read(&a, |tx| proof::due(tx, 1, 0, 0)).is_none(),
        "nothing is lost"
    );
    write(&a, |tx| generation::backed_up(tx, 1, 10, None));
    assert_eq!(due(&a, 0), [b"second"]);
    restored(&a, 15);
    assert_eq!(due(&a, 0), [b"second"]);
    let id = read(&a, |tx| proof::due(tx, 2, 0, 0)).expect("one").id;
    write(&a, |tx| proof::later(tx, id, 0));
    assert!(due(&a, 19_999).is_empty());
    assert_eq!(due(&a, 20_000), [b"second"]);
    assert!(
        !write(&a, |tx| generation::end(tx, 2)),
        "not while it can be given back"
    );
    write(&a, |tx| proof::done(tx, id));
    assert!(write(&a, |tx| generation::end(tx, 2)));
}

#[test]
fn a_photo_goes_only_when_a_backup_has_it_and_is_sent_again_when_none_had() {
    let (mut a, mut center) = (phone(1), Center::default());
    let (doc, id) = (DocId::from_bytes([8; 16]), MediaId::from_bytes([9; 16]));
    let fact = kit::photo(&a.store, id);
    let mut visit = vec![Write::new("type", "V01"), Write::new("words", "开着")];
    visit.extend(fact.writes());
    a.write(&[plan(doc, Kind::Visit, Action::VisitLog, visit)])
        .expect("visit");
    center.sync(&a, |_| false);
    write(&a, |tx| media::set_state(tx, id, 2));
    assert!(read(&a, |tx| media::to_upload(tx, false)).is_empty());
    write(&a, |tx| generation::backed_up(tx, 1, 0, Some(1)));
    let leaves = Incoming {
        seq: 2,
        doc,
        kind: Kind::Visit,
        buckets: vec![0],
        what: What::Remove,
    };
    let enrolment = a.enrolment;
    write(&a, |tx| page::apply(tx, enrolment, &[leaves], 2));
    assert!(
        read(&a, media::orphans).is_empty(),
        "verified, and in no backup"
    );

    restored(&a, 0);
    let back = read(&a, |tx| outbox::unsent(tx, 0, 9, usize::MAX))
        .remove(0)
        .0;
    a.settle(back.id, &Outcome::Accepted(Some(change(&back)), 1));
    let again: Vec<MediaId> = read(&a, |tx| media::to_upload(tx, false))
        .iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(again, [id], "the center lacks it");

    write(&a, |tx| media::set_state(tx, id, 2));
    write(&a, |tx| generation::backed_up(tx, 2, 0, Some(1)));
    assert!(read(&a, media::orphans).is_empty());
    write(&a, |tx| generation::backed_up(tx, 2, 2, Some(2)));
    assert_eq!(read(&a, media::orphans), [id]);
}

#[test]
fn what_was_given_back_is_not_shown_again_for_ever_when_its_ground_comes_back_too() {
    let (mut b, mut center) = (phone(2), Center::default());
    let mut a = phone(1);
    seed(&mut a);
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    // One is accepted and the next, built on it, is given back; then the center is restored.
    let ground = edit(&mut b, "12900000001");
    let given_back = edit(&mut b, "12900000002");
    let back = |code: &str| Outcome::Attention(code.into(), "{}".into());
    let settle = |phone: &Phone, intent: &Intent, outcome: &Outcome| {
        write(phone, |tx| {
            outbox::settle(tx, phone.enrolment, intent.id, outcome)
        });
    };
    let accepted = Outcome::Accepted(Some(change(&ground)), 99);
    settle(&b, &ground, &accepted);
    settle(&b, &given_back, &back("scope"));
    restored(&b, 5);
    let both = [change(&ground), change(&given_back)];
    assert_eq!(waiting(&b), both, "the center's copy is lost");

    let blocked = |phone: &Phone| {
        let by = change(&ground);
        write(phone, |tx| outbox::blocked(tx, given_back.id, by));
    };
    blocked(&b);
    assert_eq!(waiting(&b), both, "its ground may yet be taken");
    settle(&b, &ground, &back("scope"));
    blocked(&b);
    assert!(waiting(&b).is_empty());
    let lines = read(&b, |tx| outbox::lines(tx, 9));
    let line = lines.iter().find(|line| line.intent.id == given_back.id);
    let line = line.expect("still in the tray");
    assert_eq!(
        (line.state, line.code.as_str()),
        (State::Attention, "built_on_returned")
    );
}
