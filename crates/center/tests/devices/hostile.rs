//! What a phone that lies, or a link that garbles, can't get past the gate.

use linli_model::actor::EnrolmentId;
use linli_model::ids::IntentId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::value::{Hash, Write};
use linli_protocol::sync::{Sent, Verdict};

use crate::county::{CHIEF, WORKER, care, household};
use crate::office::Office;
use crate::phone::{Phone, code, is_accepted};
use crate::rounds::number;

fn days(days: i64) -> Vec<Write> {
    vec![Write::new("cycle_days", days)]
}

/// A good edit, not yet sent.
fn good(phone: &mut Phone) -> Sent {
    phone.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000111"),
    )
}

fn target(sent: &mut Sent) -> &mut linli_model::intent::Target {
    sent.intent.target.as_mut().expect("target")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_differs_from_its_change_is_refused() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let sent = good(&mut worker);

    let mut other_value = sent.clone();
    other_value.intent.writes = number("12900000222");
    let mut other_time = sent.clone();
    other_time.intent.hlc.ms += 60_000;
    let mut other_hash = sent.clone();
    target(&mut other_hash).change = Hash([1; 32]);
    let mut other_counter = sent.clone();
    target(&mut other_counter).counter += 1;
    let mut other_seen = sent.clone();
    target(&mut other_seen).seen = vec![Hash([1; 32])];
    let mut other_kind = sent.clone();
    target(&mut other_kind).kind = Kind::Household;
    let mut no_change = sent.clone();
    no_change.change = Vec::new();
    let mut audit = sent.clone();
    audit.intent.action = Action::Audit;
    let mut no_target = sent.clone();
    no_target.intent.target = None;
    let mut extra = sent.clone();
    extra.change.push(0);
    for (name, sent, expected) in [
        ("value", other_value, "intent_mismatch"),
        ("time", other_time, "intent_mismatch"),
        ("hash", other_hash, "hash"),
        ("counter", other_counter, "actor"),
        ("seen", other_seen, "intent_mismatch"),
        ("kind", other_kind, "kind"),
        ("no change", no_change, "bad_change"),
        ("audit", audit, "bad_intent"),
        ("no target", no_target, "bad_intent"),
        ("extra byte", extra, "bad_change"),
    ] {
        let verdict = worker.send(sent).await;
        assert_eq!(code(&verdict), expected, "{name}");
    }
    // After all that the honest one is as welcome as ever.
    assert!(is_accepted(&worker.send(sent).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_one_document_doesn_t_pass_for_another() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut sent = worker.edit(Action::FieldSet, Kind::Care, care(), None, days(7));
    target(&mut sent).doc = household();
    assert_eq!(code(&worker.send(sent.clone()).await), "kind");
    target(&mut sent).kind = Kind::Household;
    assert_eq!(code(&worker.send(sent).await), "intent_mismatch");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_writes_in_another_s_name() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let chief = Phone::synced(&office, CHIEF).await;
    for stranger in [chief.me.enrolment, EnrolmentId::CENTER, EnrolmentId([9; 8])] {
        let before = worker.docs[&care()].clone();
        let sent = worker.edit_as(
            stranger,
            Action::FieldSet,
            Kind::Care,
            care(),
            None,
            days(9),
        );
        assert_eq!(code(&worker.send(sent).await), "actor");
        worker.docs.insert(care(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_actor_s_changes_are_numbered_without_gaps() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let base = worker.docs[&care()].clone();
    let first = good(&mut worker);
    assert!(is_accepted(&worker.send(first).await));
    // The same actor once more at the old heads: its number 1 is taken.
    worker.docs.insert(care(), base);
    let fork = worker.edit(Action::FieldSet, Kind::Care, care(), None, days(9));
    assert_eq!(code(&worker.send(fork).await), "actor_seq");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_builds_on_the_unknown_or_the_refused_waits() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let first = good(&mut worker);
    let second = worker.edit(Action::FieldSet, Kind::Care, care(), None, days(9));
    let change = first.intent.target.as_ref().expect("target").change;
    assert_eq!(
        worker.send(second.clone()).await,
        Verdict::Missing { change }
    );
    let mut refused = first.clone();
    refused.intent.id = IntentId::new(1, [1; 10]);
    refused.intent.action = Action::ClashSettle;
    let verdicts = worker.sync(&[refused, second.clone()]).await;
    assert_eq!(code(&verdicts[0]), "no_clash");
    assert_eq!(verdicts[1], Verdict::BlockedBy { change });
    // Once what it builds on is accepted, it is too.
    let verdicts = worker.sync(&[first, second]).await;
    assert!(verdicts.iter().all(is_accepted), "{verdicts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_outside_the_schema_are_named() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    // Automerge itself would take it; the claim says so honestly.
    let mut sent = good(&mut worker);
    sent.intent.writes = vec![Write::new("diagnosis", "x"), Write::new("cycle_days", 1)];
    let verdict = worker.send(sent.clone()).await;
    assert_eq!(
        verdict,
        Verdict::Rejected {
            code: "schema".into(),
            fields: vec!["diagnosis".into()]
        }
    );
    let mut epoch = sent;
    target(&mut epoch).epoch = 3;
    assert_eq!(worker.send(epoch).await, Verdict::StaleEpoch { epoch: 0 });
}
