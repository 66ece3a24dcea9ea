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
            .map(|one| (one.photo.id, one.stuck))
            .collect::<Vec<_>>()
    };
    // It was taken long ago, and its record is at the center.
    assert_eq!(listed().await, [(PHOTO.to_string(), false)]);
    let early = phone.call("retry_media", json!({ "id": PHOTO.to_string() }));
    assert_eq!(early.await.expect_err("not stuck").code, "not_found");

    let script = Script::new([refusal(409, "photo_mismatch"), far(9, Some("verified"))]);
    sync(&phone, &script).await.expect("goes on");
    assert_eq!(listed().await, [(PHOTO.to_string(), true)]);
    let _: serde_json::Value = ask(&phone, "retry_media", json!({ "id": PHOTO.to_string() })).await;
    assert_eq!(state(&phone).await, HERE);
    sync(&phone, &script).await.expect("sent");
    assert!(listed().await.is_empty());
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
