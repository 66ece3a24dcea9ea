//! Migrations: one .sql file each, run once, in the order of this list.

use rusqlite::{Connection, OptionalExtension};

use super::{StoreError, Tables};

/// Names and statements. A released file never changes; a change is a new file.
const MIGRATIONS: &[(&str, &str)] = &[
    ("20261123_feed", include_str!("sql/20261123_feed.sql")),
    ("20261123_people", include_str!("sql/20261123_people.sql")),
    ("20261123_records", include_str!("sql/20261123_records.sql")),
    ("20261123_console", include_str!("sql/20261123_console.sql")),
    (DIGEST, include_str!("sql/20261126_digest.sql")),
    (
        "20261126_decisions",
        include_str!("sql/20261126_decisions.sql"),
    ),
    ("20261126_refused", include_str!("sql/20261126_refused.sql")),
    ("20261126_order", include_str!("sql/20261126_order.sql")),
    ("20261126_apart", include_str!("sql/20261126_apart.sql")),
    ("20261126_erasure", include_str!("sql/20261126_erasure.sql")),
    (
        "20261126_generation",
        include_str!("sql/20261126_generation.sql"),
    ),
    ("20261126_told", include_str!("sql/20261126_told.sql")),
    (
        "20261127_accepted",
        include_str!("sql/20261127_accepted.sql"),
    ),
    ("20261127_upload", include_str!("sql/20261127_upload.sql")),
    ("20261127_content", include_str!("sql/20261127_content.sql")),
    ("20261127_awaited", include_str!("sql/20261127_awaited.sql")),
];

/// Its sums are filled in by code: SQL can't hash.
const DIGEST: &str = "20261126_digest";

pub(super) fn run(conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    )?;
    for (name, sql) in MIGRATIONS {
        conn.execute_batch("BEGIN IMMEDIATE")?;
        let done: Option<i64> = conn
            .query_row("SELECT 1 FROM migration WHERE name = ?1", [name], |row| {
                row.get(0)
            })
            .optional()?;
        let result = match done {
            Some(_) => Ok(()),
            None => migrate(conn, name, sql),
        };
        match result {
            Ok(()) => conn.execute_batch("COMMIT")?,
            Err(error) => {
                conn.execute_batch("ROLLBACK")?;
                return Err(error);
            }
        }
    }
    Ok(())
}

fn migrate(conn: &Connection, name: &str, sql: &str) -> Result<(), StoreError> {
    conn.execute_batch(sql)?;
    if name == DIGEST {
        Tables { conn }.weigh_all()?;
    }
    conn.execute("INSERT INTO migration (name) VALUES (?1)", [name])?;
    Ok(())
}
