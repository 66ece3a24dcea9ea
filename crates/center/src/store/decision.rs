//! What was given back and is kept, and what a desk decided about it.

use linli_model::actor::EnrolmentId;
use linli_model::ids::{IntentId, PersonId};
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, Row, params};

use super::{DocNo, StoreError, Tables};

/// Something that was not accepted when it came.
#[derive(Debug, Clone)]
pub(crate) struct ReturnedRow {
    pub(crate) enrolment: EnrolmentId,
    pub(crate) intent: IntentId,
    /// The verdict of now.
    pub(crate) verdict: Vec<u8>,
    /// What was sent.
    pub(crate) kept: Vec<u8>,
    /// Its number in the feed, once it was accepted after all.
    pub(crate) seq: Option<u64>,
    /// When it was given back.
    pub(crate) at: i64,
}

/// A desk's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecisionRow {
    /// The verdict it had been given back with.
    pub(crate) before: Vec<u8>,
    pub(crate) decided_by: PersonId,
    pub(crate) at: i64,
}

/// A decision about to be written.
pub(crate) struct NewDecision<'a> {
    pub(crate) enrolment: EnrolmentId,
    pub(crate) intent: IntentId,
    /// As the phone is told.
    pub(crate) verdict: &'a [u8],
    /// The change as its author had made it.
    pub(crate) was: Option<Hash>,
    pub(crate) decided_by: PersonId,
    pub(crate) at: i64,
}

const RETURNED: &str = "enrolment, intent, verdict, kept, seq, at";

fn returned_row(row: &Row<'_>) -> rusqlite::Result<ReturnedRow> {
    Ok(ReturnedRow {
        enrolment: EnrolmentId(row.get(0)?),
        intent: IntentId::from_bytes(row.get(1)?),
        verdict: row.get(2)?,
        kept: row.get(3)?,
        seq: row.get(4)?,
        at: row.get(5)?,
    })
}

