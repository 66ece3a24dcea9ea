//! Decisions: one new event at the end of a document's line.

use linli_model::ids::PersonId;
use linli_model::workflow::Line;
use linli_protocol::sync::Verdict;

use super::{Ask, Refused, Stop};
use crate::store::StoreError;

/// The one event an intent adds.
pub(super) struct Step {
    /// State before it.
    pub(super) from: String,
    /// State it leads to.
    pub(super) to: String,
    /// A reason was given.
    pub(super) reason: bool,
}

/// Reads the step and checks that it builds on the newest event.
pub(super) fn read(ask: &Ask<'_>) -> Result<Step, Refused> {
    ask.only(&["events/"])?;
    ask.fresh("events")?;
    let ids = ask.entries("events");
    let [id] = ids.as_slice() else {
        return Err(Refused::fields("intent_mismatch", ids));
    };
    let text = |name: &str| ask.written(&format!("events/{id}/{name}")).text();
    let line = Line::fold(ask.now, |_| true);
    if text("after") != line.head() {
        return Err(Refused(Verdict::Overtaken {
            head: line.head().to_owned(),
        }));
    }
    Ok(Step {
        from: line.state().to_owned(),
        to: text("to").to_owned(),
        reason: !text("reason").trim().is_empty(),
    })
}

/// Refuses a step that needs a reason and has none.
pub(super) fn reason(step: &Step, required: bool) -> Result<(), Refused> {
    if required && !step.reason {
        return Err(Refused::fields("reason_required", ["reason"]));
    }
    Ok(())
}

/// Everybody who led the document to one of these states.
pub(super) fn people_behind(ask: &Ask<'_>, states: &[&str]) -> Result<Vec<PersonId>, Stop> {
    let mut people = Vec::new();
    for event in Line::fold(ask.now, |_| true).events {
        if !states.contains(&event.to.as_str()) {
            continue;
        }
        let Some(actor) = ask.now.author(&format!("events/{}/to", event.id)) else {
            continue;
        };
        let row = ask
            .tables
            .enrolment(actor.enrolment)
            .map_err(|error: StoreError| Stop::from(error))?;
        people.extend(row.map(|row| row.person));
    }
    Ok(people)
}
