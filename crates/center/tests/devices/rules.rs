use linli_model::ids::DocId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::case::{Case, step};
use linli_model::kinds::household::found;
use linli_model::kinds::muster::{self, Muster};
use linli_model::kinds::remark;
use linli_model::kinds::visit::Visit;
use linli_model::value::Write;
use linli_model::workflow::Line;
use linli_protocol::sync::{Sent, Verdict};

use crate::county::{
    BUILDING, CHIEF, COMMUNITY, DWELLING, LEAD, OTHER_GRID, OTHER_WORKER, RESIDENT, WORKER, care,
    case, household, visit,
};
use crate::office::Office;
use crate::phone::{Phone, code, is_accepted};

fn report(phone: &mut Phone, case: &Case) -> Sent {
    let (doc, event) = (phone.new_doc(), phone.new_entry());
    phone.edit(
        Action::CaseReport,
        Kind::Case,
        doc,
        None,
        case.report(event),
    )
}

fn move_on(phone: &mut Phone, of: &Sent, to: &str, reason: &str) -> Sent {
    let doc = of.intent.target.as_ref().expect("target").doc;
    let head = Line::fold(&phone.docs[&doc].fields(), |_| true)
        .head()
        .to_owned();
    let event = phone.new_entry();
    let writes = step(event, to, &head, reason, 6);
    phone.edit(Action::CaseStep, Kind::Case, doc, None, writes)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_reports_and_follows_the_case_the_worker_sees_it_too() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let sent = report(&mut lead, &case());
    assert!(is_accepted(&lead.send(sent.clone()).await));
    worker.sync(&[]).await;
    chief.sync(&[]).await;
    let doc = sent.intent.target.as_ref().expect("target").doc;
    assert!(worker.docs.contains_key(&doc));

    let asked = move_on(&mut chief, &sent, "need_info", "哪一盏?");
    assert!(is_accepted(&chief.send(asked).await));
    lead.sync(&[]).await;
    let told = move_on(&mut lead, &sent, "reported", "门口第二盏");
    let told = lead.send(told).await;
    assert!(is_accepted(&told), "{told:?}");
    let withdrawn = move_on(&mut lead, &sent, "withdrawn", "已经亮了");
    assert!(is_accepted(&lead.send(withdrawn).await));
    chief.sync(&[]).await;
    let line = Line::fold(&chief.docs[&doc].fields(), |_| true);
    assert_eq!(line.state(), "withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_was_overtaken_is_told_by_what() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let sent = report(&mut lead, &case());
    lead.send(sent.clone()).await;
    chief.sync(&[]).await;
    let accepted = move_on(&mut chief, &sent, "accepted", "");
    let late = move_on(&mut lead, &sent, "withdrawn", "不用了");
    assert!(is_accepted(&chief.send(accepted).await));
    let doc = sent.intent.target.as_ref().expect("target").doc;
    let head = Line::fold(&chief.docs[&doc].fields(), |_| true)
        .head()
        .to_owned();
    assert_eq!(lead.send(late).await, Verdict::Overtaken { head });
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_keep_to_the_state_machine() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let sent = report(&mut lead, &case());
    lead.send(sent.clone()).await;
    worker.sync(&[]).await;
    for (to, reason, expected) in [
        ("closed", "", "workflow"),
        ("withdrawn", "算了", "not_reporter"),
        ("accepted", "", "role"),
        ("nonsense", "", "workflow"),
    ] {
        let mut other = worker.docs.clone();
        let try_it = move_on(&mut worker, &sent, to, reason);
        assert_eq!(code(&worker.send(try_it).await), expected, "{to}");
        std::mem::swap(&mut worker.docs, &mut other);
    }
    let without = move_on(&mut lead, &sent, "withdrawn", " ");
    assert_eq!(code(&lead.send(without).await), "reason_required");
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_and_visits_lie_in_the_own_area() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut other = Phone::synced(&office, OTHER_WORKER).await;

    let elsewhere = report(&mut other, &case());
    assert_eq!(code(&other.send(elsewhere).await), "scope");
    let own = Case {
        place: None,
        org: OTHER_GRID.into(),
        ..case()
    };
    let own = report(&mut other, &own);
    assert!(is_accepted(&other.send(own).await));

    let street = Case {
        place: None,
        ..case()
    };
    let street = report(&mut lead, &street);
    assert!(is_accepted(&lead.send(street).await));
    let far = Case {
        place: None,
        org: OTHER_GRID.into(),
        ..case()
    };
    let far = report(&mut lead, &far);
    assert_eq!(code(&lead.send(far).await), "scope");

    let doc = other.new_doc();
    let foreign = other.edit(Action::VisitLog, Kind::Visit, doc, None, visit().create());
    assert_eq!(code(&other.send(foreign).await), "scope");
    let nowhere = Visit {
        dwelling: Some(lead.new_doc()),
        ..visit()
    };
    let doc = lead.new_doc();
    let nowhere = lead.edit(Action::VisitLog, Kind::Visit, doc, None, nowhere.create());
    assert_eq!(code(&lead.send(nowhere).await), "parent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_knows_doors_and_not_families() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let with_family = Visit {
        household: Some(household()),
        ..visit()
    };
    let doc = lead.new_doc();
    let named = lead.edit(
        Action::VisitLog,
        Kind::Visit,
        doc,
        None,
        with_family.create(),
    );
    assert_eq!(code(&lead.send(named).await), "role");
    let doc = lead.new_doc();
    let plain = lead.edit(Action::VisitLog, Kind::Visit, doc, None, visit().create());
    assert!(is_accepted(&lead.send(plain).await));
    // Even with the very bytes of the roster in hand, a lead can't write it.
    let mut worker = Phone::synced(&office, WORKER).await;
    lead.docs.insert(care(), worker.docs[&care()].clone());
    let edit = lead.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        vec![Write::new("cycle_days", 1)],
    );
    assert_eq!(code(&lead.send(edit).await), "role");
    let mark = worker.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        vec![Write::new("cycle_days", 7)],
    );
    assert!(is_accepted(&worker.send(mark).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roll_call_hears_leads_for_rooms_and_workers_for_people() {
    let office = Office::open().await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let called = Muster {
        title: "暴雨转移".into(),
        org: COMMUNITY.into(),
        at: 5,
        ..Muster::default()
    };
    let doc = chief.new_doc();
    let start = chief.edit(
        Action::MusterStart,
        Kind::Muster,
        doc,
        None,
        called.create(),
    );
    assert!(is_accepted(&chief.send(start).await));
    lead.sync(&[]).await;
    worker.sync(&[]).await;
    assert!(lead.docs.contains_key(&doc) && worker.docs.contains_key(&doc));

    let say = |subject: &str, status: &str| vec![muster::say(subject, status)];
    let (room, person) = (muster::room(DWELLING), muster::person(RESIDENT));
    let by_lead = lead.edit(
        Action::MusterStatus,
        Kind::Muster,
        doc,
        None,
        say(&room, "moved"),
    );
    let by_worker = worker.edit(
        Action::MusterStatus,
        Kind::Muster,
        doc,
        None,
        say(&person, "safe_home"),
    );
    assert!(is_accepted(&lead.send(by_lead).await));
    assert!(is_accepted(&worker.send(by_worker).await));
    chief.sync(&[]).await;
    assert_eq!(Muster::read(&chief.docs[&doc].fields()).status.len(), 2);

    let other = muster::room(lead.new_doc());
    for (subject, status, expected) in [
        (person.as_str(), "moved", "role"),
        (other.as_str(), "moved", "scope"),
        (room.as_str(), "deceased", "unknown_code"),
        (room.as_str(), "asleep", "unknown_code"),
    ] {
        let before = lead.docs[&doc].clone();
        let sent = lead.edit(
            Action::MusterStatus,
            Kind::Muster,
            doc,
            None,
            say(subject, status),
        );
        assert_eq!(code(&lead.send(sent).await), expected, "{subject} {status}");
        lead.docs.insert(doc, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn actions_do_what_they_are_called() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let entry = worker.new_entry();
    let cases: Vec<(Action, Kind, Vec<Write>, &str)> = vec![
        (
            Action::PhoneAdd,
            Kind::Care,
            vec![Write::new("cycle_days", 3)],
            "intent_mismatch",
        ),
        (
            Action::PhoneAdd,
            Kind::Care,
            vec![Write::new(format!("phones/{entry}/note"), "女儿")],
            "empty",
        ),
        (
            Action::FieldSet,
            Kind::Care,
            vec![Write::new(format!("phones/{entry}/number"), "12900000000")],
            "not_found",
        ),
        (
            Action::FieldSet,
            Kind::Care,
            vec![Write::new("dwelling", BUILDING.to_string())],
            "identity",
        ),
        (
            Action::ClashSettle,
            Kind::Care,
            vec![Write::new("cycle_days", 3)],
            "no_clash",
        ),
        (
            Action::CaseStep,
            Kind::Care,
            vec![Write::new("cycle_days", 4)],
            "kind",
        ),
        (
            Action::CenterWrite,
            Kind::Care,
            vec![Write::new("cycle_days", 5)],
            "role",
        ),
        (
            Action::Unknown(999),
            Kind::Care,
            vec![Write::new("cycle_days", 6)],
            "role",
        ),
    ];
    for (action, kind, writes, expected) in cases {
        let before = worker.docs[&care()].clone();
        let sent = worker.edit(action, kind, care(), None, writes);
        assert_eq!(code(&worker.send(sent).await), expected, "{action:?}");
        worker.docs.insert(care(), before);
    }
    let doc = worker.new_doc();
    let strange = Visit {
        kind: "V99".into(),
        ..visit()
    };
    let strange = worker.edit(Action::VisitLog, Kind::Visit, doc, None, strange.create());
    assert_eq!(code(&worker.send(strange).await), "unknown_code");
    let doc = worker.new_doc();
    let known = worker.edit(Action::VisitLog, Kind::Visit, doc, None, visit().create());
    assert!(is_accepted(&worker.send(known).await));
    let note = worker.new_entry();
    let remark = worker.edit(
        Action::RemarkAdd,
        Kind::Visit,
        doc,
        None,
        remark::add(note, "下午再来", 6),
    );
    assert!(is_accepted(&worker.send(remark).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_case_leaves_its_reporter_s_hands_and_reaches_no_neighbour() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let violence = Case {
        category: "0805".into(),
        words: "夜里有人喊救命".into(),
        ..case()
    };
    let sent = report(&mut lead, &violence);
    let doc = sent.intent.target.as_ref().expect("target").doc;
    assert!(is_accepted(&lead.send(sent.clone()).await));
    worker.sync(&[]).await;
    chief.sync(&[]).await;
    assert!(!worker.docs.contains_key(&doc) && !chief.docs.contains_key(&doc));
    let taken_back = move_on(&mut lead, &sent, "withdrawn", "听错了");
    assert!(is_accepted(&lead.send(taken_back).await));
    worker.docs.insert(doc, lead.docs[&doc].clone());
    let entry = worker.new_entry();
    let peek = worker.edit(
        Action::RemarkAdd,
        Kind::Case,
        doc,
        None,
        remark::add(entry, "?", 7),
    );
    assert_eq!(code(&worker.send(peek).await), "scope");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_that_moves_in_gets_its_own_record_under_its_own_id() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let next = DocId::of_occupancy(Kind::Household, DWELLING, 2);
    let wrong = worker.edit(
        Action::Found,
        Kind::Household,
        next,
        None,
        found(DWELLING, 3),
    );
    assert_eq!(code(&worker.send(wrong).await), "identity");
    worker.docs.remove(&next);
    // Two phones without signal found the same family: it is the same document.
    let mine = worker.edit(
        Action::Found,
        Kind::Household,
        next,
        None,
        found(DWELLING, 2),
    );
    let theirs = chief.edit(
        Action::Found,
        Kind::Household,
        next,
        None,
        found(DWELLING, 2),
    );
    assert!(is_accepted(&worker.send(mine).await));
    assert!(is_accepted(&chief.send(theirs).await));
    worker.sync(&[]).await;
    assert_eq!(worker.docs[&next].fields(), chief.docs[&next].fields());
    assert!(worker.docs[&next].fields().clashes.is_empty());
    let nobody = worker.new_doc();
    let lost = DocId::of_occupancy(Kind::Household, nobody, 1);
    let lost = worker.edit(Action::Found, Kind::Household, lost, None, found(nobody, 1));
    assert_eq!(code(&worker.send(lost).await), "parent");
}
