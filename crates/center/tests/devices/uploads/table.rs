//! The table of conformance in `docs/PROTOCOL.md`, line by line.

use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_protocol::limits::MAX_PHOTO;

use super::{PIECE, base64, call, create, head, id, metadata, patch, place};
use crate::county::WORKER;
use crate::office::Office;
use crate::phone::{Phone, is_accepted};
use crate::photos::{self, jpeg};
use crate::whole::send;

async fn stage() -> (Office, Phone) {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    (office, phone)
}

#[tokio::test(flavor = "multi_thread")]
async fn options_say_what_is_offered_to_anybody() {
    let (_office, phone) = stage().await;
    for path in ["/v1/uploads", &place(id(1))] {
        let nobody = [("authorization", ""), ("tus-resumable", "")];
        let answer = call(&phone, "OPTIONS", path, &nobody, b"").await;
        answer.is(204, "");
        assert_eq!(answer.says("tus-version"), "1.0.0");
        assert_eq!(
            answer.says("tus-extension"),
            "creation,creation-with-upload,checksum,termination,expiration"
        );
        assert_eq!(answer.says("tus-max-size"), MAX_PHOTO.to_string());
        assert_eq!(answer.says("tus-checksum-algorithm"), "sha1,sha256");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_no_or_another_version_or_token_is_refused() {
    let (_office, phone) = stage().await;
    let path = place(id(1));
    for version in ["", "0.2.2", "2.0.0"] {
        let headers = [("tus-resumable", version)];
        for (method, path) in [("POST", "/v1/uploads"), ("PATCH", &path), ("DELETE", &path)] {
            let answer = call(&phone, method, path, &headers, b"").await;
            answer.is(412, "upload_version");
            assert_eq!(answer.says("tus-version"), "1.0.0");
        }
        assert_eq!(call(&phone, "HEAD", &path, &headers, b"").await.status, 412);
    }
    for token in ["", "Bearer 00", &format!("Bearer {}", "0".repeat(64))] {
        let headers = [("authorization", token)];
        call(&phone, "PATCH", &path, &headers, b"")
            .await
            .is(401, "revoked");
    }
    for (method, path) in [("GET", "/v1/uploads"), ("PUT", &path), ("GET", &path)] {
        assert_eq!(call(&phone, method, path, &[], b"").await.status, 405);
    }
    let other = [("x-http-method-override", "PUT")];
    let answer = call(&phone, "POST", &path, &other, b"").await;
    answer.is(405, "method_not_allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_created_must_say_which_photo_and_how_long() {
    let (_office, phone) = stage().await;
    let photo = jpeg(1);
    let length = photo.len().to_string();
    let said = metadata(id(1), &photo);
    let text = id(1).to_string();
    let only_id = format!("id {}", base64(text.as_bytes()));
    let upper = format!("{only_id},sha256 {}", base64("AB".repeat(32).as_bytes()));
    let short = format!("{only_id},sha256 {}", base64("ab".repeat(31).as_bytes()));
    let nobody = format!(
        "id {},sha256 {}",
        base64(b"x"),
        base64("ab".repeat(32).as_bytes())
    );
    let raw = format!("id {text},sha256 {}", "ab".repeat(32));
    let too_long = (MAX_PHOTO + 1).to_string();
    let deferred = ("upload-defer-length", "1");
    for (headers, status, code) in [
        (vec![("upload-metadata", said.as_str())], 400, "bad_request"),
        (vec![("upload-length", length.as_str())], 400, "bad_request"),
        (
            vec![("upload-length", "+5"), ("upload-metadata", &said)],
            400,
            "bad_request",
        ),
        (
            vec![("upload-length", "-5"), ("upload-metadata", &said)],
            400,
            "bad_request",
        ),
        (
            vec![("upload-length", &length), ("upload-metadata", &only_id)],
            400,
            "bad_request",
        ),
        (
            vec![("upload-length", &length), ("upload-metadata", &upper)],
            400,
            "bad_request",
        ),
        (
            vec![("upload-length", &length), ("upload-metadata", &short)],
            400,
            "bad_request",
        ),
        (
            vec![("upload-length", &length), ("upload-metadata", &nobody)],
            400,
            "bad_request",
        ),
        (
            vec![("upload-length", &length), ("upload-metadata", &raw)],
            400,
            "bad_request",
        ),
        (
            vec![deferred, ("upload-metadata", &said)],
            400,
            "bad_request",
        ),
        (
            vec![
                deferred,
                ("upload-length", &length),
                ("upload-metadata", &said),
            ],
            400,
            "bad_request",
        ),
        (
            vec![("upload-length", &too_long), ("upload-metadata", &said)],
            413,
            "too_large",
        ),
        (
            vec![("upload-length", "0"), ("upload-metadata", &said)],
            415,
            "photo_not_an_image",
        ),
    ] {
        let answer = call(&phone, "POST", "/v1/uploads", &headers, b"").await;
        answer.is(status, code);
    }
    assert_eq!(head(&phone, id(1)).await.status, 404);

    let answer = create(&phone, id(1), &photo).await;
    answer.is(201, "");
    assert_eq!(answer.says("location"), place(id(1)));
    assert_eq!(answer.says("upload-offset"), "0");
    // The tests' clock stands at 1,800,000,000 s, and what isn't finished is kept seven days.
    assert_eq!(
        answer.says("upload-expires"),
        "Fri, 22 Jan 2027 08:00:00 GMT"
    );
    let answer = head(&phone, id(1)).await;
    answer.is(200, "");
    assert_eq!(answer.says("upload-offset"), "0");
    assert_eq!(answer.says("upload-length"), length);
    assert_eq!(answer.says("cache-control"), "no-store");
    assert_eq!(
        answer.says("upload-expires"),
        "Fri, 22 Jan 2027 08:00:00 GMT"
    );
    assert_eq!(answer.says("linli-stored"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_go_where_the_last_one_ended_and_the_last_one_is_verified() {
    let (_office, mut phone) = stage().await;
    let photo = jpeg(2);
    let (half, path) = (photo.len() / 2, place(id(2)));
    create(&phone, id(2), &photo).await.is(201, "");
    let first = patch(&phone, id(2), 0, &photo[..half]).await;
    first.is(204, "");
    assert_eq!(first.offset(), half);
    assert!(!first.says("upload-expires").is_empty());

    // Whatever is wrong with a piece, nothing of it is taken.
    let here = half.to_string();
    let one = &photo[half..=half];
    let rest = &photo[half..];
    let more = [rest, b"x"].concat();
    for (headers, piece, status, code) in [
        (
            vec![PIECE, ("upload-offset", "0")],
            &photo[..half],
            409,
            "upload_offset",
        ),
        (
            vec![PIECE, ("upload-offset", "999999")],
            one,
            409,
            "upload_offset",
        ),
        (vec![PIECE], one, 400, "bad_request"),
        (
            vec![PIECE, ("upload-offset", "-1")],
            one,
            400,
            "bad_request",
        ),
        (
            vec![("upload-offset", &here)],
            one,
            415,
            "upload_content_type",
        ),
        (
            vec![("content-type", "image/jpeg"), ("upload-offset", &here)],
            one,
            415,
            "upload_content_type",
        ),
        (
            vec![PIECE, ("upload-offset", &here)],
            &more,
            413,
            "too_large",
        ),
        (
            vec![
                PIECE,
                ("upload-offset", &here),
                ("upload-checksum", "md5 AAAA"),
            ],
            one,
            400,
            "bad_request",
        ),
        (
            vec![
                PIECE,
                ("upload-offset", &here),
                ("upload-checksum", "sha1 AAAA"),
            ],
            one,
            400,
            "bad_request",
        ),
    ] {
        call(&phone, "PATCH", &path, &headers, piece)
            .await
            .is(status, code);
        assert_eq!(head(&phone, id(2)).await.offset(), half, "{headers:?}");
    }
    // An empty piece is none.
    let nothing = patch(&phone, id(2), half, b"").await;
    assert_eq!((nothing.status, nothing.offset()), (204, half));

    // No record names it yet.
    let last = patch(&phone, id(2), half, rest).await;
    last.is(204, "");
    assert_eq!(
        (last.offset(), last.says("linli-stored")),
        (photo.len(), "unclaimed")
    );
    assert_eq!(head(&phone, id(2)).await.says("linli-stored"), "unclaimed");
    patch(&phone, id(2), photo.len(), b"x")
        .await
        .is(413, "too_large");
    let (doc, event) = (phone.new_doc(), phone.new_entry());
    let report = photos::case(id(2), &photo).report(event);
    let sent = phone.edit(Action::CaseReport, Kind::Case, doc, None, report);
    assert!(is_accepted(&phone.send(sent).await));
    let answer = head(&phone, id(2)).await;
    assert_eq!(
        (answer.offset(), answer.says("linli-stored")),
        (photo.len(), "verified")
    );
    assert!(photos::get(&phone, id(2), "").await.expect("whole") == photo);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checksum_is_compared_and_a_wrong_piece_taken_back() {
    let (_office, phone) = stage().await;
    let photo = jpeg(3);
    create(&phone, id(3), &photo).await.is(201, "");
    let (path, mut at) = (place(id(3)), 0);
    let pieces: Vec<&[u8]> = photo.chunks(photo.len() / 2 + 1).collect();
    for (piece, (name, algorithm)) in pieces.iter().zip([
        ("sha1", &ring::digest::SHA1_FOR_LEGACY_USE_ONLY),
        ("sha256", &ring::digest::SHA256),
    ]) {
        let hash = |bytes: &[u8]| {
            let hash = ring::digest::digest(algorithm, bytes);
            format!("{name} {}", base64(hash.as_ref()))
        };
        let offset = at.to_string();
        for (hash, status, code) in [
            (hash(b"something else"), 460, "upload_checksum"),
            (hash(piece), 204, ""),
        ] {
            let headers = [
                PIECE,
                ("upload-offset", &offset),
                ("upload-checksum", &hash),
            ];
            let answer = call(&phone, "PATCH", &path, &headers, piece).await;
            answer.is(status, code);
            if status == 460 {
                assert_eq!(head(&phone, id(3)).await.offset(), at);
            }
        }
        at += piece.len();
    }
    let done = head(&phone, id(3)).await;
    assert_eq!(
        (done.offset(), done.says("linli-stored")),
        (photo.len(), "unclaimed")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_may_come_with_the_creation() {
    let (_office, phone) = stage().await;
    let photo = jpeg(4);
    let (length, said) = (photo.len().to_string(), metadata(id(4), &photo));
    let half = photo.len() / 2;
    let create = [
        ("upload-length", length.as_str()),
        ("upload-metadata", &said),
    ];
    let [length, said] = create;
    let wrong = [length, said, ("content-type", "image/jpeg")];
    let answer = call(&phone, "POST", "/v1/uploads", &wrong, &photo).await;
    answer.is(415, "upload_content_type");
    let checked = [
        length,
        said,
        PIECE,
        ("upload-checksum", "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ];
    let answer = call(&phone, "POST", "/v1/uploads", &checked, &photo).await;
    answer.is(460, "upload_checksum");
    assert_eq!(head(&phone, id(4)).await.offset(), 0);

    let piece = [length, said, PIECE];
    let answer = call(&phone, "POST", "/v1/uploads", &piece, &photo[..half]).await;
    answer.is(201, "");
    assert_eq!(answer.offset(), half);
    // Once there is something, a body is heard and not taken.
    let answer = call(&phone, "POST", "/v1/uploads", &piece, &photo).await;
    answer.is(201, "");
    assert_eq!(
        (answer.offset(), answer.says("location")),
        (half, place(id(4)).as_str())
    );
    let answer = patch(&phone, id(4), half, &photo[half..]).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");
    // All at once.
    let other = jpeg(5);
    let (length, said) = (other.len().to_string(), metadata(id(5), &other));
    let whole = [
        ("upload-length", length.as_str()),
        ("upload-metadata", &said),
        PIECE,
    ];
    for _ in 0..2 {
        let answer = call(&phone, "POST", "/v1/uploads", &whole, &other).await;
        answer.is(201, "");
        assert_eq!(
            (answer.offset(), answer.says("linli-stored")),
            (other.len(), "unclaimed")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_here_already_isnt_sent_again() {
    let (_office, mut phone) = stage().await;
    let photo = jpeg(6);
    send(&phone, id(6), photo.clone()).await.expect("kept");
    let answer = create(&phone, id(6), &photo).await;
    answer.is(201, "");
    assert_eq!(
        (answer.offset(), answer.says("linli-stored")),
        (photo.len(), "unclaimed")
    );
    let (doc, event) = (phone.new_doc(), phone.new_entry());
    let report = photos::case(id(6), &photo).report(event);
    let sent = phone.edit(Action::CaseReport, Kind::Case, doc, None, report);
    assert!(is_accepted(&phone.send(sent).await));
    let answer = create(&phone, id(6), &photo).await;
    assert_eq!(
        (answer.offset(), answer.says("linli-stored")),
        (photo.len(), "verified")
    );
    let again = patch(&phone, id(6), photo.len(), b"").await;
    assert_eq!(
        (again.status, again.says("linli-stored")),
        (204, "verified")
    );
    create(&phone, id(6), &jpeg(7))
        .await
        .is(409, "photo_mismatch");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_bytes_than_were_said_are_dropped() {
    let (_office, mut phone) = stage().await;
    let photo = jpeg(8);
    create(&phone, id(8), &photo).await.is(201, "");
    let mut bent = photo.clone();
    bent[700] ^= 1;
    patch(&phone, id(8), 0, &bent)
        .await
        .is(409, "upload_damaged");
    assert_eq!(head(&phone, id(8)).await.status, 404);
    // It starts afresh.
    create(&phone, id(8), &photo).await.is(201, "");
    let answer = patch(&phone, id(8), 0, &photo).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");

    let other = b"GIF89a, and more that isn't a JPEG".to_vec();
    create(&phone, id(9), &other).await.is(201, "");
    patch(&phone, id(9), 0, &other)
        .await
        .is(415, "photo_not_an_image");
    assert_eq!(head(&phone, id(9)).await.status, 404);

    // The same photo with other bytes, made anew before its record: what came of the old one goes.
    let (old, new) = (jpeg(10), jpeg(11));
    create(&phone, id(10), &old).await.is(201, "");
    patch(&phone, id(10), 0, &old[..100]).await.is(204, "");
    let answer = create(&phone, id(10), &new).await;
    assert_eq!((answer.status, answer.offset()), (201, 0));
    patch(&phone, id(10), 0, &new[..100]).await.is(204, "");
    // Not once a record names its hash.
    let (doc, event) = (phone.new_doc(), phone.new_entry());
    let report = photos::case(id(10), &new).report(event);
    let sent = phone.edit(Action::CaseReport, Kind::Case, doc, None, report);
    assert!(is_accepted(&phone.send(sent).await));
    create(&phone, id(10), &old).await.is(409, "photo_mismatch");
    assert_eq!(head(&phone, id(10)).await.offset(), 100);
    let answer = patch(&phone, id(10), 100, &new[100..]).await;
    assert_eq!(answer.says("linli-stored"), "verified");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_can_be_ended_and_methods_can_be_overridden() {
    let (office, phone) = stage().await;
    let (photo, path) = (jpeg(12), place(id(12)));
    create(&phone, id(12), &photo).await.is(201, "");
    let meant = |method| ("x-http-method-override", method);
    let headers = [PIECE, ("upload-offset", "0"), meant("PATCH")];
    let answer = call(&phone, "POST", &path, &headers, &photo[..50]).await;
    assert_eq!((answer.status, answer.offset()), (204, 50));
    let answer = call(&phone, "POST", &path, &[meant("HEAD")], b"").await;
    assert_eq!((answer.status, answer.offset()), (200, 50));
    let files = || {
        std::fs::read_dir(office.data().join("uploads"))
            .expect("folder")
            .count()
    };
    assert_eq!(files(), 1);
    call(&phone, "POST", &path, &[meant("DELETE")], b"")
        .await
        .is(204, "");
    assert_eq!(files(), 0);
    assert_eq!(head(&phone, id(12)).await.status, 404);
    call(&phone, "DELETE", &path, &[], b"")
        .await
        .is(404, "not_found");
    patch(&phone, id(12), 0, &photo).await.is(404, "not_found");
    call(&phone, "DELETE", "/v1/uploads/nothing", &[], b"")
        .await
        .is(404, "not_found");
}