impl Tables<'_> {
    /// What was given back before this moment and intent (none: now), newest first.
    pub(crate) fn returned(
        self,
        before: Option<(i64, IntentId)>,
        limit: usize,
    ) -> Result<Vec<ReturnedRow>, StoreError> {
        let (at, intent) = before.map_or((i64::MAX, [0; 16]), |(at, id)| (at, *id.as_bytes()));
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT {RETURNED} FROM verdict WHERE kept IS NOT NULL AND (at, intent) < (?1, ?2)
             ORDER BY at DESC, intent DESC LIMIT ?3"
        ))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![at, intent, limit], returned_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One of them.
    pub(crate) fn returned_one(
        self,
        enrolment: EnrolmentId,
        intent: IntentId,
    ) -> Result<Option<ReturnedRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!(
                "SELECT {RETURNED} FROM verdict
                 WHERE enrolment = ?1 AND intent = ?2 AND kept IS NOT NULL"
            ))?
            .query_row(params![enrolment.0, intent.as_bytes()], returned_row)
            .optional()?)
    }

    /// All that was given back to a phone, in the order of its intents.
    pub(crate) fn returned_to(
        self,
        enrolment: EnrolmentId,
    ) -> Result<Vec<ReturnedRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT {RETURNED} FROM verdict WHERE enrolment = ?1 AND kept IS NOT NULL
             ORDER BY intent"
        ))?;
        let rows = statement.query_map([enrolment.0], returned_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was sent with a change that was not accepted.
    pub(crate) fn kept_with(self, change: Hash) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT kept FROM verdict WHERE change = ?1 AND kept IS NOT NULL LIMIT 1",
            )?
            .query_row([change.0], |row| row.get(0))
            .optional()?)
    }

    /// What was given back to a phone with this change.
    pub(crate) fn given_back_as(
        self,
        enrolment: EnrolmentId,
        change: Hash,
    ) -> Result<Option<IntentId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT intent FROM verdict
                 WHERE change = ?2 AND enrolment = ?1 AND seq IS NULL AND kept IS NOT NULL",
            )?
            .query_row(params![enrolment.0, change.0], |row| {
                Ok(IntentId::from_bytes(row.get(0)?))
            })
            .optional()?)
    }

    /// Whose it was, if it was given back and nothing came of it. Reads all verdicts.
    pub(crate) fn given_back_by(self, intent: IntentId) -> Result<Option<EnrolmentId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT enrolment FROM verdict
                 WHERE intent = ?1 AND seq IS NULL AND kept IS NOT NULL",
            )?
            .query_row([intent.as_bytes()], |row| Ok(EnrolmentId(row.get(0)?)))
            .optional()?)
    }

    /// The change as which a desk accepted this one.
    pub(crate) fn accepted_as(self, was: Hash) -> Result<Option<Hash>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT v.change FROM decision d
                 JOIN verdict v ON v.enrolment = d.enrolment AND v.intent = d.intent
                 WHERE d.was = ?1 AND v.seq IS NOT NULL",
            )?
            .query_row([was.0], |row| Ok(Hash(row.get(0)?)))
            .optional()?)
    }

    /// A counter that this enrolment has not used in a document.
    pub(crate) fn next_counter(
        self,
        doc: DocNo,
        enrolment: EnrolmentId,
    ) -> Result<u32, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT coalesce(max(counter), 0) + 1 FROM change
                 WHERE doc = ?1 AND enrolment = ?2",
            )?
            .query_row(params![doc, enrolment.0], |row| row.get(0))?)
    }

    /// Replaces the verdict on something that was given back; what was sent stays.
    pub(crate) fn settle_returned(
        self,
        enrolment: EnrolmentId,
        intent: IntentId,
        verdict: &[u8],
        accepted: Option<(Hash, u64)>,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE verdict SET verdict = ?3, change = coalesce(?4, change), seq = ?5
                 WHERE enrolment = ?1 AND intent = ?2",
            )?
            .execute(params![
                enrolment.0,
                intent.as_bytes(),
                verdict,
                accepted.map(|(hash, _)| hash.0),
                accepted.map(|(_, seq)| seq)
            ])?;
        Ok(())
    }

    /// Writes a decision under a number of the feed of its own; before the verdict is replaced.
    pub(crate) fn add_decision(self, new: &NewDecision<'_>) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT INTO op (doc, what) VALUES (0, 5)")?
            .execute([])?;
        self.conn
            .prepare_cached(
                "INSERT INTO decision
                   (enrolment, seq, intent, verdict, before, was, decided_by, at)
                 SELECT ?1, ?2, ?3, ?4, verdict, ?5, ?6, ?7 FROM verdict
                 WHERE enrolment = ?1 AND intent = ?3",
            )?
            .execute(params![
                new.enrolment.0,
                self.conn.last_insert_rowid(),
                new.intent.as_bytes(),
                new.verdict,
                new.was.map(|hash| hash.0),
                new.decided_by.as_bytes(),
                new.at
            ])?;
        Ok(())
    }

    /// Who decided about something, and when.
    pub(crate) fn decision(
        self,
        enrolment: EnrolmentId,
        intent: IntentId,
    ) -> Result<Option<DecisionRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT before, decided_by, at FROM decision
                 WHERE enrolment = ?1 AND intent = ?2",
            )?
            .query_row(params![enrolment.0, intent.as_bytes()], |row| {
                Ok(DecisionRow {
                    before: row.get(0)?,
                    decided_by: PersonId::from_bytes(row.get(1)?),
                    at: row.get(2)?,
                })
            })
            .optional()?)
    }

    /// What was decided about a phone's intents between two numbers of the feed.
    pub(crate) fn decided(
        self,
        enrolment: EnrolmentId,
        after: u64,
        through: u64,
    ) -> Result<Vec<(IntentId, Vec<u8>)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT intent, verdict FROM decision
             WHERE enrolment = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq",
        )?;
        let rows = statement.query_map(params![enrolment.0, after, through], |row| {
            Ok((IntentId::from_bytes(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The enrolment under which the center writes what it accepts after all, for its author.
    pub(crate) fn quarantine_of(self, author: PersonId) -> Result<Option<EnrolmentId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id FROM enrolment
                 WHERE person = ?1 AND token_hash IS NULL AND device = 'quarantine'",
            )?
            .query_row([author.as_bytes()], |row| Ok(EnrolmentId(row.get(0)?)))
            .optional()?)
    }
}
