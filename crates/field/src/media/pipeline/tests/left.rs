//! What a kill, or a page that died, leaves behind.

use super::*;

#[tokio::test]
async fn what_a_kill_left_is_encrypted_before_anything_is_shown_and_finished_later() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let waiting = shoot(&phone, "camera", &jpeg()).await;
    let foreign = phone
        .incoming_file(&waiting)
        .expect("path")
        .with_file_name("picked-1.jpg");
    std::fs::write(&foreign, jpeg()).expect("a file");
    std::fs::write(foreign.with_extension("jpg.part"), &jpeg()[..500]).expect("half a file");
    assert_eq!(in_the_clear(folder.path()).len(), 3);
    drop(phone);

    let (phone, watch) = open(folder.path());
    assert!(in_the_clear(folder.path()).is_empty());
    assert_eq!(
        std::fs::read_dir(folder.path().join("incoming"))
            .expect("folder")
            .count(),
        0
    );
    // The camera's answer comes after all, or never: both are right.
    let late: MediaItem = ask(
        &phone,
        "import_media",
        json!({ "id": waiting, "source": "camera" }),
    )
    .await;
    assert!(late.processing);
    develop_due(&phone).await;
    watch.0.fetch_add(SETTLE_MS, Ordering::SeqCst);
    develop_due(&phone).await;
    let loose: Vec<MediaItem> = ask(&phone, "loose_media", json!({})).await;
    assert_eq!(loose.len(), 2);
    for item in &loose {
        assert!(!item.processing && item.width == 640);
        let source = if item.id == waiting {
            "camera"
        } else {
            "share"
        };
        assert_eq!(item.source, source);
    }
    assert_eq!(files(folder.path(), "raw"), 0);
    assert!(in_the_clear(folder.path()).is_empty());
}

#[tokio::test]
async fn what_nobody_asks_for_does_not_lie_in_the_clear_for_long() {
    let folder = enrolled_folder();
    let (phone, watch) = open(folder.path());
    watch.0.store(SystemEnv.now_ms(), Ordering::SeqCst);
    let id = shoot(&phone, "camera", &jpeg()).await;
    let rest = develop_due(&phone).await;
    assert!(rest <= Duration::from_secs(61), "{rest:?}");
    assert_eq!(
        in_the_clear(folder.path()).len(),
        1,
        "the page may still ask"
    );
    watch.0.fetch_add(61_000, Ordering::SeqCst);
    develop_due(&phone).await;
    assert!(in_the_clear(folder.path()).is_empty());
    develop_due(&phone).await;
    assert_eq!(photo(&phone, &id).await.width, 640);
}

#[tokio::test]
async fn a_camera_that_brought_nothing_is_forgotten_a_day_later() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let took: Value = ask(
        &phone,
        "take_media",
        json!({ "source": "camera", "position": null }),
    )
    .await;
    let id: MediaId = took["id"].as_str().expect("id").parse().expect("id");
    let import = json!({ "id": took["id"], "source": "camera" });
    let nothing = phone
        .call("import_media", import)
        .await
        .expect_err("no file");
    assert_eq!(nothing.code, "not_found");
    std::fs::create_dir_all(folder.path().join("incoming")).expect("folder");
    drop(phone);
    let known = async |after: i64| {
        let watch = Arc::new(Watch(AtomicI64::new(MORNING + after)));
        let mut config = config(folder.path());
        config.env = watch;
        let phone = Phone::open(config);
        phone
            .read(move |tx, _| Ok(pending::is_known(tx, id)?))
            .await
            .expect("read")
    };
    assert!(known(3_600_000).await, "somebody may still be aiming");
    assert!(!known(86_400_001).await);
}

#[tokio::test]
async fn a_camera_that_outlives_the_app_may_finish_its_picture() {
    let folder = enrolled_folder();
    let (phone, watch) = open(folder.path());
    let whole = jpeg();
    let id = shoot(&phone, "camera", &whole[..whole.len() / 2]).await;
    let path = phone.incoming_file(&id).expect("path");
    drop(phone);
    let restart = || {
        let mut config = config(folder.path());
        config.env = watch.clone();
        Phone::open(config)
    };
    watch.0.store(SystemEnv.now_ms(), Ordering::SeqCst);
    let phone = restart();
    assert!(path.exists(), "it is still being written");
    std::fs::write(&path, &whole).expect("the rest");
    let item: MediaItem = ask(
        &phone,
        "import_media",
        json!({ "id": id, "source": "camera" }),
    )
    .await;
    assert_eq!(item.width, 640);
    assert!(!path.exists());

    // One that nobody finishes doesn't lie there for long.
    let other = shoot(&phone, "camera", &whole[..whole.len() / 2]).await;
    watch.0.fetch_add(61_000, Ordering::SeqCst);
    develop_due(&phone).await;
    assert!(!phone.incoming_file(&other).expect("path").exists());
    // And if the whole of it comes after all, that is what counts.
    let path = phone.incoming_file(&other).expect("path");
    std::fs::write(&path, &whole).expect("late");
    let _: MediaItem = ask(
        &phone,
        "import_media",
        json!({ "id": other, "source": "camera" }),
    )
    .await;
    develop_due(&phone).await;
    assert_eq!(photo(&phone, &other).await.width, 640);
}

