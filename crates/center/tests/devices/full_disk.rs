//! The center's disk is full: nothing is acknowledged that isn't kept, nothing that was is lost,
//! reading goes on, and so does the rest as soon as there is room.

use linli_center::limits::Limits;
use linli_model::ids::MediaId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::value::Write;
use linli_protocol::encode;
use linli_protocol::sync::Sent;

use crate::county::{CHIEF, WORKER, care, case, visit};
use crate::office::Office;
use crate::phone::{Phone, http, is_accepted};
use crate::small_disk::{SmallDisk, mount};
use crate::whole::send;

fn log_visit(phone: &mut Phone, words: &str) -> Sent {
    let doc = phone.new_doc();
    let mut writes = visit().create();
    writes.push(Write::new("words", words));
    phone.edit(Action::VisitLog, Kind::Visit, doc, None, writes)
}

async fn health(office: &Office) -> (u16, String) {
    let url = format!("http://{}/healthz", office.console);
    let response = http(office).get(url).send().await.expect("reachable");
    let status = response.status().as_u16();
    (status, response.text().await.expect("text"))
}

/// Pushes until one isn't taken; what it was, and how many were.
async fn until_full(disk: &SmallDisk, phone: &mut Phone) -> (Vec<Sent>, usize) {
    disk.fill(0);
    let long = "满".repeat(1_900);
    for taken in 0..200 {
        let batch: Vec<Sent> = (0..5).map(|_| log_visit(phone, &long)).collect();
        match phone.post(encode(&phone.request(&batch))).await {
            Ok(answer) => {
                let verdicts = answer.verdicts.iter().map(|(_, verdict)| verdict);
                assert!(verdicts.clone().all(is_accepted), "{answer:?}");
            }
            Err((status, refusal)) => {
                assert_eq!(status, 503, "{refusal:?}");
                assert!(refusal.wait_s.is_some(), "it says how long to wait");
                return (batch, taken);
            }
        }
    }
    panic!("the disk was never full");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_acknowledges_nothing_loses_nothing_and_goes_on_by_itself() {
    let test = "full_disk::a_full_disk_acknowledges_nothing_loses_nothing_and_goes_on_by_itself";
    let Some(disk) = mount(12 * 1024, test) else {
        return;
    };
    let folder = tempfile::tempdir_in(disk.path()).expect("folder");
    let office = Office::open_in(folder, Limits::default()).await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let kept = log_visit(&mut worker, "写在前面");
    assert!(is_accepted(&worker.send(kept.clone()).await));
    assert_eq!(health(&office).await, (200, "ok\n".to_owned()));

    for round in 0..3 {
        let (batch, taken) = until_full(&disk, &mut worker).await;
        assert_eq!(
            health(&office).await,
            (503, "no room on the disk\n".to_owned())
        );
        // It stays so as long as it is so.
        let (status, _) = worker
            .post(encode(&worker.request(&batch)))
            .await
            .expect_err("still full");
        assert_eq!(status, 503);
        let mut jpeg = vec![0xff, 0xd8, 0xff];
        jpeg.resize(200_000, round);
        let photo = send(&worker, MediaId::new(9, [round; 10]), jpeg).await;
        let (status, refusal) = photo.expect_err("no room");
        assert_eq!((status, refusal.code.as_str()), (507, "no_room"));
        let litter = std::fs::read_dir(office.data().join("media"))
            .into_iter()
            .flatten()
            .flatten()
            .flat_map(|folder| std::fs::read_dir(folder.path()))
            .flatten()
            .count();
        assert_eq!(litter, 0, "nothing half written is left");

        // Reading goes on: the chief gets what was accepted, all of it.
        chief.sync(&[]).await;
        let doc = kept.intent.target.as_ref().expect("target").doc;
        assert!(chief.docs.contains_key(&doc));
        let visits = |phone: &Phone| {
            let kinds = phone
                .docs
                .values()
                .map(linli_model::document::Document::kind);
            kinds.filter(|kind| *kind == Kind::Visit).count()
        };
        let before = visits(&chief);

        // And with room it takes what it couldn't, by itself.
        disk.clear();
        assert_eq!(health(&office).await.0, 200);
        let verdicts = worker.sync(&batch).await;
        assert!(verdicts.iter().all(is_accepted), "{verdicts:?}");
        chief.sync(&[]).await;
        assert_eq!(
            visits(&chief),
            before + batch.len(),
            "after {taken} batches"
        );
    }

    // What it says it has it has, after a restart too.
    let office = office.again().await;
    let anew = Phone::synced(&office, CHIEF).await;
    assert_eq!(anew.docs.len(), chief.docs.len());
    for (doc, document) in &chief.docs {
        assert_eq!(anew.docs[doc].heads(), document.heads());
    }
    let report = {
        let (doc, event) = (worker.new_doc(), worker.new_entry());
        worker.edit(
            Action::CaseReport,
            Kind::Case,
            doc,
            None,
            case().report(event),
        )
    };
    worker.base = format!("https://{}", office.devices);
    assert!(is_accepted(&worker.send(report).await));
    assert!(worker.docs.contains_key(&care()));
}
