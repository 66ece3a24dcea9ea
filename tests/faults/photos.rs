//! No photo is lost: a phone takes hundreds of photos and sends them over a link that is cut at
//! random, while phone and center are killed (SIGKILL) at random. In the end each one is at the
//! center, once, and is what the phone says it is; little was sent twice; and whenever the phone
//! comes up, no picture lies in the clear.
//!
//! `PHOTOS=1000` for a long run, `SEED=` to repeat one, `CHART=file.svg` for its picture.

#![allow(clippy::expect_used, reason = "a test may stop")]

#[path = "photos/chart.rs"]
mod chart;
#[path = "photos/clear.rs"]
mod clear;
#[path = "photos/shelf.rs"]
mod shelf;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use linli_rig::stage::Stage;
use linli_tests::hands::Hands;
use linli_tests::stage;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use chart::Chart;
use shelf::Shelf;

/// Photos of one report.
const TOGETHER: usize = 9;
/// Bytes a second of the link: what a town's network carries. Slow enough that what is lost in the
/// buffers of a cut is little, as on a real one.
const SPEED: u64 = 2_000_000;
/// The longest that is waited for the last photos.
const PATIENCE: Duration = Duration::from_secs(600);

/// What the phone told the person.
#[derive(Default)]
struct Told {
    /// Photos it said it has.
    taken: BTreeSet<String>,
    /// Pictures that were put before the camera, so that no two are alike.
    shots: u32,
}

fn env(name: &str, usual: u64) -> u64 {
    let set = std::env::var(name).ok().and_then(|text| text.parse().ok());
    set.unwrap_or(usual)
}

