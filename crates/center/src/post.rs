//! Posts: where a person serves. A person's phones follow.

use linli_model::ids::PersonId;
use linli_model::org::Level;

use crate::center::Center;
use crate::store::{StoreError, Tables};
use crate::sync::renew;

/// Why somebody can't be posted; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// Nobody has this id.
    #[error("there is no such person; see `linli-center people`")]
    NoPerson,
    /// The center knows no grid, community, street or county of this code.
    #[error("there is no division {0} here")]
    NoDivision(String),
    /// A grid worker serves in a grid, a chief in a community: that is a matter of the role.
    #[error("{0} is of another level than the post of now")]
    OtherLevel(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives a person a post of the same level elsewhere: what the person's phones see and may
/// write changes with their next sync. How many phones that concerns. A building lead's
/// building is no part of it.
///
/// # Errors
/// See [`PostError`].
pub fn post(center: &Center, person: PersonId, org: &str) -> Result<usize, PostError> {
    let (now, org) = (center.now(), org.to_owned());
    center
        .store
        .write_now(move |turn| apply(turn.tables, person, &org, now))?
}

fn apply(
    tables: Tables<'_>,
    person: PersonId,
    org: &str,
    now: i64,
) -> Result<Result<usize, PostError>, StoreError> {
    let Some(mut row) = tables.person(person)? else {
        return Ok(Err(PostError::NoPerson));
    };
    let level = match Level::of_code(org) {
        Some(level) if tables.orgs_below(org)?.iter().any(|one| one == org) => level,
        _ => return Ok(Err(PostError::NoDivision(org.to_owned()))),
    };
    if Level::of_code(&row.org) != Some(level) {
        return Ok(Err(PostError::OtherLevel(org.to_owned())));
    }
    tables.set_posts(person, level.name(), &[org.to_owned()])?;
    row.org = org.to_owned();
    tables.set_person(&row)?;
    tables.note(now, None, "post", person.as_bytes())?;
    renew(tables, person, now).map(Ok)
}
