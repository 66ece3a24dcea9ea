//! What a phone sees follows its person's posts, and digests tell whether it sees all of it.

use linli_center::post::{PostError, post};
use linli_model::digests::{Digest, of_doc, over, part_of};
use linli_model::ids::PersonId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_protocol::repair::{Repair, Repaired};
use linli_protocol::sync::{Behind, SyncAnswer};
use linli_protocol::{decode, encode};

use crate::county::{CHIEF, COMMUNITY, GRID, OTHER_WORKER, WORKER, care, household};
use crate::office::Office;
use crate::phone::{Phone, is_accepted};
use crate::rounds::number;

async fn ask(phone: &Phone, access: u32, behind: Vec<Behind>) -> SyncAnswer {
    let mut request = phone.request(&[]);
    request.access = Some(access);
    request.behind = (!behind.is_empty()).then_some(behind);
    phone.post(encode(&request)).await.expect("answered")
}

async fn repair(phone: &Phone, ask: &Repair) -> Repaired {
    let response = phone
        .http
        .post(format!("{}/v1/repair", phone.base))
        .header("authorization", phone.token())
        .body(encode(ask))
        .send()
        .await
        .expect("reachable");
    assert!(response.status().is_success(), "{}", response.status());
    decode(&response.bytes().await.expect("body")).expect("answer")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_post_closes_old_buckets_and_lets_new_ones_catch_up() {
    let office = Office::open().await;
    let worker = Phone::synced(&office, WORKER).await;
    let mut other = Phone::synced(&office, OTHER_WORKER).await;
    assert!(!other.docs.contains_key(&household()));
    let had = other.me.read.len();
    assert_eq!(
        post(&office.center, OTHER_WORKER, &worker.me.person.org).expect("posted"),
        1
    );

    // Its buckets first, and nothing of what is in them.
    let answer = ask(&other, 1, Vec::new()).await;
    let access = answer.access.expect("new access");
    assert!(answer.page.is_empty() && answer.more);
    assert_eq!(answer.through, other.through);
    assert_eq!(access.person.org, worker.me.person.org);
    assert_eq!(access.read[..had], other.me.read[..], "positions stay");
    assert!(!access.closed.is_empty() && access.read.len() > had);
    for bucket in &worker.me.read {
        if bucket.scope.starts_with("org:") {
            let position = access.read.iter().rposition(|one| one == bucket);
            let position = u16::try_from(position.expect("granted")).expect("small");
            assert!(!access.closed.contains(&position));
        }
    }

    // What is new is read from its beginning; the rest stays where it was.
    other.me.read.clone_from(&access.read);
    let fresh =
        u16::try_from(had).expect("small")..u16::try_from(access.read.len()).expect("small");
    let mut reached = 0;
    while reached < other.through {
        let behind = fresh.clone().map(|position| Behind {
            position,
            through: reached,
        });
        let answer = ask(&other, access.revision, behind.collect()).await;
        assert!(answer.access.is_none());
        assert!(answer.through >= other.through);
        let came = answer.reached.expect("told how far");
        assert!(came > reached);
        reached = came;
        other.keep(&answer.page);
    }
    assert_eq!(
        other.docs[&household()].heads(),
        worker.docs[&household()].heads()
    );
    // And it writes there now.
    let sent = other.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000777"),
    );
    assert!(is_accepted(&other.send(sent).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_posted_to_where_there_is_nothing() {
    let office = Office::open().await;
    let post = |person, org| post(&office.center, person, org).expect_err("refused");
    assert!(matches!(
        post(PersonId::from_bytes([99; 16]), GRID),
        PostError::NoPerson
    ));
    for org in ["", "nowhere", "519901002009999"] {
        assert!(matches!(post(WORKER, org), PostError::NoDivision(_)));
    }
    assert!(matches!(post(WORKER, COMMUNITY), PostError::OtherLevel(_)));
    let worker = Phone::synced(&office, WORKER).await;
    assert_eq!(worker.me.person.org, GRID);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_holds_something_else_is_told_and_finds_out_what() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let sent = worker.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000778"),
    );
    assert!(is_accepted(&worker.send(sent).await));
    let chief = Phone::synced(&office, CHIEF).await;

    let mut request = worker.request(&[]);
    request.digest = Some(vec![0; 16]);
    let answer = worker.post(encode(&request)).await.expect("answered");
    let digests = answer.digests.expect("it is wrong");
    request.digest = Some(over(digests.iter().copied()).to_vec());
    let answer = worker.post(encode(&request)).await.expect("answered");
    assert_eq!(answer.digests, None, "it is right");

    // The sums are those of the documents it was sent.
    let (position, theirs) = *digests
        .iter()
        .find(|(position, _)| worker.me.read[usize::from(*position)].class.name() == "care")
        .expect("care");
    let mut own = Digest::default();
    for (id, document) in worker
        .docs
        .iter()
        .filter(|(_, doc)| doc.kind() == Kind::Care)
    {
        own.add(of_doc(*id, 0, &document.heads()));
    }
    assert_eq!(own, theirs);

    let mut question = Repair {
        position,
        ..Repair::default()
    };
    let parts = repair(&worker, &question).await.parts.expect("parts");
    assert!(parts.iter().any(|(part, _)| *part == part_of(care())));
    question.parts = Some(vec![part_of(care())]);
    let docs = repair(&worker, &question).await.docs.expect("documents");
    assert!(docs.iter().any(|one| one.doc == care()
        && one.digest == of_doc(care(), 0, &worker.docs[&care()].heads()).to_be_bytes()));

    // Whole, also what it wrote itself; and nothing that isn't in the bucket.
    worker.docs.remove(&care());
    question.docs = Some(vec![household(), care()]);
    let answer = repair(&worker, &question).await;
    assert_eq!(answer.done, Some(2));
    worker.keep(&answer.page.expect("page"));
    assert_eq!(worker.docs[&care()].heads(), chief.docs[&care()].heads());
    question.position = 999;
    let refused = worker
        .http
        .post(format!("{}/v1/repair", worker.base))
        .header("authorization", worker.token())
        .body(encode(&question))
        .send()
        .await
        .expect("reachable");
    assert_eq!(refused.status(), 404);
}
