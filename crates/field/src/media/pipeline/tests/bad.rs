//! Files that are no pictures, and positions that are nowhere.

use super::*;

#[tokio::test]
async fn bad_files_are_refused_with_their_reason_and_leave_nothing() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let whole = jpeg();
    for (file, code) in [
        (vec![], "photo_not_an_image"),
        (b"hello".to_vec(), "photo_not_an_image"),
        (b"\0\0\0\x18ftypheic".to_vec(), "photo_kind"),
        (whole[..whole.len() / 2].to_vec(), "photo_incomplete"),
        (vec![0xff; 41 << 20], "photo_too_large"),
    ] {
        let refused = take(&phone, "album", &file).await.expect_err(code);
        assert_eq!(refused.code, code);
        if code == "photo_kind" {
            assert_eq!(refused.params["kind"], "HEIC");
        }
    }
    let loose: Vec<MediaItem> = ask(&phone, "loose_media", json!({})).await;
    assert!(loose.is_empty());
    assert_eq!(
        std::fs::read_dir(folder.path().join("incoming"))
            .expect("folder")
            .count(),
        0
    );
    // A bad one that a start took over is dropped when it is looked at.
    shoot(&phone, "album", b"hello").await;
    drop(phone);
    let (phone, _) = open(folder.path());
    develop_due(&phone).await;
    let loose: Vec<MediaItem> = ask(&phone, "loose_media", json!({})).await;
    assert!(loose.is_empty());
    assert_eq!(files(folder.path(), "raw"), 0);

    for id in ["../../etc/passwd", "", "a/b", "..", "picked-1"] {
        assert_eq!(phone.incoming_file(id).expect_err(id).code, "bad_input");
        let import = json!({ "id": id, "source": "album" });
        assert!(phone.call("import_media", import).await.is_err());
    }
    let nowhere = json!({ "source": "camera", "position":
        { "lon": 181.0, "lat": 0.0, "accuracy_m": null, "source": "tap", "at": 0, "mocked": false } });
    let refused = phone
        .call("take_media", nowhere)
        .await
        .expect_err("nowhere");
    assert_eq!(refused.params["field"], "position");
}

#[tokio::test]
async fn a_cameras_only_copy_is_kept_though_it_cant_be_opened() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let half = jpeg()[..2_000].to_vec();
    let refused = take(&phone, "camera", &half)
        .await
        .expect_err("half a picture");
    assert_eq!(refused.code, "photo_incomplete");
    // The same from a kill: sealed by the start, looked at later.
    shoot(&phone, "camera", b"no picture at all").await;
    drop(phone);
    let (phone, _) = open(folder.path());
    develop_due(&phone).await;
    assert_eq!(
        develop_due(&phone).await,
        IDLE,
        "it isn't tried again and again"
    );
    let loose: Vec<MediaItem> = ask(&phone, "loose_media", json!({})).await;
    assert_eq!(loose.len(), 2);
    let of = |code| {
        let mut all = loose.iter();
        all.find(|item| item.unreadable.as_deref() == Some(code))
            .expect(code)
    };
    of("photo_not_an_image");
    let cut = of("photo_incomplete");
    let vault = phone.state().vault.expect("vault");
    let id: MediaId = cut.id.parse().expect("id");
    assert_eq!(vault.read(id, Piece::Raw).expect("kept as it came"), half);
    assert!(in_the_clear(folder.path()).is_empty());
    let problem = json!({ "category": "0302", "words": "", "place": "", "position": null,
        "media": [cut.id], "household": "", "draft": null });
    let report = phone
        .call("report_problem", problem)
        .await
        .expect_err("not in a report");
    assert_eq!(report.code, "photo_incomplete");
    let _: Changed = ask(&phone, "drop_media", json!({ "id": cut.id })).await;
    assert!(vault.read(id, Piece::Raw).is_err(), "the person decides");
}

#[tokio::test]
async fn a_position_that_is_nowhere_spoils_no_photo() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let taken = take(&phone, "camera", &jpeg()).await.expect("taken");
    let mut nowhere = at("gnss");
    nowhere["lat"] = json!(91.0);
    let problem = json!({ "category": "0302", "words": "", "place": "", "position": nowhere,
        "media": [taken.id], "household": "", "draft": null });
    let refused = phone
        .call("report_problem", problem)
        .await
        .expect_err("nowhere");
    assert_eq!(refused.params["field"], "position");
    assert!(
        report(&phone, &taken.id, at("gnss"))
            .await
            .position
            .is_some()
    );
}
