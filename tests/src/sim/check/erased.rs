//! People who were erased: nothing holds their names and numbers any more.

use std::collections::BTreeSet;
use std::path::Path;

use linli_model::document::Document;
use linli_model::erase::Erasure;
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

use super::Truth;
use crate::sim::ledger::Ledger;

/// Under which names and numbers the center knows somebody.
pub(crate) fn words_of(
    database: &Path,
    household: DocId,
    resident: EntryId,
) -> Result<Vec<String>, String> {
    let conn = Connection::open(database).map_err(|error| error.to_string())?;
    let Some(home) = document(&conn, Kind::Household, household)? else {
        return Ok(Vec::new());
    };
    let fields = home.fields();
    let residents = fields.keys("residents");
    if !residents.contains(&resident.to_string().as_str()) {
        return Ok(Vec::new());
    }
    let mut erasure = Erasure::of([resident]);
    erasure.follow(&home);
    let dwelling: DocId = fields.text("dwelling").parse().map_err(|_| "no dwelling")?;
    let number = u32::try_from(fields.int("occupancy")).unwrap_or(0);
    let care = DocId::of_occupancy(Kind::Care, dwelling, number);
    if let Some(care) = document(&conn, Kind::Care, care)? {
        if residents.len() == 1 {
            for phone in care.fields().keys("phones") {
                erasure.add(phone.parse().map_err(|_| "no id")?);
            }
        }
        erasure.follow(&care);
    }
    Ok(erasure.words().to_vec())
}

fn document(conn: &Connection, kind: Kind, id: DocId) -> Result<Option<Document>, String> {
    let read = || {
        let no: Option<i64> = conn
            .query_row("SELECT no FROM doc WHERE id = ?1", [id.as_bytes()], |row| {
                row.get(0)
            })
            .optional()?;
        let Some(no) = no else { return Ok(None) };
        conn.prepare("SELECT bytes FROM change WHERE doc = ?1 ORDER BY seq")?
            .query_map([no], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<Vec<u8>>>>()
            .map(Some)
    };
    let changes = read().map_err(|error: rusqlite::Error| error.to_string())?;
    changes
        .map(|changes| {
            Document::from_changes(kind, id, changes.iter().map(Vec::as_slice))
                .map_err(|error| error.to_string())
        })
        .transpose()
}

/// Everything that was said of people who were erased, at the moment they were or on a phone that
/// had not heard of it; but for what is said of somebody else as well.
pub(super) fn words(ledger: &Ledger, truth: &Truth) -> BTreeSet<String> {
    let mut words = ledger.erased.clone();
    let edits = ledger.edits.iter().chain(&ledger.unheard);
    words.extend(
        edits
            .filter(|edit| truth.is_erased(&edit.field))
            .map(|edit| edit.value.clone()),
    );
    words.extend(
        ledger
            .words
            .iter()
            .filter(|words| truth.is_erased(&words.about))
            .map(|words| words.words.clone()),
    );
    let others: BTreeSet<&str> = truth
        .docs
        .values()
        .flat_map(|known| known.written.iter().map(|(_, value)| value.as_str()))
        .collect();
    words.retain(|word| !word.is_empty() && !others.contains(word.as_str()));
    words
}

/// No byte of the center's files holds one of the words.
pub(crate) fn nowhere_at_center(database: &Path, gone: &BTreeSet<String>) -> Result<(), String> {
    if gone.is_empty() {
        return Ok(());
    }
    // First by row, so that what is found has a name.
    let conn = Connection::open(database).map_err(|error| error.to_string())?;
    nowhere(&conn, gone, &[]).map_err(|what| format!("center: {what}"))?;
    drop(conn);
    for file in [database.to_owned(), database.with_extension("db-wal")] {
        let Ok(bytes) = std::fs::read(&file) else {
            continue;
        };
        if let Some(word) = held(&bytes, gone) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            return Err(format!("{word} was erased and is still in {name}"));
        }
    }
    Ok(())
}

/// No cell of no table holds one of the words, but for some tables.
pub(super) fn nowhere(
    conn: &Connection,
    gone: &BTreeSet<String>,
    but_for: &[&str],
) -> Result<(), String> {
    let found = (|| {
        let tables: Vec<String> = conn
            .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for table in tables
            .iter()
            .filter(|table| !but_for.contains(&table.as_str()))
        {
            let mut statement = conn.prepare(&format!("SELECT * FROM \"{table}\""))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for at in 0..columns {
                    let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = row.get_ref(at)? else {
                        continue;
                    };
                    if let Some(word) = held(bytes, gone) {
                        return Ok(Some(format!("{word} was erased and is in {table}.{at}")));
                    }
                }
            }
        }
        Ok(None)
    })()
    .map_err(|error: rusqlite::Error| error.to_string())?;
    found.map_or(Ok(()), Err)
}

/// One of the words, if it stands in the bytes by itself: 名1 is not in 名12.
fn held<'a>(bytes: &[u8], words: &'a BTreeSet<String>) -> Option<&'a String> {
    let text = String::from_utf8_lossy(bytes);
    words.iter().find(|word| {
        text.match_indices(word.as_str()).any(|(at, _)| {
            let next = text.as_bytes().get(at + word.len());
            !next.is_some_and(u8::is_ascii_digit)
        })
    })
}
