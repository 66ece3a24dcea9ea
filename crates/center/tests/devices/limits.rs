//! Attacks on the devices' port, and which test covers which.
//!
//! | attack | test |
//! | --- | --- |
//! | a flipped bit, announced honestly or not | `bits` |
//! | a claim that differs from its change; extra bytes; another kind | `hostile` |
//! | a change of one document sent for another | `hostile`, and of the same kind here |
//! | another's actor; gaps in its numbers; unknown or refused dependencies | `hostile` |
//! | operations numbered near the limit; a few bytes that unpack into a world | here |
//! | writing outside one's post, role, schema, workflow | `rules`, `hostile` |
//! | a document made before its rightful author makes it | here |
//! | guessed codes, tokens nobody has | `enrol`, here |
//! | a body of a gigabyte, announced or not | here; a little too large: `rounds` |
//! | headers or bodies that dribble | here |
//! | a flood of calls | here |
//! | filling the disk: refused intents, changes, audits; photos that no record names | here; `photos` |
//! | a document so large, or with so much side by side, that nobody can edit it | here |
//! | a batch replayed | here; a photo: `photos` |
//! | groups that lie about their size | `group` |

use std::time::Duration;

use linli_center::limits::Limits;
use linli_model::actor::Hlc;
use linli_model::document::hash_of;
use linli_model::ids::{DocId, IntentId};
use linli_model::intent::{Action, Intent};
use linli_model::kind::Kind;
use linli_model::kinds::household::found;
use linli_model::kinds::remark;
use linli_model::value::Write;
use linli_protocol::encode;
use linli_protocol::limits::MAX_REQUEST;
use linli_protocol::sync::{Sent, Verdict};

use crate::county::{CHIEF, DWELLING, LEAD, OTHER_WORKER, WORKER, care, household, visit};
use crate::forge::{claimed, packed, with_run_of, with_start_op};
use crate::office::Office;
use crate::phone::{Phone, code, is_accepted};
use crate::raw::Raw;
use crate::rounds::number;

const DAY_MS: i64 = 86_400_000;
const GIGABYTE: usize = 1 << 30;

fn days(phone: &mut Phone, days: i64) -> Sent {
    let writes = vec![Write::new("cycle_days", days)];
    phone.edit(Action::FieldSet, Kind::Care, care(), None, writes)
}

/// Something that is always refused, and different each time.
fn refused(phone: &mut Phone) -> Sent {
    let before = phone.docs[&care()].clone();
    let mut sent = days(phone, 9);
    phone.docs.insert(care(), before);
    sent.intent.action = Action::CenterWrite;
    sent
}

/// A verdict that says: not now.
fn waits(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Missing { .. })
}

