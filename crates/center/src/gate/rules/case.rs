//! Cases and tasks: reporting, and steps by the state machines of `workflow.json`.

use linli_model::kind::Kind;
use linli_model::reference;
use linli_model::reference::workflow::{Guard, Performer, Transition};

use super::{Ask, Refused, Stop, line};

/// A report is one new document with one event, `reported`.
pub(super) fn report(ask: &Ask<'_>) -> Result<(), Refused> {
    ask.kind_in(&[Kind::Case])?;
    ask.birth_is(true)?;
    let category = ask.written("category").text();
    let events = reference::events();
    if !events.items.iter().any(|item| item.code == category) {
        return Err(Refused::fields("unknown_code", ["category"]));
    }
    let ids = ask.entries("events");
    let [id] = ids.as_slice() else {
        return Err(Refused::fields("workflow", ids));
    };
    let text = |name: &str| ask.written(&format!("events/{id}/{name}")).text();
    let first = reference::workflow()
        .case_steps(None)
        .any(|step| step.to == text("to") && step.allows(Performer::Role(ask.who.role)));
    let forged: Vec<String> = ["after", "dept", "no"]
        .into_iter()
        .filter(|name| !text(name).is_empty())
        .map(|name| format!("events/{id}/{name}"))
        .collect();
    if !first || !forged.is_empty() {
        return Err(Refused::fields(
            "workflow",
            forged.iter().map(String::as_str),
        ));
    }
    Ok(())
}

/// One step of a case.
pub(super) fn step(ask: &Ask<'_>) -> Result<(), Stop> {
    ask.kind_in(&[Kind::Case])?;
    ask.birth_is(false)?;
    let step = line::read(ask)?;
    let transition = reference::workflow()
        .case_steps(Some(&step.from))
        .find(|transition| transition.to == step.to);
    allowed(ask, transition, &step)
}

/// One step of a task.
pub(super) fn task_step(ask: &Ask<'_>) -> Result<(), Stop> {
    ask.kind_in(&[Kind::Task])?;
    ask.birth_is(false)?;
    let step = line::read(ask)?;
    let transition = reference::workflow()
        .task_machine
        .steps(&step.from)
        .find(|transition| transition.to == step.to);
    allowed(ask, transition, &step)
}

fn allowed(ask: &Ask<'_>, transition: Option<&Transition>, step: &line::Step) -> Result<(), Stop> {
    let Some(transition) = transition else {
        return Err(Refused::code("workflow").into());
    };
    if !transition.allows(Performer::Role(ask.who.role)) {
        return Err(Refused::code("role").into());
    }
    line::reason(step, transition.reason_required)?;
    match transition.guard {
        Some(Guard::Reporter) if ask.author != Some(ask.who.person) => {
            Err(Refused::code("not_reporter").into())
        }
        Some(Guard::NotHandler)
            if line::people_behind(ask, &["self_handled", "handling", "feedback"])?
                .contains(&ask.who.person) =>
        {
            Err(Refused::code("was_handler").into())
        }
        _ => Ok(()),
    }
}
