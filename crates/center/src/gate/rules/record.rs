//! Records that merge: household, care, and what a worker adopts into them.

use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::reference;

use super::{Ask, Refused};

const RECORDS: [Kind; 3] = [Kind::Household, Kind::Care, Kind::CareNamed];
/// What a record is, rather than what it says.
const IDENTITY: [&str; 3] = ["dwelling", "occupancy", "resident"];

/// A record may come into being with any edit, if that edit says which record it is.
fn identity(ask: &Ask<'_>) -> Result<(), Refused> {
    ask.kind_in(&RECORDS)?;
    let touched: Vec<&str> = ask
        .writes
        .iter()
        .map(|write| write.path.as_str())
        .filter(|path| IDENTITY.contains(path))
        .collect();
    if !ask.birth && touched.is_empty() {
        return Ok(());
    }
    let dwelling = ask.written("dwelling").text().parse::<DocId>().ok();
    let id = match ask.kind {
        Kind::CareNamed => ask
            .written("resident")
            .text()
            .parse()
            .ok()
            .map(DocId::of_resident),
        kind => dwelling.and_then(|dwelling| {
            let number = u32::try_from(ask.written("occupancy").int()?).ok()?;
            Some(DocId::of_occupancy(kind, dwelling, number))
        }),
    };
    if id == Some(ask.subject.id) {
        Ok(())
    } else {
        Err(Refused::fields("identity", touched))
    }
}

/// Categories that are kept nowhere (tier L3), and flags under the wrong roof.
fn categories(ask: &Ask<'_>) -> Result<(), Refused> {
    let refused: Vec<&str> = ask
        .writes
        .iter()
        .map(|write| write.path.as_str())
        .filter(|path| {
            path.rsplit_once(':')
                .is_some_and(|(_, code)| reference::persons().is_refused(code))
        })
        .collect();
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Refused::fields("category_refused", refused))
    }
}

/// Edits of fields: an entry that is edited must have been there.
pub(super) fn field_set(ask: &Ask<'_>) -> Result<(), Refused> {
    identity(ask)?;
    categories(ask)?;
    for container in ["phones", "contacts", "residents", "remarks"] {
        for id in ask.entries(container) {
            if !ask.seen.keys(container).contains(&id) {
                return Err(Refused::fields("not_found", [id]));
            }
        }
    }
    Ok(())
}

/// A choice between values that stood side by side; the one not chosen may live on as a new
/// telephone entry.
pub(super) fn clash_settle(ask: &Ask<'_>) -> Result<(), Refused> {
    ask.kind_in(&[
        Kind::Household,
        Kind::Care,
        Kind::CareNamed,
        Kind::Visit,
        Kind::Muster,
    ])?;
    categories(ask)?;
    let clashed = |path: &str| ask.seen.clashes.iter().any(|clash| clash.path == path);
    let others: Vec<&str> = ask
        .writes
        .iter()
        .map(|write| write.path.as_str())
        .filter(|path| !clashed(path))
        .filter(|path| {
            let entry = path
                .strip_prefix("phones/")
                .and_then(|rest| rest.split('/').next());
            entry.is_none_or(|id| ask.has_entry("phones", id))
        })
        .collect();
    if !others.is_empty() || !ask.writes.iter().any(|write| clashed(&write.path)) {
        return Err(Refused::fields("no_clash", others));
    }
    Ok(())
}

/// One new entry, with the field it can't be without.
pub(super) fn entry_add(ask: &Ask<'_>, container: &str, needs: &str) -> Result<(), Refused> {
    identity(ask)?;
    let prefix = format!("{container}/");
    ask.only(&[&prefix, "dwelling", "occupancy", "resident"])?;
    ask.fresh(container)?;
    let ids = ask.entries(container);
    let [id] = ids.as_slice() else {
        return Err(Refused::fields("intent_mismatch", ids));
    };
    let path = format!("{container}/{id}/{needs}");
    if ask.written(&path).text().trim().is_empty() {
        return Err(Refused::fields("empty", [path.as_str()]));
    }
    Ok(())
}

/// The first facts of a record.
pub(super) fn found(ask: &Ask<'_>) -> Result<(), Refused> {
    identity(ask)?;
    ask.only(&IDENTITY)
}

/// A tip that is taken over: marked in the visit, or written into the books.
pub(super) fn tip_adopt(ask: &Ask<'_>) -> Result<(), Refused> {
    match ask.kind {
        Kind::Visit => super::visit::tip_state(ask, "adopted"),
        Kind::Care if !ask.entries("phones").is_empty() => entry_add(ask, "phones", "number"),
        Kind::Care => {
            identity(ask)?;
            categories(ask)?;
            ask.only(&["flags/", "mobility/", "dwelling", "occupancy"])
        }
        Kind::Household => {
            identity(ask)?;
            ask.only(&["ended", "residents/"])?;
            field_set(ask)
        }
        _ => Err(Refused::code("kind")),
    }
}
