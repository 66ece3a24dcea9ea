//! Logging a visit.

use linli_model::ids::DocId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::visit::{Tip, Visit};
use linli_store::read::people;
use linli_store::record::Plan;
use linli_store::{Transaction, meta};

use crate::EdgeError;
use crate::api::change::{Changed, Topic};
use crate::api::visit::LogVisit;
use crate::desk::id;
use crate::error::Outcome;
use crate::phone::Phone;
use crate::view;

const TIP_KINDS: [&str; 4] = ["phone", "need", "mobility", "moved_out"];

/// Logs a visit, with what a building lead noticed on the way.
pub(crate) async fn log_visit(phone: &Phone, request: LogVisit) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let kind = linli_model::reference::visits()
                .get(&request.kind)
                .ok_or_else(|| EdgeError::bad_input("kind"))?;
            if !(1..=5).contains(&request.result) {
                return Err(EdgeError::bad_input("result"));
            }
            let dwelling: DocId = id(&request.dwelling)?;
            let mut tips = Vec::new();
            for tip in request.tips {
                if !TIP_KINDS.contains(&tip.kind.as_str()) {
                    return Err(EdgeError::bad_input("tips"));
                }
                // A lead's number is checked when typed: the worker must be able to adopt it.
                let value = if tip.kind == "phone" {
                    linli_model::kinds::care::normal_number(&tip.value)
                        .ok_or_else(|| EdgeError::bad_input("number"))?
                } else {
                    tip.value.trim().to_owned()
                };
                let words = tip.words.trim().to_owned();
                tips.push((
                    desk.entry(),
                    Tip {
                        kind: tip.kind,
                        value,
                        words,
                        state: String::new(),
                    },
                ));
            }
            let household: Option<DocId> = if request.household.is_empty() {
                None
            } else {
                Some(id(&request.household)?)
            };
            let visit = Visit {
                dwelling: Some(dwelling),
                household,
                place: None,
                kind: request.kind,
                result: request.result,
                mood: request.mood,
                utilities: request.utilities,
                words: request.words.trim().to_owned(),
                at: desk.now_ms,
                named: kind.is_named(
                    categories(tx, dwelling, household)?
                        .iter()
                        .map(String::as_str),
                ),
                tips,
            };
            let doc = desk.doc();
            let plan = Plan {
                doc,
                kind: Kind::Visit,
                seen: None,
                action: Action::VisitLog,
                writes: visit.create(),
                about: view::address_of(tx, dwelling)?.0,
            };
            let mut changed = desk.write(tx, &[plan], false, &[Topic::Visits])?;
            meta::keep_draft(tx, &format!("visit:{dwelling}"), None)?;
            changed.created = Some(doc.to_string());
            Ok(changed)
        })
        .await
}

/// Categories of the people visited, as far as this phone may know them: of the family, or of
/// everybody behind the door when no family was named.
fn categories(
    tx: &Transaction<'_>,
    dwelling: DocId,
    household: Option<DocId>,
) -> Outcome<Vec<String>> {
    let families = match household {
        Some(family) => vec![family],
        None => people::households(tx, dwelling)?
            .into_iter()
            .map(|family| family.id)
            .collect(),
    };
    let mut codes = Vec::new();
    for family in families {
        for resident in people::residents(tx, family)? {
            codes.extend(resident.flags);
        }
    }
    Ok(codes)
}

#[cfg(test)]
mod tests;
