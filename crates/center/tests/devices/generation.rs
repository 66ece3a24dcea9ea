//! A center that lost its disk and came back from a backup: phones hear of it, and give it back
//! what it has lost.

use std::path::PathBuf;

use linli_center::backup::{Made, backup};
use linli_model::chunk::name_of;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_protocol::enrol::Before;
use linli_protocol::hand_back::{Back, Contents, HandBack, HandedBack, Held, mac};
use linli_protocol::sync::{GENERATIONS, Page, Sent, SyncAnswer, Verdict, What};
use linli_protocol::{decode, encode};

use crate::county::{CHIEF, OTHER_WORKER, RESIDENT, WORKER, care, household};
use crate::erasure;
use crate::office::Office;
use crate::phone::{Phone, Refused, answer, code, enrol_again, is_accepted};
use crate::rounds::number;

/// A backup of a center that runs on.
pub(crate) async fn back_up(office: &Office, shelf: &tempfile::TempDir) -> (PathBuf, Made) {
    let (center, to) = (office.center.clone(), shelf.path().join("backup"));
    let made = {
        let to = to.clone();
        tokio::task::spawn_blocking(move || backup(&center, &to).expect("a backup"))
            .await
            .expect("joined")
    };
    (to, made)
}

/// Asks as a phone that can be told of a generation.
async fn ask(phone: &Phone, intents: &[Sent]) -> SyncAnswer {
    let mut request = phone.request(intents);
    request.capabilities = Some(vec![GENERATIONS.into()]);
    phone.post(encode(&request)).await.expect("answered")
}

/// What the center has for a phone, unpacked.
async fn page(phone: &Phone) -> Page {
    let packed = ask(phone, &[]).await.page;
    let plain = zstd::bulk::decompress(&packed, 8 << 20).expect("zstd");
    decode(&plain).expect("page")
}

pub(crate) async fn hand_back(phone: &Phone, asked: &HandBack) -> Result<Vec<Back>, Refused> {
    let response = phone
        .http
        .post(format!("{}/v1/return", phone.base))
        .header("authorization", phone.token())
        .body(encode(asked))
        .send()
        .await
        .expect("reachable");
    answer(response)
        .await
        .map(|bytes| decode::<HandedBack>(&bytes).expect("outcomes").outcomes)
}

/// What `phone` needs to give one of these changes back, out of the page that brought it.
pub(crate) fn proven(phone: &Phone, sent: &Sent) -> HandBack {
    let name = name_of(&sent.change).expect("a change");
    let find = |contents: &Contents| contents.leaves.iter().position(|leaf| leaf.change == name);
    let (contents, mac, leaf) = (phone.proofs.iter())
        .find_map(|(contents, mac)| Some((contents, mac, find(contents)?)))
        .expect("a page with the change");
    HandBack {
        contents: encode(contents),
        mac: *mac,
        changes: vec![Held {
            leaf: leaf.try_into().expect("small"),
            change: sent.change.clone(),
            intent: None,
        }],
    }
}

fn edit(phone: &mut Phone, last: u32) -> Sent {
    let number = number(&format!("12900000{last:03}"));
    phone.edit(Action::FieldSet, Kind::Care, care(), None, number)
}

