//! Single values: credentials, cursor, counters, settings.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::StoreError;

/// Reads a value.
///
/// # Errors
/// The database.
pub fn bytes(tx: &Transaction<'_>, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Reads a number, or 0.
///
/// # Errors
/// The database.
pub fn number(tx: &Transaction<'_>, key: &str) -> Result<i64, StoreError> {
    Ok(tx
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

/// Reads a text, or none.
///
/// # Errors
/// The database.
pub fn text(tx: &Transaction<'_>, key: &str) -> Result<Option<String>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Writes a value of any type.
///
/// # Errors
/// The database.
pub fn set(tx: &Transaction<'_>, key: &str, value: impl rusqlite::ToSql) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO meta (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![key, value])?;
    Ok(())
}

/// Forgets a value.
///
/// # Errors
/// The database.
pub fn clear(tx: &Transaction<'_>, key: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM meta WHERE key = ?1")?
        .execute([key])?;
    Ok(())
}

/// Adds one to a counter and returns the new value; counters begin at 1.
///
/// # Errors
/// The database.
pub fn next(tx: &Transaction<'_>, key: &str) -> Result<i64, StoreError> {
    let value = number(tx, key)? + 1;
    set(tx, key, value)?;
    Ok(value)
}

/// Keeps a draft; none drops it.
///
/// # Errors
/// The database.
pub fn keep_draft(tx: &Transaction<'_>, key: &str, data: Option<&str>) -> Result<(), StoreError> {
    match data {
        Some(data) => tx.execute(
            "INSERT INTO draft (key, data) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET data = excluded.data",
            params![key, data],
        )?,
        None => tx.execute("DELETE FROM draft WHERE key = ?1", [key])?,
    };
    Ok(())
}

/// Reads a draft.
///
/// # Errors
/// The database.
pub fn draft(tx: &Transaction<'_>, key: &str) -> Result<Option<String>, StoreError> {
    Ok(tx
        .query_row("SELECT data FROM draft WHERE key = ?1", [key], |row| {
            row.get(0)
        })
        .optional()?)
}
