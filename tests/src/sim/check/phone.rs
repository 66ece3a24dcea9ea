//! One phone's database, opened with its own key.

use std::collections::BTreeSet;
use std::path::Path;

use linli_field::{FileKeyStore, KeyStore};
use linli_model::ids::DocId;
use linli_model::intent::Intent;
use linli_model::kind::Kind;
use linli_model::value::Value;
use linli_store::outbox::{self, State};
use linli_store::{Store, StoreError, Transaction, access, digest, document};
use rusqlite::types::ValueRef;

use super::{Truth, erased};

/// All that a building lead may see.
const FOR_LEADS: [Kind; 7] = [
    Kind::Place,
    Kind::Door,
    Kind::Visit,
    Kind::Case,
    Kind::Task,
    Kind::Notice,
    Kind::Muster,
];
/// More than any run writes.
const ALL: u32 = 100_000;

pub(super) fn check(
    folder: &Path,
    truth: &Truth,
    gone: &BTreeSet<String>,
) -> Result<BTreeSet<String>, String> {
    let store = open(folder)?;
    let tray = store.read(|tx| outbox_is_settled(tx, truth))?;
    if !gone.is_empty() {
        // Own edits of documents that have left the phone stay until the next backup; it never
        // hears who is erased from these.
        store.read(|tx| erased::nowhere(tx, gone, &["parted"]).map_err(Words))?;
    }
    store.read(nothing_is_left_over)?;
    store.read(|tx| documents_are_the_centers(tx, truth))?;
    store.read(|tx| digests_are_the_centers(tx, truth))?;
    // No storm makes phone and center differ in what both believe to be complete: a phone that
    // mended itself hides a fault.
    if store.read(was_repaired)? {
        return Err("it had to be repaired".to_owned());
    }
    store.transact(tables_follow_from_the_log)?;
    Ok(tray)
}

/// Checks that a phone has mended itself and now holds all that the center has for it.
pub(super) fn check_mended(folder: &Path, truth: &Truth) -> Result<(), String> {
    let store = open(folder)?;
    if !store.read(was_repaired)? {
        return Err("it was never repaired".to_owned());
    }
    store.read(|tx| documents_are_the_centers(tx, truth))?;
    store.read(|tx| digests_are_the_centers(tx, truth))?;
    Ok(())
}

fn open(folder: &Path) -> Result<Store, String> {
    let key = FileKeyStore::new(folder.join("key"))
        .get("linli")
        .map_err(|error| error.to_string())?
        .ok_or("the key is gone")?;
    Store::open(&folder.join("linli.db"), &key).map_err(|error| error.to_string())
}

fn was_repaired(tx: &Transaction<'_>) -> Result<bool, Words> {
    Ok(linli_store::meta::number(tx, "repaired_at")? > 0)
}

/// Errors as words.
#[derive(Debug)]
struct Words(String);

impl From<StoreError> for Words {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

impl From<rusqlite::Error> for Words {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.0
    }
}

/// Every intent is final at the center, or in quarantine there and in the tray here.
fn outbox_is_settled(tx: &Transaction<'_>, truth: &Truth) -> Result<BTreeSet<String>, Words> {
    let mut tray = BTreeSet::new();
    let lines = outbox::lines(tx, ALL)?;
    // Came back here, without the center: itself, or what it stands and falls with.
    let here = |code: &str| ["built_on_returned", "erased", "stale_epoch"].contains(&code);
    let atomic = |intent: &Intent| intent.group.filter(|group| group.atomic).map(|g| g.id);
    let fell: BTreeSet<_> = (lines.iter())
        .filter(|line| here(&line.code))
        .filter_map(|line| atomic(&line.intent))
        .collect();
    for line in lines {
        let (id, action) = (line.intent.id, line.intent.action.name());
        match line.state {
            State::Here | State::Sent => {
                return Err(Words(format!("{action} {id} still waits ({})", line.code)));
            }
            // A restored center has no trace of it, and nothing is left of it here.
            State::Accepted if line.intent.writes.is_empty() && is_erased(tx, &line.intent)? => {}
            State::Accepted if !truth.accepted.contains(&id) && !truth.holds(&line.intent) => {
                return Err(Words(format!(
                    "{action} {id} is said to be accepted and isn't"
                )));
            }
            State::Attention | State::Discarded => {
                // Shown once more to a restored center, which had it again by then, and since has
                // erased all that it was about: nothing is left of it either way.
                let empty = line.code == "erased"
                    && line.intent.writes.is_empty()
                    && !truth.has(&line.intent)
                    && is_erased(tx, &line.intent)?;
                if truth.accepted.contains(&id) && !empty {
                    return Err(Words(format!("{action} {id} was given back and accepted")));
                }
                // What built on something given back need not have got as far as the center.
                // Nor is what was erased kept anywhere, or what only the phone couldn't replay.
                let along = line.code == "group_returned"
                    && atomic(&line.intent).is_some_and(|group| fell.contains(&group));
                let alone = !here(&line.code) && !along;
                // What came back and stands on an epoch that is over can't be shown once more to
                // a center that was restored.
                let stands = !is_erased(tx, &line.intent)?;
                if alone && stands && !truth.quarantined.contains(&id) {
                    return Err(Words(format!("{action} {id} is in no quarantine")));
                }
                tray.extend(
                    line.intent
                        .writes
                        .iter()
                        .filter_map(|write| match &write.value {
                            Value::Text(text) => Some(text.clone()),
                            _ => None,
                        }),
                );
            }
            State::Accepted => {}
        }
    }
    Ok(tray)
}

