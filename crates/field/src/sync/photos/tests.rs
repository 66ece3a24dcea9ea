mod overdue;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use linli_model::ids::DocId;
use linli_model::ids::MediaId;
use linli_model::kind::Kind;
use linli_model::kinds::media::Fact;
use linli_model::value::Write;
use linli_protocol::error::Refusal;
use linli_store::media::pending;
use linli_store::outbox::Outcome;

use super::upload::{HERE, SENDING, STUCK, VERIFIED};
use super::*;
use crate::sync::wire::{Answer, Answering, Call, Method, Wire, WireError};
use crate::trial::{ask, config, enrolled_folder, put, settle};
use serde_json::json;
use sha2::{Digest, Sha256};

const PHOTO: MediaId = MediaId::from_bytes([8; 16]);
const CASE: DocId = DocId::from_bytes([7; 16]);

/// A center that gives these answers, one after the other, and then is out of reach.
#[derive(Debug, Default)]
struct Script {
    answers: Mutex<VecDeque<Result<Answer, WireError>>>,
    asked: Mutex<Vec<Call>>,
}

impl Wire for Script {
    fn send(&self, call: Call) -> Answering<'_> {
        self.asked.lock().expect("lock").push(call);
        let next = self.answers.lock().expect("lock").pop_front();
        Box::pin(async move { next.unwrap_or(Err(WireError::Unreachable)) })
    }
}

impl Script {
    fn new(answers: impl IntoIterator<Item = Result<Answer, WireError>>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            asked: Mutex::default(),
        })
    }

    /// What it was asked so far.
    fn asked(&self) -> Vec<Call> {
        self.asked.lock().expect("lock").clone()
    }
}

fn refusal(status: u16, code: &str) -> Result<Answer, WireError> {
    refusal_for(status, code, None)
}

/// A refusal that holds for so many seconds.
fn refusal_for(status: u16, code: &str, wait_s: Option<u32>) -> Result<Answer, WireError> {
    let body = linli_protocol::encode(&Refusal {
        code: code.into(),
        wait_s,
    });
    Ok(Answer {
        status,
        headers: Vec::new(),
        body,
    })
}

/// A phone with one photo; its record was accepted.
async fn with_photo(folder: &tempfile::TempDir, own: bool) -> Phone {
    let phone = Phone::open(config(folder.path()));
    let fact = Fact {
        id: PHOTO,
        sha256: Sha256::digest(b"a picture").into(),
        bytes: 9,
        width: 1,
        height: 1,
        taken_at: 1,
        source: "camera".into(),
        position: None,
    };
    if own {
        let photo = fact.clone();
        phone
            .transact(move |tx, desk| {
                desk.vault
                    .write(PHOTO, Piece::Photo, b"a picture".to_vec())?;
                pending::begin(tx, photo.id, &photo.source, photo.taken_at, &[])?;
                pending::working(tx, photo.id, (1, 1))?;
                assert!(pending::finished(tx, photo.id, &photo.sha256, 9, &[])?);
                Ok(())
            })
            .await
            .expect("a photo");
    }
    let mut writes = vec![Write::new("words", "停电")];
    writes.extend(fact.writes());
    put(&phone, Kind::Case, CASE, writes).await;
    settle(&phone, |change| Outcome::Accepted(change, 1)).await;
    phone
}

async fn sync(phone: &Phone, script: &Arc<Script>) -> Result<Went, SyncError> {
    let link = Link::new(script.clone(), "center:1", Vec::new());
    both_ways(phone, &link).await
}

async fn state(phone: &Phone) -> i64 {
    phone
        .read(|tx, _| Ok(media::get(tx, PHOTO)?.state))
        .await
        .expect("the photo")
}

#[tokio::test]
async fn a_photo_that_never_left_is_said_to_be_here() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let cut = sync(&phone, &Script::new([])).await;
    assert!(matches!(
        cut,
        Err(SyncError::Link(LinkError::Wire(WireError::Unreachable)))
    ));
    assert_eq!(state(&phone).await, HERE);
    // A link that broke under way is another matter: the picture may have arrived.
    let broken = Script::new([Err(WireError::Broken)]);
    assert!(sync(&phone, &broken).await.is_err());
    assert_eq!(state(&phone).await, SENDING);
}

