//! Intents: what a person did, in one piece, as it travels and is kept for ever.
//!
//! One user action on one document = one intent = one change. The change is a pure function
//! of the intent and what it builds on (see [`crate::document`]), so the center executes the
//! intent again and compares names.

use minicbor::{Decode, Encode};

use crate::actor::{Actor, Hlc};
use crate::document::{Document, DocumentError, Edit};
use crate::ids::{DocId, GroupId, IntentId};
use crate::kind::Kind;
use crate::value::{Hash, Write};

/// What the person did; the word in the outbox and the handle of the rules. The code travels
/// and is stored: never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Wrote one field.
    FieldSet,
    /// Chose between values that stood side by side.
    ClashSettle,
    /// Added a telephone entry.
    PhoneAdd,
    /// Added a resident.
    ResidentAdd,
    /// Logged a visit.
    VisitLog,
    /// Took over a building lead's tip.
    TipAdopt,
    /// Put a tip aside.
    TipAside,
    /// Reported a problem.
    CaseReport,
    /// Moved a case one step.
    CaseStep,
    /// Said something more.
    RemarkAdd,
    /// Moved a task one step.
    TaskStep,
    /// Started a roll-call.
    MusterStart,
    /// Said how a person or room is.
    MusterStatus,
    /// Saw or dialled a number: no document, only the log.
    Audit,
    /// Wrote reference data; the center's own hand.
    CenterWrite,
    /// Named the first facts of a household or care document.
    Found,
    /// From a newer version.
    Unknown(u16),
}

impl Action {
    /// Every action this version understands, with its number and its name at the edge.
    pub const ALL: [(Self, u16, &'static str); 16] = [
        (Self::FieldSet, 1, "field_set"),
        (Self::ClashSettle, 2, "clash_settle"),
        (Self::PhoneAdd, 3, "phone_add"),
        (Self::ResidentAdd, 4, "resident_add"),
        (Self::VisitLog, 5, "visit_log"),
        (Self::TipAdopt, 6, "tip_adopt"),
        (Self::TipAside, 7, "tip_aside"),
        (Self::CaseReport, 8, "case_report"),
        (Self::CaseStep, 9, "case_step"),
        (Self::RemarkAdd, 10, "remark_add"),
        (Self::TaskStep, 11, "task_step"),
        (Self::MusterStart, 12, "muster_start"),
        (Self::MusterStatus, 13, "muster_status"),
        (Self::Audit, 14, "audit"),
        (Self::CenterWrite, 15, "center_write"),
        (Self::Found, 16, "found"),
    ];

    /// The number that travels.
    pub fn code(self) -> u16 {
        match self {
            Self::Unknown(code) => code,
            known => Self::ALL
                .iter()
                .find(|(a, ..)| *a == known)
                .map_or(0, |(_, code, _)| *code),
        }
    }

    /// From the number that travels.
    pub fn from_code(code: u16) -> Self {
        Self::ALL
            .iter()
            .find(|(_, c, _)| *c == code)
            .map_or(Self::Unknown(code), |(action, ..)| *action)
    }

    /// The name screens know it by.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(a, ..)| *a == self)
            .map_or("unknown", |(.., name)| name)
    }
}

impl<C> Encode<C> for Action {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u16(self.code())?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Action {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.u16().map(Self::from_code)
    }
}

/// Intents that belong to one action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Group {
    /// Shared by all of them.
    #[n(0)]
    pub id: GroupId,
    /// How many there are (at most 8 when atomic).
    #[n(1)]
    pub size: u8,
    /// All are committed, or none.
    #[n(2)]
    pub atomic: bool,
}

/// Largest atomic group (DESIGN §4.1).
pub const MAX_ATOMIC: u8 = 8;

/// The document an intent writes to, and its one change.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Target {
    /// Document.
    #[n(0)]
    pub doc: DocId,
    /// Its kind.
    #[n(1)]
    pub kind: Kind,
    /// Its epoch: rises only when something was erased.
    #[n(2)]
    pub epoch: u32,
    /// Heads the form was opened on; the change builds on exactly these.
    #[n(3)]
    pub seen: Vec<Hash>,
    /// Name of the change.
    #[n(4)]
    pub change: Hash,
    /// Actor counter of the change; the other half of the actor is the enrolment.
    #[n(5)]
    pub counter: u32,
}

/// What one person did.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Intent {
    /// Survives replay.
    #[n(0)]
    pub id: IntentId,
    /// Running number on this device, from 1.
    #[n(1)]
    pub seq: u64,
    /// When, by this device's clock; its seconds are the change's time.
    #[n(2)]
    pub hlc: Hlc,
    /// What was done.
    #[n(3)]
    pub action: Action,
    /// What was written, in order; for an audit, what was looked at.
    #[n(4)]
    pub writes: Vec<Write>,
    /// The document; none for an audit.
    #[n(5)]
    pub target: Option<Target>,
    /// Belongs to an action on several documents.
    #[n(6)]
    pub group: Option<Group>,
}

impl Intent {
    /// Executes the intent on a document that holds what it has seen. The change it returns
    /// is the same on every machine.
    ///
    /// # Errors
    /// As [`Document::edit`]; `Nothing` for an intent without a document.
    pub fn execute(&self, document: &mut Document, actor: Actor) -> Result<Edit, DocumentError> {
        let target = self.target.as_ref().ok_or(DocumentError::Nothing)?;
        document.edit(&target.seen, actor, self.hlc.seconds(), &self.writes)
    }
}