/// Whether the change of an intent was destroyed because somebody was erased.
fn is_erased(tx: &Transaction<'_>, intent: &Intent) -> Result<bool, Words> {
    let Some(target) = &intent.target else {
        return Ok(false);
    };
    Ok(tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM erased) AND NOT EXISTS (
            SELECT 1 FROM change WHERE hash = ?1 UNION ALL SELECT 1 FROM parted WHERE hash = ?1)",
        [&target.change.0[..]],
        |row| row.get(0),
    )?)
}

/// No change waits without an intent that waits with it: a ghost on the screen.
fn nothing_is_left_over(tx: &Transaction<'_>) -> Result<(), Words> {
    let ghosts: i64 = tx.query_row("SELECT count(*) FROM change WHERE state = 0", [], |row| {
        row.get(0)
    })?;
    let waiting: i64 = tx.query_row(
        "SELECT count(*) FROM intent WHERE state IN (0, 1)",
        [],
        |row| row.get(0),
    )?;
    if ghosts > 0 || waiting > 0 {
        return Err(Words(format!(
            "{ghosts} changes and {waiting} intents are left over"
        )));
    }
    Ok(())
}

/// The phone holds exactly what it may read, and all of it as the center has it.
fn documents_are_the_centers(tx: &Transaction<'_>, truth: &Truth) -> Result<(), Words> {
    let enrolled = linli_store::meta::bytes(tx, "enrolled")?.unwrap_or_default();
    let enrolled: linli_protocol::enrol::Enrolled =
        linli_protocol::decode(&enrolled).map_err(|error| Words(error.to_string()))?;
    let nothing = BTreeSet::new();
    let may = truth
        .readable
        .get(&enrolled.enrolment.0)
        .unwrap_or(&nothing);
    let mut statement = tx.prepare("SELECT id, kind FROM doc")?;
    let here: Vec<([u8; 16], u8)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut seen = BTreeSet::new();
    for (id, kind) in here {
        let id = DocId::from_bytes(id);
        if !document::is_accepted(tx, id)? {
            // Only what was given back.
            continue;
        }
        let kind = Kind::from_code(kind);
        // Independent of what the center believes: promise 5, for the ones who may see least.
        if enrolled.person.role == "R02" && !FOR_LEADS.contains(&kind) {
            return Err(Words(format!(
                "a {} on a building lead's phone",
                kind.name()
            )));
        }
        if !may.contains(&id) {
            return Err(Words(format!("document {id} should not be on this phone")));
        }
        seen.insert(id);
        let document = document::load_accepted(tx, kind, id)?;
        let center = truth.docs.get(&id).map(|known| known.document.heads());
        if center != Some(document.heads()) {
            return Err(Words(format!("document {id} differs from the center's")));
        }
    }
    match may.difference(&seen).next() {
        Some(missing) => Err(Words(format!("document {missing} never arrived"))),
        None => Ok(()),
    }
}

/// Phone and center agree without comparing document by document.
fn digests_are_the_centers(tx: &Transaction<'_>, truth: &Truth) -> Result<(), Words> {
    let enrolled = linli_store::meta::bytes(tx, "enrolled")?.unwrap_or_default();
    let enrolled: linli_protocol::enrol::Enrolled =
        linli_protocol::decode(&enrolled).map_err(|error| Words(error.to_string()))?;
    let closed = access::closed(tx)?;
    let open = (0..)
        .zip(&enrolled.read)
        .map(|(position, _)| position)
        .filter(|position| !closed.contains(position));
    let here = digest::of_all(tx, open)?;
    if truth.digests.get(&enrolled.enrolment.0) == Some(&here) {
        Ok(())
    } else {
        Err(Words("its digests are not the center's".to_owned()))
    }
}

fn tables_follow_from_the_log(tx: &Transaction<'_>) -> Result<(), Words> {
    let before = tables(tx)?;
    linli_store::rebuild_tables(tx)?;
    let after = tables(tx)?;
    match before.iter().zip(&after).find(|(a, b)| a != b) {
        Some(((table, _), _)) => Err(Words(format!("table {table} doesn't follow from the log"))),
        None => Ok(()),
    }
}

/// A table's name and its rows.
type Table = (String, Vec<Vec<u8>>);

/// All rows of all tables that are made from the log, each table sorted, each row as bytes.
fn tables(tx: &Transaction<'_>) -> Result<Vec<Table>, Words> {
    let mut names = tx.prepare(
        "SELECT name FROM sqlite_master
         WHERE type = 'table' AND name NOT IN ('change', 'intent', 'doc', 'member') ORDER BY 1",
    )?;
    let names: Vec<String> = names
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut tables = Vec::new();
    for name in names {
        let mut statement = tx.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = statement.column_count();
        let mut rows: Vec<Vec<u8>> = statement
            .query_map([], |row| {
                let mut bytes = Vec::new();
                for at in 0..columns {
                    cell(&mut bytes, row.get_ref(at)?);
                }
                Ok(bytes)
            })?
            .collect::<Result<_, _>>()?;
        rows.sort_unstable();
        tables.push((name, rows));
    }
    Ok(tables)
}

/// A cell with its type and length, so that different rows never look alike.
fn cell(bytes: &mut Vec<u8>, value: ValueRef<'_>) {
    let mut sized = |mark: u8, content: &[u8]| {
        bytes.push(mark);
        bytes.extend((content.len() as u64).to_le_bytes());
        bytes.extend(content);
    };
    match value {
        ValueRef::Null => sized(0, &[]),
        ValueRef::Integer(number) => sized(1, &number.to_le_bytes()),
        ValueRef::Real(number) => sized(2, &number.to_le_bytes()),
        ValueRef::Text(text) => sized(3, text),
        ValueRef::Blob(blob) => sized(4, blob),
    }
}
