//! What a command has on its desk: the person, the time, and the tools to write.

use std::sync::Arc;

use linli_model::ids::{DocId, EntryId};
use linli_store::Transaction;
use linli_store::record::{Pen, Plan, record};

use crate::api::change::{Changed, Topic};
use crate::api::start::SyncState;
use crate::env::{Env, random};
use crate::error::Outcome;
use crate::media::vault::Vault;
use crate::session::Session;

/// One command's view of the phone.
#[derive(Debug)]
pub(crate) struct Desk {
    pub session: Arc<Session>,
    pub vault: Arc<Vault>,
    pub now_ms: i64,
    pub env: Arc<dyn Env>,
    pub locked: bool,
    pub sync: SyncState,
}

impl Desk {
    /// A fresh entry id.
    pub(crate) fn entry(&self) -> EntryId {
        EntryId::new(self.wall(), random(self.env.as_ref()))
    }

    /// A fresh document id.
    pub(crate) fn doc(&self) -> DocId {
        DocId::new(self.wall(), random(self.env.as_ref()))
    }

    pub(crate) fn wall(&self) -> u64 {
        u64::try_from(self.now_ms).unwrap_or(0)
    }

    /// The person's role code.
    pub(crate) fn role(&self) -> &str {
        &self.session.person().role
    }

    /// A building lead sees doors and what the lead wrote, nothing else.
    pub(crate) fn is_lead(&self) -> bool {
        self.role() == "R02"
    }

    /// Writes one action and names what changed.
    pub(crate) fn write(
        &self,
        tx: &Transaction<'_>,
        plans: &[Plan],
        atomic: bool,
        topics: &[Topic],
    ) -> Outcome<Changed> {
        self.with_pen(|pen| record(tx, pen, plans, atomic))?;
        Ok(Changed {
            docs: plans.iter().map(|plan| plan.doc.to_string()).collect(),
            topics: topics.to_vec(),
            created: None,
        })
    }

    /// Logs that somebody looked at or dialled a number.
    pub(crate) fn audit(
        &self,
        tx: &Transaction<'_>,
        facts: Vec<linli_model::value::Write>,
    ) -> Outcome<()> {
        Ok(self.with_pen(|pen| linli_store::record::audit(tx, pen, facts))?)
    }

    /// What the person writes with: its name, the time, and randomness.
    pub(crate) fn with_pen<T>(&self, write: impl FnOnce(&mut Pen<'_>) -> T) -> T {
        let env = self.env.clone();
        let mut fresh = move || random::<10>(env.as_ref());
        write(&mut Pen {
            enrolment: self.session.enrolment(),
            wall_ms: self.wall(),
            random: &mut fresh,
        })
    }
}

/// Parses an id from the UI.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Outcome<T> {
    text.parse()
        .map_err(|_| crate::EdgeError::code("not_found"))
}

/// Parses heads from the UI; none when the list is empty (a form on a document not yet born).
pub(crate) fn heads(texts: &[String]) -> Outcome<Option<Vec<linli_model::value::Hash>>> {
    if texts.is_empty() {
        return Ok(None);
    }
    texts
        .iter()
        .map(|text| linli_model::value::Hash::parse(text))
        .collect::<Option<Vec<_>>>()
        .map(Some)
        .ok_or_else(|| crate::EdgeError::code("form_outdated"))
}
