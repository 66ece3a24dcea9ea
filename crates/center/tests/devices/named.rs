//! What only named people may see goes to nobody else, through the gate as well.

use linli_model::ids::DocId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::visit::Visit;

use crate::county::{CHIEF, DWELLING, WORKER, household};
use crate::office::Office;
use crate::phone::{Phone, is_accepted};

async fn log(worker: &mut Phone, named: bool) -> DocId {
    let doc = worker.new_doc();
    let visit = Visit {
        dwelling: Some(DWELLING),
        household: Some(household()),
        kind: "V05".into(),
        result: 1,
        at: 5,
        named,
        ..Visit::default()
    };
    let sent = worker.edit(Action::VisitLog, Kind::Visit, doc, None, visit.create());
    assert!(is_accepted(&worker.send(sent).await));
    doc
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hardship_visit_to_a_named_subject_stays_with_its_author() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let (open, named) = (log(&mut worker, false).await, log(&mut worker, true).await);

    let chief = Phone::synced(&office, CHIEF).await;
    assert!(chief.docs.contains_key(&open));
    assert!(!chief.docs.contains_key(&named));
    let own = Phone::synced(&office, WORKER).await;
    assert!(own.docs.contains_key(&open) && own.docs.contains_key(&named));
}
