//! The photos of a case: what is known of each, which are late, and all of it to take along.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use linli_model::ids::{DocId, MediaId};
use linli_model::kinds::case::Case;
use linli_model::kinds::media::Fact;
use linli_model::kinds::position::Position;
use reqwest::header::COOKIE;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::browser::Browser;
use crate::cases::{case, jpeg, report};
use crate::county::{DESK, WORKER};
use crate::office::Office;
use crate::phone::Phone;
use crate::whole::send;

const HOUR: i64 = 3_600_000;

fn id(number: u8) -> MediaId {
    MediaId::from_bytes([number; 16])
}

fn fact(number: u8, picture: &[u8]) -> Fact {
    Fact {
        id: id(number),
        sha256: Sha256::digest(picture).into(),
        bytes: picture.len() as i64,
        width: 64,
        height: 48,
        taken_at: 1_799_998_000_000 + i64::from(number),
        source: "camera".into(),
        position: None,
    }
}

/// A case with three photos, of which the first has come.
async fn with_photos(worker: &mut Phone) -> DocId {
    let first = Fact {
        position: Some(Position {
            lon: 102.93,
            lat: 29.87,
            accuracy_m: Some(8.5),
            source: "gnss".into(),
            at: 0,
            mocked: true,
        }),
        ..fact(1, &jpeg(1))
    };
    let second = Fact {
        source: "share".into(),
        ..fact(2, &jpeg(2))
    };
    let reported = Case {
        media: vec![first, second, fact(3, &jpeg(3))],
        ..case("路灯不亮")
    };
    let case = report(worker, &reported).await;
    assert!(send(worker, id(1), jpeg(1)).await.expect("kept"));
    case
}

#[tokio::test(flavor = "multi_thread")]
async fn each_photo_comes_with_what_its_record_says_and_a_late_one_with_that() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let case = with_photos(&mut worker).await;
    let other = report(&mut worker, &crate::cases::case("井盖")).await;
    let desk = Browser::at_desk(&office, "desk").await;
    let file = desk.get(&format!("cases/{case}")).await.body;
    let [first, second, third] = [0, 1, 2].map(|at| &file["photos"][at]);
    assert_eq!(
        first,
        &json!({
            "id": id(1).to_string(), "taken_at": 1_799_998_000_001_i64, "source": "camera",
            "by": "周桂兰", "role": "R01", "width": 64, "height": 48,
            "bytes": jpeg(1).len(), "sha256": hex::encode(Sha256::digest(jpeg(1))),
            "position": {"lon": 102.93, "lat": 29.87, "accuracy_m": 8.5, "source": "gnss",
                         "mocked": true},
            "arrived": true, "late": false, "arrived_at": 1_800_000_000_000_i64,
            "awaited_since": 1_800_000_000_000_i64,
        })
    );
    assert_eq!(second["source"], "share");
    for photo in [second, third] {
        assert_eq!(photo["arrived"], false);
        assert_eq!(photo["late"], false);
        assert_eq!(photo["arrived_at"], Value::Null);
    }
    let late = || async { desk.get("cases?photos=late").await.body };
    assert_eq!(late().await["total"], 0);

    office.pass(24 * HOUR);
    let desk = Browser::at_desk(&office, "desk").await;
    let late = || async { desk.get("cases?photos=late").await.body };
    let list = late().await;
    assert_eq!(list["total"], 1);
    assert_eq!(list["cases"][0]["id"], case.to_string());
    assert_eq!(list["cases"][0]["photos_late"], 2);
    assert_eq!(desk.get("cases").await.body["total"], 2);
    let file = desk.get(&format!("cases/{case}")).await.body;
    assert_eq!(file["photos"][0]["late"], false);
    assert_eq!(file["photos"][1]["late"], true);
    let nothing = desk.get(&format!("cases/{other}")).await.body;
    assert_eq!(nothing["line"]["photos_late"], 0);

    // However late it comes.
    for number in [2, 3] {
        let photo = jpeg(number);
        assert!(send(&worker, id(number), photo).await.expect("kept"));
    }
    assert_eq!(late().await["total"], 0);
    let file = desk.get(&format!("cases/{case}")).await.body;
    assert_eq!(file["photos"][2]["late"], false);
    let arrived = 1_800_000_000_000 + 24 * HOUR;
    assert_eq!(file["photos"][2]["arrived_at"], arrived);
}

