//! Cases: who sees which, one in full, photos, steps.

use linli_model::ids::{DocId, MediaId};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::case::Case;
use linli_model::kinds::media::Fact;
use linli_model::kinds::position::Position;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::browser::Browser;
use crate::county::{BUILDING, DESK, GRID, OTHER_GRID, OTHER_WORKER, WORKER};
use crate::office::Office;
use crate::phone::{Phone, is_accepted};
use crate::whole::send;

pub(crate) fn case(words: &str) -> Case {
    Case {
        category: "0305".into(),
        words: words.into(),
        org: GRID.into(),
        at: 1_799_999_000_000,
        ..Case::default()
    }
}

/// Reports a case from a phone.
pub(crate) async fn report(phone: &mut Phone, case: &Case) -> DocId {
    let (id, event) = (phone.new_doc(), phone.new_entry());
    let sent = phone.edit(Action::CaseReport, Kind::Case, id, None, case.report(event));
    let verdicts = phone.sync(&[sent]).await;
    assert!(is_accepted(&verdicts[0]), "{verdicts:?}");
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_case_is_on_top_and_each_desk_sees_its_own_area() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut other = Phone::synced(&office, OTHER_WORKER).await;
    let first = report(&mut worker, &case("5栋停电")).await;
    office.pass(60_000);
    let second = report(
        &mut other,
        &Case {
            org: OTHER_GRID.into(),
            category: "0101".into(),
            ..case("垃圾")
        },
    )
    .await;
    let desk = Browser::at_desk(&office, "desk").await;
    let page = desk.get("cases").await.body;
    let ids: Vec<_> = page["cases"].as_array().expect("cases").iter().collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0]["id"], second.to_string());
    assert_eq!(ids[1]["id"], first.to_string());
    let line = ids[1];
    assert_eq!(line["by"], "周桂兰");
    assert_eq!(line["state"], "reported");
    assert_eq!(line["org_name"], format!("grid {GRID}"));
    assert_eq!(line["reported_at"], 1_799_999_000_000_i64);
    assert_eq!(line["received_at"], 1_800_000_000_000_i64);

    // Filters: place, words, name of the category, reporter, number.
    for (query, found) in [
        (format!("org={GRID}"), 1),
        ("org=519901002003".into(), 0),
        ("q=%E5%81%9C%E7%94%B5".into(), 1),
        ("q=%E5%91%A8%E6%A1%82%E5%85%B0".into(), 1),
        ("q=0002".into(), 1),
        ("q=nothing".into(), 0),
        ("state=open".into(), 2),
        ("state=settled".into(), 0),
        ("urgency=9".into(), 0),
    ] {
        let answer = desk.get(&format!("cases?{query}")).await.body;
        assert_eq!(answer["total"], found, "{query}");
    }
    assert_eq!(desk.get("cases?after=nonsense").await.status, 400);

    let community = Browser::at_desk(&office, "community").await;
    assert_eq!(community.get("cases").await.body["total"], 2);
    let elsewhere = Browser::at_desk(&office, "elsewhere").await;
    assert_eq!(elsewhere.get("cases").await.body["total"], 0);
    assert_eq!(elsewhere.get(&format!("cases/{first}")).await.status, 404);
    assert_eq!(elsewhere.get("cases/not-an-id").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_case_is_for_the_county_s_desks_only() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let sealed = Case {
        category: "0702".into(),
        ..case("听到哭声")
    };
    let id = report(&mut worker, &sealed).await;
    let desk = Browser::at_desk(&office, "desk").await;
    let file = desk.get(&format!("cases/{id}")).await;
    assert_eq!(
        (file.status, &file.body["line"]["restricted"]),
        (200, &true.into())
    );
    // Neither the community's desk, nor its chief, nor the supervisor has `sealed`.
    for login in ["community", "chief", "supervisor"] {
        let who = Browser::at_desk(&office, login).await;
        assert_eq!(who.get("cases").await.body["total"], 0, "{login}");
        assert_eq!(who.get(&format!("cases/{id}")).await.status, 404, "{login}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_case_in_full_says_whose_when_where_and_which_photos_are_missing() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let picture = jpeg(90);
    let [here, missing] = [1, 2].map(|n| MediaId::from_bytes([n; 16]));
    let fact = |id, sha256| Fact {
        id,
        sha256,
        bytes: picture.len() as i64,
        width: 64,
        height: 48,
        taken_at: 7,
        source: "camera".into(),
        position: None,
    };
    let reported = Case {
        place: Some(BUILDING),
        position: Some(Position {
            lon: 102.93,
            lat: 29.87,
            accuracy_m: Some(12.0),
            source: "gnss".into(),
            at: 6,
            mocked: true,
        }),
        media: vec![
            fact(here, Sha256::digest(&picture).into()),
            fact(missing, [7; 32]),
        ],
        ..case("路灯不亮")
    };
    let id = report(&mut worker, &reported).await;
    assert!(send(&worker, here, picture).await.expect("kept"));

    let desk = Browser::at_desk(&office, "desk").await;
    let file = desk.get(&format!("cases/{id}")).await.body;
    assert_eq!(file["reporter"]["phone"], "12900000001");
    assert_eq!(file["position"]["mocked"], true);
    assert_eq!(file["line"]["photos"], 2);
    assert_eq!(file["line"]["photos_arrived"], 1);
    let arrived: Vec<_> = file["photos"]
        .as_array()
        .expect("photos")
        .iter()
        .map(|photo| photo["arrived"].as_bool().expect("flag"))
        .collect();
    assert_eq!(arrived, [true, false]);
    assert_eq!(file["story"][0]["to"], "reported");
    assert_eq!(file["story"][0]["by"], "周桂兰");
    assert_eq!(file["story"][0]["received_at"], 1_800_000_000_000_i64);

    let photo = desk.get(&format!("photos/{here}?size=thumb")).await;
    assert_eq!(photo.headers["content-type"], "image/jpeg");
    assert_eq!(
        desk.get(&format!("photos/{missing}")).await.body["code"],
        "photo_not_here"
    );
    let elsewhere = Browser::at_desk(&office, "elsewhere").await;
    assert_eq!(
        elsewhere.get(&format!("photos/{here}")).await.body["code"],
        "not_found"
    );
    // Every look is in the log.
    let database = rusqlite::Connection::open(office.data().join("center.db")).expect("database");
    let looks: i64 = database
        .query_row(
            "SELECT count(*) FROM audit WHERE what = 'case_shown' AND who = ?1 AND detail = ?2",
            (DESK.as_bytes(), id.as_bytes()),
            |row| row.get(0),
        )
        .expect("log");
    assert_eq!(looks, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_takes_the_first_step_through_the_same_gate() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let id = report(&mut worker, &case("井盖破损")).await;
    let path = format!("cases/{id}/step");
    let desk = Browser::at_desk(&office, "desk").await;
    let file = desk.get(&format!("cases/{id}")).await.body;
    let head = file["head"].as_str().expect("head").to_owned();
    let steps: Vec<_> = file["next"].as_array().expect("steps").iter().collect();
    assert_eq!(steps[0]["to"], "accepted");

    let take = |to: &str, after: &str, reason: &str| {
        desk.post(&path, json!({"to": to, "after": after, "reason": reason}))
    };
    assert_eq!(
        take("need_info", &head, " ").await.body["code"],
        "reason_missing"
    );
    assert_eq!(
        take("dispatched", &head, "").await.body["code"],
        "not_allowed"
    );
    let asked = take("need_info", &head, "是哪一个井盖?").await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert_eq!(asked.body["line"]["state"], "need_info");
    assert_eq!(asked.body["story"][1]["by"], "唐芳");
    assert_eq!(asked.body["story"][1]["words"], "是哪一个井盖?");
    // Somebody who still looks at the old state is too late.
    assert_eq!(take("accepted", &head, "").await.body["code"], "overtaken");

    // The reporter's phone hears of it, and answers.
    worker.sync(&[]).await;
    let document = &worker.docs[&id];
    let state = linli_model::workflow::Line::fold(&document.fields(), |_| true);
    assert_eq!(state.state(), "need_info");
    let (seen, event) = (document.heads(), worker.new_entry());
    let supply = linli_model::kinds::case::step(event, "reported", state.head(), "5栋东侧", 9);
    let sent = worker.edit(Action::CaseStep, Kind::Case, id, Some(seen), supply);
    assert!(is_accepted(&worker.sync(&[sent]).await[0]));
    let again = take("accepted", &event.to_string(), "").await;
    assert_eq!(again.body["line"]["state"], "accepted", "{}", again.body);

    // A supervisor sees it and may not do this.
    let watching = Browser::at_desk(&office, "supervisor").await;
    let file = watching.get(&format!("cases/{id}")).await.body;
    assert_eq!(file["next"], json!([]));
    let refused = watching
        .post(
            &path,
            json!({"to": "void", "after": file["head"], "reason": "x"}),
        )
        .await;
    assert_eq!(refused.status, 403);
}

pub(crate) fn jpeg(grey: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(64, 48, image::Rgb([grey; 3]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut bytes)
        .encode_image(&picture)
        .expect("jpeg");
    bytes
}