#[tokio::test]
async fn a_photo_refused_for_good_is_a_persons_to_look_at_and_not_sent_again() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let busy = Script::new([refusal(503, "busy")]);
    sync(&phone, &busy).await.expect("goes on");
    assert_eq!(state(&phone).await, HERE, "tried again");
    let script = Script::new([refusal(409, "photo_mismatch")]);
    sync(&phone, &script).await.expect("goes on");
    assert_eq!(state(&phone).await, STUCK);
    sync(&phone, &script).await.expect("nothing to do");
    assert_eq!(script.asked().len(), 1);
}

#[tokio::test]
async fn a_photo_that_is_not_there_yet_is_asked_for_at_longer_and_longer_intervals() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, false).await;
    let script = Script::new([refusal(404, "not_found")]);
    sync(&phone, &script).await.expect("goes on");
    sync(&phone, &script)
        .await
        .expect("not asked again at once");
    assert_eq!(script.asked().len(), 1);
    let now = phone.now_ms();
    let due = async |in_ms: i64| {
        phone
            .read(move |tx, _| Ok(media::to_fetch(tx, now + in_ms, 9)?.len()))
            .await
            .expect("read")
    };
    assert_eq!((due(10_000).await, due(16_000).await), (0, 1));
    phone
        .transact(move |tx, _| Ok(media::ask_later(tx, PHOTO, now)?))
        .await
        .expect("asked again");
    assert_eq!((due(29_000).await, due(31_000).await), (0, 1));
}

/// A JPEG of one colour.
fn jpeg(side: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::new(side, side)
        .write_to(&mut bytes, ImageFormat::Jpeg)
        .expect("jpeg");
    bytes.into_inner()
}

fn given(body: Vec<u8>) -> Result<Answer, WireError> {
    Ok(Answer {
        status: 200,
        headers: Vec::new(),
        body,
    })
}

#[tokio::test]
async fn only_a_small_picture_is_kept_as_a_thumbnail() {
    // A picture whose head claims 60,000 pixels a side: gigabytes, once it is unfolded.
    let mut claims = jpeg(64);
    let frame = claims
        .windows(2)
        .position(|two| two == [0xff, 0xc0])
        .expect("a frame header");
    claims[frame + 5..frame + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    let mut long = jpeg(64);
    long.resize(MAX_THUMB + 1, 0);
    for bad in [
        claims,
        long,
        jpeg(MAX_THUMB_SIDE + 1),
        b"<svg>".to_vec(),
        Vec::new(),
    ] {
        let folder = enrolled_folder();
        let phone = with_photo(&folder, false).await;
        sync(&phone, &Script::new([given(bad)]))
            .await
            .expect("goes on");
        let kept = phone
            .read(|_, desk| desk.vault.read(PHOTO, Piece::Thumb))
            .await;
        assert_eq!(kept.expect_err("nothing is kept").code, "not_found");
    }
    let folder = enrolled_folder();
    let phone = with_photo(&folder, false).await;
    let good = jpeg(320);
    sync(&phone, &Script::new([given(good.clone())]))
        .await
        .expect("goes on");
    let kept = phone
        .read(|_, desk| desk.vault.read(PHOTO, Piece::Thumb))
        .await;
    assert_eq!(kept.expect("kept"), good);
}

/// The center has so many bytes; once it has all, whether a record names them.
fn far(offset: usize, stored: Option<&str>) -> Result<Answer, WireError> {
    let mut headers = vec![("upload-offset".to_owned(), offset.to_string())];
    if let Some(stored) = stored {
        headers.push(("linli-stored".to_owned(), stored.to_owned()));
    }
    Ok(Answer {
        status: 201,
        headers,
        body: Vec::new(),
    })
}

async fn sent(phone: &Phone) -> i64 {
    phone
        .read(|tx, _| Ok(media::get(tx, PHOTO)?.sent))
        .await
        .expect("the photo")
}

#[tokio::test]
async fn a_small_photo_is_one_request() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let script = Script::new([far(9, Some("verified"))]);
    assert_eq!(sync(&phone, &script).await.expect("sent"), Went::Through);
    assert_eq!((state(&phone).await, sent(&phone).await), (VERIFIED, 9));
    let asked = script.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(
        (asked[0].method, asked[0].path.as_str()),
        (Method::Post, "/v1/uploads")
    );
    assert_eq!(asked[0].body, b"a picture");
    let about = asked[0]
        .headers
        .iter()
        .find(|(name, _)| *name == "upload-metadata");
    // `id` and `sha256` in base64 of their text.
    let (_, about) = about.expect("metadata");
    let hash = BASE64_STANDARD.encode(hex::encode(Sha256::digest(b"a picture")));
    assert!(
        about.starts_with("id MDgwODA4MDgt") && about.ends_with(&format!(",sha256 {hash}")),
        "{about}"
    );
}

