//! Where photos lie, from outside: in the folder, and in a bucket of a real S3-compatible server.

use linli_center::backup::{BackupError, Made, backup};
use linli_center::config::Bucket;
use linli_model::ids::MediaId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::bucket::Server;
use crate::county::WORKER;
use crate::office::Office;
use crate::phone::{Phone, is_accepted};
use crate::photos::{case, get, jpeg};
use crate::uploads::{again_at, create, head, id, patch};
use crate::whole::send;

/// Where a content lies, below the folder or in the bucket.
fn name(photo: &[u8]) -> String {
    let hash = hex::encode(Sha256::digest(photo));
    format!("{}/{hash}.jpg", &hash[..2])
}

async fn report(phone: &mut Phone, id: MediaId, photo: &[u8]) {
    let (doc, event) = (phone.new_doc(), phone.new_entry());
    let report = case(id, photo).report(event);
    let sent = phone.edit(Action::CaseReport, Kind::Case, doc, None, report);
    assert!(is_accepted(&phone.send(sent).await));
}

async fn back_up(office: &Office, to: &std::path::Path) -> Result<Made, BackupError> {
    let (center, to) = (office.center.clone(), to.to_owned());
    let made = tokio::task::spawn_blocking(move || backup(&center, &to));
    made.await.expect("ran")
}

/// Everything that is done with photos, wherever they lie.
async fn all_of_it(office: Office) {
    let mut phone = Phone::synced(&office, WORKER).await;
    let photo = jpeg(1);
    report(&mut phone, id(1), &photo).await;
    create(&phone, id(1), &photo).await.is(201, "");
    patch(&phone, id(1), 0, &photo[..700]).await.is(204, "");
    let answer = patch(&phone, id(1), 700, &photo[700..]).await;
    assert_eq!(answer.says("linli-stored"), "verified");
    // The same picture under another id; and another that comes at once.
    report(&mut phone, id(2), &photo).await;
    assert!(send(&phone, id(2), photo.clone()).await.expect("kept"));
    let other = jpeg(3);
    assert!(!send(&phone, id(3), other.clone()).await.expect("kept"));

    for id in [id(1), id(2)] {
        assert!(get(&phone, id, "").await.expect("whole") == photo);
        let small = get(&phone, id, "?size=thumb").await.expect("thumb");
        let small = image::load_from_memory(&small).expect("jpeg");
        assert_eq!((small.width(), small.height()), (320, 240));
        // It is no larger than a screen.
        assert!(get(&phone, id, "?size=screen").await.expect("screen") == photo);
    }
    let folder = tempfile::tempdir().expect("folder");
    let to = folder.path().join("backup");
    assert_eq!(back_up(&office, &to).await.expect("made").photos, 3);

    let office = office.again().await;
    phone = again_at(&office, phone);
    assert!(get(&phone, id(1), "").await.expect("whole") == photo);
    assert_eq!(head(&phone, id(1)).await.says("linli-stored"), "verified");
    let office = office.out_of(&to).await;
    phone = again_at(&office, phone);
    for id in [id(1), id(2)] {
        assert!(get(&phone, id, "").await.expect("whole") == photo);
        let answer = create(&phone, id, &photo).await;
        assert_eq!(answer.says("linli-stored"), "verified");
    }
    let answer = create(&phone, id(3), &other).await;
    assert_eq!(answer.says("linli-stored"), "unclaimed");
}

