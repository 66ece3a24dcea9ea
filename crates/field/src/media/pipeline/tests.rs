mod bad;
mod exiftool;
mod left;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use linli_picture::{Pixels, keep};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::due::{IDLE, SETTLE_MS, develop_due};
use super::*;
use crate::api::change::Changed;
use crate::env::{Env, SystemEnv};
use crate::trial::{ask, config, enrolled_folder};

/// The system's environment with a clock that is set by hand.
#[derive(Debug, Default)]
struct Watch(AtomicI64);

impl Env for Watch {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
    fn elapsed_ms(&self) -> u64 {
        0
    }
    fn random(&self, buffer: &mut [u8]) {
        SystemEnv.random(buffer);
    }
}

/// 2025-11-27 08:00 in China.
const MORNING: i64 = 1_764_201_600_000;

fn open(folder: &Path) -> (Phone, Arc<Watch>) {
    let watch = Arc::new(Watch(AtomicI64::new(MORNING)));
    let mut config = config(folder);
    config.env = watch.clone();
    (Phone::open(config), watch)
}

fn jpeg() -> Vec<u8> {
    keep(&Pixels::from_fn(640, 480, |x, y| {
        image::Rgb([
            u8::try_from(x % 256).expect("byte"),
            u8::try_from(y % 256).expect("byte"),
            90,
        ])
    }))
    .expect("jpeg")
}

/// Opens a camera; its file lies there afterwards.
async fn shoot(phone: &Phone, source: &str, file: &[u8]) -> String {
    let took: Value = ask(
        phone,
        "take_media",
        json!({ "source": source, "position": null }),
    )
    .await;
    let id = took["id"].as_str().expect("id").to_owned();
    let path = phone.incoming_file(&id).expect("a place");
    std::fs::write(path, file).expect("a file");
    id
}

async fn take(phone: &Phone, source: &str, file: &[u8]) -> Result<MediaItem, EdgeError> {
    let id = shoot(phone, source, file).await;
    let answer = phone
        .call("import_media", json!({ "id": id, "source": source }))
        .await?;
    Ok(serde_json::from_value(answer).expect("an item"))
}

async fn photo(phone: &Phone, id: &str) -> MediaItem {
    ask(phone, "media", json!({ "id": id })).await
}

fn at(source: &str) -> Value {
    json!({ "lon": 102.93, "lat": 29.87, "accuracy_m": 8.0, "source": source, "at": MORNING,
        "mocked": false })
}

async fn place(phone: &Phone, id: &str, position: Value, settled: bool) -> MediaItem {
    let request = json!({ "id": id, "position": position, "direction": null, "settled": settled });
    ask(phone, "place_media", request).await
}

async fn report(phone: &Phone, id: &str, position: Value) -> MediaItem {
    let problem = json!({ "category": "0302", "words": "路灯", "place": "", "position": position,
        "media": [id], "household": "", "draft": null });
    let changed: Changed = ask(phone, "report_problem", problem).await;
    let case: Value = ask(phone, "case", json!({ "id": changed.created })).await;
    serde_json::from_value(case["media"][0].clone()).expect("the photo")
}

/// Files below a folder that hold the first bytes of a JPEG anywhere.
fn in_the_clear(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(in_the_clear(&path));
        } else {
            let bytes = std::fs::read(&path).expect("file");
            if bytes
                .windows(4)
                .any(|part| part == [0xff, 0xd8, 0xff, 0xe0])
            {
                found.push(path);
            }
        }
    }
    found
}

fn files(folder: &Path, ending: &str) -> usize {
    std::fs::read_dir(folder.join("photos"))
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|end| end == ending))
        .count()
}

