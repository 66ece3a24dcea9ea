//! Numbered migrations. `user_version` is the date of the last one that ran.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::StoreError;

/// Every migration in order; never edited once released.
const MIGRATIONS: &[(i64, &str)] = &[
    (20_261_123, include_str!("migration/20261123_first.sql")),
    (20_261_125, include_str!("migration/20261125_leaving.sql")),
    (20_261_126, include_str!("migration/20261126_lighter.sql")),
];

pub(crate) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newest = MIGRATIONS.last().map_or(0, |(number, _)| *number);
    if version > newest {
        return Err(StoreError::TooNew);
    }
    for (number, sql) in MIGRATIONS.iter().filter(|(number, _)| *number > version) {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}
