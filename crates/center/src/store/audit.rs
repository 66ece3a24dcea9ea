//! The audit log: append-only, each row's hash covers the one before it.

use linli_model::ids::PersonId;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{StoreError, Tables};

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AuditRow {
    pub(crate) no: i64,
    pub(crate) at: i64,
    pub(crate) who: Option<PersonId>,
    pub(crate) what: String,
    pub(crate) detail: Vec<u8>,
}

fn chain(previous: &[u8], row: &AuditRow) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"linli-audit-1");
    hash.update(previous);
    hash.update(row.no.to_be_bytes());
    hash.update(row.at.to_be_bytes());
    hash.update(row.who.map_or([0; 16], |who| *who.as_bytes()));
    for part in [row.what.as_bytes(), &row.detail] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

impl Tables<'_> {
    /// Adds a row.
    pub(crate) fn note(
        self,
        at: i64,
        who: Option<PersonId>,
        what: &str,
        detail: &[u8],
    ) -> Result<(), StoreError> {
        let last: Option<(i64, Vec<u8>)> = self
            .conn
            .prepare_cached("SELECT no, hash FROM audit ORDER BY no DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (no, previous) = last.unwrap_or_default();
        let row = AuditRow {
            no: no + 1,
            at,
            who,
            what: what.to_owned(),
            detail: detail.to_vec(),
        };
        self.conn
            .prepare_cached(
                "INSERT INTO audit (no, at, who, what, detail, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                row.no,
                at,
                who.as_ref().map(PersonId::as_bytes),
                what,
                detail,
                chain(&previous, &row)
            ])?;
        Ok(())
    }

    /// How many rows there are.
    pub(crate) fn audit_length(self) -> Result<u64, StoreError> {
        Ok(self
            .conn
            .query_row("SELECT count(*) FROM audit", [], |row| row.get(0))?)
    }

    /// Number of the first row whose hash doesn't follow from the one before; none when the
    /// log is whole.
    pub(crate) fn audit_break(self) -> Result<Option<i64>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT no, at, who, what, detail, hash FROM audit ORDER BY no")?;
        let mut rows = statement.query([])?;
        let (mut previous, mut expected) = (Vec::new(), 1);
        while let Some(row) = rows.next()? {
            let hash: Vec<u8> = row.get(5)?;
            let row = AuditRow {
                no: row.get(0)?,
                at: row.get(1)?,
                who: row.get::<_, Option<[u8; 16]>>(2)?.map(PersonId::from_bytes),
                what: row.get(3)?,
                detail: row.get(4)?,
            };
            if row.no != expected || chain(&previous, &row)[..] != hash[..] {
                return Ok(Some(row.no));
            }
            previous = hash;
            expected += 1;
        }
        Ok(None)
    }
}
