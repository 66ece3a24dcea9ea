use std::time::Duration;

use linli_model::actor::Hlc;
use linli_model::ids::IntentId;
use linli_model::intent::{Action, Intent};
use linli_model::kind::Kind;
use linli_model::value::Write;
use linli_protocol::key::{Recover, Recovery};
use linli_protocol::sync::Sent;
use linli_protocol::{decode, encode};

use crate::county::{DESK, WORKER, care};
use crate::office::Office;
use crate::phone::{Phone, Refused, answer, code, is_accepted};
use crate::rounds::number;

async fn ask(phone: &Phone, sealed: &[u8]) -> Result<Recovery, Refused> {
    let response = phone
        .http
        .post(format!("{}/v1/key", phone.base))
        .header("authorization", phone.token())
        .body(encode(&Recover {
            sealed: sealed.to_vec(),
        }))
        .send()
        .await
        .expect("reachable");
    answer(response)
        .await
        .map(|bytes| decode(&bytes).expect("recovery"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_key_comes_back_when_a_desk_agrees_and_the_outbox_with_it() {
    let office = Office::open().await;
    let mut old = Phone::synced(&office, WORKER).await;
    let key = [0x5a; 32];
    let public = crypto_box::PublicKey::from(old.me.seal_key);
    let sealed = public
        .seal(&mut crypto_box::aead::OsRng, &key)
        .expect("sealed");
    // Written on the old phone, never sent.
    let unsent = old.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000333"),
    );

    office.pass(1_000);
    let mut new = Phone::new(&office, WORKER).await;
    assert_eq!(ask(&new, &sealed).await.expect("asked").state, "waiting");
    assert_eq!(code(&new.send(unsent.clone()).await), "actor");
    let requests = office.center.waiting_recoveries().await.expect("read");
    assert_eq!(requests.len(), 1);
    assert!(
        office
            .center
            .decide_recovery(requests[0], true, DESK)
            .await
            .expect("decided")
    );
    let back = ask(&new, &sealed).await.expect("asked");
    assert_eq!(
        (back.state.as_str(), back.key.as_deref()),
        ("approved", Some(&key[..]))
    );

    new.sync(&[]).await;
    assert!(is_accepted(&new.send(unsent).await));
    // The phone that was replaced is out.
    let (status, refusal) = old
        .post(encode(&old.request(&[])))
        .await
        .expect_err("revoked");
    assert_eq!((status, refusal.code.as_str()), (401, "revoked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_stays_shut_and_nonsense_never_waits() {
    let office = Office::open().await;
    let phone = Phone::new(&office, WORKER).await;
    let (status, refusal) = ask(&phone, &[1; 80]).await.expect_err("nonsense");
    assert_eq!((status, refusal.code.as_str()), (422, "key_unreadable"));
    let public = crypto_box::PublicKey::from(phone.me.seal_key);
    let sealed = public
        .seal(&mut crypto_box::aead::OsRng, &[1; 32])
        .expect("sealed");
    ask(&phone, &sealed).await.expect("asked");
    let requests = office.center.waiting_recoveries().await.expect("read");
    assert!(
        office
            .center
            .decide_recovery(requests[0], false, DESK)
            .await
            .expect("decided")
    );
    assert!(
        !office
            .center
            .decide_recovery(requests[0], true, DESK)
            .await
            .expect("late")
    );
    let back = ask(&phone, &sealed).await.expect("asked");
    assert_eq!((back.state.as_str(), back.key), ("refused", None));
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_a_number_is_logged_and_the_log_is_whole() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let sent = Sent {
        intent: Intent {
            id: IntentId::new(1, [1; 10]),
            seq: 1,
            hlc: Hlc { ms: 5, count: 0 },
            action: Action::Audit,
            writes: vec![Write::new("phones/x/number", "0")],
            target: None,
            group: None,
        },
        change: Vec::new(),
    };
    let before = office.center.audit_length().await.expect("read");
    assert!(is_accepted(&worker.send(sent.clone()).await));
    worker.send(sent).await;
    assert_eq!(
        office.center.audit_length().await.expect("read"),
        before + 1
    );
    assert_eq!(office.center.audit_break().await.expect("read"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_handshake_holds_up_nobody() {
    let office = Office::open().await;
    // Connections that say nothing.
    let silent: Vec<_> = (0..20)
        .map(|_| std::net::TcpStream::connect(office.devices).expect("connect"))
        .collect();
    let quick = tokio::time::timeout(Duration::from_secs(5), Phone::synced(&office, WORKER));
    assert!(quick.await.is_ok());
    drop(silent);
    let health = reqwest::Client::builder()
        .tls_backend_preconfigured(crate::phone::tls(&office))
        .no_proxy()
        .build()
        .expect("client")
        .get(format!("http://{}/healthz", office.console))
        .send()
        .await
        .expect("console");
    assert!(health.status().is_success());
}
