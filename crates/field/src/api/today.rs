//! The first screen: what is due, what came back, the latest notice.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Author;
use super::start::{Me, SyncState};

/// How a due date stands today (the phone's date; deadlines proper are the center's).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    /// Past.
    Overdue,
    /// Today.
    Today,
    /// Within a week.
    Soon,
    /// Later.
    Later,
}

/// What kind of thing is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// A household's visit cycle is up.
    Visit,
    /// A task.
    Task,
    /// Two people wrote different values.
    Clash,
    /// A building lead left a tip.
    Tip,
}

/// A line of "today".
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DueItem {
    /// What it is.
    pub kind: DueKind,
    /// Household (visit, clash, tip) or task id.
    pub id: String,
    /// Dwelling id when there is one.
    pub dwelling: String,
    /// Who it is about, or the task's title.
    pub title: String,
    /// Address, or the task's words.
    pub place: String,
    /// Codes of why: person categories (P20…) or field names.
    pub why: Vec<String>,
    /// Last visit, if any.
    pub last: Option<i64>,
    /// How it stands.
    pub state: DueState,
    /// Days to go, negative when overdue; none when no day was set.
    pub days: Option<i32>,
}

/// A notice.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Notice {
    /// Document id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
    /// Who published it.
    pub by: Author,
    /// When.
    pub at: i64,
    /// `normal` or `urgent`.
    pub level: String,
}

/// News of something the person reported.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct News {
    /// Case id.
    pub case: String,
    /// Category code.
    pub category: String,
    /// Status code of the case machine.
    pub status: String,
    /// Since when.
    pub at: i64,
}

/// The first screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Today {
    /// Whose phone.
    pub me: Me,
    /// Households in the own area.
    pub households: u32,
    /// People in the own area.
    pub people: u32,
    /// The pill.
    pub sync: SyncState,
    /// What is due, most urgent first, at most 50.
    pub due: Vec<DueItem>,
    /// How many there are in all that are overdue or due today.
    pub due_total: u32,
    /// What happened to own reports lately.
    pub news: Vec<News>,
    /// Latest notices, newest first, at most 3.
    pub notices: Vec<Notice>,
    /// The open roll-call; none when all is quiet.
    pub muster: Option<OpenMuster>,
}

/// An open roll-call on a home screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenMuster {
    /// Title.
    pub title: String,
    /// An exercise: said wherever the roll-call is shown, so that nobody takes it for real.
    pub drill: bool,
}

/// A task.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Task {
    /// Document id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Words.
    pub words: String,
    /// Due date, if any.
    pub due: Option<i64>,
    /// State code of the task machine.
    pub state: String,
    /// Household it is about, or empty.
    pub household: String,
    /// Who gave it.
    pub by: Author,
}

/// Finish a task.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FinishTask {
    /// Task id.
    pub task: String,
    /// `done` or `not_possible`.
    pub result: String,
    /// Words; required for `not_possible`.
    pub note: String,
}
