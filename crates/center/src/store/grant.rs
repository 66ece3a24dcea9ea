//! What a device was told it reads and writes. Lists follow a person's posts: what is new goes
//! to the end, what is lost is closed, so that a position means one bucket for ever.

use linli_model::actor::EnrolmentId;
use linli_model::kind::Class;
use linli_model::permission::Bucket;
use rusqlite::params;

use super::{BucketId, StoreError, Tables};

/// A bucket in a device's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) bucket: BucketId,
    pub(crate) scope: String,
    pub(crate) class: Class,
    /// It was taken away.
    pub(crate) closed: bool,
}

impl Tables<'_> {
    /// What a device reads (or writes), by position, with what was taken away.
    pub(crate) fn grants(
        self,
        enrolment: EnrolmentId,
        write: bool,
    ) -> Result<Vec<Grant>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT b.id, b.scope, b.class, g.closed IS NOT NULL
             FROM grant_bucket g JOIN bucket b ON b.id = g.bucket
             WHERE g.enrolment = ?1 AND g.write = ?2 ORDER BY g.position",
        )?;
        let rows = statement.query_map(params![enrolment.0, write], |row| {
            Ok(Grant {
                bucket: row.get(0)?,
                scope: row.get(1)?,
                class: super::bucket::class_of(row.get(2)?),
                closed: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Makes a device's list what it should be. True when something changed.
    pub(crate) fn grant(
        self,
        enrolment: EnrolmentId,
        write: bool,
        should: &[Bucket],
        now: i64,
    ) -> Result<bool, StoreError> {
        let is = self.grants(enrolment, write)?;
        let wanted = |grant: &Grant| {
            should
                .iter()
                .any(|bucket| bucket.scope == grant.scope && bucket.class == grant.class)
        };
        let mut changed = false;
        for (position, grant) in is.iter().enumerate() {
            if !grant.closed && !wanted(grant) {
                changed = true;
                self.conn
                    .prepare_cached(
                        "UPDATE grant_bucket SET closed = ?4
                         WHERE enrolment = ?1 AND write = ?2 AND position = ?3",
                    )?
                    .execute(params![enrolment.0, write, position, now])?;
            }
        }
        let mut next = is.len();
        for bucket in should {
            let open = is.iter().any(|grant| {
                !grant.closed && grant.scope == bucket.scope && grant.class == bucket.class
            });
            if open {
                continue;
            }
            changed = true;
            let id = self.bucket(&bucket.scope, bucket.class)?;
            self.conn
                .prepare_cached(
                    "INSERT INTO grant_bucket (enrolment, position, bucket, write)
                     VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![enrolment.0, next, id, write])?;
            next += 1;
        }
        Ok(changed)
    }

    /// Which list of a device is the newest.
    pub(crate) fn access(self, enrolment: EnrolmentId) -> Result<u32, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT access FROM enrolment WHERE id = ?1")?
            .query_row([enrolment.0], |row| row.get(0))?)
    }

    /// There is a newer list.
    pub(crate) fn raise_access(self, enrolment: EnrolmentId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE enrolment SET access = access + 1 WHERE id = ?1")?
            .execute([enrolment.0])?;
        Ok(())
    }
}
