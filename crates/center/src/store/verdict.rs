//! Verdicts, and what was not accepted.

use linli_model::actor::EnrolmentId;
use linli_model::ids::IntentId;
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, params};

use super::{StoreError, Tables};

/// What became of an intent.
pub(crate) struct VerdictRow {
    /// Name of its change; none for an audit.
    pub(crate) change: Option<Hash>,
    /// Sequence number; none when it was not accepted.
    pub(crate) seq: Option<u64>,
    /// The verdict as it was sent.
    pub(crate) verdict: Vec<u8>,
    /// What was sent, when it was not accepted.
    pub(crate) kept: Option<Vec<u8>>,
}

impl Tables<'_> {
    pub(crate) fn verdict(
        self,
        enrolment: EnrolmentId,
        intent: IntentId,
    ) -> Result<Option<VerdictRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT change, seq, verdict, kept FROM verdict
                 WHERE enrolment = ?1 AND intent = ?2",
            )?
            .query_row(params![enrolment.0, intent.as_bytes()], |row| {
                Ok(VerdictRow {
                    change: row.get::<_, Option<[u8; 32]>>(0)?.map(Hash),
                    seq: row.get(1)?,
                    verdict: row.get(2)?,
                    kept: row.get(3)?,
                })
            })
            .optional()?)
    }

    /// Remembers a verdict; `kept` is what was sent, when it was not accepted.
    #[allow(clippy::too_many_arguments, reason = "one row")]
    pub(crate) fn set_verdict(
        self,
        enrolment: EnrolmentId,
        intent: IntentId,
        verdict: &[u8],
        change: Option<Hash>,
        seq: Option<u64>,
        kept: Option<&[u8]>,
        at: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO verdict (enrolment, intent, verdict, change, seq, kept, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                enrolment.0,
                intent.as_bytes(),
                verdict,
                change.map(|hash| hash.0),
                seq,
                kept,
                at
            ])?;
        Ok(())
    }

    /// Whether a change was seen and not accepted.
    pub(crate) fn was_refused(self, change: Hash) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM verdict WHERE change = ?1 AND seq IS NULL LIMIT 1")?
            .query_row([&change.0], |_| Ok(()))
            .optional()?
            .is_some())
    }
}
