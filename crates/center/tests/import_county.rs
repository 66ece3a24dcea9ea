//! Importing an org tree into a center, and looking at what became of it.

#![allow(clippy::expect_used, reason = "a test that cannot go on says where")]

use std::sync::Arc;

use linli_center::config::Config;
use linli_center::import_org::{ImportError, Imported, Sheet, import};
use linli_center::{Center, System, keys};
use linli_model::org::Level;

const COUNTIES: &[u8] = include_bytes!("org/counties.csv");
const STREETS: &[u8] = include_bytes!("org/streets.csv");

fn sheets(streets: &[u8]) -> [Sheet<'_>; 2] {
    [
        Sheet {
            file: "counties.csv",
            level: Level::County,
            bytes: COUNTIES,
        },
        Sheet {
            file: "streets.csv",
            level: Level::Street,
            bytes: streets,
        },
    ]
}

fn center(folder: &std::path::Path) -> Arc<Center> {
    keys::create(folder, "127.0.0.1:7643", &System).expect("keys");
    Config::new("栖云县网格中心", "127.0.0.1:7643")
        .save(folder)
        .expect("config");
    Center::open(folder, Arc::new(System)).expect("center")
}

#[test]
fn a_tree_is_imported_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("folder");
    let center = center(folder.path());
    let database = rusqlite::Connection::open(folder.path().join("center.db")).expect("database");
    let count = |sql: &str| -> i64 {
        database
            .query_row(sql, [], |row| row.get(0))
            .expect("count")
    };
    let docs = || count("SELECT count(*) FROM doc");

    let wrong = [STREETS, "519903001,无上级,519903,51,5199\n".as_bytes()].concat();
    let Err(ImportError::Wrong(problems)) = import(&center, &sheets(&wrong), false) else {
        panic!("a wrong line");
    };
    assert_eq!((problems.len(), problems[0].line), (1, 6));
    assert_eq!(docs(), 0);

    let all = Imported {
        added: 6,
        renamed: 0,
        unchanged: 0,
    };
    assert_eq!(import(&center, &sheets(STREETS), true).expect("dry"), all);
    assert_eq!(docs(), 0);
    assert_eq!(
        import(&center, &sheets(STREETS), false).expect("imported"),
        all
    );
    assert_eq!(docs(), 6);
    // By the center's own hand, and in its buckets: the county's node reaches its streets.
    assert_eq!(
        count("SELECT count(*) FROM change WHERE hex(enrolment) = '63656E7465723030'"),
        6
    );
    assert_eq!(
        count(
            "SELECT count(*) FROM membership m JOIN doc d ON d.no = m.doc
             JOIN place p ON p.id = d.id JOIN bucket b ON b.id = m.bucket
             WHERE p.org = '519901' AND b.scope LIKE 'org:519901___'"
        ),
        3
    );

    // Again: nothing. With another name: one change.
    let again = import(&center, &sheets(STREETS), false).expect("again");
    assert_eq!((again.added, again.renamed, again.unchanged), (0, 0, 6));
    let renamed = String::from_utf8(STREETS.to_vec())
        .expect("text")
        .replace("石桥街道", "石桥镇");
    let done = import(&center, &sheets(renamed.as_bytes()), false).expect("renamed");
    assert_eq!((done.added, done.renamed, done.unchanged), (0, 1, 5));
    assert_eq!((docs(), count("SELECT count(*) FROM change")), (6, 7));
}