async fn by_a(server: &Server) -> Office {
    let folder = tempfile::tempdir().expect("folder");
    Office::open_set(folder, |config, data| {
        let bucket: Bucket = toml::from_str(&server.words()).expect("words");
        config.media = Some(bucket);
        server.give_key(data);
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_lie_in_the_folder() {
    let office = Office::open().await;
    let file = office.data().join("media").join(name(&jpeg(1)));
    let phone = Phone::synced(&office, WORKER).await;
    send(&phone, id(9), jpeg(1)).await.expect("kept");
    assert!(std::fs::read(file).expect("a file") == jpeg(1));
    all_of_it(Office::open().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn smaller_sizes_are_made_once_and_kept() {
    let office = Office::open().await;
    let mut phone = Phone::synced(&office, WORKER).await;
    let mut large = Vec::new();
    let picture = image::RgbImage::from_pixel(1200, 1600, image::Rgb([90; 3]));
    image::codecs::jpeg::JpegEncoder::new(&mut large)
        .encode_image(&picture)
        .expect("jpeg");
    report(&mut phone, id(6), &large).await;
    send(&phone, id(6), large.clone()).await.expect("kept");
    let file = |side: u32| {
        let name = name(&large).replace(".jpg", &format!(".{side}.jpg"));
        office.data().join("sizes").join(name)
    };
    for (size, side, width) in [("thumb", 320, 240), ("screen", 1280, 960)] {
        let query = format!("?size={size}");
        let small = get(&phone, id(6), &query).await.expect("made");
        let picture = image::load_from_memory(&small).expect("jpeg");
        assert_eq!((picture.width(), picture.height()), (width, side));
        assert!(std::fs::read(file(side)).expect("kept") == small);
        std::fs::write(file(side), b"as it was made").expect("written");
        assert_eq!(
            get(&phone, id(6), &query).await.expect("kept"),
            b"as it was made"
        );
    }
    assert!(get(&phone, id(6), "").await.expect("whole") == large);
}

#[tokio::test(flavor = "multi_thread")]
async fn halves_that_a_killed_center_left_are_removed() {
    let office = Office::open().await;
    let mut phone = Phone::synced(&office, WORKER).await;
    let photo = jpeg(7);
    report(&mut phone, id(7), &photo).await;
    send(&phone, id(7), photo.clone()).await.expect("kept");
    get(&phone, id(7), "?size=thumb").await.expect("made");
    let (whole, small) = (name(&photo), name(&photo).replace(".jpg", ".320.part9-0"));
    let halves = [
        office.data().join(format!("media/{whole}#1")),
        office.data().join(format!("sizes/{small}")),
    ];
    for half in &halves {
        std::fs::write(half, b"half").expect("left over");
    }
    let office = office.again().await;
    let phone = again_at(&office, phone);
    assert!(get(&phone, id(7), "").await.expect("whole") == photo);
    get(&phone, id(7), "?size=thumb").await.expect("kept");
    assert!(halves.iter().all(|half| !half.exists()));
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_lie_in_a_bucket() {
    let server = Server::start();
    let office = by_a(&server).await;
    let phone = Phone::synced(&office, WORKER).await;
    send(&phone, id(9), jpeg(1)).await.expect("kept");
    assert!(std::fs::read(server.file(&name(&jpeg(1)))).expect("an object") == jpeg(1));
    assert!(!office.data().join("media").exists());
    let server = Server::start();
    all_of_it(by_a(&server).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_is_away_loses_nothing() {
    let mut server = Server::start();
    let office = by_a(&server).await;
    let mut phone = Phone::synced(&office, WORKER).await;
    let photo = jpeg(4);
    report(&mut phone, id(4), &photo).await;
    create(&phone, id(4), &photo).await.is(201, "");
    server.stop();
    patch(&phone, id(4), 0, &photo).await.is(503, "internal");
    server.again();
    // All of it is here; nothing is sent again.
    let answer = head(&phone, id(4)).await;
    assert_eq!(answer.says("linli-stored"), "verified");
    server.stop();
    assert_eq!(get(&phone, id(4), "").await.expect_err("away").0, 503);
    let folder = tempfile::tempdir().expect("folder");
    let refused = back_up(&office, &folder.path().join("one")).await;
    assert!(matches!(refused, Err(BackupError::Store(_))), "{refused:?}");
    server.again();
    back_up(&office, &folder.path().join("two"))
        .await
        .expect("made");
    let list = std::fs::read_to_string(folder.path().join("two/photos.sha256"));
    assert!(list.expect("a list").contains(&name(&photo)));

    // One that is missing is missed: no phone is told that it is in a backup.
    std::fs::remove_file(server.file(&name(&photo))).expect("gone");
    let refused = back_up(&office, &folder.path().join("three")).await;
    assert!(
        matches!(refused, Err(BackupError::Photos(1))),
        "{refused:?}"
    );
    // And a center that is restored knows that it lacks it.
    let office = office.out_of(&folder.path().join("two")).await;
    let phone = again_at(&office, phone);
    let answer = create(&phone, id(4), &photo).await;
    assert_eq!((answer.status, answer.offset()), (201, 0));
    let answer = patch(&phone, id(4), 0, &photo).await;
    assert_eq!(answer.says("linli-stored"), "verified");
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_that_lie_by_their_id_move() {
    let server = Server::start();
    for office in [Office::open().await, by_a(&server).await] {
        let mut phone = Phone::synced(&office, WORKER).await;
        let photo = jpeg(5);
        report(&mut phone, id(5), &photo).await;
        send(&phone, id(5), photo.clone()).await.expect("kept");
        // As a center of before had it.
        let folder = office.data().join("media/05");
        std::fs::create_dir_all(&folder).expect("folder");
        let old = folder.join(format!("{}.jpg", id(5)));
        let thumb = folder.join(format!("{}.thumb.jpg", id(5)));
        std::fs::write(&old, &photo).expect("written");
        std::fs::write(&thumb, b"small").expect("written");
        for file in [
            server.file(&name(&photo)),
            office.data().join("media").join(name(&photo)),
        ] {
            let _elsewhere = std::fs::remove_file(file);
        }
        let conn = Connection::open(office.data().join("center.db")).expect("database");
        conn.execute("DELETE FROM setting WHERE name = 'media_by_content'", [])
            .expect("deleted");
        drop(conn);
        let office = office.again().await;
        let phone = again_at(&office, phone);
        assert!(get(&phone, id(5), "").await.expect("whole") == photo);
        assert!(!old.exists() && !thumb.exists());
    }
}
