//! What becomes of uploads with time: restarts, ends, backups, full disks, erasures.

use linli_center::backup::backup;
use linli_center::limits::Limits;

use super::{again_at, create, head, id, patch};
use crate::county::WORKER;
use crate::office::Office;
use crate::phone::Phone;
use crate::photos::jpeg;
use crate::small_disk::mount;

const DAY: i64 = 86_400_000;

fn files(office: &Office) -> usize {
    std::fs::read_dir(office.data().join("uploads")).map_or(0, Iterator::count)
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_on_after_a_restart_and_ends_after_a_week() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let (photo, other) = (jpeg(1), jpeg(2));
    for (id, photo) in [(id(1), &photo), (id(2), &other)] {
        create(&phone, id, photo).await.is(201, "");
        patch(&phone, id, 0, &photo[..1000]).await.is(204, "");
    }
    office.pass(6 * DAY);
    std::fs::write(office.data().join("uploads/99.part"), b"nobody's").expect("left over");
    let office = office.again().await;
    let phone = again_at(&office, phone);
    // What is heard of is kept for another week.
    let answer = patch(&phone, id(1), 1000, &photo[1000..2000]).await;
    assert_eq!(
        answer.says("upload-expires"),
        "Thu, 28 Jan 2027 08:00:00 GMT"
    );
    assert_eq!(files(&office), 2);
    office.pass(2 * DAY);
    assert_eq!(head(&phone, id(1)).await.offset(), 2000);
    assert_eq!(head(&phone, id(2)).await.status, 410);
    patch(&phone, id(2), 1000, &other[1000..])
        .await
        .is(410, "upload_expired");
    // As long as it isn't removed it can be taken up again.
    let answer = create(&phone, id(2), &other).await;
    assert_eq!((answer.status, answer.offset()), (201, 1000));
    assert_eq!(head(&phone, id(2)).await.offset(), 1000);

    office.pass(8 * DAY);
    let office = office.again().await;
    let phone = again_at(&office, phone);
    assert_eq!(head(&phone, id(2)).await.status, 404);
    assert_eq!(files(&office), 0);
    let answer = create(&phone, id(2), &other).await;
    assert_eq!((answer.status, answer.offset()), (201, 0));
    let answer = patch(&phone, id(2), 0, &other).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");
    assert_eq!(files(&office), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_last_byte_came_before_the_center_ended_becomes_a_photo() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let photo = jpeg(3);
    create(&phone, id(3), &photo).await.is(201, "");
    patch(&phone, id(3), 0, &photo[..1000]).await.is(204, "");
    // What a center leaves that is killed between the last byte and the photo.
    std::fs::write(office.data().join("uploads/1.part"), &photo).expect("written");
    let office = office.again().await;
    let phone = again_at(&office, phone);
    let answer = head(&phone, id(3)).await;
    assert_eq!(
        (answer.offset(), answer.says("linli-stored")),
        (photo.len(), "unclaimed")
    );
    assert_eq!(files(&office), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_in_no_backup_and_begins_anew_after_a_restore() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let (done, coming) = (jpeg(4), jpeg(5));
    create(&phone, id(4), &done).await.is(201, "");
    patch(&phone, id(4), 0, &done).await.is(204, "");
    create(&phone, id(5), &coming).await.is(201, "");
    patch(&phone, id(5), 0, &coming[..1000]).await.is(204, "");
    let folder = tempfile::tempdir().expect("folder");
    let to = folder.path().join("backup");
    let (center, into) = (office.center.clone(), to.clone());
    let made = tokio::task::spawn_blocking(move || backup(&center, &into));
    assert_eq!(made.await.expect("ran").expect("made").photos, 1);
    assert!(!to.join("uploads").exists());
    let office = office.out_of(&to).await;
    let phone = again_at(&office, phone);
    assert_eq!(head(&phone, id(5)).await.status, 404);
    let answer = create(&phone, id(5), &coming).await;
    assert_eq!((answer.status, answer.offset()), (201, 0));
    let answer = create(&phone, id(4), &done).await;
    assert_eq!(
        (answer.offset(), answer.says("linli-stored")),
        (done.len(), "unclaimed")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_keeps_what_went_onto_it_and_says_later() {
    let test = "uploads::kept::a_full_disk_keeps_what_went_onto_it_and_says_later";
    let Some(disk) = mount(12 * 1024, test) else {
        return;
    };
    let folder = tempfile::tempdir_in(disk.path()).expect("folder");
    let office = Office::open_in(folder, Limits::default()).await;
    let phone = Phone::synced(&office, WORKER).await;
    let mut photo = jpeg(6);
    photo.resize(1024 * 1024, 6);
    create(&phone, id(6), &photo).await.is(201, "");
    patch(&phone, id(6), 0, &photo[..100_000]).await.is(204, "");
    disk.fill(300);
    patch(&phone, id(6), 100_000, &photo[100_000..])
        .await
        .is(507, "no_room");
    let there = head(&phone, id(6)).await.offset();
    assert!((100_000..photo.len()).contains(&there), "{there}");
    patch(&phone, id(6), there, &photo[there..])
        .await
        .is(507, "no_room");
    disk.clear();
    let there = head(&phone, id(6)).await.offset();
    let answer = patch(&phone, id(6), there, &photo[there..]).await;
    assert_eq!(
        (answer.status, answer.says("linli-stored")),
        (204, "unclaimed")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_while_it_came_becomes_no_photo() {
    let office = Office::open().await;
    let phone = Phone::synced(&office, WORKER).await;
    let photo = jpeg(7);
    create(&phone, id(7), &photo).await.is(201, "");
    patch(&phone, id(7), 0, &photo[..1000]).await.is(204, "");
    // Whoever erases is a program of its own.
    let conn = rusqlite::Connection::open(office.data().join("center.db")).expect("database");
    conn.execute("DELETE FROM upload", []).expect("erased");
    std::fs::remove_file(office.data().join("uploads/1.part")).expect("erased");
    patch(&phone, id(7), 1000, &photo[1000..])
        .await
        .is(404, "not_found");
    assert_eq!(head(&phone, id(7)).await.status, 404);
    assert_eq!(files(&office), 0);
    let count = "SELECT count(*) FROM media";
    let count: i64 = conn.query_row(count, [], |row| row.get(0)).expect("count");
    assert_eq!(count, 0);
}