/// A picture with leaves and an edge, no two alike, some 100 KB when it is finished.
fn picture(number: u32) -> Vec<u8> {
    let mut noise = number.wrapping_mul(0x9e37_79b9) | 1;
    let image = image::RgbImage::from_fn(960, 720, |x, y| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        let soft = u8::try_from(noise % 28).unwrap_or(0);
        let edge = if (x + number * 7) / 120 % 2 == y / 90 % 2 {
            40
        } else {
            150
        };
        image::Rgb([edge + soft, 90 + soft, 200 - soft])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .expect("jpeg");
    bytes.into_inner()
}

/// Takes photos and reports them, until the phone no longer answers or there are enough.
async fn work(hands: &Hands<'_>, told: &mut Told, wanted: usize) -> Option<()> {
    loop {
        // What a kill left of an open form is there again.
        let loose = hands.0.call("loose_media", json!({})).await.ok()?;
        let mut ids: Vec<String> = loose
            .as_array()?
            .iter()
            .filter_map(|photo| photo["id"].as_str().map(str::to_owned))
            .collect();
        told.taken.extend(ids.iter().cloned());
        while ids.len() < TOGETHER && told.taken.len() < wanted {
            told.shots += 1;
            let photo = hands.tries(&picture(told.shots)).await.ok()?;
            let id = photo["id"].as_str()?.to_owned();
            told.taken.insert(id.clone());
            ids.push(id);
        }
        if ids.is_empty() {
            return Some(());
        }
        ids.truncate(TOGETHER);
        let position = json!({ "lon": 102.93, "lat": 29.87, "accuracy_m": 8.0, "source": "gnss",
            "at": 1_764_201_600_000_i64, "mocked": false });
        let report = json!({ "category": "0302", "words": "路灯", "place": "",
            "position": position, "media": ids, "household": "" });
        hands.0.call("report_problem", report).await.ok()?;
    }
}

/// What goes wrong next. True when the phone was started anew.
async fn mischief(stage: &mut Stage, dice: &mut ChaCha8Rng, chart: &mut Chart) -> bool {
    match dice.random_range(0..10) {
        0..5 => {
            // In the middle of a picture, more often than not.
            stage.phones[0].link().restore();
            stage.phones[0]
                .link()
                .cut_after(dice.random_range(2_000..250_000));
        }
        5..8 => {
            stage.phones[0].kill().await;
            chart.mark("phone");
            stage.phones[0].start().await.expect("it starts again");
            return true;
        }
        _ => {
            stage.center.kill().await;
            chart.mark("center");
            stage.center.start().await.expect("it starts again");
        }
    }
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn every_photo_arrives_once_whatever_is_cut_and_killed() {
    let (seed, wanted) = (env("SEED", 20_261_127), env("PHOTOS", 90));
    let wanted = usize::try_from(wanted).expect("a number of photos");
    println!("SEED={seed} PHOTOS={wanted}");
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let (folder, mut stage) = stage::fresh("S").await;
    let phone = stage.phones[0].data().to_owned();
    Hands(&stage.phones[0]).is_in_step().await;
    stage.phones[0].link().narrow(SPEED);
    let before = stage.phones[0].link().sent();
    let shelf = Shelf::open(&folder.path().join("stage/center"));
    let mut clear = clear::Watch::default();

    let mut told = Told::default();
    let mut chart = Chart::start();
    let (mut troubles, mut starts) = (0, 0);
    while told.taken.len() < wanted || loose(&stage).await > 0 {
        let moment = Duration::from_millis(dice.random_range(100..2_500));
        {
            let hands = Hands(&stage.phones[0]);
            // Not a wait for something to happen: the moment of the trouble is the random input.
            let over = tokio::time::sleep(moment);
            tokio::pin!(over);
            tokio::select! {
                _ = work(&hands, &mut told, wanted) => over.await,
                () = &mut over => {}
            }
        }
        if mischief(&mut stage, &mut dice, &mut chart).await {
            clear.nothing_lies_open(&phone);
            starts += 1;
        }
        troubles += 1;
        if !stage.phones[0].link().is_up() && dice.random_bool(0.7) {
            stage.phones[0].link().restore();
            chart.mark("cut");
        }
        chart.point(stage.phones[0].link().sent() - before, &shelf);
    }
    let begun = Instant::now();
    while shelf.arrived().0 < told.taken.len() {
        assert!(begun.elapsed() < PATIENCE, "photos don't arrive");
        // The rest comes through a link that is as bad.
        tokio::time::sleep(Duration::from_millis(dice.random_range(100..2_500))).await;
        if mischief(&mut stage, &mut dice, &mut chart).await {
            clear.nothing_lies_open(&phone);
            starts += 1;
        }
        troubles += 1;
        stage.phones[0].link().restore();
        chart.mark("cut");
        chart.point(stage.phones[0].link().sent() - before, &shelf);
    }
    stage.phones[0].link().cut_after(u64::MAX / 2);
    stage.phones[0].link().restore();
    Hands(&stage.phones[0]).is_in_step().await;

    let arrived = shelf.verified();
    let ids: BTreeSet<String> = arrived.keys().cloned().collect();
    assert_eq!(ids, told.taken, "each that was taken, and no other");
    shelf.holds_what_records_say(&arrived);
    for id in &told.taken {
        let photo = Hands(&stage.phones[0])
            .does("media", json!({ "id": id }))
            .await;
        assert_eq!(photo["receipt"], "accepted", "{photo}");
        assert_eq!(photo["sent_bytes"], photo["bytes"], "{photo}");
        assert_eq!(Value::from(arrived[id]), photo["bytes"]);
    }
    let whole: u64 = arrived.values().sum();
    let sent = stage.phones[0].link().sent() - before;
    let ratio = sent as f64 / whole as f64;
    println!(
        "{} photos, {whole} bytes, {sent} sent ({ratio:.3} ×), {troubles} troubles, {starts} of them kills of the phone",
        ids.len()
    );
    if let Ok(path) = std::env::var("CHART") {
        std::fs::write(path, chart.draw(whole)).expect("a chart");
    }
    assert!(ratio <= 1.1, "{ratio:.3} × the bytes were sent");
}

/// Photos of a form that wasn't sent.
async fn loose(stage: &Stage) -> usize {
    let loose = stage.phones[0].call("loose_media", json!({})).await;
    loose.map_or(1, |list| list.as_array().map_or(0, Vec::len))
}
