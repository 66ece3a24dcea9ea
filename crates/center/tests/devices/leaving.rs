//! Phones that were shut out: they may hand in what they hold, and get nothing but the order.

use linli_center::keys;
use linli_center::revoke::{RevokeError, revoke};
use linli_model::actor::EnrolmentId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_protocol::order::{CAPABILITY, Order, signed_bytes};
use linli_protocol::sync::{Sent, SyncAnswer, Verdict};
use linli_protocol::{decode, encode};
use sha2::{Digest, Sha256};

use crate::county::{BUILDING, CHIEF, GRID, WORKER};
use crate::generation::back_up;
use crate::office::Office;
use crate::phone::{Phone, Refused};
use crate::photos::{get, jpeg};
use crate::whole::send;

pub(crate) fn shut_out(office: &Office, phone: &Phone, stolen: bool) -> Result<(), RevokeError> {
    let authority = keys::folder(office.data()).join("ca.key");
    revoke(&office.center, phone.me.enrolment, stolen, &authority)
}

async fn call(phone: &Phone, sent: &[Sent]) -> Result<SyncAnswer, Refused> {
    let mut request = phone.request(sent);
    request.capabilities = Some(vec![CAPABILITY.into()]);
    phone.post(encode(&request)).await
}

fn report(phone: &mut Phone) -> Sent {
    let case = linli_model::kinds::case::Case {
        category: "0301".into(),
        place: Some(BUILDING),
        org: GRID.into(),
        at: 5,
        ..Default::default()
    };
    let (doc, event) = (phone.new_doc(), phone.new_entry());
    phone.edit(
        Action::CaseReport,
        Kind::Case,
        doc,
        None,
        case.report(event),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_hands_in_is_kept_and_reaches_nobody() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let before = report(&mut worker);
    call(&worker, std::slice::from_ref(&before))
        .await
        .expect("accepted");
    let kept = report(&mut worker);
    shut_out(&office, &worker, false).expect("shut out");

    let answer = call(&worker, &[before, kept.clone()])
        .await
        .expect("taken in");
    assert!(matches!(answer.verdicts[0].1, Verdict::Duplicate { .. }));
    assert!(matches!(&answer.verdicts[1].1, Verdict::Rejected { code, .. } if code == "revoked"));
    assert!(answer.page.is_empty() && answer.access.is_none() && answer.digests.is_none());
    assert_eq!((answer.through, answer.more), (worker.through, false));
    let chief = Phone::synced(&office, CHIEF).await;
    let doc = kept.intent.target.as_ref().expect("target").doc;
    assert!(!chief.docs.contains_key(&doc));

    // The order is the authority's, for this phone.
    let signed = answer.order.expect("an order");
    let order: Order = decode(&signed.order).expect("order");
    assert_eq!(
        (order.enrolment, order.stolen),
        (worker.me.enrolment, false)
    );
    let pin: [u8; 32] = Sha256::digest(&signed.key).into();
    assert_eq!(*worker.me.pins[0], pin);
    let key = &signed.key[signed.key.len() - 65..];
    ring::signature::UnparsedPublicKey::new(&ring::signature::ECDSA_P256_SHA256_ASN1, key)
        .verify(&signed_bytes(&signed.order), &signed.signature)
        .expect("signed");

    // Nothing to hand in: the same order; nothing else is to be had.
    assert_eq!(
        call(&worker, &[]).await.expect("answered").order,
        Some(signed)
    );
    let (status, refusal) = get(&worker, linli_model::ids::MediaId::new(1, [1; 10]), "")
        .await
        .expect_err("shut out");
    assert_eq!((status, refusal.code.as_str()), (401, "revoked"));
    // A client that knows nothing of orders is told so, and keeps what it has.
    let (status, refusal) = worker
        .post(encode(&worker.request(&[kept])))
        .await
        .expect_err("older");
    assert_eq!((status, refusal.code.as_str()), (401, "revoked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn its_photos_are_taken_in_under_a_tight_quota() {
    let office = Office::open().await;
    let worker = Phone::synced(&office, WORKER).await;
    shut_out(&office, &worker, false).expect("shut out");
    for number in 0..60_u8 {
        let id = linli_model::ids::MediaId::new(number.into(), [number; 10]);
        assert!(!send(&worker, id, jpeg(number)).await.expect("kept"));
    }
    let id = linli_model::ids::MediaId::new(60, [60; 10]);
    let (status, refusal) = send(&worker, id, jpeg(60)).await.expect_err("full");
    assert_eq!((status, refusal.code.as_str()), (503, "photo_unclaimed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_known_can_be_shut_out_and_only_with_the_authoritys_key() {
    let office = Office::open().await;
    let worker = Phone::synced(&office, WORKER).await;
    let elsewhere = office.data().join("elsewhere.key");
    let refused = revoke(&office.center, worker.me.enrolment, false, &elsewhere);
    assert!(matches!(refused, Err(RevokeError::Key(_))));
    call(&worker, &[]).await.expect("still in");
    let authority = keys::folder(office.data()).join("ca.key");
    let refused = revoke(&office.center, EnrolmentId([0xee; 8]), false, &authority);
    assert!(matches!(refused, Err(RevokeError::NoPhone)));

    shut_out(&office, &worker, false).expect("shut out");
    assert!(matches!(
        shut_out(&office, &worker, false),
        Err(RevokeError::Before)
    ));
    shut_out(&office, &worker, true).expect("stolen, it turns out");
    let order = call(&worker, &[])
        .await
        .expect("answered")
        .order
        .expect("order");
    assert!(decode::<Order>(&order.order).expect("order").stolen);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_does_not_let_it_in_again() {
    let shelf = tempfile::tempdir().expect("folder");
    let office = Office::open().await;
    let mut lost = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let (from, _) = back_up(&office, &shelf).await;
    shut_out(&office, &lost, false).expect("shut out");
    // It turns out to be stolen.
    shut_out(&office, &lost, true).expect("stolen");

    let office = office.out_of(&from).await;
    for phone in [&mut lost, &mut chief] {
        phone.base = format!("https://{}", office.devices);
    }
    let answer = call(&lost, &[]).await.expect("answered");
    assert!(answer.page.is_empty());
    let order = answer.order.expect("the order of before");
    let order: Order = decode(&order.order).expect("an order");
    assert!(order.stolen && order.enrolment == lost.me.enrolment);
    let known = call(&chief, &[]).await.expect("answered");
    assert!(known.order.is_none(), "nobody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_center_that_never_knew_it_has_its_order_all_the_same() {
    let shelf = tempfile::tempdir().expect("folder");
    let office = Office::open().await;
    let (from, _) = back_up(&office, &shelf).await;
    let mut stolen = Phone::synced(&office, WORKER).await;
    shut_out(&office, &stolen, true).expect("shut out");

    let office = office.out_of(&from).await;
    stolen.base = format!("https://{}", office.devices);
    let answer = call(&stolen, &[]).await.expect("answered");
    let order = answer.order.expect("the order of before");
    let order: Order = decode(&order.order).expect("an order");
    assert!(order.stolen && order.enrolment == stolen.me.enrolment);
}
