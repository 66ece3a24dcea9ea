//! Logging in at the console: passwords, failures, sessions.

use linli_model::ids::PersonId;
use rusqlite::{OptionalExtension, params};

use super::{StoreError, Tables};

/// An argon2id hash with the salt and cost it was made with.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PasswordRow {
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
}

/// Wrong passwords in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Failures {
    pub(crate) count: u32,
    /// When the last one was, milliseconds.
    pub(crate) last_at: i64,
}

/// Somebody who is logged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SessionRow {
    pub(crate) person: PersonId,
    pub(crate) created: i64,
    /// When the person last did something.
    pub(crate) seen: i64,
}

impl Tables<'_> {
    pub(crate) fn set_password(
        self,
        person: PersonId,
        row: &PasswordRow,
        at: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO password (person, salt, hash, memory_kib, passes, set_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                person.as_bytes(),
                row.salt,
                row.hash,
                row.memory_kib,
                row.passes,
                at
            ])?;
        Ok(())
    }

    pub(crate) fn password(self, person: PersonId) -> Result<Option<PasswordRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT salt, hash, memory_kib, passes FROM password WHERE person = ?1",
            )?
            .query_row([person.as_bytes()], |row| {
                Ok(PasswordRow {
                    salt: row.get(0)?,
                    hash: row.get(1)?,
                    memory_kib: row.get(2)?,
                    passes: row.get(3)?,
                })
            })
            .optional()?)
    }

    pub(crate) fn failures(self, name_hash: [u8; 32]) -> Result<Failures, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT failures, last_at FROM login_failure WHERE name_hash = ?1")?
            .query_row([name_hash], |row| {
                Ok(Failures {
                    count: row.get(0)?,
                    last_at: row.get(1)?,
                })
            })
            .optional()?
            .unwrap_or_default())
    }

    /// Counts a wrong password; those older than `forget` are dropped, whosever they are.
    pub(crate) fn add_failure(
        self,
        name_hash: [u8; 32],
        at: i64,
        forget: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM login_failure WHERE last_at < ?1")?
            .execute([forget])?;
        self.conn
            .prepare_cached(
                "INSERT INTO login_failure (name_hash, failures, last_at) VALUES (?1, 1, ?2)
                 ON CONFLICT (name_hash) DO UPDATE SET
                   failures = failures + 1, last_at = excluded.last_at",
            )?
            .execute(params![name_hash, at])?;
        Ok(())
    }

    pub(crate) fn clear_failures(self, name_hash: [u8; 32]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM login_failure WHERE name_hash = ?1")?
            .execute([name_hash])?;
        Ok(())
    }

    /// Opens a session; those begun before `oldest` are dropped.
    pub(crate) fn add_session(
        self,
        token_hash: [u8; 32],
        person: PersonId,
        at: i64,
        oldest: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM session WHERE created < ?1")?
            .execute([oldest])?;
        self.conn
            .prepare_cached(
                "INSERT INTO session (token_hash, person, created, seen) VALUES (?1, ?2, ?3, ?3)",
            )?
            .execute(params![token_hash, person.as_bytes(), at])?;
        Ok(())
    }

    pub(crate) fn session(self, token_hash: [u8; 32]) -> Result<Option<SessionRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT person, created, seen FROM session WHERE token_hash = ?1")?
            .query_row([token_hash], |row| {
                Ok(SessionRow {
                    person: PersonId::from_bytes(row.get(0)?),
                    created: row.get(1)?,
                    seen: row.get(2)?,
                })
            })
            .optional()?)
    }

    pub(crate) fn touch_session(self, token_hash: [u8; 32], at: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE session SET seen = ?2 WHERE token_hash = ?1")?
            .execute(params![token_hash, at])?;
        Ok(())
    }

    pub(crate) fn end_session(self, token_hash: [u8; 32]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM session WHERE token_hash = ?1")?
            .execute([token_hash])?;
        Ok(())
    }

    /// Ends all sessions of a person: the password was changed.
    pub(crate) fn end_sessions_of(self, person: PersonId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM session WHERE person = ?1")?
            .execute([person.as_bytes()])?;
        Ok(())
    }
}
