//! How much of a day's quota a phone has used up.

use linli_model::actor::EnrolmentId;
use rusqlite::{OptionalExtension, params};

use super::{DocNo, StoreError, Tables};

const DAY_MS: i64 = 86_400_000;

impl Tables<'_> {
    /// Count and bytes of what a phone sent today and what was refused and kept.
    pub(crate) fn refused_today(
        self,
        enrolment: EnrolmentId,
        now: i64,
    ) -> Result<(u64, u64), StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT count, bytes FROM refused_day WHERE enrolment = ?1 AND day = ?2",
            )?
            .query_row(params![enrolment.0, now.div_euclid(DAY_MS)], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?
            .unwrap_or_default())
    }

    /// Adds one to it.
    pub(crate) fn count_refused(
        self,
        enrolment: EnrolmentId,
        bytes: usize,
        now: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO refused_day (enrolment, day, count, bytes) VALUES (?1, ?2, 1, ?3)
                 ON CONFLICT (enrolment) DO UPDATE SET
                   count = 1 + iif(day = excluded.day, count, 0),
                   bytes = excluded.bytes + iif(day = excluded.day, bytes, 0),
                   day = excluded.day",
            )?
            .execute(params![enrolment.0, now.div_euclid(DAY_MS), bytes])?;
        Ok(())
    }

    /// Bytes of what a phone sent today and was accepted.
    pub(crate) fn accepted_today(
        self,
        enrolment: EnrolmentId,
        now: i64,
    ) -> Result<u64, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT bytes FROM accepted_day WHERE enrolment = ?1 AND day = ?2")?
            .query_row(params![enrolment.0, now.div_euclid(DAY_MS)], |row| {
                row.get(0)
            })
            .optional()?
            .unwrap_or_default())
    }

    /// Adds to it.
    pub(crate) fn count_accepted(
        self,
        enrolment: EnrolmentId,
        bytes: usize,
        now: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO accepted_day (enrolment, day, bytes) VALUES (?1, ?2, ?3)
                 ON CONFLICT (enrolment) DO UPDATE SET
                   bytes = excluded.bytes + iif(day = excluded.day, bytes, 0),
                   day = excluded.day",
            )?
            .execute(params![enrolment.0, now.div_euclid(DAY_MS), bytes])?;
        Ok(())
    }

    /// How many changes of a document a phone, and those it succeeds, had accepted today.
    pub(crate) fn changes_today(
        self,
        doc: DocNo,
        lineage: &[EnrolmentId],
        now: i64,
    ) -> Result<u64, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT count(*) FROM change
             WHERE doc = ?1 AND enrolment = ?2 AND received_at >= ?3",
        )?;
        let since = now.div_euclid(DAY_MS) * DAY_MS;
        let mut count = 0;
        for enrolment in lineage {
            count += statement
                .query_row(params![doc, enrolment.0, since], |row| row.get::<_, u64>(0))?;
        }
        Ok(count)
    }
}
