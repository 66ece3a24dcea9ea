//! The center is killed (SIGKILL) fifty times in the middle of fifty phones' pushes, and started
//! again on the same data. What it said it has accepted it has, under the same number, once, with
//! everything it builds on; and every phone's numbering goes on.
//!
//! The phones speak the protocol over TLS and keep nothing but what they wrote. A kill by signal
//! leaves the system's file cache whole: this is a program that dies, not a power cut.

#![allow(clippy::expect_used, reason = "a test may stop")]

#[path = "center_kill/book.rs"]
mod book;
#[path = "center_kill/crowd.rs"]
mod crowd;
#[path = "center_kill/town.rs"]
mod town;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use linli_tests::stage;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crowd::{Crowd, Life, Phone};

/// Kills in all, and phones that push meanwhile.
const KILLS: u32 = 50;
const PHONES: usize = 50;
/// What a life gets done before it may end: about one batch of every phone, so that all are at it.
const ACCEPTED: u64 = 100;
/// How long after that the kill comes, at the most: about what a commit of all phones' pushes
/// takes, so that kills fall on everything between a request and its answer.
const LONGEST: Duration = Duration::from_millis(300);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_by_fifty_kills_of_the_center() {
    let seed: u64 = std::env::var("SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(20_261_126);
    println!("SEED={seed}");
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let folder = tempfile::tempdir().expect("folder");
    let mut center = stage::center(folder.path()).await;
    let data = folder.path().join("center");
    let phones = town::people(&data, PHONES);
    center.start().await.expect("it starts");

    let crowd = Arc::new(Crowd::default());
    let mut running = tokio::task::JoinSet::new();
    for (index, resident) in phones.into_iter().enumerate() {
        let dice = ChaCha8Rng::seed_from_u64(seed ^ (index as u64 + 1));
        let phone = Phone::enrol(center.devices(), &data, resident, dice).await;
        running.spawn(phone.work(crowd.clone()));
    }

    let started = Instant::now();
    let (mut in_the_middle, mut under_way) = (0, 0);
    for life in 1..=KILLS {
        crowd.live(Life::Up(life));
        crowd.accepts(ACCEPTED).await;
        // What was acknowledged before the last kill is there after it.
        book::holds(&data, &crowd).await;
        if dice.random_bool(0.5) {
            // The first answers after a commit arrive: those of its other pushes are under way.
            crowd.accepts(1).await;
        } else {
            // Not a wait for something to happen: the moment of the kill is the random input.
            tokio::time::sleep(LONGEST.mul_f64(dice.random())).await;
        }
        let flying = crowd.flying.load(Ordering::SeqCst);
        center.kill().await;
        in_the_middle += u32::from(flying > 0);
        under_way += flying;
        center.start().await.expect("it starts again");
    }
    crowd.live(Life::Last);
    let mut ledgers = Vec::new();
    while let Some(done) = tokio::time::timeout(Duration::from_secs(60), running.join_next())
        .await
        .expect("every phone comes to an end")
    {
        ledgers.push(done.expect("no phone gave up"));
    }
    let took = started.elapsed();
    center.stop().await;

    book::holds(&data, &crowd).await;
    let book = book::read(&data);
    book.is_whole(&ledgers);
    let sum = |of: fn(&crowd::Ledger) -> usize| ledgers.iter().map(of).sum::<usize>();
    let (made, unheard, undone) = (sum(|l| l.made.len()), sum(|l| l.unheard), sum(|l| l.undone));
    println!(
        "{KILLS} kills, {in_the_middle} of them with pushes under way ({under_way} in all); \
         {made} intents accepted; after kills {unheard} had been committed and not heard of, \
         {undone} had not; {took:.1?}"
    );
    assert!(
        in_the_middle > KILLS * 4 / 5 && unheard > 0 && undone > 0,
        "the kills didn't fall in the middle of pushes: they prove nothing"
    );
}