#[tokio::test]
async fn a_photo_waits_for_its_position_and_is_finished_with_it() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let taken = take(&phone, "camera", &jpeg()).await.expect("taken");
    assert!(taken.processing && taken.here && taken.position.is_none());
    assert_eq!((taken.width, taken.height), (640, 480));
    assert!(in_the_clear(folder.path()).is_empty());
    let rest = develop_due(&phone).await;
    assert_eq!(rest, Duration::from_secs(30));
    assert!(photo(&phone, &taken.id).await.processing);

    place(&phone, &taken.id, at("gnss"), true).await;
    develop_due(&phone).await;
    let done = photo(&phone, &taken.id).await;
    assert!(!done.processing && done.bytes > 0);

    let reported = report(&phone, &taken.id, Value::Null).await;
    let position = reported.position.expect("placed");
    assert!((position.lon - 102.93).abs() < 1e-6 && position.accuracy_m == Some(8.0));
    // What is stored is what the record says, and it says of itself where it was taken.
    let jpeg = phone.photo(&taken.id, 1_600).await.expect("picture");
    let id: MediaId = taken.id.parse().expect("id");
    let row = phone
        .read(move |tx, _| Ok(media::get(tx, id)?))
        .await
        .expect("row");
    assert_eq!(row.sha256, <[u8; 32]>::from(Sha256::digest(&jpeg)));
    assert!(jpeg.windows(4).any(|part| part == b"Exif"));
    assert!(jpeg.windows(19).any(|part| part == b"2025:11:27 08:00:00"));
    assert_eq!(
        files(folder.path(), "working"),
        0,
        "nobody masks it any more"
    );
    let late = json!({ "id": taken.id, "position": null, "direction": null, "settled": true });
    assert!(
        phone.call("place_media", late).await.is_err(),
        "it stays as reported"
    );
}

#[tokio::test]
async fn after_thirty_seconds_it_is_finished_without() {
    let folder = enrolled_folder();
    let (phone, watch) = open(folder.path());
    let taken = take(&phone, "camera", &jpeg()).await.expect("taken");
    watch.0.fetch_add(SETTLE_MS - 1, Ordering::SeqCst);
    assert_eq!(develop_due(&phone).await, Duration::from_millis(1));
    watch.0.fetch_add(1, Ordering::SeqCst);
    develop_due(&phone).await;
    assert!(!photo(&phone, &taken.id).await.processing);
    // A position that comes later makes it anew.
    let before = phone.photo(&taken.id, 1_600).await.expect("picture");
    assert!(place(&phone, &taken.id, at("tap"), true).await.processing);
    develop_due(&phone).await;
    assert_ne!(
        phone.photo(&taken.id, 1_600).await.expect("picture"),
        before
    );
    // A clock that was set back doesn't keep one waiting.
    let other = take(&phone, "camera", &jpeg()).await.expect("taken");
    watch.0.store(1_000, Ordering::SeqCst);
    develop_due(&phone).await;
    assert!(!photo(&phone, &other.id).await.processing);
}

#[tokio::test]
async fn a_report_waits_for_nothing_and_places_what_it_may() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    for (source, position, placed) in [
        ("camera", at("gnss"), true),
        ("camera", Value::Null, false),
        ("album", at("gnss"), false),
        ("album", at("tap"), true),
        ("share", at("building"), true),
    ] {
        let taken = take(&phone, source, &jpeg()).await.expect("taken");
        // Standing somewhere doesn't place what came from elsewhere.
        if source == "album" {
            assert!(
                place(&phone, &taken.id, at("gnss"), false)
                    .await
                    .position
                    .is_none()
            );
        }
        let reported = report(&phone, &taken.id, position).await;
        assert!(!reported.processing);
        assert_eq!(reported.position.is_some(), placed, "{source}");
        assert_eq!(reported.source, source);
    }
}

