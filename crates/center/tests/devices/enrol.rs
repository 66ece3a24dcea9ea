use linli_protocol::enrol::{Hello, Proof, code_id, proof, same_mac};
use linli_protocol::{decode, encode};

use crate::county::{LEAD, WORKER};
use crate::office::Office;
use crate::phone::{Phone, answer, enrol, http};

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_once() {
    let office = Office::open().await;
    let secret = office.code(WORKER).await;
    let first = enrol(&office, secret).await.expect("first");
    assert_eq!(first.person.name, "周桂兰");
    assert_eq!(first.pins.len(), 2);
    assert!(first.read.iter().any(|b| b.scope == "org:519901002002003"));
    let (status, refusal) = enrol(&office, secret).await.expect_err("second");
    assert_eq!((status, refusal.code.as_str()), (409, "enrol_code_used"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_expires_and_a_wrong_one_is_bad() {
    let office = Office::open().await;
    let secret = office.code(WORKER).await;
    let (status, refusal) = enrol(&office, [7; 10]).await.expect_err("unknown");
    assert_eq!((status, refusal.code.as_str()), (404, "enrol_code_bad"));
    office.pass(8 * 24 * 3_600_000);
    let (status, refusal) = enrol(&office, secret).await.expect_err("late");
    assert_eq!((status, refusal.code.as_str()), (410, "enrol_code_expired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down() {
    let office = Office::open().await;
    for guess in 0..10 {
        assert_eq!(enrol(&office, [guess; 10]).await.expect_err("bad").0, 404);
    }
    let secret = office.code(WORKER).await;
    let (status, refusal) = enrol(&office, secret).await.expect_err("pause");
    assert_eq!((status, refusal.code.as_str()), (429, "too_many"));
    assert!(refusal.wait_s.is_some_and(|wait| wait <= 61));
    office.pass(61_000);
    enrol(&office, secret).await.expect("after the pause");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_code_proves_the_pins() {
    let office = Office::open().await;
    let secret = office.code(WORKER).await;
    let nonce = [3; 16];
    let ask = |code_id| {
        http(&office)
            .post(format!("https://{}/v1/enrol/hello", office.devices))
            .body(encode(&Hello { code_id, nonce }))
            .send()
    };
    let bytes = answer(ask(code_id(&secret)).await.expect("reachable"))
        .await
        .expect("proof");
    let shown: Proof = decode(&bytes).expect("proof");
    let pins: Vec<[u8; 32]> = shown.pins.iter().map(|pin| **pin).collect();
    assert_eq!(pins, office.center.keys.pins);
    assert!(same_mac(&shown.mac, &proof(&secret, &nonce, &pins)));
    let refused = answer(ask([0; 8]).await.expect("reachable")).await;
    assert_eq!(refused.expect_err("unknown").1.code, "enrol_code_bad");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_building_lead_gets_doors_but_no_roster() {
    let office = Office::open().await;
    let lead = Phone::synced(&office, LEAD).await;
    let mut kinds: Vec<&str> = lead.docs.values().map(|doc| doc.kind().name()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, ["door", "notice", "place"]);
    assert!(lead.me.write.iter().all(|b| b.scope.starts_with("per:")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_unknown_is_refused() {
    let office = Office::open().await;
    let mut phone = Phone::new(&office, WORKER).await;
    phone.me.token = [0; 32];
    let (status, refusal) = phone
        .post(encode(&phone.request(&[])))
        .await
        .expect_err("stranger");
    assert_eq!((status, refusal.code.as_str()), (401, "revoked"));
}
