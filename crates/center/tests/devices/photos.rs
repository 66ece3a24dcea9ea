use image::codecs::jpeg::JpegEncoder;
use linli_model::ids::MediaId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::case::Case;
use linli_model::kinds::media::Fact;
use linli_protocol::encode;
use sha2::{Digest, Sha256};

use crate::county::{BUILDING, CHIEF, GRID, OTHER_WORKER, WORKER};
use crate::office::Office;
use crate::phone::{Phone, Refused, answer, code, is_accepted};
use crate::whole::send;

pub(crate) fn jpeg(grey: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(800, 600, image::Rgb([grey; 3]));
    let mut bytes = Vec::new();
    JpegEncoder::new(&mut bytes)
        .encode_image(&picture)
        .expect("jpeg");
    bytes
}

pub(crate) async fn get(phone: &Phone, id: MediaId, query: &str) -> Result<Vec<u8>, Refused> {
    let response = phone
        .http
        .get(format!("{}/v1/media/{id}{query}", phone.base))
        .header("authorization", phone.token())
        .send()
        .await
        .expect("reachable");
    answer(response).await
}

pub(crate) fn case(id: MediaId, picture: &[u8]) -> Case {
    Case {
        category: "0301".into(),
        place: Some(BUILDING),
        org: GRID.into(),
        at: 5,
        media: vec![Fact {
            id,
            sha256: Sha256::digest(picture).into(),
            bytes: picture.len() as i64,
            width: 800,
            height: 600,
            taken_at: 5,
            source: "camera".into(),
            position: None,
        }],
        ..Case::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_verified_by_its_record_whichever_comes_first() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let chief = Phone::synced(&office, CHIEF).await;
    let other = Phone::synced(&office, OTHER_WORKER).await;
    for (number, photo_first) in [(1_u8, true), (2, false)] {
        let (id, picture) = (MediaId::new(number.into(), [number; 10]), jpeg(number));
        let (doc, event) = (worker.new_doc(), worker.new_entry());
        let report = case(id, &picture).report(event);
        let sent = worker.edit(Action::CaseReport, Kind::Case, doc, None, report);
        if photo_first {
            assert!(!send(&worker, id, picture.clone()).await.expect("kept"));
            assert_eq!(get(&chief, id, "").await.expect_err("not yet").0, 404);
        }
        assert!(is_accepted(&worker.send(sent).await));
        assert!(send(&worker, id, picture.clone()).await.expect("kept"));
        assert_eq!(get(&chief, id, "").await.expect("whole"), picture);
        assert_eq!(get(&other, id, "").await.expect_err("foreign").0, 404);
        let small = get(&chief, id, "?size=thumb").await.expect("thumb");
        let small = image::load_from_memory(&small).expect("jpeg");
        assert_eq!((small.width(), small.height()), (320, 240));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_bytes_than_the_record_says_are_refused() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let (id, picture) = (MediaId::new(3, [3; 10]), jpeg(3));
    let (doc, event) = (worker.new_doc(), worker.new_entry());
    let report = case(id, &picture).report(event);
    let sent = worker.edit(Action::CaseReport, Kind::Case, doc, None, report);
    assert!(is_accepted(&worker.send(sent).await));
    let refused = send(&worker, id, jpeg(99)).await.expect_err("other bytes");
    assert_eq!(
        (refused.0, refused.1.code.as_str()),
        (409, "photo_mismatch")
    );
    let other = MediaId::new(4, [4; 10]);
    let gif = send(&worker, other, b"GIF89a".to_vec()).await;
    assert_eq!(gif.expect_err("gif").1.code, "photo_not_an_image");
    assert!(send(&worker, id, picture).await.expect("kept"));
    let idle = worker.post(encode(&worker.request(&[]))).await;
    assert!(idle.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_record_takes_a_photo_s_place() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let (id, picture) = (MediaId::new(3, [3; 10]), jpeg(3));
    let report = |phone: &mut Phone, picture: &[u8]| {
        let (doc, event) = (phone.new_doc(), phone.new_entry());
        let report = case(id, picture).report(event);
        phone.edit(Action::CaseReport, Kind::Case, doc, None, report)
    };
    let sent = report(&mut worker, &picture);
    assert!(is_accepted(&worker.send(sent).await));
    // The record went before the bytes; a colleague who reads it names the photo too.
    let mut liar = Phone::synced(&office, CHIEF).await;
    for claimed in [jpeg(99), picture.clone()] {
        let sent = report(&mut liar, &claimed);
        assert_eq!(code(&liar.send(sent).await), "not_new");
    }
    assert_eq!(
        send(&liar, id, jpeg(99)).await.expect_err("other bytes").0,
        409
    );
    assert!(send(&worker, id, picture).await.expect("kept"));
}
