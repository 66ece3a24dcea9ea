//! What each action may do, beyond what the schema allows.
//!
//! A rule reads the intent's writes and the document as accepted now. What it lets pass is
//! executed as it stands, so a rule has to account for every write.

mod case;
mod line;
mod muster;
mod record;
mod remark;
mod visit;

use linli_model::fields::Fields;
use linli_model::ids::PersonId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::reference::roles::RoleCode;
use linli_model::value::{Value, Write};

use super::{Refused, Writer};
use crate::membership::Subject;
use crate::store::{StoreError, Tables};

/// What a rule looks at.
pub(crate) struct Ask<'a> {
    pub(crate) tables: Tables<'a>,
    pub(crate) who: &'a Writer,
    pub(crate) action: Action,
    pub(crate) kind: Kind,
    /// The document comes into being.
    pub(crate) birth: bool,
    /// Who gave birth to it.
    pub(crate) author: Option<PersonId>,
    pub(crate) writes: &'a [Write],
    /// The document as accepted now.
    pub(crate) now: &'a Fields,
    /// The document as the author saw it.
    pub(crate) seen: &'a Fields,
    /// What the document is about; before the change, unless it comes into being.
    pub(crate) subject: &'a Subject,
}

/// Why a rule stops an intent: the verdict, or a failure of storage.
pub(crate) enum Stop {
    Refused(Refused),
    Store(StoreError),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Applies the rules of an action.
pub(crate) fn apply(ask: &Ask<'_>) -> Result<(), Stop> {
    if !may(ask.who.role, ask.action) {
        return Err(Refused::code("role").into());
    }
    photos(ask)?;
    match ask.action {
        Action::FieldSet => Ok(record::field_set(ask)?),
        Action::ClashSettle => Ok(record::clash_settle(ask)?),
        Action::PhoneAdd => Ok(record::entry_add(ask, "phones", "number")?),
        Action::ResidentAdd => Ok(record::entry_add(ask, "residents", "name")?),
        Action::Found => Ok(record::found(ask)?),
        Action::TipAdopt => Ok(record::tip_adopt(ask)?),
        Action::TipAside => Ok(visit::tip_state(ask, "aside")?),
        Action::VisitLog => Ok(visit::log(ask)?),
        Action::CaseReport => Ok(case::report(ask)?),
        Action::CaseStep => case::step(ask),
        Action::TaskStep => case::task_step(ask),
        Action::RemarkAdd => Ok(remark::add(ask)?),
        Action::MusterStart => Ok(muster::start(ask)?),
        Action::MusterStatus => muster::status(ask),
        Action::Audit | Action::CenterWrite | Action::Unknown(_) => {
            Err(Refused::code("action").into())
        }
    }
}

/// A photo belongs to the one record that named it first: another that names it could put other
/// bytes in its place, or let somebody look who may not.
fn photos(ask: &Ask<'_>) -> Result<(), Stop> {
    let own = ask.tables.doc(ask.subject.id)?.map(|row| row.no);
    for name in ask.entries("media") {
        // What is no id is the schema's to refuse.
        let Ok(id) = name.parse() else { continue };
        let facts = ask.tables.media_facts(id)?;
        if facts.iter().any(|(doc, _)| Some(*doc) != own) {
            return Err(Refused::fields("not_new", [name]).into());
        }
    }
    Ok(())
}

/// Who may do what at all.
pub(crate) fn may(role: RoleCode, action: Action) -> bool {
    use RoleCode as R;
    match role {
        R::R01 | R::R04 => !matches!(action, Action::CenterWrite | Action::Unknown(_)),
        R::R02 => matches!(
            action,
            Action::VisitLog
                | Action::CaseReport
                | Action::CaseStep
                | Action::TaskStep
                | Action::RemarkAdd
                | Action::MusterStatus
                | Action::Audit
        ),
        R::R03 => matches!(action, Action::TaskStep | Action::RemarkAdd | Action::Audit),
        R::R05 | R::R06 | R::R07 | R::R08 | R::R09 | R::R10 => matches!(
            action,
            Action::CaseReport
                | Action::CaseStep
                | Action::TaskStep
                | Action::RemarkAdd
                | Action::MusterStart
                | Action::MusterStatus
                | Action::Audit
        ),
        R::R11 | R::R12 => matches!(action, Action::Audit),
        R::R13 | R::R14 | R::R15 | R::R16 => false,
    }
}

impl Ask<'_> {
    /// The value written at a path.
    fn written(&self, path: &str) -> &Value {
        self.writes
            .iter()
            .rev()
            .find(|write| write.path == path)
            .map_or(&Value::Null, |write| &write.value)
    }

    /// The ids of entries written in a container, each once.
    fn entries(&self, container: &str) -> Vec<&str> {
        let mut ids: Vec<&str> = self
            .writes
            .iter()
            .filter_map(|write| write.path.strip_prefix(container)?.strip_prefix('/'))
            .filter_map(|rest| rest.split('/').next())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Whether an entry is already in the document.
    fn has_entry(&self, container: &str, id: &str) -> bool {
        self.now.keys(container).contains(&id)
    }

    /// Refuses writes that are not one of these: root fields, or containers with a slash.
    fn only(&self, allowed: &[&str]) -> Result<(), Refused> {
        let others: Vec<&str> = self
            .writes
            .iter()
            .map(|write| write.path.as_str())
            .filter(|path| {
                !allowed.iter().any(|a| {
                    if a.ends_with('/') {
                        path.starts_with(a)
                    } else {
                        path == a
                    }
                })
            })
            .collect();
        if others.is_empty() {
            Ok(())
        } else {
            Err(Refused::fields("intent_mismatch", others))
        }
    }

    /// Refuses entries that already stand: what is added is new.
    fn fresh(&self, container: &str) -> Result<(), Refused> {
        let old: Vec<&str> = self
            .entries(container)
            .into_iter()
            .filter(|id| self.has_entry(container, id))
            .collect();
        if old.is_empty() {
            Ok(())
        } else {
            Err(Refused::fields("not_new", old))
        }
    }

    /// Refuses anything but these kinds.
    fn kind_in(&self, kinds: &[Kind]) -> Result<(), Refused> {
        if kinds.contains(&self.kind) {
            Ok(())
        } else {
            Err(Refused::code("kind"))
        }
    }

    /// Refuses unless the document is born, or was there before.
    fn birth_is(&self, birth: bool) -> Result<(), Refused> {
        if self.birth == birth {
            Ok(())
        } else {
            Err(Refused::code(if birth { "not_new" } else { "not_found" }))
        }
    }

    fn is_lead(&self) -> bool {
        self.who.role == RoleCode::R02
    }
}
