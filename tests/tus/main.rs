//! Standard tus clients, as they are published, upload photos to a real center through a link that
//! is cut again and again. They resume, also when the center is killed and started meanwhile, and
//! when they are killed themselves; in the end every photo is at the center, once, and is what was
//! sent.

#![allow(clippy::expect_used, reason = "a test may stop")]

mod clients;
mod stand;

use std::process::Output;
use std::time::Duration;

use tokio::time::timeout;

use clients::Client;
use stand::Stand;

/// Longer than anything here takes; a client that isn't done by then hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// After how many bytes the link is cut, each counted from the cut before. All photos together have
/// some 5.6 MB: the cuts fall into the middle of pieces.
const CUTS: [u64; 5] = [20_000, 300_000, 500_000, 60_000, 400_000];
/// Which of the cuts the center doesn't survive.
const KILLS: [usize; 2] = [1, 3];

/// Runs a client to its end, cutting the link; how many bytes went out for each that was to.
async fn under_fire(client: Client, stand: &mut Stand) -> f64 {
    let running = client.start(&stand.job, &stand.ca());
    let mut ending = tokio::spawn(running.wait_with_output());
    for (number, bytes) in CUTS.into_iter().enumerate() {
        stand.link.cut_after(bytes);
        tokio::select! {
            () = stand.link.is_cut() => {}
            _ = &mut ending => panic!("done before cut {number}"),
            () = tokio::time::sleep(PATIENCE) => panic!("it hangs before cut {number}"),
        }
        if KILLS.contains(&number) {
            stand.center.kill().await;
            stand.center.start().await.expect("it starts again");
        }
        stand.link.restore();
    }
    let ended = timeout(PATIENCE, ending).await.expect("it hangs");
    all_stored(stand, ended.expect("joined").expect("ran"));
    stand.has_all();
    stand.link.sent() as f64 / stand.bytes() as f64
}

fn all_stored(stand: &Stand, output: Output) {
    assert!(output.status.success(), "{:?}", output.status);
    let said = String::from_utf8_lossy(&output.stdout);
    let wanted = stand.job.photos.iter().map(|photo| &photo.id);
    let told: Vec<&str> = said.lines().collect();
    assert_eq!(told.len(), stand.job.photos.len(), "{said}");
    for (line, id) in told.iter().zip(wanted) {
        assert_eq!(*line, format!("stored {id} unclaimed"));
    }
}

async fn a_client(client: Client, set: impl Fn(&mut clients::Job), most: f64) {
    let mut stand = Stand::open().await;
    set(&mut stand.job);
    let bytes = stand.bytes();
    let ratio = under_fire(client, &mut stand).await;
    println!("{client:?}: {bytes} bytes of photos, {ratio:.3} times as many sent");
    assert!(ratio <= most, "{ratio}");
    stand.center.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tus_js_client_sends_whole_photos() {
    a_client(Client::Js, |_| {}, 1.1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tus_js_client_sends_pieces_and_the_first_with_the_creation() {
    let set = |job: &mut clients::Job| {
        job.chunk = Some(100_000);
        job.creation = true;
    };
    a_client(Client::Js, set, 1.1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tuspy_sends_whole_photos() {
    a_client(Client::Py, |_| {}, 1.1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tuspy_sends_pieces_with_checksums() {
    let set = |job: &mut clients::Job| {
        job.chunk = Some(60_000);
        job.checksum = true;
    };
    // A piece with a checksum that is cut is sent again from its beginning.
    a_client(Client::Py, set, 1.25).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_killed_goes_on_where_it_was() {
    for client in [Client::Js, Client::Py] {
        let mut stand = Stand::open().await;
        for bytes in [400_000, 700_000] {
            let mut killed = client.start(&stand.job, &stand.ca());
            stand.link.cut_after(bytes);
            timeout(PATIENCE, stand.link.is_cut())
                .await
                .expect("it sends");
            killed.kill().await.expect("killed");
            stand.link.restore();
        }
        let running = client.start(&stand.job, &stand.ca());
        let ended = timeout(PATIENCE, running.wait_with_output()).await;
        assert!(ended.expect("it hangs").expect("ran").status.success());
        stand.has_all();
        let ratio = stand.link.sent() as f64 / stand.bytes() as f64;
        println!("{client:?}: {ratio:.3} times as many bytes sent as there are");
        assert!(ratio <= 1.1, "{ratio}");
        stand.center.stop().await;
    }
}
