//! Somebody was erased after the last backup, and the center comes out of that: what the erasure
//! made of things is what stands, with everything that others wrote in between.

use linli_model::ids::DocId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::care::flag;
use linli_model::kinds::visit::Visit;
use linli_model::value::Write;
use linli_protocol::hand_back::Back;
use linli_protocol::sync::{Sent, Verdict};

use crate::county::{CHIEF, RESIDENT, WORKER, care, household, visit};
use crate::erasure::{self, NAME, OTHER};
use crate::generation::{at, back_up, hand_back, proven};
use crate::office::Office;
use crate::phone::{Phone, is_accepted};

/// What happened between the backup and the erasure.
struct Between {
    office: Office,
    worker: Phone,
    chief: Phone,
    /// Hears nothing until it is asked to.
    reader: Phone,
    /// A visit whose words name who is erased, and no id.
    visited: DocId,
    /// How it was sent.
    said: Sent,
    shelf: tempfile::TempDir,
}

/// In the backup somebody lives alone. Then somebody moves in, who has flags and a number of
/// visits of their own; a visit is logged; and the first is erased.
async fn between() -> Between {
    let shelf = tempfile::tempdir().expect("folder");
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let reader = Phone::synced(&office, CHIEF).await;
    back_up(&office, &shelf).await;
    erasure::one_more(&mut worker).await;
    let days = vec![Write::new("cycle_days", 9)];
    for writes in [days, vec![flag(RESIDENT, "N03", true)]] {
        let known = worker.edit(Action::FieldSet, Kind::Care, care(), None, writes);
        assert!(is_accepted(&worker.send(known).await));
    }
    let visited = worker.new_doc();
    let said = Visit {
        words: format!("{NAME}不在家,邻居在"),
        ..visit()
    };
    let said = worker.edit(
        Action::VisitLog,
        Kind::Visit,
        visited,
        Some(Vec::new()),
        said.create(),
    );
    assert!(is_accepted(&worker.send(said.clone()).await));
    chief.sync(&[]).await;
    erasure::erase(&office, RESIDENT).await.expect("erased");
    Between {
        office,
        worker,
        chief,
        reader,
        visited,
        said,
        shelf,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_moved_in_since_the_backup_stays_with_what_is_known_of_them() {
    let then = between().await;
    // Nobody who could give it back has heard of the erasure, or will ever call.
    let office = then.office.out_of(&then.shelf.path().join("backup")).await;
    erasure::nowhere(&office, NAME);
    let fresh = Phone::synced(&office, WORKER).await;
    let home = fresh.docs[&household()].fields();
    assert_eq!(home.keys("residents"), [OTHER.to_string().as_str()]);
    let kept = &fresh.docs[&care()];
    assert_eq!(
        (kept.fields().int("cycle_days"), fresh.epoch(care())),
        (9, 1)
    );
    let words = fresh.docs[&then.visited].fields().text("words").to_owned();
    assert!(
        words.ends_with("不在家,邻居在") && !words.contains(NAME),
        "{words}"
    );
    assert_eq!(fresh.epoch(then.visited), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_heard_of_it_and_who_did_not_come_to_the_same() {
    let Between {
        office,
        mut worker,
        mut chief,
        mut reader,
        visited,
        said,
        shelf,
    } = between().await;
    worker.sync(&[]).await;
    let heard: Vec<_> = [household(), care(), visited]
        .iter()
        .map(|doc| (worker.epoch(*doc), worker.docs[doc].heads()))
        .collect();
    reader.sync(&[]).await;
    // An edit on what the erasure made, lost with the disk.
    let days = vec![Write::new("cycle_days", 5)];
    let later = worker.edit(Action::FieldSet, Kind::Care, care(), None, days);
    assert!(is_accepted(&worker.send(later.clone()).await));
    reader.sync(&[]).await;

    let office = office.out_of(&shelf.path().join("backup")).await;
    at(&office, &mut chief);
    at(&office, &mut reader);
    let back = hand_back(&reader, &proven(&reader, &later))
        .await
        .expect("outcomes");
    assert!(matches!(back[..], [Back::Taken { .. }]), "{back:?}");
    let fresh = Phone::synced(&office, WORKER).await;
    assert_eq!(fresh.docs[&care()].fields().int("cycle_days"), 5);
    for (doc, (epoch, heads)) in [household(), visited].iter().zip([&heard[0], &heard[2]]) {
        assert_eq!(
            (fresh.epoch(*doc), &fresh.docs[doc].heads()),
            (*epoch, heads)
        );
    }
    chief.through = 0;
    chief.sync(&[]).await;
    assert_eq!(chief.docs[&visited].heads(), fresh.docs[&visited].heads());
    // The author's phone may have died before it heard that this was accepted.
    at(&office, &mut worker);
    let sent = said.intent.target.as_ref().expect("target").change;
    let again = worker.send(said).await;
    assert!(
        matches!(again, Verdict::Duplicate { change, .. } if change == sent),
        "by the name it was sent under: {again:?}"
    );
    erasure::nowhere(&office, NAME);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_what_the_erasure_made_it_is_made_again() {
    let then = between().await;
    let keys = then.office.data().join("keys");
    std::fs::remove_dir_all(keys.join("anew")).expect("only the list was kept");
    let office = then.office.out_of(&then.shelf.path().join("backup")).await;
    erasure::nowhere(&office, NAME);
    let fresh = Phone::synced(&office, WORKER).await;
    assert!(
        fresh.docs[&household()]
            .fields()
            .keys("residents")
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_beside_the_keys_holds_nobody_who_was_erased() {
    let then = between().await;
    let everything = |office: &Office| -> Vec<u8> {
        let folder = office.data().join("keys/anew");
        let files = std::fs::read_dir(folder).expect("made by the first erasure");
        let read = |file: std::io::Result<std::fs::DirEntry>| {
            std::fs::read(file.expect("file").path()).expect("bytes")
        };
        files.flat_map(read).collect()
    };
    let has = |words: &str| {
        let all = everything(&then.office);
        all.windows(words.len())
            .any(|part| part == words.as_bytes())
    };
    assert!(has("杨小宝") && !has(NAME), "the other one is still here");
    erasure::erase(&then.office, OTHER).await.expect("erased");
    assert!(!has("杨小宝"));
}
