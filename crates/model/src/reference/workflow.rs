//! The state machines of case, order and task, as data; the fold over events is elsewhere.

use serde::{Deserialize, Deserializer};

use super::Coded;
use super::roles::RoleCode;

/// All machines and what belongs to them.
#[derive(Debug, Deserialize)]
pub struct Workflow {
    /// States of a case.
    pub states: Vec<CaseState>,
    /// States of a case that nothing follows.
    pub ends: Vec<String>,
    /// Steps of a case.
    pub transitions: Vec<Transition>,
    /// A department's order.
    pub order_machine: Machine,
    /// A task.
    pub task_machine: Machine,
    /// Statuses of a person in a roll-call.
    pub person_status: Vec<PersonStatus>,
    /// What a unit may apply for while it handles a case.
    pub applications: Vec<Application>,
}

/// A state of a case.
#[derive(Debug, Deserialize)]
pub struct CaseState {
    /// What an event's `to` names.
    pub code: String,
    /// Its word.
    pub zh: String,
    /// Which of the public stages it belongs to.
    pub stage: String,
}

/// A machine whose states need no words of their own.
#[derive(Debug, Deserialize)]
pub struct Machine {
    /// What runs on it.
    pub zh: String,
    /// Its states; the first one is where it starts.
    pub states: Vec<String>,
    /// States that nothing follows.
    pub ends: Vec<String>,
    /// Its steps.
    pub transitions: Vec<Transition>,
}

/// One step from a state to another.
#[derive(Debug, Deserialize)]
pub struct Transition {
    /// Where from; `None` = the first step.
    #[serde(rename = "from_")]
    pub from: Option<String>,
    /// Where to.
    pub to: String,
    /// What the button says.
    pub action_zh: String,
    /// Whether a reason must be given.
    pub reason_required: bool,
    /// A condition on the person beyond the role.
    #[serde(default)]
    pub guard: Option<Guard>,
    /// Who may take it.
    pub roles: Vec<Performer>,
}

/// A condition on the person who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// Must have reported the case.
    Reporter,
    /// Must not have handled it.
    NotHandler,
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Performer {
    /// The center itself.
    System,
    /// A person in this role.
    Role(RoleCode),
}

impl<'de> Deserialize<'de> for Performer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "system" {
            return Ok(Self::System);
        }
        RoleCode::parse(&text)
            .map(Self::Role)
            .ok_or_else(|| serde::de::Error::custom(format!("no role {text}")))
    }
}

/// A status of a person in a roll-call.
#[derive(Debug, Deserialize)]
pub struct PersonStatus {
    /// Code and words.
    #[serde(flatten)]
    pub name: Coded,
    /// Whether only the center may set it.
    #[serde(default)]
    pub center_only: bool,
}

/// Something a unit applies for.
#[derive(Debug, Deserialize)]
pub struct Application {
    /// `extension`, `hold`, `appeal`, `waive`.
    pub kind: String,
    /// Its word.
    pub zh: String,
    /// Who asks.
    pub asked_by: RoleCode,
    /// Who decides.
    pub approved_by: Vec<RoleCode>,
    /// Its conditions in words.
    pub rule: String,
    /// Whether one of them is enough.
    pub approval: Approval,
}

/// How many of the approvers it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// One.
    Any,
    /// Each of them.
    All,
}

impl Transition {
    /// Whether a performer may take the step, guards aside.
    pub fn allows(&self, performer: Performer) -> bool {
        self.roles.contains(&performer)
    }
}

impl Workflow {
    /// Steps of a case that lead on from a state; `None` = the first step.
    pub fn case_steps<'a>(&'a self, from: Option<&'a str>) -> impl Iterator<Item = &'a Transition> {
        self.transitions
            .iter()
            .filter(move |step| step.from.as_deref() == from)
    }

    /// The word of a state of a case.
    pub fn case_state(&self, code: &str) -> Option<&CaseState> {
        self.states.iter().find(|state| state.code == code)
    }

    /// A status of a person in a roll-call.
    pub fn status(&self, code: &str) -> Option<&PersonStatus> {
        self.person_status
            .iter()
            .find(|status| status.name.code == code)
    }
}

impl Machine {
    /// Steps that lead on from a state.
    pub fn steps<'a>(&'a self, from: &'a str) -> impl Iterator<Item = &'a Transition> {
        self.transitions
            .iter()
            .filter(move |step| step.from.as_deref() == Some(from))
    }
}
