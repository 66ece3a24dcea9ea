//! The center's database, read from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::chunk::header_of;
use linli_model::document::Document;
use linli_model::ids::{DocId, EntryId, IntentId};
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Phone};
use linli_model::kinds::household::{self, Resident};
use linli_model::value::Hash;
use linli_protocol::digest::{Digest, of_doc, over};
use linli_protocol::sync::Sent;
use rusqlite::Connection;

use super::{Known, Truth};

/// A document's row with its changes in the order they were accepted.
struct Row {
    id: DocId,
    kind: Kind,
    changes: Vec<Vec<u8>>,
}

pub(super) fn read(database: &Path) -> Result<Truth, String> {
    let conn = Connection::open(database).map_err(|error| error.to_string())?;
    let rows = documents(&conn).map_err(|error| error.to_string())?;
    let mut docs = BTreeMap::new();
    for row in rows {
        let known = known(&row).map_err(|what| format!("document {}: {what}", row.id))?;
        docs.insert(row.id, known);
    }
    let (accepted, quarantined) = verdicts(&conn)?;
    numbers_are_used_once(&conn)?;
    sums_are_right(&conn, &docs)?;
    Ok(Truth {
        docs,
        accepted,
        quarantined,
        replaced: replaced(&conn).map_err(|error| error.to_string())?,
        readable: readable(&conn).map_err(|error| error.to_string())?,
        digests: digests(&conn).map_err(|error| error.to_string())?,
        erased: erased(&conn).map_err(|error| error.to_string())?,
    })
}

fn erased(conn: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    conn.prepare("SELECT id FROM erased")?
        .query_map([], |row| Ok(EntryId::from_bytes(row.get(0)?).to_string()))?
        .collect()
}

fn replaced(conn: &Connection) -> rusqlite::Result<BTreeSet<[u8; 32]>> {
    conn.prepare("SELECT was FROM replaced")?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn documents(conn: &Connection) -> rusqlite::Result<Vec<Row>> {
    let mut docs = conn.prepare("SELECT no, id, kind FROM doc ORDER BY no")?;
    let mut changes = conn.prepare("SELECT bytes FROM change WHERE doc = ?1 ORDER BY seq")?;
    let mut rows = docs.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let no: i64 = row.get(0)?;
        found.push(Row {
            id: DocId::from_bytes(row.get(1)?),
            kind: Kind::from_code(row.get(2)?),
            changes: changes
                .query_map([no], |row| row.get(0))?
                .collect::<Result<_, _>>()?,
        });
    }
    Ok(found)
}

fn known(row: &Row) -> Result<Known, String> {
    let genesis = Document::new(row.kind, row.id).map_err(|error| error.to_string())?;
    let mut before: BTreeSet<Hash> = genesis.heads().into_iter().collect();
    for bytes in &row.changes {
        let header = header_of(bytes).map_err(|error| error.to_string())?;
        if header.deps.iter().any(|dep| !before.contains(dep)) {
            return Err("a change was accepted before one it builds on".to_owned());
        }
        before.insert(header.hash);
    }
    let changes = row.changes.iter().map(Vec::as_slice);
    let document =
        Document::from_changes(row.kind, row.id, changes).map_err(|error| error.to_string())?;
    takes_one_more_edit(&mut document.clone())?;
    let again = Document::load(row.kind, row.id, &document.save());
    if again.map_err(|error| error.to_string())?.heads() != document.heads() {
        return Err("it is another one after saving".to_owned());
    }
    let written = document
        .everything_written()
        .into_iter()
        .map(|(path, past)| (path, past.value.text().to_owned()))
        .collect();
    Ok(Known { document, written })
}

fn takes_one_more_edit(document: &mut Document) -> Result<(), String> {
    let entry = EntryId::new(1, [7; 10]);
    let writes = match document.kind() {
        Kind::Household => household::add_resident(entry, &Resident::default()),
        Kind::Care => care::add_phone(entry, &Phone::default()),
        // What is born once or moves by events takes its next edit by another way.
        _ => return Ok(()),
    };
    let actor = Actor {
        enrolment: EnrolmentId([0xee; 8]),
        counter: 1,
    };
    let heads = document.heads();
    document
        .edit(&heads, actor, 0, &writes)
        .map(|_| ())
        .map_err(|error| format!("it takes no more edits: {error}"))
}

/// No actor ever gave one number to two changes of one epoch of a document, refused ones
/// included: a phone that does would build on what nobody else has.
fn numbers_are_used_once(conn: &Connection) -> Result<(), String> {
    let mut numbers: BTreeMap<(DocId, u32, Vec<u8>, u64), Hash> = BTreeMap::new();
    for (doc, epoch, bytes) in log(conn).map_err(|error| error.to_string())? {
        let header = header_of(&bytes).map_err(|error| error.to_string())?;
        numbers.insert((doc, epoch, header.actor, header.seq), header.hash);
    }
    for (enrolment, kept) in kept(conn).map_err(|error| error.to_string())? {
        let Ok(sent) = linli_protocol::decode::<Sent>(&kept) else {
            continue;
        };
        let (Some(target), Ok(header)) = (sent.intent.target, header_of(&sent.change)) else {
            continue;
        };
        // What was sent under somebody else's name or hash says nothing of that actor.
        if header.hash != target.change || !header.actor.starts_with(&enrolment) {
            continue;
        }
        let key = (target.doc, target.epoch, header.actor, header.seq);
        if *numbers.entry(key).or_insert(header.hash) != header.hash {
            return Err("an actor gave one number to two changes".to_owned());
        }
    }
    Ok(())
}

