//! Photos that should have arrived by now, and those of a phone that was shut out.

use linli_protocol::order::Order;

use super::*;
use crate::api::outbox::Outbox;

#[tokio::test]
async fn a_photo_that_does_not_come_is_listed_and_one_that_was_refused_can_be_tried_again() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let listed = async || {
        let outbox: Outbox = ask(&phone, "outbox", json!({})).await;
        (outbox.missing.into_iter())
            .map(|one| (one.photo.id, one.stuck, one.damaged))
            .collect::<Vec<_>>()
    };
    // It was taken long ago, and its record is at the center.
    assert_eq!(listed().await, [(PHOTO.to_string(), false, false)]);
    let early = phone.call("retry_media", json!({ "id": PHOTO.to_string() }));
    assert_eq!(early.await.expect_err("not stuck").code, "not_found");

    let script = Script::new([refusal(409, "photo_mismatch"), far(9, Some("verified"))]);
    sync(&phone, &script).await.expect("goes on");
    assert_eq!(listed().await, [(PHOTO.to_string(), true, false)]);
    let _: serde_json::Value = ask(&phone, "retry_media", json!({ "id": PHOTO.to_string() })).await;
    assert_eq!(state(&phone).await, HERE);
    sync(&phone, &script).await.expect("sent");
    assert!(listed().await.is_empty());
}

#[tokio::test]
async fn a_photo_that_can_no_longer_be_read_is_not_said_to_be_safe_here() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    let vault = phone.state().vault.expect("vault");
    vault.drop_piece(PHOTO, Piece::Photo);
    sync(&phone, &Script::new([]))
        .await
        .expect("nothing to send");
    let outbox: Outbox = ask(&phone, "outbox", json!({})).await;
    assert!(outbox.missing[0].stuck && outbox.missing[0].damaged);
}

#[tokio::test]
async fn a_photo_of_somebody_else_is_awaited_only_once_the_center_did_not_have_it() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, false).await;
    let awaited = async || {
        let item: crate::api::media::MediaItem =
            ask(&phone, "media", json!({ "id": PHOTO.to_string() })).await;
        assert!(!item.here);
        item.awaited
    };
    assert!(!awaited().await, "nobody asked yet");
    let script = Script::new([refusal(404, "not_found")]);
    sync(&phone, &script).await.expect("asked");
    assert!(awaited().await);
}

#[tokio::test]
async fn a_phone_that_was_shut_out_keeps_what_the_center_has_no_room_for_yet() {
    let folder = enrolled_folder();
    let phone = with_photo(&folder, true).await;
    phone
        .transact(|tx, desk| {
            let order = Order {
                enrolment: desk.session.enrolment(),
                stolen: false,
                at: 5,
            };
            Ok(meta::set(tx, "order", linli_protocol::encode(&order))?)
        })
        .await
        .expect("an order");
    let full = refusal_for(503, "busy", Some(600));
    let script = Script::new([full, far(9, Some("kept"))]);
    let busy = sync(&phone, &script).await;
    assert!(matches!(busy, Err(SyncError::Link(LinkError::Busy(600)))));
    assert_eq!(state(&phone).await, HERE, "nothing is said to be sent");
    // Later there is room: what nobody can check any more is kept all the same.
    sync(&phone, &script).await.expect("handed in");
    assert_eq!(state(&phone).await, VERIFIED);
}