/// Status and code of a call that must be refused.
async fn is_refused(phone: &Phone, sent: &[Sent]) -> (u16, String, Option<u32>) {
    let (status, refusal) = phone
        .post(encode(&phone.request(sent)))
        .await
        .expect_err("refused");
    (status, refusal.code, refusal.wait_s)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gigabyte_that_is_announced_is_not_read() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let token = phone.token();
    for path in ["/v1/sync", "/v1/key", "/v1/enrol", "/v1/enrol/hello"] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: c\r\nauthorization: {token}\r\n\
             content-length: {GIGABYTE}\r\n\r\n"
        );
        let mut raw = Raw::open(&office);
        assert!(raw.say(head.as_bytes()));
        // Not one byte of it was sent, and the answer is there.
        let answer = raw.hear().expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 413"), "{path}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gigabyte_without_a_length_is_cut_at_the_limit() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let mut chunk = b"10000\r\n".to_vec();
    chunk.resize(chunk.len() + 0x10000, b'x');
    chunk.extend(b"\r\n");
    for path in ["/v1/sync", "/v1/enrol"] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: c\r\nauthorization: {}\r\n\
             transfer-encoding: chunked\r\n\r\n",
            phone.token()
        );
        let mut raw = Raw::open(&office);
        assert!(raw.say(head.as_bytes()));
        let poured = raw.pour(&chunk, GIGABYTE);
        // What is beyond the limit lies in buffers of the two sockets.
        assert!(poured < MAX_REQUEST + 32 * 1024 * 1024, "{path}: {poured}");
    }
    // And it goes on serving.
    assert!(phone.post(encode(&phone.request(&[]))).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_dribbles_is_cut_off() {
    let office = Office::open_with(Limits {
        silence_ms: 200,
        body_ms: 200,
        ..Limits::default()
    })
    .await;
    let phone = Phone::synced(&office, WORKER).await;
    let soon = Duration::from_secs(10);

    // Half a greeting, and then nothing.
    let mut silent = std::net::TcpStream::connect(office.devices).expect("connect");
    silent.set_read_timeout(Some(soon)).expect("timeout");
    std::io::Write::write_all(&mut silent, &[22, 3, 1]).expect("write");
    let ended = std::io::Read::read(&mut silent, &mut [0; 16]);
    assert!(
        !matches!(&ended, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock),
        "{ended:?}"
    );

    let mut header = Raw::open(&office);
    assert!(header.say(b"POST /v1/sync HTTP/1.1\r\nx: "));
    let (_, took) = header.dribble(b'x');
    assert!(took < soon, "{took:?}");

    for path in ["/v1/sync", "/v1/enrol", "/v1/enrol/hello", "/v1/key"] {
        let mut body = Raw::open(&office);
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: c\r\nauthorization: {}\r\ncontent-length: 9999\r\n\r\n",
            phone.token()
        );
        assert!(body.say(head.as_bytes()));
        let (answer, took) = body.dribble(b'x');
        let answer = answer.expect("told why");
        assert!(answer.starts_with("HTTP/1.1 408"), "{path}: {answer}");
        assert!(took < soon, "{path}: {took:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_floods_waits_and_no_other_does() {
    let office = Office::open_with(Limits {
        calls: 5,
        calls_per_second: 1,
        ..Limits::default()
    })
    .await;
    let flooding = Phone::new(&office, WORKER).await;
    for _ in 0..5 {
        assert!(flooding.post(encode(&flooding.request(&[]))).await.is_ok());
    }
    let told = is_refused(&flooding, &[]).await;
    assert_eq!(told, (429, "too_many".to_owned(), Some(2)));
    let calm = Phone::new(&office, CHIEF).await;
    assert!(calm.post(encode(&calm.request(&[]))).await.is_ok());
    office.pass(1_000);
    assert!(flooding.post(encode(&flooding.request(&[]))).await.is_ok());
    assert_eq!(is_refused(&flooding, &[]).await.0, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_tries_tokens_waits_and_phones_beside_them_do_not() {
    let office = Office::open_with(Limits {
        strangers: 5,
        ..Limits::default()
    })
    .await;
    let phone = Phone::synced(&office, WORKER).await;
    let mut guessing = Phone::new(&office, CHIEF).await;
    for guess in 0..5 {
        guessing.me.token = [guess; 32];
        assert_eq!(is_refused(&guessing, &[]).await.0, 401);
    }
    let (status, _, wait) = is_refused(&guessing, &[]).await;
    assert_eq!(status, 429);
    assert!(wait.is_some_and(|wait| wait <= 61), "{wait:?}");
    assert!(phone.post(encode(&phone.request(&[]))).await.is_ok());
    office.pass(61_000);
    assert_eq!(is_refused(&guessing, &[]).await.0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_too_much_that_was_refused_pushes_wait_and_reading_goes_on() {
    for limits in [
        Limits {
            refused: 3,
            ..Limits::default()
        },
        Limits {
            refused_bytes: 700,
            ..Limits::default()
        },
    ] {
        let office = Office::open_with(limits).await;
        let mut liar = Phone::synced(&office, WORKER).await;
        let mut kept = 0;
        loop {
            let sent = refused(&mut liar);
            let verdict = liar.send(sent).await;
            if waits(&verdict) {
                break;
            }
            assert_eq!(code(&verdict), "role");
            kept += 1;
        }
        assert_eq!(kept, 3);
        let before = rows(&office);
        let bad = refused(&mut liar);
        let honest = days(&mut liar, 9);
        let mut chief = Phone::synced(&office, CHIEF).await;
        let sent = chief.edit(Action::FieldSet, Kind::Care, care(), None, number("129"));
        assert!(is_accepted(&chief.send(sent).await));
        let verdicts = liar.sync(&[honest.clone(), bad.clone()]).await;
        assert!(verdicts.iter().all(waits), "{verdicts:?}");
        let theirs = chief.docs[&care()].heads()[0];
        assert!(liar.docs[&care()].has(theirs), "it reads on");
        assert_eq!(rows(&office).verdicts, before.verdicts + 1, "the chief's");

        office.pass(DAY_MS);
        let verdicts = liar.sync(&[honest, bad]).await;
        assert!(is_accepted(&verdicts[0]), "{verdicts:?}");
        assert!(
            matches!(verdicts[1], Verdict::Rejected { .. }),
            "{verdicts:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_document_takes_so_many_changes_of_one_phone_a_day() {
    let office = Office::open_with(Limits {
        changes: 3,
        ..Limits::default()
    })
    .await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let batch: Vec<Sent> = (1..=4).map(|n| days(&mut worker, n)).collect();
    let verdicts = worker.sync(&batch).await;
    assert!(verdicts[..3].iter().all(is_accepted), "{verdicts:?}");
    assert!(waits(&verdicts[3]), "{verdicts:?}");
    // Others write there, and it writes elsewhere.
    let mut chief = Phone::synced(&office, CHIEF).await;
    let theirs = days(&mut chief, 9);
    assert!(is_accepted(&chief.send(theirs).await));
    let doc = worker.new_doc();
    let elsewhere = worker.edit(Action::VisitLog, Kind::Visit, doc, None, visit().create());
    assert!(is_accepted(&worker.send(elsewhere).await));
    assert!(waits(&worker.send(batch[3].clone()).await));
    office.pass(DAY_MS);
    assert!(is_accepted(&worker.send(batch[3].clone()).await));
}

fn looked_at(phone: &mut Phone, how: &str) -> Sent {
    Sent {
        intent: Intent {
            id: IntentId::new(1, phone.fresh()),
            seq: 1,
            hlc: Hlc { ms: 5, count: 0 },
            action: Action::Audit,
            writes: vec![Write::new("how", how)],
            target: None,
            group: None,
        },
        change: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_takes_no_freight() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let length = office.center.audit_length().await.expect("length");
    let freight = looked_at(&mut worker, &"x".repeat(1_100));
    assert_eq!(code(&worker.send(freight).await), "too_large");
    assert_eq!(office.center.audit_length().await.expect("length"), length);
    let small = looked_at(&mut worker, "dial");
    assert!(is_accepted(&worker.send(small).await));
    let after = office.center.audit_length().await.expect("length");
    assert_eq!(after, length + 1);
}

/// How many rows stand in the tables that a push writes to.
#[derive(Debug, PartialEq)]
struct Rows {
    changes: u64,
    ops: u64,
    verdicts: u64,
    audit: u64,
    refused: u64,
    docs: u64,
}

fn rows(office: &Office) -> Rows {
    let conn = rusqlite::Connection::open(office.data().join("center.db")).expect("database");
    let count = |what: &str| {
        conn.query_row(&format!("SELECT {what}"), [], |row| row.get(0))
            .expect("count")
    };
    Rows {
        changes: count("count(*) FROM change"),
        ops: count("count(*) FROM op"),
        verdicts: count("count(*) FROM verdict"),
        audit: count("count(*) FROM audit"),
        refused: count("coalesce(sum(count), 0) FROM refused_day"),
        docs: count("count(*) FROM doc"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replayed_batch_says_the_same_and_writes_nothing() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let good = days(&mut worker, 7);
    let doc = worker.new_doc();
    let born = worker.edit(Action::VisitLog, Kind::Visit, doc, None, visit().create());
    let audit = looked_at(&mut worker, "dial");
    let bad = refused(&mut worker);
    worker.sync(&[]).await;
    let batch = [good, born, audit, bad];
    let first = worker.sync(&batch).await;
    assert!(first[..3].iter().all(is_accepted), "{first:?}");
    assert_eq!(code(&first[3]), "role");
    let written = rows(&office);
    for _ in 0..3 {
        let again = worker.sync(&batch).await;
        for (first, again) in first.iter().zip(&again) {
            match (first, again) {
                (Verdict::Accepted { seq }, Verdict::Duplicate { seq: same, .. }) => {
                    assert_eq!(seq, same);
                }
                (first, again) => assert_eq!(first, again),
            }
        }
        assert_eq!(rows(&office), written);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_a_document_s_place_before_it_is_made() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let before = rows(&office).docs;
    for kind in [Kind::Household, Kind::Care] {
        let doc = DocId::of_occupancy(kind, DWELLING, 2);
        for (thief, expected) in [(OTHER_WORKER, "scope"), (LEAD, "role")] {
            let mut thief = Phone::synced(&office, thief).await;
            let squat = thief.edit(Action::Found, kind, doc, None, found(DWELLING, 2));
            assert_eq!(code(&thief.send(squat).await), expected, "{kind:?}");
        }
        let own = worker.edit(Action::Found, kind, doc, None, found(DWELLING, 2));
        assert!(is_accepted(&worker.send(own).await), "{kind:?}");
    }
    // What only the center writes, nobody makes.
    for kind in [Kind::Place, Kind::Door, Kind::Notice] {
        let doc = worker.new_doc();
        let writes = match kind {
            Kind::Door => vec![Write::new("building", DWELLING.to_string())],
            _ => vec![Write::new("org", "519901002002003")],
        };
        for action in [Action::FieldSet, Action::Found, Action::CenterWrite] {
            let sent = worker.edit(action, kind, doc, None, writes.clone());
            let verdict = worker.send(sent).await;
            assert!(
                ["kind", "role", "identity"].contains(&code(&verdict)),
                "{kind:?} {verdict:?}"
            );
            worker.docs.remove(&doc);
        }
    }
    assert_eq!(rows(&office).docs, before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_one_visit_does_not_pass_for_another_s() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let [one, other] = [worker.new_doc(), worker.new_doc()];
    for doc in [one, other] {
        let sent = worker.edit(Action::VisitLog, Kind::Visit, doc, None, visit().create());
        assert!(is_accepted(&worker.send(sent).await));
    }
    let entry = worker.new_entry();
    let words = vec![Write::new(format!("remarks/{entry}/words"), "好")];
    let honest = worker.edit(Action::RemarkAdd, Kind::Visit, one, None, words);
    let mut crossed = honest.clone();
    crossed.intent.id = IntentId::new(2, [2; 10]);
    crossed.intent.target.as_mut().expect("target").doc = other;
    assert_eq!(code(&worker.send(crossed).await), "intent_mismatch");
    // And a birth under another's id.
    let doc = worker.new_doc();
    let mut birth = worker.edit(Action::VisitLog, Kind::Visit, doc, None, visit().create());
    birth.intent.target.as_mut().expect("target").doc = one;
    assert_eq!(code(&worker.send(birth).await), "not_new");
    assert!(is_accepted(&worker.send(honest).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn operations_numbered_near_the_limit_stay_outside() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let honest = days(&mut worker, 7);
    let limit = u64::from(u32::MAX);
    for start in [limit - 1, limit, limit + 1, 1 << 40, 10_020, 1, 0] {
        let forged = with_start_op(&honest.change, start).expect("a change");
        let mut sent = claimed(&honest, forged);
        sent.intent.id = IntentId::new(start, [3; 10]);
        let verdict = worker.send(sent).await;
        assert!(
            ["intent_mismatch", "bad_change", "hash"].contains(&code(&verdict)),
            "{start}: {verdict:?}"
        );
    }
    // The forger's hand is good: what it left as it was is what it was.
    let own = (1..1_000)
        .find(|start| with_start_op(&honest.change, *start).as_ref() == Some(&honest.change));
    assert!(own.is_some(), "the forged changes weren't changes at all");
    // Nothing of it stuck: the document takes the next edits.
    assert!(is_accepted(&worker.send(honest).await));
    let next = days(&mut worker, 8);
    assert!(is_accepted(&worker.send(next).await));
    let mut chief = Phone::synced(&office, CHIEF).await;
    assert!(chief.docs.contains_key(&household()));
    let theirs = days(&mut chief, 9);
    assert!(is_accepted(&chief.send(theirs).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_beyond_everything_is_answered() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    for through in [i64::MAX as u64, 1 << 63, u64::MAX] {
        let mut request = phone.request(&[]);
        request.through = through;
        let answer = phone.post(encode(&request)).await.expect("answered");
        assert!(answer.page.is_empty() && answer.through == phone.through);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_unpack_into_a_world_is_not_unpacked() {
    let office = Office::open().await;
    let mut phone = Phone::synced(&office, WORKER).await;
    let before = phone.docs[&care()].clone();
    let sent = days(&mut phone, 9);
    // The engine takes it for a change, and makes a list of as many as it says.
    let few = with_run_of(&sent.change, 3).expect("forged");
    assert!(hash_of(&few).is_ok());
    for (many, expected) in [(3, "intent_mismatch"), (1 << 40, "intent_mismatch")] {
        let forged = with_run_of(&sent.change, many).expect("forged");
        assert!(forged.len() < 200);
        let mut forged = claimed(&sent, forged);
        forged.intent.id = IntentId::new(many, [7; 10]);
        assert_eq!(code(&phone.send(forged).await), expected, "{many}");
    }
    let mut small = claimed(&sent, packed(&sent.change));
    small.intent.id = IntentId::new(1, [8; 10]);
    assert_eq!(code(&phone.send(small).await), "bad_change");
    phone.docs.insert(care(), before);
    let honest = days(&mut phone, 9);
    assert!(is_accepted(&phone.send(honest).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_puts_so_much_side_by_side_that_others_could_not_name_it() {
    let office = Office::open_with(Limits {
        heads: 4,
        ..Limits::default()
    })
    .await;
    let mut phone = Phone::synced(&office, WORKER).await;
    let seen = phone.docs[&care()].heads();
    let mut apart = |days: i64| {
        let writes = vec![Write::new("cycle_days", days)];
        phone.edit(
            Action::FieldSet,
            Kind::Care,
            care(),
            Some(seen.clone()),
            writes,
        )
    };
    let mut all: Vec<Sent> = (1..=5).map(&mut apart).collect();
    let fifth = all.pop().expect("the fifth");
    assert!(phone.sync(&all).await.iter().all(is_accepted));
    assert!(waits(&phone.send(fifth.clone()).await));
    // Somebody who has seen them makes room; it comes in then.
    let mut other = Phone::synced(&office, CHIEF).await;
    let seen_all = days(&mut other, 9);
    assert!(is_accepted(&other.send(seen_all).await));
    assert!(is_accepted(&phone.send(fifth).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_document_grows_beyond_what_one_answer_holds() {
    let office = Office::open_with(Limits {
        document_bytes: 20_000,
        ..Limits::default()
    })
    .await;
    let mut phone = Phone::synced(&office, WORKER).await;
    let visited = phone.new_doc();
    let sent = phone.edit(
        Action::VisitLog,
        Kind::Visit,
        visited,
        None,
        visit().create(),
    );
    assert!(is_accepted(&phone.send(sent).await));
    let mut taken = 0;
    loop {
        let words = "很长的话".repeat(100);
        let add = remark::add(phone.new_entry(), &words, 5);
        let sent = phone.edit(Action::RemarkAdd, Kind::Visit, visited, None, add);
        let verdict = phone.send(sent).await;
        if !is_accepted(&verdict) {
            assert_eq!(code(&verdict), "too_large");
            break;
        }
        taken += 1;
    }
    assert!((10..20).contains(&taken), "{taken}");
    let other = Phone::synced(&office, CHIEF).await;
    assert_eq!(other.docs[&visited].fields().keys("remarks").len(), taken);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_phone_fills_no_disk_with_what_is_accepted() {
    let office = Office::open_with(Limits {
        accepted_bytes: 600,
        ..Limits::default()
    })
    .await;
    let mut phone = Phone::synced(&office, WORKER).await;
    for day in 0..2 {
        for change in 1..=3 {
            let sent = days(&mut phone, day * 10 + change);
            assert!(is_accepted(&phone.send(sent).await), "{change}");
        }
        let beyond = days(&mut phone, day * 10 + 9);
        assert!(waits(&phone.send(beyond.clone()).await));
        office.pass(DAY_MS);
        assert!(is_accepted(&phone.send(beyond).await), "tomorrow");
        office.pass(DAY_MS);
    }
}