#[tokio::test]
async fn what_is_masked_is_gone_from_the_phone() {
    let folder = enrolled_folder();
    let (phone, watch) = open(folder.path());
    let taken = take(&phone, "camera", &jpeg()).await.expect("taken");
    watch.0.fetch_add(SETTLE_MS, Ordering::SeqCst);
    develop_due(&phone).await;
    let small = phone.photo(&taken.id, 320).await.expect("thumbnail");
    let stroke = json!({ "points": [[0.1, 0.5], [0.9, 0.5]], "radius": 0.1 });
    let request = json!({ "id": taken.id, "strokes": [stroke] });
    let masked: MediaItem = ask(&phone, "mask_media", request.clone()).await;
    assert!(masked.masked && masked.processing);
    assert_ne!(phone.photo(&taken.id, 320).await.expect("thumbnail"), small);
    assert_eq!(files(folder.path(), "photo"), 0, "the unmasked one is gone");

    // Killed here, the masked one is what is finished.
    drop(phone);
    let (phone, watch) = open(folder.path());
    watch.0.fetch_add(SETTLE_MS, Ordering::SeqCst);
    develop_due(&phone).await;
    let jpeg = phone.photo(&taken.id, 1_600).await.expect("picture");
    let picture = linli_picture::read(&jpeg, 1_600).expect("jpeg");
    let (a, b) = (picture.get_pixel(322, 242), picture.get_pixel(334, 250));
    assert!(
        a.0.iter().zip(b.0).all(|(a, b)| a.abs_diff(b) < 12),
        "{a:?} {b:?}"
    );
    let reported = report(&phone, &taken.id, Value::Null).await;
    assert_eq!(reported.id, taken.id);
    let late = phone
        .call("mask_media", request)
        .await
        .expect_err("reported");
    assert_eq!(late.code, "photo_reported");
}

#[tokio::test]
async fn behind_the_lock_only_what_is_being_reported_is_shown() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let taken = take(&phone, "camera", &jpeg()).await.expect("taken");
    let reported = take(&phone, "camera", &jpeg()).await.expect("taken");
    report(&phone, &reported.id, Value::Null).await;
    assert!(phone.photo(&reported.id, 320).await.is_ok());
    let _: Value = ask(&phone, "set_pin", json!({ "old": null, "new": "2468" })).await;
    phone.set_locked(true);
    assert!(phone.photo(&taken.id, 320).await.is_ok());
    for width in [320, 1_600] {
        let shut = phone.photo(&reported.id, width).await.expect_err("locked");
        assert_eq!(shut.code, "locked");
    }
}

#[tokio::test]
async fn a_photo_is_dropped_with_all_its_pieces() {
    let folder = enrolled_folder();
    let (phone, watch) = open(folder.path());
    let taken = take(&phone, "camera", &jpeg()).await.expect("taken");
    watch.0.fetch_add(SETTLE_MS, Ordering::SeqCst);
    develop_due(&phone).await;
    assert!(phone.photo(&taken.id, 320).await.is_ok());
    let _: Changed = ask(&phone, "drop_media", json!({ "id": taken.id })).await;
    assert!(phone.photo(&taken.id, 320).await.is_err());
    assert_eq!(
        std::fs::read_dir(folder.path().join("photos"))
            .expect("folder")
            .count(),
        0
    );
}

#[tokio::test]
async fn the_stamp_says_time_and_place_and_can_be_switched_off() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let taken = take(&phone, "camera", &jpeg()).await.expect("taken");
    place(&phone, &taken.id, at("gnss"), true).await;
    let id: MediaId = taken.id.parse().expect("id");
    let lines = async || {
        phone
            .read(move |tx, desk| {
                let photo = media::get(tx, id)?;
                let capture = Capture::read(&pending::facts(tx, id)?);
                words::lines(tx, desk, &photo, &capture, stamp_settings(tx)?)
            })
            .await
            .expect("lines")
    };
    assert_eq!(
        lines().await,
        ["2025-11-27 08:00:00", "29.87000°N 102.93000°E ±8 米"]
    );
    let set = async |stamp: Value| {
        let _: Value = ask(&phone, "set_settings", stamp).await;
    };
    set(json!({ "stamp_name": true })).await;
    assert_eq!(lines().await.last().map(String::as_str), Some("樊小青"));
    set(json!({ "stamp": false })).await;
    assert!(lines().await.is_empty());
}
