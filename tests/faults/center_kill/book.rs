//! What the center's database holds, against what the phones were told.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use linli_model::chunk::header_of;
use linli_model::document::Document;
use linli_model::ids::{DocId, IntentId};
use linli_model::kind::Kind;
use linli_model::value::Hash;
use rusqlite::{Connection, OpenFlags, params};

use crate::crowd::{Crowd, Ledger};

/// A look at the tables beside a running center. It doesn't stay open over a kill: the next life
/// must find the log as the last one left it.
fn look(data: &Path) -> Connection {
    Connection::open_with_flags(
        data.join("center.db"),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .expect("the center's database")
}

/// Everything acknowledged stands there as it was acknowledged: verdict and change, one number.
/// And of what stands and falls together both are there, or neither.
pub(crate) async fn holds(data: &Path, crowd: &Crowd) {
    let (data, heard, groups) = (data.to_owned(), crowd.heard(), crowd.groups());
    let looked = tokio::task::spawn_blocking(move || {
        let conn = look(&data);
        let mut statement = conn
            .prepare(
                "SELECT v.seq, v.change, c.hash FROM verdict v JOIN change c ON c.seq = v.seq
                 WHERE v.enrolment = ?1 AND v.intent = ?2 AND c.intent = v.intent",
            )
            .expect("statement");
        for one in heard {
            let found: (u64, [u8; 32], [u8; 32]) = statement
                .query_row(params![one.enrolment.0, one.intent.as_bytes()], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })
                .unwrap_or_else(|error| panic!("{} was acknowledged: {error}", one.intent));
            assert_eq!(found, (one.seq, one.change.0, one.change.0));
        }
        let mut statement = conn
            .prepare(
                "SELECT count(*) FROM verdict
                 WHERE enrolment = ?1 AND intent IN (?2, ?3) AND seq IS NOT NULL",
            )
            .expect("statement");
        for (enrolment, [one, other]) in groups {
            let there: u32 = statement
                .query_row(
                    params![enrolment.0, one.as_bytes(), other.as_bytes()],
                    |row| row.get(0),
                )
                .expect("a count");
            assert_ne!(there, 1, "{one} without {other}");
        }
    });
    looked.await.expect("looked");
}

/// An accepted change.
struct Row {
    hash: Hash,
    doc: i64,
    enrolment: [u8; 8],
    counter: u32,
    number: u64,
    intent: Option<IntentId>,
    deps: Vec<Hash>,
}

/// The log of accepted changes.
pub(crate) struct Book {
    rows: Vec<Row>,
    docs: HashMap<i64, (DocId, Kind)>,
}

/// Reads all of it.
pub(crate) fn read(data: &Path) -> Book {
    let conn = look(data);
    let sound: String = conn
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("a check");
    assert_eq!(sound, "ok");
    let unseen: u64 = conn
        .query_row(
            "SELECT count(*) FROM change c WHERE NOT EXISTS
               (SELECT 1 FROM op o JOIN op_bucket b ON b.seq = o.seq WHERE o.seq = c.seq)",
            [],
            |row| row.get(0),
        )
        .expect("a count");
    assert_eq!(unseen, 0, "every change is in somebody's feed");
    let rows = conn
        .prepare("SELECT hash, doc, enrolment, counter, number, intent, bytes FROM change")
        .expect("statement")
        .query_map([], |row| {
            let bytes: Vec<u8> = row.get(6)?;
            Ok(Row {
                hash: Hash(row.get(0)?),
                doc: row.get(1)?,
                enrolment: row.get(2)?,
                counter: row.get(3)?,
                number: row.get(4)?,
                intent: row.get::<_, Option<[u8; 16]>>(5)?.map(IntentId::from_bytes),
                deps: header_of(&bytes).expect("a change").deps,
            })
        })
        .expect("changes")
        .collect::<Result<_, _>>()
        .expect("rows");
    let docs = conn
        .prepare("SELECT no, id, kind FROM doc")
        .expect("statement")
        .query_map([], |row| {
            let about = (DocId::from_bytes(row.get(1)?), Kind::from_code(row.get(2)?));
            Ok((row.get(0)?, about))
        })
        .expect("documents")
        .collect::<Result<_, _>>()
        .expect("rows");
    Book { rows, docs }
}

impl Book {
    /// Each intent of the phones once, closed under what changes build on, numbered without gaps.
    pub(crate) fn is_whole(&self, ledgers: &[Ledger]) {
        let phones: BTreeSet<[u8; 8]> = ledgers.iter().map(|l| l.enrolment.0).collect();
        let mut accepted: BTreeMap<IntentId, Hash> = BTreeMap::new();
        let mut numbers: BTreeMap<(i64, [u8; 8], u32), Vec<u64>> = BTreeMap::new();
        let known: HashMap<Hash, i64> = self.rows.iter().map(|row| (row.hash, row.doc)).collect();
        assert_eq!(known.len(), self.rows.len(), "a change is there once");
        for row in &self.rows {
            for dep in &row.deps {
                let here = known.get(dep) == Some(&row.doc) || self.genesis(row.doc).contains(dep);
                assert!(here, "{:?} builds on {dep:?}, which is missing", row.hash);
            }
            numbers
                .entry((row.doc, row.enrolment, row.counter))
                .or_default()
                .push(row.number);
            if phones.contains(&row.enrolment) {
                let intent = row.intent.expect("a phone's change has an intent");
                let twice = accepted.insert(intent, row.hash);
                assert!(twice.is_none(), "{intent} was accepted twice");
            }
        }
        for (actor, mut numbers) in numbers {
            numbers.sort_unstable();
            let gapless: Vec<u64> = (1..=numbers.len() as u64).collect();
            assert_eq!(numbers, gapless, "{actor:?}");
        }
        let made: BTreeMap<IntentId, Hash> = ledgers
            .iter()
            .flat_map(|l| l.made.iter().map(|(id, hash)| (*id, *hash)))
            .collect();
        assert!(made == accepted, "what was made is what is there");
    }

    /// What a document begins with and nobody sends.
    fn genesis(&self, doc: i64) -> Vec<Hash> {
        let (id, kind) = self.docs[&doc];
        Document::new(kind, id).map_or_else(|_| Vec::new(), |blank| blank.heads())
    }
}
