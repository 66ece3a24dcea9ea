//! Every single bit of a change matters: none can be flipped on the way, by a bad link or a
//! forger, and get in or bring the center down.

use linli_center::limits::Limits;
use linli_model::document::{Document, hash_of};
use linli_model::ids::{DocId, IntentId};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::household::found;
use linli_model::kinds::muster::Muster;
use linli_model::value::Write;
use linli_protocol::sync::Sent;

use crate::county::{CHIEF, DWELLING, GRID, WORKER, care, case, visit};
use crate::office::Office;
use crate::phone::{Phone, is_accepted};
use crate::rounds::number;

/// One change of each kind that phones write, good and not yet sent.
fn samples(phone: &mut Phone) -> Vec<Sent> {
    let muster = Muster {
        title: "防汛".into(),
        org: GRID.into(),
        at: 5,
        ..Muster::default()
    };
    let family = DocId::of_occupancy(Kind::Household, DWELLING, 2);
    let event = phone.new_entry();
    let mut write = |action, kind, doc: Option<DocId>, writes: Vec<Write>| {
        let doc = doc.unwrap_or_else(|| phone.new_doc());
        phone.edit(action, kind, doc, None, writes)
    };
    vec![
        write(
            Action::FieldSet,
            Kind::Care,
            Some(care()),
            number("12900000111"),
        ),
        write(
            Action::Found,
            Kind::Household,
            Some(family),
            found(DWELLING, 2),
        ),
        write(Action::VisitLog, Kind::Visit, None, visit().create()),
        write(Action::CaseReport, Kind::Case, None, case().report(event)),
        write(Action::MusterStart, Kind::Muster, None, muster.create()),
    ]
}

/// `sent` with one bit of its change flipped; a forger also announces the name that the flipped
/// bytes have.
fn flipped(sent: &Sent, bit: usize, forger: bool) -> Sent {
    let mut sent = sent.clone();
    sent.change[bit / 8] ^= 1 << (bit % 8);
    sent.intent.id = IntentId::new(bit as u64, [forger.into(); 10]);
    if forger && let Ok(hash) = hash_of(&sent.change) {
        sent.intent.target.as_mut().expect("target").change = hash;
    }
    sent
}

#[tokio::test(flavor = "multi_thread")]
async fn no_flipped_bit_gets_in_or_brings_the_center_down() {
    // All of it from one phone in one day.
    let office = Office::open_with(Limits {
        refused: u64::MAX >> 1,
        refused_bytes: u64::MAX >> 1,
        ..Limits::default()
    })
    .await;
    let mut worker = Phone::synced(&office, WORKER).await;
    for honest in samples(&mut worker) {
        let action = honest.intent.action.name();
        for forger in [false, true] {
            let all: Vec<Sent> = (0..honest.change.len() * 8)
                .map(|bit| flipped(&honest, bit, forger))
                .collect();
            for part in all.chunks(400) {
                for verdict in worker.sync(part).await {
                    assert!(!is_accepted(&verdict), "{action}: {verdict:?}");
                }
            }
        }
        let target = honest.intent.target.clone().expect("target");
        let verdict = worker.send(honest).await;
        assert!(is_accepted(&verdict), "{action}: {verdict:?}");
        // Everybody else reads the same, and can go on with it.
        let mut chief = Phone::synced(&office, CHIEF).await;
        let (here, there) = (&worker.docs[&target.doc], &chief.docs[&target.doc]);
        assert_eq!(there.heads(), here.heads(), "{action}");
        Document::load(target.kind, target.doc, &there.save()).expect("loads");
        let more = chief.new_entry();
        let remark = vec![Write::new(format!("remarks/{more}/words"), "好")];
        chief.edit(Action::RemarkAdd, target.kind, target.doc, None, remark);
    }
}
