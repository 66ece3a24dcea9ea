//! What a device reads and writes follows its person's posts.

use linli_model::ids::PersonId;
use linli_model::permission;
use linli_model::reference::roles::RoleCode;
use linli_protocol::sync::Access;

use crate::enrol::{public, travelling};
use crate::store::{EnrolmentRow, Grant, StoreError, Tables};

/// What a device should know, when it knows something older.
pub(super) fn newer(
    tables: Tables<'_>,
    row: &EnrolmentRow,
    grants: &[Grant],
    known: u32,
) -> Result<Option<Access>, StoreError> {
    if tables.access(row.id)? == known {
        return Ok(None);
    }
    of(tables, row, grants)
}

/// What a device should know now.
pub(super) fn of(
    tables: Tables<'_>,
    row: &EnrolmentRow,
    grants: &[Grant],
) -> Result<Option<Access>, StoreError> {
    let Some(person) = tables.person(row.person)? else {
        return Ok(None);
    };
    let closed = (0..)
        .zip(grants)
        .filter(|(_, grant)| grant.closed)
        .map(|(position, _)| position)
        .collect();
    let write = tables.grants(row.id, true)?;
    Ok(Some(Access {
        revision: tables.access(row.id)?,
        person: public(&person),
        read: travelling(grants.to_vec()),
        closed,
        write: travelling(write.into_iter().filter(|grant| !grant.closed).collect()),
    }))
}

/// Brings the lists of all of a person's devices up to date with the person's posts; they hear
/// of it when they sync next. How many changed.
pub(crate) fn renew(tables: Tables<'_>, person: PersonId, now: i64) -> Result<usize, StoreError> {
    let Some(role) = tables
        .person(person)?
        .and_then(|person| RoleCode::parse(&person.role))
    else {
        return Ok(0);
    };
    let access = permission::buckets_of_role(role, &tables.posts(person)?);
    let mut changed = 0;
    for device in tables.devices_of(person)? {
        let read = tables.grant(device, false, &access.read, now)?;
        let write = tables.grant(device, true, &access.write, now)?;
        if read || write {
            tables.raise_access(device)?;
            changed += 1;
        }
    }
    Ok(changed)
}
