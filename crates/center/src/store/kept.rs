//! What was given back and is kept, for an erasure that has to look at all of it.

use linli_model::actor::EnrolmentId;
use linli_model::ids::IntentId;
use rusqlite::params;

use super::{StoreError, Tables};

/// Something kept that was not accepted, or only later.
pub(crate) struct KeptRow {
    pub(crate) enrolment: EnrolmentId,
    pub(crate) intent: IntentId,
    pub(crate) verdict: Vec<u8>,
    pub(crate) kept: Vec<u8>,
    /// After all.
    pub(crate) accepted: bool,
}

impl Tables<'_> {
    /// Everything that is kept of what was given back.
    pub(crate) fn all_kept(self) -> Result<Vec<KeptRow>, StoreError> {
        let mut statement = self.conn.prepare(
            "SELECT enrolment, intent, verdict, kept, seq IS NOT NULL FROM verdict
             WHERE kept IS NOT NULL",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(KeptRow {
                enrolment: EnrolmentId(row.get(0)?),
                intent: IntentId::from_bytes(row.get(1)?),
                verdict: row.get(2)?,
                kept: row.get(3)?,
                accepted: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Replaces what is kept of it; nothing of it stays where nothing is left.
    pub(crate) fn set_kept(
        self,
        row: &KeptRow,
        verdict: &[u8],
        kept: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE verdict SET kept = ?3, verdict = ?4 WHERE enrolment = ?1 AND intent = ?2",
            )?
            .execute(params![
                row.enrolment.0,
                row.intent.as_bytes(),
                kept,
                verdict
            ])?;
        Ok(())
    }

    /// Makes room for another word about something that was given back.
    pub(crate) fn forget_decision(
        self,
        enrolment: EnrolmentId,
        intent: IntentId,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM decision WHERE enrolment = ?1 AND intent = ?2")?
            .execute(params![enrolment.0, intent.as_bytes()])?;
        Ok(())
    }

    /// Replaces what desks said, where `change` wants it otherwise.
    pub(crate) fn change_decisions(
        self,
        change: impl Fn(&[u8]) -> Option<Vec<u8>>,
    ) -> Result<(), StoreError> {
        let all: Vec<([u8; 8], [u8; 16], Vec<u8>)> = self
            .conn
            .prepare("SELECT enrolment, intent, verdict FROM decision")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        for (enrolment, intent, verdict) in all {
            if let Some(verdict) = change(&verdict) {
                self.conn.execute(
                    "UPDATE decision SET verdict = ?3 WHERE enrolment = ?1 AND intent = ?2",
                    params![enrolment, intent, verdict],
                )?;
            }
        }
        Ok(())
    }
}