/// The same phone, at the center of now.
pub(crate) fn at(office: &Office, phone: &mut Phone) {
    phone.base = format!("https://{}", office.devices);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lost_comes_back_from_any_phone_and_only_that() {
    let shelf = tempfile::tempdir().expect("folder");
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let kept = edit(&mut worker, 1);
    assert!(is_accepted(&worker.send(kept.clone()).await));
    let (from, made) = back_up(&office, &shelf).await;
    let told = ask(&worker, &[]).await;
    assert_eq!(told.backed_up_through, made.through, "every answer tells");
    let lost = [edit(&mut worker, 2), edit(&mut worker, 3)];
    for one in &lost {
        assert!(is_accepted(&worker.send(one.clone()).await));
    }
    chief.sync(&[]).await;
    let fresh = proven(&chief, &lost[1]);
    let refused = hand_back(&chief, &fresh).await.expect_err("refused");
    assert_eq!(refused.1.code, "not_lost", "nothing of now can be lost");

    let office = office.out_of(&from).await;
    at(&office, &mut worker);
    at(&office, &mut chief);
    // Told, and nothing else: what is sent along is not judged by what isn't here.
    let news = ask(&worker, &lost[1..]).await;
    assert!(news.generation > worker.me.generation);
    assert_eq!(news.base, Some(made.through));
    assert_eq!(news.backed_up_through, made.through);
    assert!(news.verdicts.is_empty() && news.page.is_empty() && news.more);
    assert_eq!(news.access.expect("its buckets").read, worker.me.read);

    // Forged, in part, or another change under a proven name: nothing of it is taken.
    let proof = proven(&chief, &lost[1]);
    let mut forged = proof.clone();
    forged.mac[0] ^= 1;
    assert_eq!(hand_back(&chief, &forged).await.expect_err("forged").0, 403);
    let mut part: Contents = decode(&proof.contents).expect("contents");
    part.leaves.truncate(1);
    let part = HandBack {
        contents: encode(&part),
        ..proof.clone()
    };
    assert_eq!(
        hand_back(&chief, &part).await.expect_err("in part").1.code,
        "not_proven"
    );
    let mut own: Contents = decode(&proof.contents).expect("contents");
    own.generation += 1;
    let own = HandBack {
        mac: mac(&[7; 32], &encode(&own)),
        contents: encode(&own),
        ..proof.clone()
    };
    assert_eq!(hand_back(&chief, &own).await.expect_err("own key").0, 403);
    let mut other = proof.clone();
    other.changes[0].change = lost[0].change.clone();
    let bad = Back::Refused {
        code: "bad_change".into(),
    };
    assert_eq!(hand_back(&chief, &other).await.expect("outcomes"), [bad]);

    // In the order of what builds on what.
    let first = proven(&chief, &lost[0]);
    let missing = Back::Missing {
        change: name_of(&lost[0].change).expect("a change"),
    };
    assert_eq!(
        hand_back(&chief, &proof).await.expect("outcomes"),
        [missing]
    );
    assert!(matches!(
        hand_back(&chief, &first).await.expect("outcomes")[..],
        [Back::Taken { .. }]
    ));
    // Two at once, one of them twice.
    let (a, b) = tokio::join!(hand_back(&chief, &proof), hand_back(&worker, &proof));
    let (a, b) = (
        a.expect("outcomes").remove(0),
        b.expect("outcomes").remove(0),
    );
    let seq = match (a, b) {
        (Back::Taken { seq }, Back::Had { seq: same })
        | (Back::Had { seq: same }, Back::Taken { seq }) => {
            assert_eq!(seq, same);
            seq
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(
        hand_back(&chief, &proof).await.expect("again"),
        [Back::Had { seq }]
    );

    // Its author sends it too, and hears that it is there; then everybody has it once.
    worker.me.generation = news.generation;
    worker.through = news.through;
    // Whether its author's phone still has it, nobody knows: it gets the bytes as well.
    let page = page(&worker).await;
    let put = |sent: &Sent| {
        (page.ops.iter())
            .any(|op| matches!(&op.what, What::Put { change, .. } if *change == sent.change))
    };
    assert!(lost.iter().all(put));
    let change = name_of(&lost[1].change).expect("a change");
    assert_eq!(
        worker.send(lost[1].clone()).await,
        Verdict::Duplicate { change, seq }
    );
    assert!(is_accepted(&{
        let next = edit(&mut worker, 4);
        worker.send(next).await
    }));
    let reader = Phone::synced(&office, WORKER).await;
    assert_eq!(reader.docs[&care()].heads(), worker.docs[&care()].heads());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_knows_no_generations_goes_on_as_before() {
    let shelf = tempfile::tempdir().expect("folder");
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let (from, _) = back_up(&office, &shelf).await;
    let office = office.out_of(&from).await;
    at(&office, &mut worker);
    let edit = edit(&mut worker, 7);
    assert!(is_accepted(&worker.send(edit).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_phone_enrols_again_and_hands_in_what_it_had_written() {
    let shelf = tempfile::tempdir().expect("folder");
    let office = Office::open().await;
    let (from, _) = back_up(&office, &shelf).await;
    let mut late = Phone::synced(&office, WORKER).await;
    let unsent = edit(&mut late, 8);

    let office = office.out_of(&from).await;
    at(&office, &mut late);
    let request = encode(&late.request(&[]));
    let (status, refusal) = late.post(request).await.expect_err("forgotten");
    assert_eq!((status, refusal.code.as_str()), (401, "enrol_again"));

    let before = Before {
        enrolment: late.me.enrolment,
        person: WORKER,
        ticket: late.me.ticket.clone().expect("a ticket"),
    };
    let old = late.me.clone();
    // Somebody else's ticket, or none that the center made, is worth nothing.
    late.me = enrol_again(
        &office,
        office.code(OTHER_WORKER).await,
        Some(before.clone()),
    )
    .await
    .expect("enrolled");
    assert_eq!(code(&late.send(unsent.clone()).await), "actor");
    let mut forged = before.clone();
    forged.ticket[0] ^= 1;
    late.me = enrol_again(&office, office.code(WORKER).await, Some(forged))
        .await
        .expect("enrolled");
    assert_eq!(code(&late.send(unsent.clone()).await), "actor");

    late.me = enrol_again(&office, office.code(WORKER).await, Some(before))
        .await
        .expect("enrolled");
    assert_ne!(late.me.enrolment, old.enrolment);
    assert!(is_accepted(&late.send(unsent).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wrote_it_is_known_even_if_the_center_has_forgotten_the_phone() {
    let shelf = tempfile::tempdir().expect("folder");
    let office = Office::open().await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let (from, _) = back_up(&office, &shelf).await;
    let mut late = Phone::synced(&office, WORKER).await;
    let lost = edit(&mut late, 9);
    assert!(is_accepted(&late.send(lost.clone()).await));
    chief.sync(&[]).await;

    let office = office.out_of(&from).await;
    at(&office, &mut chief);
    let proof = proven(&chief, &lost);
    let outcomes = hand_back(&chief, &proof).await.expect("outcomes");
    assert!(matches!(outcomes[..], [Back::Taken { .. }]), "{outcomes:?}");
    let reader = Phone::synced(&office, CHIEF).await;
    let name = &late.me.person.name;
    assert!(reader.authors.contains(name), "{name}");
    assert!(reader.docs[&care()].has(name_of(&lost.change).expect("a change")));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_erased_since_the_backup_does_not_come_back_with_it() {
    let shelf = tempfile::tempdir().expect("folder");
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    erasure::one_more(&mut worker).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let (from, _) = back_up(&office, &shelf).await;
    let renamed = worker.edit(
        Action::FieldSet,
        Kind::Household,
        household(),
        None,
        erasure::name(RESIDENT, "杨秀莹"),
    );
    assert!(is_accepted(&worker.send(renamed.clone()).await));
    chief.sync(&[]).await;
    let late = proven(&chief, &renamed);
    erasure::erase(&office, RESIDENT).await.expect("erased");

    let office = office.out_of(&from).await;
    at(&office, &mut chief);
    erasure::nowhere(&office, erasure::NAME);
    let outcomes = hand_back(&chief, &late).await.expect("answered");
    // It speaks of her by number only; but of an epoch that is over.
    let code = "stale_epoch".to_owned();
    assert_eq!(outcomes, [Back::Refused { code }], "not with a MAC either");
    erasure::nowhere(&office, "杨秀莹");
    // It is in the epoch that phones know.
    let again = Phone::synced(&office, CHIEF).await;
    assert_eq!(again.epoch(household()), 1);
    let residents = again.docs[&household()].fields().keys("residents").len();
    assert_eq!(residents, 1, "the other one stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_came_and_was_erased_since_the_backup_is_named_to_those_who_still_know_them() {
    let shelf = tempfile::tempdir().expect("folder");
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let (from, _) = back_up(&office, &shelf).await;
    erasure::one_more(&mut worker).await;
    erasure::erase(&office, erasure::OTHER)
        .await
        .expect("erased");

    // Nothing here speaks of them, and nothing is taken out; a phone that was away has to know
    // what to look for all the same.
    let office = office.out_of(&from).await;
    let mut reader = Phone::synced(&office, WORKER).await;
    reader.through = 0;
    let page = page(&reader).await;
    let named = (page.ops.iter()).any(|op| {
        op.doc == household()
            && matches!(&op.what, What::Reset { epoch: 1, erased: Some(ids), .. }
                if ids.contains(&erasure::OTHER))
    });
    assert!(named);
}
