//! Numbered migrations. `user_version` is the date of the last one that ran.

use rusqlite::{Connection, TransactionBehavior};

use crate::digest;
use crate::error::StoreError;

/// Every migration in order; never edited once released. Numbered by date, and from the second
/// of a day on by date and two more digits.
const MIGRATIONS: &[(i64, &str)] = &[
    (20_261_123, include_str!("migration/20261123_first.sql")),
    (20_261_125, include_str!("migration/20261125_leaving.sql")),
    (20_261_126, include_str!("migration/20261126_lighter.sql")),
    (DIGESTS, include_str!("migration/2026112602_digest.sql")),
    (
        2_026_112_603,
        include_str!("migration/2026112603_retired.sql"),
    ),
    (
        2_026_112_604,
        include_str!("migration/2026112604_erasure.sql"),
    ),
    (
        2_026_112_605,
        include_str!("migration/2026112605_generation.sql"),
    ),
    (
        2_026_112_701,
        include_str!("migration/2026112701_pipeline.sql"),
    ),
];

/// Its sums are filled in by code: SQL can't hash.
const DIGESTS: i64 = 2_026_112_602;

pub(crate) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newest = MIGRATIONS.last().map_or(0, |(number, _)| *number);
    if version > newest {
        return Err(StoreError::TooNew);
    }
    for (number, sql) in MIGRATIONS.iter().filter(|(number, _)| *number > version) {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        if *number == DIGESTS {
            digest::all(&tx)?;
        }
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}
