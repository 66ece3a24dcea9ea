//! How many changes a second pass the gate, durable, over the real endpoint:
//! `cargo bench -p linli-center --bench gate`.
//!
//! Several phones push batches of 500 new visits and edits at once; making the changes is
//! not timed.

#![allow(
    clippy::expect_used,
    dead_code,
    reason = "a benchmark that can't set its scene has failed"
)]

#[path = "../tests/devices/county.rs"]
mod county;
#[path = "../tests/devices/office.rs"]
mod office;
#[path = "../tests/devices/phone.rs"]
mod phone;

use std::time::Instant;

use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::visit::Visit;
use linli_model::value::Write;

use county::{CHIEF, DWELLING, WORKER, care};
use office::Office;
use phone::{Phone, is_accepted};

const PHONES: usize = 4;
const BATCHES: usize = 6;
const BATCH: usize = 500;

fn main() {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("runtime")
        .block_on(async {
            let office = Office::open().await;
            births(&office).await;
            edits(&office).await;
            first_sync(&office).await;
        });
}

async fn births(office: &Office) {
    let mut phones = Vec::new();
    for _ in 0..PHONES {
        let mut phone = Phone::synced(office, WORKER).await;
        let batches: Vec<_> = (0..BATCHES)
            .map(|_| {
                (0..BATCH)
                    .map(|at| {
                        let doc = phone.new_doc();
                        let visit = Visit {
                            dwelling: Some(DWELLING),
                            kind: "V01".into(),
                            result: 1,
                            words: "水电正常,老人精神好。".into(),
                            at: i64::try_from(at).expect("small"),
                            ..Visit::default()
                        };
                        phone.edit(Action::VisitLog, Kind::Visit, doc, None, visit.create())
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        phones.push((phone, batches));
    }
    let start = Instant::now();
    let mut running = Vec::new();
    for (phone, batches) in phones {
        running.push(tokio::spawn(async move {
            for batch in batches {
                // Only the push is of interest here, not what the other phones wrote.
                let body = linli_protocol::encode(&phone.request(&batch));
                let answer = phone.post(body).await.expect("answered");
                assert!(answer.verdicts.iter().all(|(_, v)| is_accepted(v)));
            }
        }));
    }
    for one in running {
        one.await.expect("joined");
    }
    report("new visits", PHONES * BATCHES * BATCH, start);
}

async fn edits(office: &Office) {
    let mut phone = Phone::synced(office, WORKER).await;
    for edits in [100, 400] {
        let batch: Vec<_> = (0..edits)
            .map(|days| {
                phone.edit(
                    Action::FieldSet,
                    Kind::Care,
                    care(),
                    None,
                    vec![Write::new("cycle_days", edits * 1_000 + days)],
                )
            })
            .collect();
        let start = Instant::now();
        assert!(phone.sync(&batch).await.iter().all(is_accepted));
        report("edits of one document", batch.len(), start);
    }
}

async fn first_sync(office: &Office) {
    let start = Instant::now();
    let phone = Phone::synced(office, CHIEF).await;
    report("documents of a first sync", phone.docs.len(), start);
}

fn report(what: &str, count: usize, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a small number")]
    let rate = count as f64 / seconds;
    println!("{what}: {count} in {seconds:.2} s = {rate:.0}/s");
}
