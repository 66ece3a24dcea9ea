//! The phone is killed (SIGKILL) at a hundred random moments of reporting and syncing. What a
//! person was told is saved is there afterwards, once; what was being typed is in the draft.

#![allow(clippy::expect_used, reason = "a test may stop")]

use std::collections::{BTreeMap, BTreeSet};

use linli_tests::hands::{Hands, picture};
use linli_tests::stage;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

/// Kills in all; the seed is printed, so a failure can be repeated.
const KILLS: u32 = 100;

/// What the phone said it has, however far a report got.
#[derive(Default)]
struct Told {
    drafted: bool,
    saved: bool,
}

/// One report as a person makes it: draft, photo, save, sync.
async fn report(hands: &Hands<'_>, words: &str, told: &mut Told) -> Option<()> {
    let draft = json!({ "key": "report", "data": { "words": words } });
    hands.0.call("save_draft", draft).await.ok()?;
    told.drafted = true;
    let photo = hands.tries(&picture(3)).await.ok()?;
    let request = json!({ "category": "0302", "words": words, "place": "", "position": null,
        "media": [photo["id"]], "household": "" });
    hands.0.call("report_problem", request).await.ok()?;
    told.saved = true;
    hands.0.call("sync", json!({})).await.ok()?;
    Some(())
}

fn words_of(reports: &Value) -> Vec<String> {
    reports
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|line| line["words"].as_str())
        .filter(|words| words.starts_with("kill-"))
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_entered_is_lost_or_doubled_by_a_hundred_kills() {
    let seed: u64 = std::env::var("SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(20_261_123);
    println!("SEED={seed}");
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let (_folder, mut stage) = stage::fresh("S").await;
    Hands(&stage.phones[0]).is_in_step().await;

    // How long a whole report takes on this machine, so that kills fall on all of its steps.
    let start = std::time::Instant::now();
    report(&Hands(&stage.phones[0]), "kill-first", &mut Told::default())
        .await
        .expect("a report in peace");
    let whole = start.elapsed();

    let mut told_saved = BTreeSet::from(["kill-first".to_owned()]);
    let mut tried = BTreeMap::new();
    let mut drafts = 0;
    for round in 0..KILLS {
        let words = format!("kill-{round}");
        // The link goes up and down as well, so that kills fall on all steps of a sync.
        if dice.random_bool(0.3) {
            stage.phones[0].link().cut();
        } else {
            stage.phones[0].link().restore();
        }
        let moment = whole.mul_f64(dice.random_range(0.0..1.6));
        let mut told = Told::default();
        {
            let hands = Hands(&stage.phones[0]);
            // Not a wait for something to happen: the moment of the kill is the random input.
            let over = tokio::time::sleep(moment);
            tokio::pin!(over);
            tokio::select! {
                _ = report(&hands, &words, &mut told) => over.await,
                () = &mut over => {}
            }
        }
        tried.insert(words.clone(), moment);
        stage.phones[0].kill().await;
        stage.phones[0].start().await.expect("it starts again");
        let hands = Hands(&stage.phones[0]);
        let status = hands.does("status", json!({})).await;
        assert_eq!(status["boot"], "ready", "after kill {round}");
        if told.saved {
            told_saved.insert(words);
        } else if told.drafted {
            // Neither here nor there: what was typed is in the draft, or the save made it.
            let draft = hands.does("load_draft", json!({ "key": "report" })).await;
            let saved = words_of(&hands.does("my_reports", json!({})).await);
            assert!(
                draft["data"]["words"] == words.as_str() || saved.contains(&words),
                "{words}: drafted, and neither a draft nor a report after the kill"
            );
            drafts += 1;
        }
    }

    stage.phones[0].link().restore();
    let hands = Hands(&stage.phones[0]);
    hands.is_in_step().await;
    let here = words_of(&hands.does("my_reports", json!({})).await);
    let once: BTreeSet<_> = here.iter().cloned().collect();
    assert_eq!(here.len(), once.len(), "doubled: {here:?}");
    let lost: Vec<_> = told_saved.difference(&once).collect();
    assert!(lost.is_empty(), "lost: {lost:?} of {} tried", tried.len());
    assert!(
        told_saved.len() > 10 && drafts > 10,
        "kills came too early or too late to prove anything: {} saved, {drafts} drafts",
        told_saved.len()
    );
    let attention = &hands.does("status", json!({})).await["sync"]["attention"];
    assert_eq!(attention, 0);

    // The center has them all, and the chief sees each with its photo.
    let reports = hands.does("my_reports", json!({})).await;
    let ids: Vec<Value> = reports
        .as_array()
        .expect("a list")
        .iter()
        .filter(|line| {
            line["words"]
                .as_str()
                .is_some_and(|words| words.starts_with("kill-"))
        })
        .map(|line| json!({ "id": line["id"] }))
        .collect();
    let chief = Hands(&stage.phones[1]);
    chief
        .sees("all reports at the chief's", async || {
            for id in &ids {
                match chief.0.call("case", id.clone()).await {
                    Ok(case) if case["media"].as_array().is_some_and(|m| m.len() == 1) => {}
                    _ => return false,
                }
            }
            true
        })
        .await;
    println!(
        "{} saved, {drafts} only drafted, {} present, {KILLS} kills",
        told_saved.len(),
        once.len()
    );
}
