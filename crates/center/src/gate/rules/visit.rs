//! Visits and the tips in them.

use linli_model::kind::Kind;
use linli_model::reference;

use super::{Ask, Refused};

/// A visit is one new document.
pub(super) fn log(ask: &Ask<'_>) -> Result<(), Refused> {
    ask.kind_in(&[Kind::Visit])?;
    ask.birth_is(true)?;
    let visits = reference::visits();
    let kind = ask.written("type").text();
    if !visits.types.iter().any(|visit| visit.code == kind) {
        return Err(Refused::fields("unknown_code", ["type"]));
    }
    let result = ask.written("result").int();
    if !visits
        .results
        .iter()
        .any(|known| Some(i64::from(known.code)) == result)
    {
        return Err(Refused::fields("unknown_code", ["result"]));
    }
    if ask
        .writes
        .iter()
        .any(|write| write.path.starts_with("tips/") && write.path.ends_with("/state"))
    {
        return Err(Refused::fields("intent_mismatch", ["tips"]));
    }
    // A building lead knows doors, not families.
    if ask.is_lead() && !ask.written("household").text().is_empty() {
        return Err(Refused::fields("role", ["household"]));
    }
    Ok(())
}

/// What became of one tip.
pub(super) fn tip_state(ask: &Ask<'_>, state: &str) -> Result<(), Refused> {
    ask.kind_in(&[Kind::Visit])?;
    ask.birth_is(false)?;
    let [write] = ask.writes else {
        return Err(Refused::fields("intent_mismatch", ["tips"]));
    };
    let known = ask
        .entries("tips")
        .first()
        .is_some_and(|id| ask.has_entry("tips", id));
    if !known {
        return Err(Refused::fields("not_found", [write.path.as_str()]));
    }
    if !write.path.ends_with("/state") || write.value.text() != state {
        return Err(Refused::fields("intent_mismatch", [write.path.as_str()]));
    }
    Ok(())
}
