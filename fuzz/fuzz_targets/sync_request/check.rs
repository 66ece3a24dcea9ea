//! One input, and what must be true after it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::document::Document;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::value::Write;
use linli_protocol::limits::{MAX_INTENTS, MAX_REQUEST};
use linli_protocol::sync::{SyncAnswer, SyncRequest};
use linli_protocol::{OLDEST, decode};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use crate::county::{BUILDING, GRID, LEAD, OTHER_WORKER};
use crate::office::{Office, PEOPLE};
use crate::panics::{self, fail};
use crate::seal;

/// Inputs to one life of a center, and how often all of its documents are looked at.
const LIFE: u32 = 2_000;
const SWEEP: u32 = 250;

/// Sends it, and looks.
pub(crate) fn one(office: &mut Office, data: &[u8]) {
    let phone = usize::from(data.first().copied().unwrap_or(0) & 3);
    let body = seal::body(data);
    let asked = decode::<SyncRequest>(&body).ok();
    let good = body.len() <= MAX_REQUEST
        && asked
            .as_ref()
            .is_some_and(|asked| asked.version >= OLDEST && asked.intents.len() <= MAX_INTENTS);
    let before = Mark::of(&office.tables);

    let fired = catch_unwind(AssertUnwindSafe(|| office.fire(phone, body)));
    let Ok((status, answer)) = fired else {
        fail(&format!("a panic got out: {:?}", panics::ours()));
    };
    if let Some(place) = panics::ours() {
        fail(&format!("our own code panicked: {place}"));
    }
    match status {
        200 if good => {
            let Ok(answer) = decode::<SyncAnswer>(&answer) else {
                fail("an answer that can't be read");
            };
            let ids = asked.iter().flat_map(|asked| &asked.intents);
            if !ids
                .map(|one| one.intent.id)
                .eq(answer.verdicts.iter().map(|(id, _)| *id))
            {
                fail("not a verdict for each intent");
            }
        }
        400 | 413 | 426 if !good => {}
        other => fail(&format!("status {other}, and the request is good: {good}")),
    }
    changed(office, phone, &before);
    if office.fired % SWEEP == 0 {
        sweep(office);
    }
    if office.fired >= LIFE {
        office.renew();
        eprintln!(
            "{} centers; {} changes accepted; {} panics of the engine caught",
            office.lives,
            office.accepted,
            panics::IN_THE_ENGINE.load(Ordering::Relaxed)
        );
    }
}

/// How far the tables are.
struct Mark {
    seq: i64,
    changes: i64,
    docs: i64,
}

impl Mark {
    fn of(tables: &Connection) -> Self {
        let number = |sql: &str| {
            tables
                .prepare_cached(sql)
                .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
                .unwrap_or_else(|error| fail(&format!("{sql}: {error}")))
        };
        Self {
            seq: number("SELECT coalesce(max(seq), 0) FROM op"),
            changes: number("SELECT count(*) FROM change"),
            docs: number("SELECT coalesce(max(no), 0) FROM doc"),
        }
    }
}

/// A document that an input wrote to.
struct Touched {
    no: i64,
    id: DocId,
    kind: Kind,
    author: Option<[u8; 16]>,
}

/// Looks at every document that has a new change: whether it is sound, and whether this phone had
/// any business there.
fn changed(office: &mut Office, phone: usize, before: &Mark) {
    let tables = &office.tables;
    let after = Mark::of(tables);
    if after.changes == before.changes {
        if after.docs != before.docs {
            fail("a document without a change");
        }
        return;
    }
    let me = office.phones[phone].enrolment;
    let rows: Vec<(Touched, EnrolmentId, i64)> = tables
        .prepare_cached(
            "SELECT d.no, d.id, d.kind, d.author, c.enrolment, c.received_at
             FROM change c JOIN doc d ON d.no = c.doc WHERE c.seq > ?1",
        )
        .and_then(|mut statement| {
            statement
                .query_map([before.seq], |row| {
                    let touched = Touched {
                        no: row.get(0)?,
                        id: DocId::from_bytes(row.get(1)?),
                        kind: Kind::from_code(row.get(2)?),
                        author: row.get(3)?,
                    };
                    Ok((touched, EnrolmentId(row.get(4)?), row.get(5)?))
                })?
                .collect()
        })
        .unwrap_or_else(|error| fail(&format!("changes: {error}")));
    if i64::try_from(rows.len()).unwrap_or(0) != after.changes - before.changes {
        fail("changes came or went that nobody sent");
    }
    office.accepted += rows.len();
    let tables = &office.tables;
    for (touched, author, _) in &rows {
        if *author != me {
            fail(&format!("a change in the name of {author} by {me}"));
        }
        rights(tables, PEOPLE[phone], touched);
        sound(tables, touched.id, touched.kind);
    }
}

