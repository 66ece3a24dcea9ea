//! The state machines: nothing gets stuck, and nothing waits for somebody who may not act.

use std::collections::BTreeSet;

use linli_model::kind::Class;
use linli_model::reference::roles::{RoleCode, ScopeRel};
use linli_model::reference::workflow::{Guard, Performer, Transition};
use linli_model::reference::{roles, workflow};

/// States from which an end can be reached over steps that `usable` lets through.
fn alive<'a>(
    steps: &'a [Transition],
    ends: &'a [String],
    usable: impl Fn(&Transition) -> bool,
) -> BTreeSet<&'a str> {
    let mut alive: BTreeSet<&str> = ends.iter().map(String::as_str).collect();
    loop {
        let before = alive.len();
        for step in steps.iter().filter(|step| usable(step)) {
            if let Some(from) = step.from.as_deref()
                && alive.contains(step.to.as_str())
            {
                alive.insert(from);
            }
        }
        if alive.len() == before {
            return alive;
        }
    }
}

#[test]
fn every_machine_can_always_reach_an_end() {
    let flow = workflow();
    let case_states: Vec<String> = flow.states.iter().map(|state| state.code.clone()).collect();
    let (order, task) = (&flow.order_machine, &flow.task_machine);
    for (name, states, ends, steps) in [
        ("case", &case_states, &flow.ends, &flow.transitions),
        ("order", &order.states, &order.ends, &order.transitions),
        ("task", &task.states, &task.ends, &task.transitions),
    ] {
        let reachable = alive(steps, ends, |_| true);
        for state in states {
            assert!(
                reachable.contains(state.as_str()),
                "{name}: stuck in {state}"
            );
        }
        for step in steps {
            assert!(states.contains(&step.to), "{name}: no state {}", step.to);
            assert!(
                !step.roles.is_empty(),
                "{name}: nobody may {}",
                step.action_zh
            );
            if let Some(from) = &step.from {
                assert!(states.contains(from), "{name}: no state {from}");
                assert!(!ends.contains(from), "{name}: {from} is an end and goes on");
            }
        }
        for end in ends {
            assert!(states.contains(end), "{name}: no state {end}");
        }
    }
}

#[test]
fn every_state_of_a_case_can_come_about() {
    let flow = workflow();
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = reached.len();
        for step in &flow.transitions {
            if step
                .from
                .as_deref()
                .is_none_or(|from| reached.contains(from))
            {
                reached.insert(&step.to);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    for state in &flow.states {
        assert!(
            reached.contains(state.code.as_str()),
            "{} never comes about",
            state.code
        );
    }
}

/// A step counts as usable when somebody whom the role files let write the case may take it.
/// Departments write orders, and the center carries their steps over to the case.
fn somebody_may(step: &Transition, class: Class) -> bool {
    step.roles.iter().any(|performer| match performer {
        Performer::System => true,
        Performer::Role(RoleCode::R11 | RoleCode::R12) => true,
        Performer::Role(code) => {
            let write = roles().get(*code).map_or(&[][..], |role| &role.write);
            let own_only = [(ScopeRel::Own, class)];
            let by_reporter = step.guard == Some(Guard::Reporter);
            let mut writes = write.iter().filter(|grant| grant.1 == class);
            writes.any(|grant| by_reporter || !own_only.contains(grant))
        }
    })
}

#[test]
fn a_case_never_waits_for_somebody_who_cannot_see_it() {
    let flow = workflow();
    for class in [Class::Work, Class::Sealed] {
        let reachable = alive(&flow.transitions, &flow.ends, |step| {
            somebody_may(step, class)
        });
        for state in &flow.states {
            assert!(
                reachable.contains(state.code.as_str()),
                "{class:?} stuck in {}",
                state.code
            );
        }
    }
}

#[test]
fn approvers_and_statuses_are_sound() {
    for application in &workflow().applications {
        assert!(
            !application.approved_by.contains(&application.asked_by),
            "{}",
            application.kind
        );
    }
    let dead = workflow().status("deceased").unwrap();
    assert!(dead.center_only);
    assert_eq!(
        workflow()
            .person_status
            .iter()
            .filter(|s| s.center_only)
            .count(),
        1
    );
}
