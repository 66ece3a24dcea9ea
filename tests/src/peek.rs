//! Looking into a phone's database from outside, with the key its desktop keystore holds.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use tempfile::TempDir;

/// All text in all tables of the phone in `folder`, blobs included as far as they hold text.
///
/// # Panics
/// When the database can't be opened.
pub fn everything_on(folder: &Path) -> String {
    let (_copy, connection) = open(folder);
    text(&connection).unwrap_or_else(|error| panic!("the phone's database: {error}"))
}

/// Codes of the kinds of all documents on the phone in `folder`.
///
/// # Panics
/// When the database can't be opened.
pub fn kinds_on(folder: &Path) -> BTreeSet<u8> {
    let (_copy, connection) = open(folder);
    kinds(&connection).unwrap_or_else(|error| panic!("the phone's database: {error}"))
}

/// How far the phone in `folder` has read.
///
/// # Panics
/// When the database can't be opened.
pub fn cursor_of(folder: &Path) -> i64 {
    let (_copy, connection) = open(folder);
    connection
        .query_row(
            "SELECT coalesce(max(value), 0) FROM meta WHERE key = 'through'",
            [],
            |row| row.get(0),
        )
        .unwrap_or_else(|error| panic!("the phone's database: {error}"))
}

/// Every document of the phone in `folder`, with how many changes it has.
///
/// # Panics
/// When the database can't be opened.
pub fn documents_of(folder: &Path) -> Vec<(Vec<u8>, u64)> {
    let (_copy, connection) = open(folder);
    connection
        .prepare("SELECT doc, count(*) FROM change GROUP BY doc ORDER BY doc")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .unwrap_or_else(|error| panic!("the phone's database: {error}"))
}

/// A copy, so that the phone isn't disturbed.
fn open(folder: &Path) -> (TempDir, Connection) {
    let key = std::fs::read_to_string(folder.join("key/linli.key")).unwrap_or_default();
    let copy = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    for name in ["linli.db", "linli.db-wal"] {
        // The WAL may be empty and absent.
        let _maybe = std::fs::copy(folder.join(name), copy.path().join(name));
    }
    let connection = Connection::open(copy.path().join("linli.db"))
        .and_then(|connection| {
            connection.pragma_update(None, "key", format!("x'{}'", key.trim()))?;
            Ok(connection)
        })
        .unwrap_or_else(|error| panic!("{error}"));
    (copy, connection)
}

fn kinds(connection: &Connection) -> rusqlite::Result<BTreeSet<u8>> {
    connection
        .prepare("SELECT DISTINCT kind FROM doc")?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn text(connection: &Connection) -> rusqlite::Result<String> {
    let mut text = String::new();
    let names: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column)? {
                    text.push_str(&String::from_utf8_lossy(bytes));
                    text.push('\n');
                }
            }
        }
    }
    Ok(text)
}
