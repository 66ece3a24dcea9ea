use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use linli_model::digests::over;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::visit::Visit;
use linli_model::value::Write;
use linli_protocol::encode;
use linli_protocol::limits::MAX_REQUEST;
use linli_protocol::sync::{SyncAnswer, Verdict};

use crate::county::{CHIEF, DWELLING, OTHER_WORKER, PHONE, WORKER, care, household};
use crate::office::Office;
use crate::phone::{Phone, is_accepted, tls};

pub(crate) fn number(value: &str) -> Vec<Write> {
    vec![Write::new(format!("phones/{PHONE}/number"), value)]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_phone_writes_reaches_the_other_and_nobody_else() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let mut other = Phone::synced(&office, OTHER_WORKER).await;
    assert!(worker.docs.contains_key(&household()));
    assert!(!other.docs.contains_key(&household()));

    let sent = worker.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000999"),
    );
    assert!(is_accepted(&worker.send(sent.clone()).await));
    assert_eq!(worker.own, [sent.intent.target.expect("target").change]);
    chief.sync(&[]).await;
    assert_eq!(chief.docs[&care()].heads(), worker.docs[&care()].heads());
    assert!(chief.authors.contains(&"周桂兰".to_owned()));
    other.sync(&[]).await;
    assert!(!other.docs.contains_key(&care()));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_offline_clash_and_neither_loses() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let a = worker.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000001"),
    );
    let a2 = worker.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        vec![Write::new("cycle_days", 7)],
    );
    let b = chief.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000002"),
    );
    assert!(is_accepted(&chief.send(b).await));
    // The worker's second edit builds on the first, at heads the center never had.
    let verdicts = worker.sync(&[a, a2]).await;
    assert!(verdicts.iter().all(is_accepted), "{verdicts:?}");
    chief.sync(&[]).await;
    let (w, c) = (worker.docs[&care()].fields(), chief.docs[&care()].fields());
    assert_eq!(w, c);
    assert_eq!(w.clashes.len(), 1);
    assert_eq!(w.int("cycle_days"), 7);

    let settled = worker.edit(
        Action::ClashSettle,
        Kind::Care,
        care(),
        None,
        number("12900000002"),
    );
    assert!(is_accepted(&worker.send(settled).await));
    chief.sync(&[]).await;
    assert!(chief.docs[&care()].fields().clashes.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_is_a_duplicate_and_changes_nothing() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let doc = worker.new_doc();
    let visit = Visit {
        dwelling: Some(DWELLING),
        kind: "V01".into(),
        result: 1,
        at: 5,
        ..Visit::default()
    };
    let sent = worker.edit(Action::VisitLog, Kind::Visit, doc, None, visit.create());
    let Verdict::Accepted { seq } = worker.send(sent.clone()).await else {
        panic!("not accepted");
    };
    let change = sent.intent.target.as_ref().expect("target").change;
    let again = worker.send(sent).await;
    assert_eq!(again, Verdict::Duplicate { change, seq });
    assert_eq!(worker.own, [change]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_bounded_and_resume_anywhere() {
    let office = Office::open().await;
    let mut writer = Phone::synced(&office, WORKER).await;
    let mut batch = Vec::new();
    for day in 0..120 {
        let doc = writer.new_doc();
        let visit = Visit {
            dwelling: Some(DWELLING),
            kind: "V01".into(),
            result: 1,
            words: "水".repeat(100),
            at: day,
            ..Visit::default()
        };
        batch.push(writer.edit(Action::VisitLog, Kind::Visit, doc, None, visit.create()));
    }
    assert!(writer.sync(&batch).await.iter().all(is_accepted));
    let mut reader = Phone::new(&office, CHIEF).await;
    reader.page = 1;
    reader.sync(&[]).await;
    assert!(reader.requests > 2, "{} requests", reader.requests);
    let visits = |phone: &Phone| {
        phone
            .docs
            .values()
            .filter(|doc| doc.kind() == Kind::Visit)
            .count()
    };
    assert_eq!(visits(&reader), 120);
    // Reading everything once more changes nothing.
    reader.through = 0;
    reader.sync(&[]).await;
    assert_eq!(visits(&reader), 120);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_do_is_one_request_of_300_bytes_each_way() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    // As a phone asks that has everything, and is right about it.
    let mut question = phone.request(&[]);
    question.access = Some(1);
    question.digest = Some(vec![0; 16]);
    let answer = phone.post(encode(&question)).await.expect("answered");
    question.digest = Some(over(answer.digests.expect("digests")).to_vec());
    let body = encode(&question);
    let mut request = format!(
        "POST /v1/sync HTTP/1.1\r\nhost: center.linli\r\nauthorization: {}\r\ncontent-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
        phone.token(),
        body.len()
    )
    .into_bytes();
    request.extend(body);
    let (address, config) = (office.devices, Arc::new(tls(&office)));
    let sent = request.len();
    let response = tokio::task::spawn_blocking(move || {
        let name = "center.linli".try_into().expect("name");
        let mut session = rustls::ClientConnection::new(config, name).expect("session");
        let mut tcp = TcpStream::connect(address).expect("connect");
        let mut stream = rustls::Stream::new(&mut session, &mut tcp);
        stream.write_all(&request).expect("write");
        let mut response = vec![0; 4096];
        let mut length = 0;
        loop {
            length += stream.read(&mut response[length..]).expect("read");
            let text = String::from_utf8_lossy(&response[..length]).into_owned();
            if let Some(end) = text.find("\r\n\r\n") {
                let body: usize = text
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "))
                    .and_then(|value| value.parse().ok())
                    .expect("length");
                let start = response[..length]
                    .windows(4)
                    .position(|w| w == b"\r\n\r\n")
                    .expect("end")
                    + 4;
                assert!(end < start);
                if length >= start + body {
                    return response[..length].to_vec();
                }
            }
        }
    })
    .await
    .expect("joined");
    println!("idle: {sent} B up, {} B down", response.len());
    assert!(response.starts_with(b"HTTP/1.1 200"));
    assert!(sent <= 300, "{sent}");
    assert!(response.len() <= 300, "{}", response.len());
    let start = response
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .expect("end")
        + 4;
    let answer: SyncAnswer = linli_protocol::decode(&response[start..]).expect("answer");
    assert!(answer.page.is_empty() && !answer.more);
    assert_eq!(answer.through, phone.through);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_too_large_or_no_request_is_refused() {
    let office = Office::open().await;
    let phone = Phone::new(&office, WORKER).await;
    let (status, refusal) = phone
        .post(vec![0; MAX_REQUEST + 1])
        .await
        .expect_err("large");
    assert_eq!((status, refusal.code.as_str()), (413, "too_large"));
    let (status, refusal) = phone.post(vec![1, 2, 3]).await.expect_err("nonsense");
    assert_eq!((status, refusal.code.as_str()), (400, "bad_request"));
    let mut old = phone.request(&[]);
    old.version = 0;
    let (status, refusal) = phone.post(encode(&old)).await.expect_err("old");
    assert_eq!((status, refusal.code.as_str()), (426, "version"));
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_survives_a_restart() {
    let mut office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let sent = worker.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000777"),
    );
    assert!(is_accepted(&worker.send(sent).await));
    office.close().await;
    let again = linli_center::Center::open(office.data(), Arc::new(linli_center::System))
        .expect("opens again");
    let any = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let listeners = linli_center::Listeners::bind(any, any).expect("ports");
    office.devices = listeners.addresses().expect("address").0;
    tokio::spawn(linli_center::serve(
        again,
        listeners,
        std::future::pending(),
    ));
    let chief = {
        office.center = linli_center::Center::open(office.data(), Arc::new(linli_center::System))
            .expect("opens");
        Phone::synced(&office, CHIEF).await
    };
    assert_eq!(chief.docs[&care()].heads(), worker.docs[&care()].heads());
}
