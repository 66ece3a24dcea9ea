//! What was given back to its authors: who sees it, and what becomes of it.

use linli_model::ids::{DocId, EntryId};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::care::{self as kinds, Phone as Entry};
use linli_model::kinds::case::Case;
use linli_model::kinds::visit::{Tip, Visit, tip_state};
use linli_model::value::Write;
use linli_protocol::sync::{Sent, Verdict};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::county::{
    BUILDING, CHIEF, DWELLING, GRID, LEAD, OTHER_GRID, OTHER_WORKER, WORKER, care,
};
use crate::office::Office;
use crate::phone::{Phone, atomic, code, is_accepted};

/// A problem in the grid next door, which isn't the worker's to report.
fn next_door(phone: &mut Phone, category: &str) -> (DocId, Sent) {
    let case = Case {
        category: category.into(),
        words: "路灯不亮".into(),
        org: OTHER_GRID.into(),
        at: 5,
        ..Case::default()
    };
    let (doc, event) = (phone.new_doc(), phone.new_entry());
    let writes = case.report(event);
    (
        doc,
        phone.edit(Action::CaseReport, Kind::Case, doc, None, writes),
    )
}

/// A telephone number that a building lead may not write down.
fn number(lead: &mut Phone, entry: EntryId) -> Sent {
    let number = Entry {
        number: "12900000777".into(),
        note: "女儿的".into(),
        ..Entry::default()
    };
    let writes = kinds::add_phone(entry, &number);
    lead.edit(Action::PhoneAdd, Kind::Care, care(), None, writes)
}

async fn lines(browser: &Browser) -> Vec<Value> {
    let page = browser.get("returned").await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.body["lines"].as_array().expect("lines").clone()
}

