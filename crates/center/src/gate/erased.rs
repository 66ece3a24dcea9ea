//! What was erased stays so: nothing comes back under its id (DESIGN §4.12).

use std::collections::BTreeSet;

use linli_model::ids::{DocId, EntryId};
use linli_model::value::Write;
use linli_protocol::sync::Sent;

use super::Refused;
use super::rules::Stop;
use crate::store::{StoreError, Tables};

/// Code of what is about somebody or something that was erased.
pub(super) const ERASED: &str = "erased";

/// Refuses what is about something that was erased, naming the fields, and the ids: so a phone
/// finds what else it has about them.
pub(super) fn refuse(tables: Tables<'_>, doc: DocId, writes: &[Write]) -> Result<(), Stop> {
    if !tables.any_erased()? {
        return Ok(());
    }
    if tables.is_erased(doc.as_bytes())? {
        return Err(Refused::code(ERASED).into());
    }
    let fields = fields(tables, writes)?;
    if fields.is_empty() {
        Ok(())
    } else {
        Err(Refused::fields(ERASED, fields.iter().map(String::as_str)).into())
    }
}

/// Whether some of what was sent is about something that was erased, as it says itself or as its
/// bytes say.
pub(super) fn concerns(tables: Tables<'_>, sent: &Sent) -> Result<bool, StoreError> {
    if !tables.any_erased()? {
        return Ok(false);
    }
    if let Some(target) = &sent.intent.target
        && speaks_of(tables, target.doc, &sent.change)?
    {
        return Ok(true);
    }
    Ok(!fields(tables, &sent.intent.writes)?.is_empty())
}

/// Whether a change is of a document that was erased, or names an entry that was.
pub(super) fn speaks_of(tables: Tables<'_>, doc: DocId, change: &[u8]) -> Result<bool, StoreError> {
    if tables.is_erased(doc.as_bytes())? {
        return Ok(true);
    }
    for id in ids_in(change) {
        if tables.is_erased(id.as_bytes())? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Ids that stand as text in some bytes.
fn ids_in(bytes: &[u8]) -> impl Iterator<Item = EntryId> {
    bytes
        .windows(36)
        .filter(|part| [8, 13, 18, 23].iter().all(|at| part[*at] == b'-'))
        .filter_map(|part| std::str::from_utf8(part).ok()?.parse().ok())
}

/// Paths of what is about something that was erased, and its ids.
fn fields(tables: Tables<'_>, writes: &[Write]) -> Result<Vec<String>, StoreError> {
    let (mut paths, mut erased) = (Vec::new(), BTreeSet::new());
    for write in writes {
        let parts = write.path.split(['/', ':']).chain([write.value.text()]);
        let mut found = false;
        for id in parts.filter_map(|part| part.parse::<EntryId>().ok()) {
            if tables.is_erased(id.as_bytes())? {
                erased.insert(id.to_string());
                found = true;
            }
        }
        if found {
            paths.push(write.path.clone());
        }
    }
    paths.extend(erased);
    Ok(paths)
}
