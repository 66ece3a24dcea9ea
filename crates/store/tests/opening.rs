//! Wrong keys and damaged files: noticed, told apart, and left exactly as they were.
#![allow(clippy::expect_used, reason = "a test may stop")]

#[allow(dead_code, reason = "each test file uses its part of the kit")]
mod kit;

use kit::{KEY, care_id, number_path, phone, seed};
use linli_store::{Store, StoreError};

#[test]
fn what_was_written_is_there_after_the_file_is_opened_again() {
    let mut phone = phone(1);
    seed(&mut phone);
    let path = phone.store.path().to_owned();
    drop(std::mem::replace(
        &mut phone.store,
        Store::open(&path.with_extension("tmp"), &KEY).expect("other"),
    ));
    phone.store = Store::open(&path, &KEY).expect("again");
    assert_eq!(phone.fields(care_id()).text(&number_path()), "12900000452");
}

#[test]
fn a_wrong_key_is_told_from_a_damaged_file_and_both_leave_it_alone() {
    let mut phone = phone(1);
    seed(&mut phone);
    let path = phone.store.path().to_owned();
    // Closing the last connection folds the WAL into the file.
    drop(std::mem::replace(
        &mut phone.store,
        Store::open(&path.with_extension("tmp"), &KEY).expect("other"),
    ));
    let before = std::fs::read(&path).expect("file");
    assert!(
        !before.windows(6).any(|w| w == "单守".as_bytes()),
        "the file is encrypted"
    );

    assert!(matches!(
        Store::open(&path, &[8; 32]),
        Err(StoreError::WrongKey)
    ));
    assert_eq!(std::fs::read(&path).expect("file"), before);

    for keep in [before.len() / 2, 100] {
        std::fs::write(&path, &before[..keep]).expect("truncate");
        let opened = Store::open(&path, &KEY);
        assert!(
            matches!(opened, Err(StoreError::Damaged)),
            "kept {keep} bytes: {opened:?}"
        );
        assert_eq!(
            std::fs::read(&path).expect("file").len(),
            keep,
            "left alone"
        );
    }
    std::fs::write(&path, &before).expect("restore");
    assert!(Store::open(&path, &KEY).is_ok());
}
