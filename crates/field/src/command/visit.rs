//! Logging a visit.

use linli_model::ids::DocId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::visit::{Tip, Visit};
use linli_store::meta;
use linli_store::record::Plan;

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
            if linli_model::reference::visits()
                .get(&request.kind)
                .is_none()
            {
                return Err(EdgeError::bad_input("kind"));
            }
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
            let visit = Visit {
                dwelling: Some(dwelling),
                household: if request.household.is_empty() {
                    None
                } else {
                    Some(id(&request.household)?)
                },
                place: None,
                kind: request.kind,
                result: request.result,
                mood: request.mood,
                utilities: request.utilities,
                words: request.words.trim().to_owned(),
                at: desk.now_ms,
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
