use linli_model::actor::EnrolmentId;
use linli_model::ids::MediaId;

use super::*;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("folder");
    let store = Store::open(&folder.path().join("center.db")).expect("opens");
    (folder, store)
}

fn get(store: &Store, name: &'static str) -> Option<String> {
    store
        .read_now(|tables| tables.setting(name))
        .expect("readable")
}

#[test]
fn a_job_that_fails_is_undone_and_its_neighbours_stay() {
    let (_folder, store) = store();
    let set = |name: &'static str| {
        store.write_now(move |turn| {
            turn.tables.set_setting(name, "1")?;
            if name == "bad" {
                return Err(StoreError::Damaged("on purpose"));
            }
            Ok(())
        })
    };
    assert!(set("before").is_ok());
    assert!(set("bad").is_err());
    assert!(set("after").is_ok());
    assert_eq!(get(&store, "before").as_deref(), Some("1"));
    assert_eq!(get(&store, "bad"), None);
    assert_eq!(get(&store, "after").as_deref(), Some("1"));
}

#[test]
fn a_job_that_panics_is_undone_and_the_writer_lives_on() {
    let (_folder, store) = store();
    let broken = store.write_now(|turn| -> Result<(), StoreError> {
        turn.tables.set_setting("torn", "1")?;
        panic!("on purpose");
    });
    assert!(matches!(broken, Err(StoreError::Closed)));
    store
        .write_now(|turn| turn.tables.set_setting("next", "1"))
        .expect("the writer lives");
    assert_eq!(get(&store, "torn"), None);
    assert_eq!(get(&store, "next").as_deref(), Some("1"));
}

#[tokio::test]
async fn jobs_that_queue_up_share_commits_and_all_are_there() {
    let (_folder, store) = store();
    let jobs: Vec<_> = (0..300)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(move |turn| turn.tables.set_setting(&format!("n{n}"), "1"))
                    .await
            })
        })
        .collect();
    for job in jobs {
        job.await.expect("joined").expect("written");
    }
    for n in 0..300 {
        let there = store
            .read_now(|tables| tables.setting(&format!("n{n}")))
            .expect("readable");
        assert_eq!(there.as_deref(), Some("1"));
    }
}

#[test]
fn the_audit_log_can_t_be_changed_and_tells_when_it_was() {
    let (folder, store) = store();
    store
        .write_now(|turn| {
            turn.tables.note(1, None, "a", b"1")?;
            turn.tables.note(2, None, "b", b"2")?;
            turn.tables.note(3, None, "c", b"3")
        })
        .expect("noted");
    let whole = |store: &Store| store.read_now(|tables| tables.audit_break()).expect("read");
    assert_eq!(whole(&store), None);
    let direct = Connection::open(folder.path().join("center.db")).expect("opens");
    let change = "UPDATE audit SET what = 'x' WHERE no = 2";
    assert!(direct.execute(change, []).is_err());
    assert!(direct.execute("DELETE FROM audit", []).is_err());
    // Whoever takes the triggers away is found out by the chain.
    direct
        .execute_batch(&format!("DROP TRIGGER audit_stays; {change}"))
        .expect("forged");
    assert_eq!(whole(&store), Some(2));
}

#[test]
fn uploads_are_apart_by_device_and_go_with_their_photo() {
    let (_folder, store) = store();
    let (mine, theirs) = (EnrolmentId([1; 8]), EnrolmentId([2; 8]));
    let (photo, other) = (MediaId::from_bytes([1; 16]), MediaId::from_bytes([2; 16]));
    let (gone, left) = store
        .write_now(move |turn| {
            let tables = turn.tables;
            let first = tables.add_upload(mine, photo, [3; 32], 10, 100)?;
            let second = tables.add_upload(theirs, photo, [4; 32], 20, 100)?;
            let third = tables.add_upload(mine, other, [5; 32], 30, 200)?;
            assert_eq!(tables.unclaimed(mine)?, (2, 40));
            let mut gone = tables.drop_uploads_of(photo)?;
            gone.sort_unstable();
            assert_eq!(gone, [first.no, second.no]);
            assert_eq!(tables.upload(mine, photo)?, None);
            assert_eq!(tables.drop_expired_uploads(199)?, Vec::<i64>::new());
            // No file of before is ever taken for one of now.
            tables.drop_upload(third.no)?;
            let fourth = tables.add_upload(mine, other, [5; 32], 30, 200)?;
            assert!(fourth.no > third.no);
            tables.end_upload(fourth.no)?;
            assert_eq!(tables.unclaimed(mine)?, (0, 0));
            Ok((gone, tables.drop_expired_uploads(200)?))
        })
        .expect("written");
    assert_eq!((gone.len(), left.len()), (2, 1));
}
