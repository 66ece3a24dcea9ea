//! 单守田 is erased: what a center makes of the household and its care record, and a phone that
//! reads it.

use linli_model::erase::{Erasure, renew};
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_store::document;
use linli_store::page::{self, Incoming, What};
use linli_store::renew::NewEpoch;

use super::{Phone, ZHANG, care_id, household_id};

/// What the center makes of `log` once 单守田 is erased.
pub fn new_epoch(log: &Phone, doc: DocId, kind: Kind) -> NewEpoch {
    let of = |id, kind| log.store.read(|tx| document::load_accepted(tx, kind, id));
    let mut erasure = Erasure::of([ZHANG]);
    for (id, kind) in [(household_id(), Kind::Household), (care_id(), Kind::Care)] {
        erasure.follow(&of(id, kind).expect("accepted"));
    }
    let changes = of(doc, kind).expect("accepted").changes();
    let bytes = changes.iter().map(|change| change.bytes.as_slice());
    let renewed = renew(kind, doc, bytes, &erasure).expect("renewed");
    NewEpoch {
        epoch: 1,
        snapshot: renewed.document.save(),
        received: Vec::new(),
        replaced: renewed
            .became
            .iter()
            .filter(|one| one.by != [one.was])
            .map(|one| (one.was, one.by.clone()))
            .collect(),
        erased: erasure.ids().collect(),
    }
}

pub fn hear(phone: &Phone, seq: i64, doc: DocId, kind: Kind, what: What) {
    let op = Incoming {
        seq,
        doc,
        kind,
        buckets: vec![0],
        what,
    };
    phone
        .store
        .transact(|tx| page::apply(tx, phone.enrolment, &[op], seq))
        .expect("page");
}

/// Household and care begin anew on `phone`, as `log` has them.
pub fn forget(phone: &Phone, log: &Phone) {
    let steps = [(household_id(), Kind::Household), (care_id(), Kind::Care)];
    let anew = steps.map(|(doc, kind)| new_epoch(log, doc, kind));
    for ((doc, kind), new) in steps.into_iter().zip(anew) {
        hear(phone, 900, doc, kind, What::Reset(Box::new(new)));
    }
}
