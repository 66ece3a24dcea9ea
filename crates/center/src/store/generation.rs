//! Which generation this center is, and how far a backup reaches.

use rusqlite::{OptionalExtension, params};

use super::{StoreError, Tables};

const GENERATION: &str = "generation";
const BACKED_UP: &str = "backed_up_through";

impl Tables<'_> {
    /// The generation of now; 1 for a center that was never restored.
    pub(crate) fn generation(self) -> Result<u64, StoreError> {
        Ok(self.number(GENERATION)?.unwrap_or(1))
    }

    /// Up to which number an earlier generation is in this one; none for this one itself, and
    /// for one that never led here.
    pub(crate) fn base_of(self, generation: u64) -> Result<Option<u64>, StoreError> {
        // A number that no database holds was never one.
        let Ok(generation) = i64::try_from(generation) else {
            return Ok(None);
        };
        Ok(self
            .conn
            .prepare_cached("SELECT through FROM generation WHERE number = ?1")?
            .query_row([generation], |row| row.get(0))
            .optional()?)
    }

    /// Whether this center came from a backup: it may have forgotten phones.
    pub(crate) fn was_restored(self) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM generation LIMIT 1")?
            .exists([])?)
    }

    /// How many generations there were before this one.
    pub(crate) fn generations_before(self) -> Result<u32, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT count(*) FROM generation")?
            .query_row([], |row| row.get(0))?)
    }

    /// The highest number in a completed backup; 0 before the first.
    pub(crate) fn backed_up_through(self) -> Result<u64, StoreError> {
        Ok(self.number(BACKED_UP)?.unwrap_or(0))
    }

    /// A backup is complete up to here.
    pub(crate) fn set_backed_up(self, through: u64) -> Result<(), StoreError> {
        let most = through.max(self.backed_up_through()?);
        self.set_setting(BACKED_UP, &most.to_string())
    }

    /// Takes a number of the feed for a backup that begins. Whatever moves the feed not at all,
    /// a photo that arrived, a look at a telephone number, came before it or after it.
    pub(crate) fn mark_backup(self) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT INTO op (doc, what) VALUES (0, 7)")?
            .execute([])?;
        Ok(())
    }

    /// Makes what a backup holds a generation of its own, and returns its number and its base.
    /// What the center wrote with before, it writes with no more: somewhere out there are
    /// changes under those actors that it has lost. `before` is the highest number that any
    /// restoring gave, as far as is known.
    pub(crate) fn begin_generation(
        self,
        now_s: u64,
        before: u64,
    ) -> Result<(u64, u64), StoreError> {
        let (old, base) = (self.generation()?, self.head()?);
        let new = now_s.max(old.max(before) + 1);
        self.conn
            .prepare_cached("INSERT INTO generation (number, through) VALUES (?1, ?2)")?
            .execute(params![old, base])?;
        self.conn
            .prepare_cached(
                "UPDATE enrolment SET device = device || ' before ' || ?1
                 WHERE token_hash IS NULL AND device IN ('desk', 'quarantine')",
            )?
            .execute([new.to_string()])?;
        // Codes that were used since would be good once more, and whoever has left be logged in.
        self.conn
            .execute_batch("UPDATE enrol_code SET secret = NULL; DELETE FROM session;")?;
        self.set_setting(GENERATION, &new.to_string())?;
        self.set_backed_up(base)?;
        Ok((new, base))
    }

    fn number(self, name: &str) -> Result<Option<u64>, StoreError> {
        let text = self.setting(name)?;
        text.map(|text| text.parse().map_err(|_| StoreError::Damaged("setting")))
            .transpose()
    }
}