fn log(conn: &Connection) -> rusqlite::Result<Vec<(DocId, u32, Vec<u8>)>> {
    conn.prepare("SELECT d.id, d.epoch, c.bytes FROM change c JOIN doc d ON d.no = c.doc")?
        .query_map([], |row| {
            Ok((DocId::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?))
        })?
        .collect()
}

fn kept(conn: &Connection) -> rusqlite::Result<Vec<([u8; 8], Vec<u8>)>> {
    conn.prepare("SELECT enrolment, kept FROM verdict WHERE kept IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Accepted and quarantined intents.
type Verdicts = (BTreeSet<IntentId>, BTreeSet<IntentId>);

fn verdicts(conn: &Connection) -> Result<Verdicts, String> {
    let read = |sql: &str| {
        let mut statement = conn.prepare(sql)?;
        statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<Vec<[u8; 16]>, _>>()
    };
    let ids = |sql: &str| {
        let found = read(sql).map_err(|error| error.to_string())?;
        Ok::<_, String>(
            found
                .into_iter()
                .map(IntentId::from_bytes)
                .collect::<Vec<_>>(),
        )
    };
    let logged = ids("SELECT intent FROM change WHERE intent IS NOT NULL")?;
    let mut accepted = BTreeSet::new();
    for intent in logged {
        if !accepted.insert(intent) {
            return Err(format!("intent {intent} was accepted twice"));
        }
    }
    // An audit has no change.
    accepted.extend(ids("SELECT intent FROM verdict WHERE seq IS NOT NULL")?);
    let quarantined = ids("SELECT intent FROM verdict WHERE seq IS NULL AND kept IS NOT NULL")?;
    Ok((accepted, quarantined.into_iter().collect()))
}

/// The sums kept along the way are those of the documents as they are.
fn sums_are_right(conn: &Connection, docs: &BTreeMap<DocId, Known>) -> Result<(), String> {
    let sums = (|| {
        let mut statement = conn.prepare("SELECT id, sum, docs FROM bucket")?;
        let found = statement.query_map([], |row| {
            Ok((row.get(0)?, Digest::new(row.get(1)?, row.get(2)?)))
        })?;
        found.collect::<rusqlite::Result<Vec<(i64, Digest)>>>()
    })()
    .map_err(|error| error.to_string())?;
    for (bucket, kept) in sums {
        let mut counted = Digest::default();
        for (id, epoch) in members(conn, bucket).map_err(|error| error.to_string())? {
            let known = docs.get(&id).ok_or("a bucket holds an unknown document")?;
            counted.add(of_doc(id, epoch, &known.document.heads()));
        }
        if kept != counted {
            return Err(format!(
                "the sum of bucket {bucket} is not that of its documents"
            ));
        }
    }
    Ok(())
}

fn members(conn: &Connection, bucket: i64) -> rusqlite::Result<Vec<(DocId, u32)>> {
    conn.prepare(
        "SELECT d.id, d.epoch FROM membership m JOIN doc d ON d.no = m.doc WHERE m.bucket = ?1",
    )?
    .query_map([bucket], |row| {
        Ok((DocId::from_bytes(row.get(0)?), row.get(1)?))
    })?
    .collect()
}

/// The digest over what each device reads now, as it should be told.
fn digests(conn: &Connection) -> rusqlite::Result<BTreeMap<[u8; 8], [u8; 16]>> {
    let mut statement = conn.prepare(
        "SELECT g.enrolment, g.position, b.sum, b.docs FROM grant_bucket g
         JOIN bucket b ON b.id = g.bucket
         WHERE g.write = 0 AND g.closed IS NULL ORDER BY g.enrolment, g.position",
    )?;
    let mut rows = statement.query([])?;
    let mut all: BTreeMap<[u8; 8], Vec<(u16, Digest)>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        all.entry(row.get(0)?)
            .or_default()
            .push((row.get(1)?, Digest::new(row.get(2)?, row.get(3)?)));
    }
    Ok(all
        .into_iter()
        .map(|(device, list)| (device, over(list)))
        .collect())
}

fn readable(conn: &Connection) -> rusqlite::Result<BTreeMap<[u8; 8], BTreeSet<DocId>>> {
    let mut statement = conn.prepare(
        "SELECT g.enrolment, d.id FROM grant_bucket g
         JOIN membership m ON m.bucket = g.bucket JOIN doc d ON d.no = m.doc
         WHERE g.write = 0 AND g.closed IS NULL",
    )?;
    let mut rows = statement.query([])?;
    let mut readable: BTreeMap<[u8; 8], BTreeSet<DocId>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let doc = DocId::from_bytes(row.get(1)?);
        readable.entry(row.get(0)?).or_default().insert(doc);
    }
    Ok(readable)
}