#[tokio::test]
async fn after_a_cut_the_center_is_asked_how_far_it_is_and_gets_only_the_rest() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let cut = Script::new([Err(WireError::Broken)]);
    assert!(sync(&phone, &cut).await.is_err());
    drop(phone);
    // Killed in between: what it knew is in the database, the rest at the center.
    let phone = Phone::open(config(folder.path()));
    let script = Script::new([far(4, None), far(9, Some("verified"))]);
    sync(&phone, &script).await.expect("sent");
    let asked = script.asked();
    assert!(asked[0].body.is_empty(), "nothing is sent twice");
    assert_eq!(asked[1].body, b"cture");
    assert_eq!(asked[1].method, Method::Patch);
    assert!(
        asked[1]
            .headers
            .contains(&("upload-offset", "4".to_owned()))
    );
    assert_eq!(state(&phone).await, VERIFIED);
}

#[tokio::test]
async fn a_center_that_knows_better_is_asked_again_but_not_for_ever() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let script = Script::new([
        far(4, None),
        refusal(409, "upload_offset"),
        far(6, None),
        far(9, Some("verified")),
    ]);
    sync(&phone, &script).await.expect("sent");
    assert_eq!(script.asked()[3].body, b"ure");

    for nonsense in [far(9, None), far(4, None), given(Vec::new())] {
        let folder = enrolled_folder();
        let phone = with_photo(&folder, true).await;
        // It claims all and no hash, or moves no further, or says nothing.
        let script = Script::new([far(4, None), nonsense]);
        let error = sync(&phone, &script).await.expect_err("nonsense");
        assert!(
            matches!(error, SyncError::Link(LinkError::Nonsense)),
            "{error:?}"
        );
        assert_eq!((state(&phone).await, sent(&phone).await), (SENDING, 4));
    }
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let lost = || [refusal(404, "not_found"), far(4, None)];
    let script = Script::new(
        [far(4, None)]
            .into_iter()
            .chain([lost(), lost(), lost(), lost()].into_iter().flatten()),
    );
    sync(&phone, &script).await.expect("goes on with others");
    assert_eq!(script.asked().len(), 8);
    assert_eq!(state(&phone).await, HERE);
}

#[tokio::test]
async fn a_record_written_meanwhile_goes_first() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    put(
        &phone,
        Kind::Case,
        DocId::from_bytes([6; 16]),
        vec![Write::new("words", "又一件")],
    )
    .await;
    // What waited before holds nothing up.
    let script = Script::new([far(4, None), far(9, Some("verified"))]);
    assert_eq!(sync(&phone, &script).await.expect("sent"), Went::Through);
    assert_eq!(state(&phone).await, VERIFIED);
}

#[tokio::test]
async fn where_data_costs_photos_wait_if_that_is_wanted() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let _: serde_json::Value = ask(&phone, "network", json!({ "metered": true })).await;
    let _: serde_json::Value =
        ask(&phone, "set_settings", json!({ "photos_metered": false })).await;
    let script = Script::new([far(9, Some("verified"))]);
    sync(&phone, &script).await.expect("nothing to do");
    assert!(script.asked().is_empty() && phone.sync_state().photos_wait);
    let _: serde_json::Value = ask(&phone, "network", json!({ "metered": false })).await;
    sync(&phone, &script).await.expect("sent");
    assert_eq!(state(&phone).await, VERIFIED);
    assert!(!phone.sync_state().photos_wait);
}

