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