fn path(line: &Value, what: &str) -> String {
    format!("returned/{}/{what}", line["id"].as_str().expect("id"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chief_accepts_it_after_all_in_its_author_s_name() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut other = Phone::synced(&office, OTHER_WORKER).await;
    let (doc, sent) = next_door(&mut worker, "0301");
    assert_eq!(code(&worker.send(sent.clone()).await), "scope");

    let chief = Browser::at_desk(&office, "chief").await;
    let line = &lines(&chief).await[0];
    assert_eq!(line["by"], "周桂兰");
    assert_eq!(line["code"], "scope");
    assert_eq!(line["category"], "0301");
    assert_eq!(line["org_name"], format!("grid {OTHER_GRID}"));
    assert_eq!(
        line["typed"],
        json!([{ "field": "words", "text": "路灯不亮" }])
    );
    assert_eq!(line["state"], "waiting");

    let ruling = chief.post(&path(line, "accept"), json!({})).await.body;
    assert_eq!(ruling["still"], "");
    assert_eq!(ruling["line"]["state"], "accepted");
    assert_eq!(ruling["line"]["decided_by"], "坐席chief");
    assert_eq!(ruling["line"]["code"], "scope");
    // Twice is once, and nobody takes it back.
    let again = chief.post(&path(line, "accept"), json!({})).await;
    assert_eq!(again.body["line"]["state"], "accepted");
    let late = json!({ "reason": "不是这里" });
    assert_eq!(chief.post(&path(line, "refuse"), late).await.status, 409);

    // Others receive it as its author's.
    other.sync(&[]).await;
    assert_eq!(Case::read(&other.docs[&doc].fields()).words, "路灯不亮");
    assert!(other.authors.contains(&"周桂兰".to_owned()));
    let cases = chief.get("cases").await.body;
    assert_eq!(cases["cases"][0]["by"], "周桂兰");

    // The author's phone hears of it once.
    worker.sync(&[]).await;
    let decided = worker.decided.clone();
    let [(intent, told)] = decided.as_slice() else {
        panic!("told: {decided:?}");
    };
    assert_eq!(*intent, sent.intent.id);
    let Verdict::Duplicate { change, .. } = told else {
        panic!("told: {told:?}");
    };
    assert!(other.docs[&doc].has(*change));
    worker.sync(&[]).await;
    assert_eq!(worker.decided.len(), 1);
    // And should it ask again, it hears the same.
    let verdict = worker.send(sent).await;
    assert_eq!(&verdict, told);
    assert_eq!(office.center.audit_break().await.expect("audit"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_final_and_its_author_reads_why() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let entry = lead.new_entry();
    let sent = number(&mut lead, entry);
    assert_eq!(code(&lead.send(sent.clone()).await), "role");

    let chief = Browser::at_desk(&office, "chief").await;
    let line = &lines(&chief).await[0];
    // A list is no place for a telephone number.
    let typed = json!([
        { "field": "number", "text": "129****0777" }, { "field": "note", "text": "女儿的" },
    ]);
    assert_eq!(line["typed"], typed);
    let bare = chief
        .post(&path(line, "refuse"), json!({ "reason": " " }))
        .await;
    assert_eq!(bare.body["code"], "reason_missing");
    let reason = json!({ "reason": "这个号码已经停机了" });
    for _ in 0..2 {
        let ruling = chief.post(&path(line, "refuse"), reason.clone()).await.body;
        assert_eq!(ruling["line"]["state"], "refused");
        assert_eq!(ruling["line"]["reason"], "这个号码已经停机了");
    }
    assert_eq!(
        chief.post(&path(line, "accept"), json!({})).await.status,
        409
    );

    lead.sync(&[]).await;
    let refused = Verdict::Rejected {
        code: "refused".into(),
        fields: vec!["这个号码已经停机了".into()],
    };
    assert_eq!(lead.decided, [(sent.intent.id, refused.clone())]);
    assert_eq!(lead.send(sent).await, refused);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_made_at_what_its_author_had_seen() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let cycle = |phone: &mut Phone, days: i64| {
        let writes = vec![Write::new("cycle_days", days)];
        phone.edit(Action::FieldSet, Kind::Care, care(), None, writes)
    };
    let first = cycle(&mut lead, 30);
    let second = cycle(&mut lead, 60);
    assert_eq!(code(&lead.send(first).await), "role");
    // It builds on what was refused: the center keeps it too, once it is judged by itself.
    assert!(matches!(lead.send(second).await, Verdict::BlockedBy { .. }));
    let theirs = cycle(&mut worker, 7);
    assert!(is_accepted(&worker.send(theirs).await));

    let chief = Browser::at_desk(&office, "chief").await;
    let all = lines(&chief).await;
    assert_eq!(all.len(), 1);
    let ruling = chief.post(&path(&all[0], "accept"), json!({})).await.body;
    assert_eq!(ruling["still"], "");
    worker.sync(&[]).await;
    let clashes = worker.docs[&care()].fields().clashes;
    assert_eq!(clashes.len(), 1, "the lead had not seen the worker's");
    assert_eq!(clashes[0].values.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_as_one_is_accepted_as_one() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let (doc, tip, entry) = (lead.new_doc(), lead.new_entry(), lead.new_entry());
    let visit = Visit {
        dwelling: Some(DWELLING),
        kind: "V01".into(),
        result: 2,
        at: 5,
        tips: vec![(
            tip,
            Tip {
                kind: "phone".into(),
                value: "12900000777".into(),
                ..Tip::default()
            },
        )],
        ..Visit::default()
    };
    let visit = lead.edit(Action::VisitLog, Kind::Visit, doc, None, visit.create());
    assert!(is_accepted(&lead.send(visit).await));
    let book = Entry {
        number: "12900000777".into(),
        ..Entry::default()
    };
    let writes = kinds::add_phone(entry, &book);
    let book = lead.edit(Action::TipAdopt, Kind::Care, care(), None, writes);
    let mark = vec![tip_state(tip, "adopted")];
    let mark = lead.edit(Action::TipAdopt, Kind::Visit, doc, None, mark);
    let mut group = vec![book, mark];
    atomic(lead.fresh(), &mut group);
    let verdicts = lead.sync(&group).await;
    assert!(
        verdicts
            .iter()
            .any(|verdict| matches!(verdict, Verdict::Rejected { .. }))
    );

    let chief = Browser::at_desk(&office, "chief").await;
    let all = lines(&chief).await;
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|line| line["together"] == 2));
    let ruling = chief.post(&path(&all[0], "accept"), json!({})).await.body;
    assert_eq!(ruling["still"], "");
    let states: Vec<_> = lines(&chief)
        .await
        .iter()
        .map(|line| line["state"].clone())
        .collect();
    assert_eq!(states, ["accepted", "accepted"]);
    worker.sync(&[]).await;
    assert_eq!(
        Visit::read(&worker.docs[&doc].fields()).tips[0].1.state,
        "adopted"
    );
    let path = format!("phones/{entry}/number");
    assert_eq!(worker.docs[&care()].fields().text(&path), "12900000777");
    lead.sync(&[]).await;
    assert_eq!(lead.decided.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_chief_could_not_do_the_chief_cannot_accept() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let writes = vec![Write::new("cycle_days", 7)];
    let sent = worker.edit(Action::ClashSettle, Kind::Care, care(), None, writes);
    assert_eq!(code(&worker.send(sent).await), "no_clash");
    let before = chief.docs[&care()].heads();

    let desk = Browser::at_desk(&office, "chief").await;
    let line = &lines(&desk).await[0];
    let ruling = desk.post(&path(line, "accept"), json!({})).await.body;
    assert_eq!(ruling["still"], "no_clash");
    assert_eq!(ruling["line"]["state"], "waiting");
    chief.sync(&[]).await;
    assert_eq!(chief.docs[&care()].heads(), before);
    worker.sync(&[]).await;
    assert_eq!(worker.decided, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_what_the_role_does_not_open() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut lead = Phone::synced(&office, LEAD).await;
    // A restricted matter is not the chief's to read, here as little as in the list of cases.
    let (_, restricted) = next_door(&mut worker, "0805");
    assert_eq!(code(&worker.send(restricted).await), "scope");
    let named = Visit {
        dwelling: Some(DWELLING),
        kind: "V05".into(),
        result: 99,
        named: true,
        at: 5,
        ..Visit::default()
    };
    let doc = worker.new_doc();
    let named = worker.edit(Action::VisitLog, Kind::Visit, doc, None, named.create());
    assert_eq!(code(&worker.send(named).await), "unknown_code");
    let entry = lead.new_entry();
    let seen = number(&mut lead, entry);
    lead.send(seen).await;

    let chief = Browser::at_desk(&office, "chief").await;
    let all = lines(&chief).await;
    let actions: Vec<_> = all.iter().map(|line| line["action"].clone()).collect();
    assert_eq!(actions, ["phone_add"]);
    let neighbour = Browser::at_desk(&office, "neighbour").await;
    assert_eq!(lines(&neighbour).await, Vec::<Value>::new());
    for what in ["accept", "refuse"] {
        let body = json!({ "reason": "不归我们" });
        assert_eq!(neighbour.post(&path(&all[0], what), body).await.status, 404);
    }
    for login in ["community", "desk", "security"] {
        let other = Browser::at_desk(&office, login).await;
        assert_eq!(other.get("returned").await.status, 403, "{login}");
        assert_eq!(
            other.post(&path(&all[0], "accept"), json!({})).await.status,
            403
        );
    }
    for id in ["x", "returned", "0000000000000000.x"] {
        let answer = chief
            .post(&format!("returned/{id}/accept"), json!({}))
            .await;
        assert_eq!(answer.status, 404, "{id}");
    }
    assert_eq!(chief.get("returned?after=nonsense").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_is_on_top_page_by_page_and_what_was_sent_again_says_so() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut docs = Vec::new();
    for _ in 0..45 {
        let (doc, sent) = next_door(&mut worker, "0301");
        worker.send(sent).await;
        docs.push(doc);
        office.pass(1_000);
    }
    let chief = Browser::at_desk(&office, "chief").await;
    let first = chief.get("returned").await.body;
    let next = first["next"].as_str().expect("more").to_owned();
    let second = chief.get(&format!("returned?after={next}")).await.body;
    assert_eq!(second["next"], Value::Null);
    let all: Vec<&Value> = [&first, &second]
        .into_iter()
        .flat_map(|page| page["lines"].as_array().expect("lines"))
        .collect();
    assert_eq!(all.len(), 45);
    assert!(all.is_sorted_by(|a, b| a["returned_at"].as_i64() > b["returned_at"].as_i64()));

    // Mended by its author: the same report, in the own grid.
    let doc = docs[44];
    worker.docs.remove(&doc);
    let case = Case {
        category: "0301".into(),
        place: Some(BUILDING),
        org: GRID.into(),
        at: 5,
        ..Case::default()
    };
    let event = worker.new_entry();
    let again = worker.edit(
        Action::CaseReport,
        Kind::Case,
        doc,
        None,
        case.report(event),
    );
    assert!(is_accepted(&worker.send(again).await));
    assert_eq!(lines(&chief).await[0]["state"], "sent_again");
    let ruling = chief.post(&path(all[0], "accept"), json!({})).await.body;
    assert_eq!(ruling["still"], "not_new");
}
