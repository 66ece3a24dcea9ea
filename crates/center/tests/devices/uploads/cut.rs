//! Connections that break off, hang, or come twice.

use std::sync::Arc;
use std::time::{Duration, Instant};

use linli_center::limits::Limits;
use linli_model::ids::MediaId;

use super::{PIECE, again_at, call, create, head, id, patch, place};
use crate::county::WORKER;
use crate::office::Office;
use crate::phone::Phone;
use crate::photos::jpeg;
use crate::raw::Raw;

/// A PATCH that has begun: its headers, and the first bytes of its piece.
pub(super) fn begin(office: &Office, phone: &Phone, id: MediaId, more: &str, piece: &[u8]) -> Raw {
    let mut raw = Raw::open(office);
    let head = format!(
        "PATCH {} HTTP/1.1\r\nhost: c\r\nauthorization: {}\r\ntus-resumable: 1.0.0\r\n\
         content-type: application/offset+octet-stream\r\n{more}\r\n",
        place(id),
        phone.token()
    );
    assert!(raw.say(head.as_bytes()));
    assert!(raw.say(piece));
    raw
}

/// How much of an upload lies on the center's disk.
pub(super) fn on_disk(office: &Office) -> u64 {
    let files = std::fs::read_dir(office.data().join("uploads"));
    let files = files.into_iter().flatten().flatten();
    files
        .map(|file| file.metadata().map_or(0, |file| file.len()))
        .sum()
}

async fn until(what: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !what() {
        assert!(Instant::now() < end, "it never happens");
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_before_the_link_was_cut_is_kept() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let mut photo = jpeg(1);
    photo.resize(300_000, 1);
    create(&phone, id(1), &photo).await.is(201, "");
    let more = format!("upload-offset: 0\r\ncontent-length: {}\r\n", photo.len());
    let cut = begin(&office, &phone, id(1), &more, &photo[..200_000]);
    until(|| on_disk(&office) > 100_000).await;
    drop(cut);
    let there = head(&phone, id(1)).await.offset();
    assert!((100_000..=200_000).contains(&there), "{there}");
    let answer = patch(&phone, id(1), there, &photo[there..]).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_with_a_checksum_is_taken_whole_or_not_at_all() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let photo = jpeg(2);
    create(&phone, id(2), &photo).await.is(201, "");
    patch(&phone, id(2), 0, &photo[..100]).await.is(204, "");
    let more = format!(
        "upload-offset: 100\r\ncontent-length: {}\r\n\
         upload-checksum: sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n",
        photo.len() - 100
    );
    drop(begin(&office, &phone, id(2), &more, &photo[100..3000]));
    assert_eq!(head(&phone, id(2)).await.offset(), 100);
    until(|| on_disk(&office) == 100).await;
    // Left by a center that was killed in the middle of one: no part of the photo either.
    std::fs::write(office.data().join("uploads/1.piece"), b"left").expect("left over");
    let office = office.again().await;
    let phone = again_at(&office, phone);
    assert_eq!(head(&phone, id(2)).await.offset(), 100);
    assert_eq!(on_disk(&office), 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_request_wins_over_one_that_hangs() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let mut photo = jpeg(3);
    photo.resize(1_000_000, 3);
    create(&phone, id(3), &photo).await.is(201, "");
    let (mut at, start) = (0, Instant::now());
    for piece in [500, 1000, 0] {
        let left = photo.len() - at;
        let more = format!("upload-offset: {at}\r\ncontent-length: {left}\r\n");
        let mut hangs = begin(&office, &phone, id(3), &more, &photo[at..at + 200_000]);
        // How much of it is read when it has to make way is the network's business.
        until(|| on_disk(&office) > at as u64 + 50_000).await;
        let far = head(&phone, id(3)).await.offset();
        assert!((at + 50_000..=at + 200_000).contains(&far));
        let answer = patch(&phone, id(3), far, &photo[far..far + piece]).await;
        answer.is(204, "");
        at = answer.offset();
        assert_eq!(at, far + piece);
        let told = hangs.hear().expect("an answer");
        assert!(told.starts_with("HTTP/1.1 423"), "{told}");
    }
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
    let answer = patch(&phone, id(3), at, &photo[at..]).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_one_wins_and_nothing_is_mixed_up() {
    let office = Office::open().await;
    let phone = Arc::new(Phone::synced(&office, WORKER).await);
    let photo = Arc::new(jpeg(4));
    create(&phone, id(4), &photo).await.is(201, "");
    let mut at = 0;
    while at < photo.len() {
        let mut running = tokio::task::JoinSet::new();
        let end = photo.len().min(at + 1500);
        for _ in 0..8 {
            let (phone, photo) = (phone.clone(), photo.clone());
            running.spawn(async move { patch(&phone, id(4), at, &photo[at..end]).await });
        }
        let mut taken = 0;
        while let Some(answer) = running.join_next().await {
            let answer = answer.expect("no panic");
            match (answer.status, answer.code.as_str()) {
                (204, "") => taken += 1,
                (409, "upload_offset") | (423, "upload_locked") => {}
                (413, "too_large") if end == photo.len() => {}
                _ => panic!("{answer:?}"),
            }
        }
        assert!(taken <= 1, "{taken}");
        at = head(&phone, id(4)).await.offset();
    }
    let done = head(&phone, id(4)).await;
    assert_eq!(done.says("linli-stored"), "unclaimed");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_dribbles_keeps_what_came_and_holds_nothing() {
    let office = Office::open_with(Limits {
        body_ms: 300,
        ..Limits::default()
    })
    .await;
    let phone = Phone::synced(&office, WORKER).await;
    let photo = jpeg(5);
    create(&phone, id(5), &photo).await.is(201, "");
    let more = "upload-offset: 0\r\ncontent-length: 6000\r\n";
    let mut slow = begin(&office, &phone, id(5), more, &photo[..1000]);
    let told = slow.hear().expect("an answer");
    assert!(
        told.starts_with("HTTP/1.1 503") && told.contains("retry-after"),
        "{told}"
    );
    assert_eq!(head(&phone, id(5)).await.offset(), 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_without_a_length_never_goes_past_the_end() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let photo = jpeg(6);
    create(&phone, id(6), &photo).await.is(201, "");
    let mut chunk = b"10000\r\n".to_vec();
    chunk.resize(chunk.len() + 0x10000, b'x');
    chunk.extend(b"\r\n");
    let more = "upload-offset: 0\r\ntransfer-encoding: chunked\r\n";
    let raw = begin(&office, &phone, id(6), more, &chunk);
    let poured = raw.pour(&chunk, 1 << 30);
    assert!(poured < 40 * 1024 * 1024, "{poured}");
    assert_eq!(head(&phone, id(6)).await.offset(), 0);
    // One that announces a gigabyte is not read.
    let more = "upload-offset: 0\r\ncontent-length: 1073741824\r\n";
    let told = begin(&office, &phone, id(6), more, b"")
        .hear()
        .expect("an answer");
    assert!(told.starts_with("HTTP/1.1 413"), "{told}");
    let headers = [PIECE, ("upload-offset", "0")];
    let answer = call(&phone, "PATCH", &place(id(6)), &headers, &photo).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");
}
