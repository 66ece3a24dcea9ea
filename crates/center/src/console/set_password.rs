//! `linli-center passwd`: gives somebody at a desk a password.

use super::password::{self, LONGEST, SHORTEST};
use crate::center::Center;
use crate::store::StoreError;
use crate::world::random;

/// Why a password is not set.
#[derive(Debug, thiserror::Error)]
pub enum SetPasswordError {
    /// Nobody logs in under that name.
    #[error("nobody logs in as {0:?}")]
    Nobody(String),
    /// Too short or too long.
    #[error("a password has {SHORTEST} characters or more, and at most {LONGEST} bytes")]
    Length,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sets the password of a login and ends the sessions that the old one opened.
///
/// # Errors
/// Nobody has that login, or the password is too short or too long.
pub fn set_password(center: &Center, login: &str, password: &str) -> Result<(), SetPasswordError> {
    if password.chars().count() < SHORTEST {
        return Err(SetPasswordError::Length);
    }
    let row = password::hash(password, random(&*center.world)).ok_or(SetPasswordError::Length)?;
    let now = center.now();
    let name = login.to_owned();
    let known = center.store.write_now(move |turn| {
        let tables = turn.tables;
        let Some(person) = tables.person_by_login(&name)? else {
            return Ok(false);
        };
        tables.set_password(person.id, &row, now)?;
        tables.end_sessions_of(person.id)?;
        tables.note(now, None, "password_set", person.id.as_bytes())?;
        Ok(true)
    })?;
    if known {
        Ok(())
    } else {
        Err(SetPasswordError::Nobody(login.to_owned()))
    }
}