/// What each of these people may never write to, said in another way than the center says it.
fn rights(tables: &Connection, person: linli_model::ids::PersonId, touched: &Touched) {
    let kind = touched.kind;
    let theirs = [
        Kind::Household,
        Kind::Care,
        Kind::CareNamed,
        Kind::Visit,
        Kind::Case,
        Kind::Muster,
    ];
    if !theirs.contains(&kind) {
        fail(&format!("{kind:?} is the center's to write"));
    }
    let own = touched.author == Some(*person.as_bytes());
    let roster = [Kind::Household, Kind::Care, Kind::CareNamed].contains(&kind);
    if person == LEAD && (roster || !(own || kind == Kind::Muster)) {
        fail(&format!("a building lead wrote to a {kind:?}"));
    }
    if person == OTHER_WORKER {
        let scopes: Vec<String> = tables
            .prepare_cached(
                "SELECT b.scope FROM membership m JOIN bucket b ON b.id = m.bucket WHERE m.doc = ?1",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([touched.no], |row| row.get(0))?
                    .collect()
            })
            .unwrap_or_else(|error| fail(&format!("buckets: {error}")));
        let building = BUILDING.to_string();
        let there = |scope: &String| scope.ends_with(GRID) || scope.contains(&building);
        if scopes.iter().any(there) {
            fail(&format!("{kind:?} in another's grid: {scopes:?}"));
        }
    }
}

/// The accepted changes of a document.
pub(crate) fn changes(tables: &Connection, id: DocId) -> Vec<Vec<u8>> {
    tables
        .prepare_cached(
            "SELECT c.bytes FROM change c JOIN doc d ON d.no = c.doc WHERE d.id = ?1 ORDER BY c.seq",
        )
        .and_then(|mut statement| {
            statement
                .query_map(params![id.as_bytes()], |row| row.get(0))?
                .collect()
        })
        .unwrap_or_else(|error| fail(&format!("changes: {error}")))
}

/// It loads from its log, is saved and loads again, and takes one more edit.
fn sound(tables: &Connection, id: DocId, kind: Kind) {
    let log = changes(tables, id);
    let tried = catch_unwind(AssertUnwindSafe(|| {
        let log = log.iter().map(Vec::as_slice);
        let document = Document::from_changes(kind, id, log).map_err(|e| format!("log: {e}"))?;
        let mut again =
            Document::load(kind, id, &document.save()).map_err(|e| format!("saved: {e}"))?;
        if again.heads() != document.heads() {
            return Err("other heads once saved".to_owned());
        }
        let actor = Actor {
            enrolment: EnrolmentId([0xfe; 8]),
            counter: 1,
        };
        let seen = again.heads();
        let field = one_field(kind);
        again
            .edit(&seen, actor, 1_900_000_000, &[field])
            .map_err(|e| format!("one more edit: {e}"))?;
        Ok(again.fields())
    }));
    match tried {
        Ok(Ok(_)) => {}
        Ok(Err(why)) => fail(&format!("{kind:?} {id}: {why}")),
        Err(_) => fail(&format!("{kind:?} {id} panics when it is opened")),
    }
    let _seen = panics::ours();
}

/// Something that can be written to every document of a kind, and that nobody has written.
fn one_field(kind: Kind) -> Write {
    let entry = "01900000-0000-7000-8000-00000000fefe";
    match kind {
        Kind::Household | Kind::Care | Kind::CareNamed | Kind::Visit | Kind::Case => {
            Write::new(format!("remarks/{entry}/words"), "再来")
        }
        Kind::Muster => Write::new(format!("status/r:{entry}"), "moved"),
        Kind::Place => Write::new("alias", "又名"),
        Kind::Notice => Write::new("title", "又一则"),
        _ => Write::new(format!("more/{entry}"), "x"),
    }
}

/// All documents, and the tables that no phone writes to.
fn sweep(office: &mut Office) {
    let all: Vec<(DocId, Kind)> = office
        .tables
        .prepare_cached("SELECT id, kind FROM doc")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| {
                    Ok((DocId::from_bytes(row.get(0)?), Kind::from_code(row.get(1)?)))
                })?
                .collect()
        })
        .unwrap_or_else(|error| fail(&format!("documents: {error}")));
    for (id, kind) in all {
        sound(&office.tables, id, kind);
    }
    let now = fingerprint(&office.tables);
    let first = *office.untouched.get_or_insert(now);
    if now != first {
        fail("a table changed that no phone writes to");
    }
}

/// Of people, posts, phones, places and settings.
fn fingerprint(tables: &Connection) -> [u8; 32] {
    let mut hash = Sha256::new();
    for table in [
        "person",
        "post",
        "enrolment",
        "grant_bucket",
        "place",
        "dwelling",
        "setting",
        "enrol_code",
        "media",
    ] {
        let read = tables
            .prepare_cached(&format!("SELECT * FROM {table}"))
            .and_then(|mut statement| {
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    for column in 0..columns {
                        hash.update(format!("{:?}|", row.get_ref(column)?));
                    }
                }
                Ok(())
            });
        if let Err(error) = read {
            fail(&format!("{table}: {error}"));
        }
    }
    hash.finalize().into()
}
