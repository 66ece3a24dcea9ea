//! Looking into a phone's database from outside, with the key its desktop keystore holds.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// All text in all tables of the phone in `folder`, blobs included as far as they hold text.
///
/// # Panics
/// When the database can't be opened.
pub fn everything_on(folder: &Path) -> String {
    let key = std::fs::read_to_string(folder.join("key/linli.key")).unwrap_or_default();
    let copy = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    for name in ["linli.db", "linli.db-wal"] {
        // The WAL may be empty and absent.
        let _maybe = std::fs::copy(folder.join(name), copy.path().join(name));
    }
    let connection =
        Connection::open(copy.path().join("linli.db")).unwrap_or_else(|error| panic!("{error}"));
    let mut text = String::new();
    let read = (|| {
        connection.pragma_update(None, "key", format!("x'{}'", key.trim()))?;
        let mut tables =
            connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?;
        let names: Vec<String> = tables
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for name in names {
            let mut statement = connection.prepare(&format!("SELECT * FROM \"{name}\""))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    match row.get_ref(column)? {
                        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                            text.push_str(&String::from_utf8_lossy(bytes));
                            text.push('\n');
                        }
                        _ => {}
                    }
                }
            }
        }
        Ok::<_, rusqlite::Error>(())
    })();
    if let Err(error) = read {
        panic!("the phone's database: {error}");
    }
    text
}
