//! What came back is sent once more, with other words or as it stands.

use linli_model::ids::IntentId as Id;
use linli_model::intent::{Action, Intent};
use linli_model::kinds::care;
use linli_model::typed::{Typed, typed};
use linli_store::{StoreError, mend as store, meta};

use crate::EdgeError;
use crate::api::change::Changed;
use crate::api::outbox::{Mend, Retyped};
use crate::desk::id;
use crate::error::Outcome;
use crate::phone::Phone;
use crate::view;

/// Writes a returned record again, and what was done as one with it.
pub(crate) async fn mend(phone: &Phone, request: Mend) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let intent: Id = id(&request.intent)?;
            let old = store::returned(tx, intent).map_err(gone)?;
            let words = request
                .words
                .iter()
                .map(|retyped| checked(&old, retyped))
                .collect::<Outcome<Vec<_>>>()?;
            let new = desk
                .with_pen(|pen| store::mend(tx, pen, intent, &words))
                .map_err(gone)?;
            // What was typed into the form went with it.
            meta::keep_draft(tx, &format!("mend:{intent}"), None)?;
            let targets = || new.iter().filter_map(|intent| intent.target.as_ref());
            Ok(Changed {
                docs: targets().map(|target| target.doc.to_string()).collect(),
                topics: targets().map(|target| view::topic(target.kind)).collect(),
                created: None,
            })
        })
        .await
}

/// Nothing to mend: it was sent again or put aside before, or the center has taken it.
fn gone(error: StoreError) -> EdgeError {
    match error {
        StoreError::NotFound => EdgeError::code("already_done"),
        other => other.into(),
    }
}

/// Only what was typed may be typed anew, and by the same rules.
fn checked(old: &Intent, retyped: &Retyped) -> Outcome<(String, String)> {
    let before = typed(&old.writes)
        .into_iter()
        .find(|typed| typed.path == retyped.path)
        .ok_or_else(|| EdgeError::bad_input("path"))?;
    let mut text = retyped.text.trim().to_owned();
    if before.is_number() {
        text = care::normal_number(&text).ok_or_else(|| EdgeError::bad_input("number"))?;
    }
    if text.is_empty() && !may_be_empty(old.action, before) {
        return Err(EdgeError::bad_input(before.field));
    }
    Ok((retyped.path.clone(), text))
}

fn may_be_empty(action: Action, typed: Typed<'_>) -> bool {
    match typed.field {
        "note" | "address" => true,
        // A report or a visit stands without words; a remark is nothing but words.
        "words" => matches!(action, Action::CaseReport | Action::VisitLog),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
