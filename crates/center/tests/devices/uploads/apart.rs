//! Whose upload it is, and how many one may have.

use linli_center::limits::Limits;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::{call, create, head, id, metadata, patch, place};
use crate::county::{CHIEF, WORKER};
use crate::leaving::shut_out;
use crate::office::Office;
use crate::phone::{Phone, is_accepted};
use crate::photos::{self, jpeg};
use crate::whole::send;

#[tokio::test(flavor = "multi_thread")]
async fn another_device_neither_sees_nor_disturbs_it() {
    let office = Office::open().await;
    let mut phone = Phone::synced(&office, WORKER).await;
    let other = Phone::synced(&office, CHIEF).await;
    let (photo, forged) = (jpeg(1), jpeg(2));
    create(&phone, id(1), &photo).await.is(201, "");
    patch(&phone, id(1), 0, &photo[..1000]).await.is(204, "");
    assert_eq!(head(&other, id(1)).await.status, 404);
    patch(&other, id(1), 1000, &photo[1000..])
        .await
        .is(404, "not_found");
    call(&other, "DELETE", &place(id(1)), &[], b"")
        .await
        .is(404, "not_found");
    // It may begin one of the same name: a thing of its own.
    create(&other, id(1), &forged).await.is(201, "");
    patch(&other, id(1), 0, &forged[..500]).await.is(204, "");
    assert_eq!(head(&phone, id(1)).await.offset(), 1000);
    let answer = patch(&phone, id(1), 1000, &photo[1000..]).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");
    // And what is here doesn't give way to it.
    patch(&other, id(1), 500, &forged[500..])
        .await
        .is(409, "photo_mismatch");
    let (doc, event) = (phone.new_doc(), phone.new_entry());
    let report = photos::case(id(1), &photo).report(event);
    let sent = phone.edit(Action::CaseReport, Kind::Case, doc, None, report);
    assert!(is_accepted(&phone.send(sent).await));
    assert!(photos::get(&phone, id(1), "").await.expect("whole") == photo);
    // Who has the very bytes needs not send them.
    let answer = create(&other, id(1), &photo).await;
    assert_eq!(
        (answer.status, answer.says("linli-stored")),
        (201, "verified")
    );
    assert_eq!(head(&other, id(1)).await.says("linli-stored"), "verified");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_record_names_takes_the_place_of_what_none_does() {
    let office = Office::open().await;
    let mut phone = Phone::synced(&office, WORKER).await;
    let other = Phone::synced(&office, CHIEF).await;
    let (photo, forged) = (jpeg(3), jpeg(4));
    send(&other, id(3), forged).await.expect("kept");
    create(&phone, id(3), &photo)
        .await
        .is(409, "photo_mismatch");
    let (doc, event) = (phone.new_doc(), phone.new_entry());
    let report = photos::case(id(3), &photo).report(event);
    let sent = phone.edit(Action::CaseReport, Kind::Case, doc, None, report);
    assert!(is_accepted(&phone.send(sent).await));
    create(&phone, id(3), &photo).await.is(201, "");
    let answer = patch(&phone, id(3), 0, &photo).await;
    assert_eq!(answer.says("linli-stored"), "verified");
    assert!(photos::get(&phone, id(3), "").await.expect("whole") == photo);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_on_under_a_new_token_of_the_same_enrolment() {
    let office = Office::open().await;
    let mut phone = Phone::synced(&office, WORKER).await;
    let photo = jpeg(5);
    create(&phone, id(5), &photo).await.is(201, "");
    patch(&phone, id(5), 0, &photo[..1000]).await.is(204, "");
    let old = phone.token();
    phone.me.token = [7; 32];
    let hash: [u8; 32] = Sha256::new()
        .chain_update(b"linli-token-1")
        .chain_update(phone.me.token)
        .finalize()
        .into();
    let conn = Connection::open(office.data().join("center.db")).expect("database");
    let renew = "UPDATE enrolment SET token_hash = ?1 WHERE id = ?2";
    conn.execute(renew, params![hash, phone.me.enrolment.0])
        .expect("renewed");
    let before = [("authorization", old.as_str())];
    assert_eq!(
        call(&phone, "HEAD", &place(id(5)), &before, b"")
            .await
            .status,
        401
    );
    assert_eq!(head(&phone, id(5)).await.offset(), 1000);
    let answer = patch(&phone, id(5), 1000, &photo[1000..]).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_shut_out_may_hand_in_what_it_has_and_not_more() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    create(&phone, id(100), &jpeg(100)).await.is(201, "");
    shut_out(&office, &phone, false).expect("shut out");
    for number in 0..58_u8 {
        create(&phone, id(number), &jpeg(number)).await.is(201, "");
    }
    let photo = jpeg(59);
    create(&phone, id(59), &photo).await.is(201, "");
    // What is only begun counts as if it were here.
    create(&phone, id(60), &jpeg(60))
        .await
        .is(503, "photo_unclaimed");
    let answer = patch(&phone, id(59), 0, &photo).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");
    create(&phone, id(60), &jpeg(60))
        .await
        .is(503, "photo_unclaimed");
    call(&phone, "DELETE", &place(id(7)), &[], b"")
        .await
        .is(204, "");
    create(&phone, id(60), &jpeg(60)).await.is(201, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_announced_count_too() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let length = (8 * 1024 * 1024).to_string();
    for number in 0..=50_u8 {
        let said = metadata(id(number), &[number]);
        let headers = [
            ("upload-length", length.as_str()),
            ("upload-metadata", &said),
        ];
        let answer = call(&phone, "POST", "/v1/uploads", &headers, b"").await;
        if number < 50 {
            answer.is(201, "");
        } else {
            answer.is(503, "photo_unclaimed");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_are_told_to_wait_in_a_way_that_clients_understand() {
    let office = Office::open_with(Limits {
        calls: 3,
        calls_per_second: 1,
        ..Limits::default()
    })
    .await;
    let phone = Phone::new(&office, WORKER).await;
    for _ in 0..3 {
        assert_eq!(head(&phone, id(1)).await.status, 404);
    }
    patch(&phone, id(1), 0, b"x").await.is(503, "too_many");
}