/// The files of a bundle as a browser saves it.
async fn bundle(desk: &Browser, case: DocId) -> BTreeMap<String, Vec<u8>> {
    let url = format!("{}/api/cases/{case}/evidence", desk.base);
    let answer = desk.http.get(url).header(COOKIE, &desk.cookie).send().await;
    let answer = answer.expect("reachable");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    assert_eq!(
        answer.headers()["content-disposition"],
        "attachment; filename=\"linli-case-0001.zip\""
    );
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let zip = answer.bytes().await.expect("whole").to_vec();
    let archive = rawzip::ZipArchive::from_slice(&zip).expect("a zip");
    let mut files = BTreeMap::new();
    for entry in archive.entries() {
        let entry = entry.expect("entry");
        let name = entry.file_path().try_normalize().expect("a plain name");
        let method = entry.compression_method();
        assert_eq!(method, rawzip::CompressionMethod::STORE);
        let data = archive.get_entry(entry.wayfinder()).expect("there");
        let name = name.as_ref().to_owned();
        files.insert(name, data.data().to_vec());
    }
    files
}

/// `sha256sum -c` as anybody would call it.
fn sums_are_right(folder: &Path) -> bool {
    let check = Command::new("sha256sum")
        .args(["--check", "--strict", "SHA256SUMS"])
        .current_dir(folder)
        .output();
    check.expect("sha256sum").status.success()
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_holds_the_very_bytes_and_says_what_is_missing() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let case = with_photos(&mut worker).await;
    assert!(send(&worker, id(2), jpeg(2)).await.expect("kept"));
    let desk = Browser::at_desk(&office, "desk").await;
    let files = bundle(&desk, case).await;
    let hashes = [1, 2, 3].map(|number| hex::encode(Sha256::digest(jpeg(number))));
    let names = [0, 1].map(|at| format!("0{}-{}.jpg", at + 1, &hashes[at][..8]));
    let there: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(there, [&names[0], &names[1], "SHA256SUMS", "manifest.json"]);
    assert!(files[&names[0]] == jpeg(1) && files[&names[1]] == jpeg(2));

    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("json");
    assert_eq!(manifest["format"], "linli-evidence-1");
    assert_eq!(manifest["center"], "栖云县网格中心");
    assert_eq!(manifest["case"]["id"], case.to_string());
    assert_eq!(manifest["case"]["category"], "0305");
    assert_eq!(manifest["generated_at"], "2027-01-15T08:00:00Z");
    assert_eq!(manifest["generated_by"], DESK.to_string());
    assert_eq!(manifest["events"][0]["to"], "reported");
    assert_eq!(manifest["events"][0]["by"], WORKER.to_string());
    let photo = &manifest["photos"][0];
    assert_eq!(photo["file"], names[0]);
    assert_eq!(photo["media_id"], id(1).to_string());
    assert_eq!(photo["sha256"], hashes[0]);
    assert_eq!(photo["bytes"], jpeg(1).len());
    assert_eq!(photo["taken_at"], "2027-01-15T07:26:40Z");
    assert_eq!(photo["arrived_at"], "2027-01-15T08:00:00Z");
    assert_eq!(photo["position"]["accuracy_m"], 8.5);
    assert_eq!(photo["position"]["mocked"], true);
    assert_eq!(manifest["photos"][1]["source"], "share");
    let missing = manifest["missing"].as_array().expect("list");
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0]["sha256"], hashes[2]);
    assert_eq!(missing[0]["why"], "not_arrived");

    let folder = tempfile::tempdir().expect("folder");
    for (name, bytes) in &files {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    }
    assert!(sums_are_right(folder.path()));
    std::fs::write(folder.path().join(&names[0]), jpeg(9)).expect("written");
    assert!(!sums_are_right(folder.path()));

    // Who may not open the case gets nothing, and every bundle is in the log.
    for login in ["elsewhere", "system", "audit"] {
        let who = Browser::at_desk(&office, login).await;
        let refused = who.get(&format!("cases/{case}/evidence")).await;
        assert_eq!(refused.status, 404, "{login}");
    }
    let nobody = Browser::new(&office);
    let refused = nobody.get(&format!("cases/{case}/evidence")).await;
    assert_eq!(refused.status, 401);
    let database = rusqlite::Connection::open(office.data().join("center.db")).expect("database");
    let taken: i64 = database
        .query_row(
            "SELECT count(*) FROM audit WHERE what = 'evidence_taken' AND who = ?1 AND detail = ?2",
            (DESK.as_bytes(), case.as_bytes()),
            |row| row.get(0),
        )
        .expect("log");
    assert_eq!(taken, 1);
    let all = "SELECT count(*) FROM audit WHERE what = 'evidence_taken'";
    assert_eq!(database.query_row(all, [], |row| row.get(0)), Ok(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_never_holds_bytes_that_are_not_what_was_recorded() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let case = with_photos(&mut worker).await;
    assert!(send(&worker, id(2), jpeg(2)).await.expect("kept"));
    // A bad disk, and a file that is gone.
    let hashes = [1, 2].map(|number| hex::encode(Sha256::digest(jpeg(number))));
    let [first, second] = hashes.map(|hash| {
        let name = format!("media/{}/{hash}.jpg", &hash[..2]);
        office.data().join(name)
    });
    std::fs::write(first, jpeg(9)).expect("damaged");
    std::fs::remove_file(second).expect("gone");
    let desk = Browser::at_desk(&office, "desk").await;
    let files = bundle(&desk, case).await;
    let there: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(there, ["SHA256SUMS", "manifest.json"]);
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("json");
    assert_eq!(manifest["photos"], json!([]));
    let missing = manifest["missing"].as_array().expect("list").iter();
    let why: Vec<_> = missing.map(|photo| photo["why"].clone()).collect();
    assert_eq!(why, ["not_arrived", "damaged", "damaged"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_is_told_what_is_missing_on_either_side() {
    let office = Office::open().await;
    // The program has the clock of this machine: all this was long ago.
    office.pass(-200_000_000_000);
    let mut worker = Phone::synced(&office, WORKER).await;
    let case = with_photos(&mut worker).await;
    assert!(!send(&worker, id(7), jpeg(7)).await.expect("kept"));
    let say = |more: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_linli-center"))
            .args(["photos-missing", "--data"])
            .arg(office.data())
            .args(more)
            .output()
            .expect("runs");
        assert!(out.status.success(), "{out:?}");
        String::from_utf8(out.stdout).expect("text")
    };
    let (device, bytes) = (worker.me.enrolment, jpeg(7).len());
    let line = |number| {
        let photo = id(number);
        format!("case {case}  photo {photo}  device {device}  since 2020-09-13T12:26:40Z\n")
    };
    let unnamed = format!(
        "named by no record  device {device}  1 photos  {bytes} bytes  since 2020-09-13T12:26:40Z\n"
    );
    assert_eq!(say(&[]), line(2) + &line(3) + "2 missing\n" + &unnamed);
    assert_eq!(
        say(&["--most", "1"]),
        line(2) + "and more: --most 10\n" + &unnamed
    );
    let years = say(&["--after", "4000000"]);
    assert_eq!(years, format!("0 missing\n{unnamed}"));
}