/// Has the picture, and the center's answer to who asks for it.
async fn full(phone: &Phone) -> Result<Vec<u8>, crate::EdgeError> {
    phone.photo(&PHOTO.to_string(), 1_600).await
}

#[tokio::test]
async fn pictures_go_only_past_a_backup_and_come_back_when_looked_at() {
    let folder = enrolled_folder();
    let script = Script::new([]);
    let mut config = config(folder.path());
    config.wire = script.clone();
    drop(with_photo(&folder, true).await);
    let phone = Phone::open(config);
    let picture = vec![7_u8; 2_000_000];
    let clear = picture.clone();
    let thumb = jpeg(32);
    let small = thumb.clone();
    phone
        .transact(move |tx, desk| {
            desk.vault.write(PHOTO, Piece::Photo, clear)?;
            desk.vault.write(PHOTO, Piece::Thumb, thumb)?;
            meta::set(tx, "photo_budget_mb", 1)?;
            Ok(media::set_state(tx, PHOTO, VERIFIED)?)
        })
        .await
        .expect("a large picture");
    let item = async || -> crate::api::media::MediaItem {
        ask(&phone, "media", json!({ "id": PHOTO.to_string() })).await
    };
    thin::thin(&phone).await.expect("nothing may go");
    assert!(!item().await.thinned && full(&phone).await.expect("here") == picture);

    phone
        .transact(|tx, _| {
            // Where the center stood when it had the picture, then a backup of later.
            linli_store::generation::backed_up(tx, 1, 0, Some(1))?;
            Ok(linli_store::generation::backed_up(tx, 1, 9, Some(9))?)
        })
        .await
        .expect("a backup");
    thin::thin(&phone).await.expect("it goes");
    assert!(item().await.thinned);
    assert_eq!(full(&phone).await.expect("out of reach"), small);
    // What comes isn't what the record says: it is not shown as if it were.
    *script.answers.lock().expect("lock") = VecDeque::from([given(picture)]);
    assert_eq!(full(&phone).await.expect("another picture"), small);
    assert_eq!(
        script.asked().last().expect("asked").path,
        format!("/v1/media/{PHOTO}")
    );
}

#[tokio::test]
async fn a_picture_of_somebody_else_comes_when_it_is_looked_at() {
    let folder = enrolled_folder();
    drop(with_photo(&folder, false).await);
    // The record of this test says nine nines; no picture has that hash.
    let script = Script::new([given(jpeg(64)), refusal(404, "not_found")]);
    let mut config = config(folder.path());
    config.wire = script.clone();
    let phone = Phone::open(config);
    assert_eq!(
        full(&phone).await.expect_err("a wrong one").code,
        "not_found"
    );
    assert_eq!(
        full(&phone).await.expect_err("not allowed").code,
        "not_found"
    );
    assert_eq!(script.asked().len(), 2);
}

#[tokio::test]
async fn what_isnt_what_its_record_says_costs_nobodys_data() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    phone
        .transact(|_, desk| desk.vault.write(PHOTO, Piece::Photo, b"another".to_vec()))
        .await
        .expect("another picture");
    let script = Script::new([]);
    sync(&phone, &script).await.expect("goes on");
    assert!(script.asked().is_empty());
    assert_eq!(state(&phone).await, STUCK);
}

#[tokio::test]
async fn what_was_damaged_on_the_way_is_sent_afresh() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let script = Script::new([
        far(4, None),
        refusal(409, "upload_damaged"),
        far(0, None),
        far(9, Some("verified")),
    ]);
    sync(&phone, &script).await.expect("sent");
    assert_eq!(script.asked()[3].body, b"a picture");
    assert_eq!(state(&phone).await, VERIFIED);
}
