use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::care::{self as kinds, Phone as Entry};
use linli_model::kinds::visit::{Tip, Visit, tip_state};
use linli_model::value::Write;
use linli_protocol::sync::Verdict;

use crate::county::{CHIEF, DWELLING, LEAD, WORKER, care};
use crate::office::Office;
use crate::phone::{Phone, atomic, code, is_accepted};

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_is_adopted_whole_or_not_at_all() {
    let office = Office::open().await;
    let mut lead = Phone::synced(&office, LEAD).await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let (doc, tip) = (lead.new_doc(), lead.new_entry());
    let visit = Visit {
        dwelling: Some(DWELLING),
        kind: "V01".into(),
        result: 2,
        at: 5,
        tips: vec![(
            tip,
            Tip {
                kind: "phone".into(),
                value: "12900000888".into(),
                ..Tip::default()
            },
        )],
        ..Visit::default()
    };
    let sent = lead.edit(Action::VisitLog, Kind::Visit, doc, None, visit.create());
    assert!(is_accepted(&lead.send(sent).await));
    worker.sync(&[]).await;

    let before = worker.docs.clone();
    let entry = worker.new_entry();
    let number = Entry {
        number: "12900000888".into(),
        ..Entry::default()
    };
    let adopt = |worker: &mut Phone, state: &str| {
        let book = worker.edit(
            Action::TipAdopt,
            Kind::Care,
            care(),
            None,
            kinds::add_phone(entry, &number),
        );
        let mark = worker.edit(
            Action::TipAdopt,
            Kind::Visit,
            doc,
            None,
            vec![tip_state(tip, state)],
        );
        let mut group = vec![book, mark];
        atomic(worker.fresh(), &mut group);
        group
    };
    let wrong = adopt(&mut worker, "nonsense");
    let verdicts = worker.sync(&wrong).await;
    assert!(
        matches!(verdicts[0], Verdict::BlockedBy { .. }),
        "{verdicts:?}"
    );
    assert_eq!(code(&verdicts[1]), "intent_mismatch");
    let mut chief = Phone::synced(&office, CHIEF).await;
    assert_eq!(chief.docs[&care()].heads(), before[&care()].heads());

    worker.docs = before;
    let right = adopt(&mut worker, "adopted");
    let half = worker.sync(&right[..1]).await;
    assert!(matches!(half[0], Verdict::Missing { .. }), "{half:?}");
    let verdicts = worker.sync(&right).await;
    assert!(verdicts.iter().all(is_accepted), "{verdicts:?}");
    chief.sync(&[]).await;
    assert_eq!(chief.docs[&care()].heads(), worker.docs[&care()].heads());
    assert_eq!(
        Visit::read(&chief.docs[&doc].fields()).tips[0].1.state,
        "adopted"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_document_s_trouble_holds_up_no_other() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let bad = worker.edit(
        Action::ClashSettle,
        Kind::Care,
        care(),
        None,
        vec![Write::new("cycle_days", 7)],
    );
    let doc = worker.new_doc();
    let visit = Visit {
        dwelling: Some(DWELLING),
        kind: "V01".into(),
        result: 1,
        at: 5,
        ..Visit::default()
    };
    let good = worker.edit(Action::VisitLog, Kind::Visit, doc, None, visit.create());
    let verdicts = worker.sync(&[bad, good]).await;
    assert_eq!(code(&verdicts[0]), "no_clash");
    assert!(is_accepted(&verdicts[1]));
}
