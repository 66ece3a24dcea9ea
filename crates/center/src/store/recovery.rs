//! Phones that ask for a lost database key.

use linli_model::actor::EnrolmentId;
use linli_model::ids::PersonId;
use rusqlite::{OptionalExtension, Row, params};

use super::{StoreError, Tables};

/// A request for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecoveryRow {
    pub(crate) id: i64,
    pub(crate) enrolment: EnrolmentId,
    pub(crate) sealed: Vec<u8>,
    pub(crate) asked_at: i64,
    /// `waiting`, `approved` or `refused`.
    pub(crate) state: String,
}

fn recovery_row(row: &Row<'_>) -> rusqlite::Result<RecoveryRow> {
    Ok(RecoveryRow {
        id: row.get(0)?,
        enrolment: EnrolmentId(row.get(1)?),
        sealed: row.get(2)?,
        asked_at: row.get(3)?,
        state: row.get(4)?,
    })
}

impl Tables<'_> {
    /// The request of a phone for this sealed key; made when there is none.
    pub(crate) fn ask_recovery(
        self,
        enrolment: EnrolmentId,
        sealed: &[u8],
        at: i64,
    ) -> Result<RecoveryRow, StoreError> {
        self.conn
            .prepare_cached(
                "INSERT OR IGNORE INTO recovery (enrolment, sealed, asked_at, state)
                 VALUES (?1, ?2, ?3, 'waiting')",
            )?
            .execute(params![enrolment.0, sealed, at])?;
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, enrolment, sealed, asked_at, state FROM recovery
                 WHERE enrolment = ?1 AND sealed = ?2",
            )?
            .query_row(params![enrolment.0, sealed], recovery_row)?)
    }

    /// The request of a phone for this sealed key, if it has asked before.
    pub(crate) fn find_recovery(
        self,
        enrolment: EnrolmentId,
        sealed: &[u8],
    ) -> Result<Option<RecoveryRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, enrolment, sealed, asked_at, state FROM recovery
                 WHERE enrolment = ?1 AND sealed = ?2",
            )?
            .query_row(params![enrolment.0, sealed], recovery_row)
            .optional()?)
    }

    pub(crate) fn recovery(self, id: i64) -> Result<Option<RecoveryRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, enrolment, sealed, asked_at, state FROM recovery WHERE id = ?1",
            )?
            .query_row([id], recovery_row)
            .optional()?)
    }

    /// All requests, newest first.
    pub(crate) fn recoveries(self) -> Result<Vec<RecoveryRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, enrolment, sealed, asked_at, state FROM recovery
             ORDER BY id DESC LIMIT 200",
        )?;
        let rows = statement.query_map([], recovery_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many requests of a phone wait.
    pub(crate) fn waiting_recoveries(self, enrolment: EnrolmentId) -> Result<u32, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT count(*) FROM recovery WHERE enrolment = ?1 AND state = 'waiting'",
            )?
            .query_row([enrolment.0], |row| row.get(0))?)
    }

    /// Settles a waiting request; false when it no longer waits.
    pub(crate) fn decide_recovery(
        self,
        id: i64,
        state: &str,
        by: PersonId,
        at: i64,
    ) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "UPDATE recovery SET state = ?2, decided_by = ?3, decided_at = ?4
                 WHERE id = ?1 AND state = 'waiting'",
            )?
            .execute(params![id, state, by.as_bytes(), at])?
            > 0)
    }

    /// The newest enrolment of the same person before this one: the phone it replaces.
    pub(crate) fn enrolment_before(
        self,
        enrolment: EnrolmentId,
    ) -> Result<Option<EnrolmentId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT o.id FROM enrolment e JOIN enrolment o
                   ON o.person = e.person AND o.id <> e.id AND o.created <= e.created
                 WHERE e.id = ?1 AND o.token_hash IS NOT NULL
                 ORDER BY o.created DESC, o.id DESC LIMIT 1",
            )?
            .query_row([enrolment.0], |row| Ok(EnrolmentId(row.get(0)?)))
            .optional()?)
    }
}