#[tokio::test]
async fn a_start_clears_away_what_no_row_names_but_nothing_of_another_database() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let taken = take(&phone, "camera", &jpeg()).await.expect("taken");
    let vault = phone.state().vault.expect("vault");
    let (lost, foreign) = (MediaId::from_bytes([7; 16]), MediaId::from_bytes([6; 16]));
    vault
        .write(lost, Piece::Photo, b"half a step".to_vec())
        .expect("a piece");
    // The database of before was damaged and put aside; its photos are still its own.
    let other = crate::media::vault::Vault::new(folder.path().join("photos"), &[9; 32]);
    other
        .write(foreign, Piece::Photo, b"never sent".to_vec())
        .expect("a piece");
    drop((vault, phone));
    let (phone, _) = open(folder.path());
    assert_eq!(
        other.read(foreign, Piece::Photo).expect("kept"),
        b"never sent"
    );
    let vault = phone.state().vault.expect("vault");
    assert!(vault.read(lost, Piece::Photo).is_err());
    assert!(phone.photo(&taken.id, 1_600).await.is_ok());
}

#[tokio::test]
async fn a_file_of_a_photo_that_was_dropped_is_found_again_while_the_app_runs() {
    let folder = enrolled_folder();
    let (phone, watch) = open(folder.path());
    watch.0.store(SystemEnv.now_ms(), Ordering::SeqCst);
    let id = shoot(&phone, "camera", &jpeg()).await;
    let _: Changed = ask(&phone, "drop_media", json!({ "id": id })).await;
    // The camera brings it all the same.
    std::fs::write(phone.incoming_file(&id).expect("path"), jpeg()).expect("a file");
    let rest = develop_due(&phone).await;
    assert!(rest <= Duration::from_secs(61), "{rest:?}");
    assert_eq!(in_the_clear(folder.path()).len(), 1, "it may be fetched");
    watch.0.fetch_add(61_000, Ordering::SeqCst);
    develop_due(&phone).await;
    assert!(in_the_clear(folder.path()).is_empty());
    let found = photo(&phone, &id).await;
    assert_eq!((found.width, found.source.as_str()), (640, "share"));
}

/// Opened, looked at and found to be half a picture: then the rest came, and nobody asked.
#[tokio::test]
async fn a_picture_that_was_taken_over_half_written_is_read_again_when_the_rest_comes() {
    let folder = enrolled_folder();
    let (phone, watch) = open(folder.path());
    watch.0.store(SystemEnv.now_ms() + 61_000, Ordering::SeqCst);
    let whole = jpeg();
    let id = shoot(&phone, "camera", &whole[..whole.len() / 2]).await;
    develop_due(&phone).await;
    assert!(photo(&phone, &id).await.unreadable.is_some());
    std::fs::write(phone.incoming_file(&id).expect("path"), &whole).expect("the rest");
    develop_due(&phone).await;
    let item = photo(&phone, &id).await;
    assert_eq!((item.width, item.unreadable), (640, None));
    assert!(in_the_clear(folder.path()).is_empty());
}

/// A call came in while the camera showed what it had taken, and then it was taken once more.
#[tokio::test]
async fn the_last_picture_counts_of_a_camera_that_was_open_for_long() {
    let folder = enrolled_folder();
    let (phone, watch) = open(folder.path());
    watch.0.store(SystemEnv.now_ms() + 61_000, Ordering::SeqCst);
    let id = shoot(&phone, "camera", &jpeg()).await;
    develop_due(&phone).await;
    develop_due(&phone).await;
    assert_eq!(photo(&phone, &id).await.width, 640);
    let better = keep(&Pixels::from_pixel(320, 200, image::Rgb([9, 9, 9]))).expect("jpeg");
    std::fs::write(phone.incoming_file(&id).expect("path"), better).expect("a file");
    let import = json!({ "id": id, "source": "camera" });
    let _: MediaItem = ask(&phone, "import_media", import.clone()).await;
    develop_due(&phone).await;
    assert_eq!(photo(&phone, &id).await.width, 320);
    assert!(in_the_clear(folder.path()).is_empty());
    // The page asks once more: nothing is lost of it.
    let again: MediaItem = ask(&phone, "import_media", import).await;
    assert_eq!(again.width, 320);
}

#[tokio::test]
async fn somebody_looks_after_a_photo_from_before_its_camera_opens() {
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let id = shoot(&phone, "camera", &jpeg()).await;
    // The loop is told, and told again when the photo is dropped.
    let told = || tokio::time::timeout(Duration::from_secs(5), phone.inner.develop.notified());
    told().await.expect("of a photo that is being taken");
    let _: Changed = ask(&phone, "drop_media", json!({ "id": id })).await;
    told().await.expect("of a file that may still come");
}

/// The start takes them over one by one, in the memory of one: 8 ms each. `FILES=10000` asks for
/// more than any day brings.
#[tokio::test]
async fn many_files_are_encrypted_before_anything_is_shown() {
    let many: usize = std::env::var("FILES").map_or(200, |n| n.parse().expect("a number"));
    let folder = enrolled_folder();
    let (phone, _) = open(folder.path());
    let incoming = phone.inner.config.data_dir.join("incoming");
    std::fs::create_dir_all(&incoming).expect("folder");
    drop(phone);
    let small = keep(&Pixels::from_pixel(16, 16, image::Rgb([90, 120, 60]))).expect("jpeg");
    for n in 0..many {
        std::fs::write(incoming.join(format!("IMG_{n}.jpg")), &small).expect("a file");
    }
    let begun = std::time::Instant::now();
    let (phone, _) = open(folder.path());
    println!("{many} files: {} ms", begun.elapsed().as_millis());
    assert_eq!(files(folder.path(), "raw"), many);
    assert_eq!(incoming::files(&phone.inner.config.data_dir).len(), 0);
}
