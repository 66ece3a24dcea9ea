//! What waits for the center, and what became of it.

use linli_model::actor::EnrolmentId;
use linli_model::ids::{DocId, IntentId};
use linli_model::intent::Intent;
use linli_model::mutant;
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::StoreError;
use crate::record::decode;
use crate::{erase, page, project, rebase, row};

mod sending;
mod shown_again;

pub(crate) use sending::{FIRST_WAIT_MS, LONGEST_WAIT_MS};
pub use sending::{mark_here, mark_sent, send_later, unsent};
pub use shown_again::{blocked, not_anew};

/// Where an intent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// On this phone.
    Here = 0,
    /// Sent, no verdict yet.
    Sent = 1,
    /// The center holds it.
    Accepted = 2,
    /// Given back, or a person decides.
    Attention = 3,
    /// Put aside by its author.
    Discarded = 4,
}

impl State {
    pub(crate) fn from_code(code: i64) -> Self {
        match code {
            1 => Self::Sent,
            2 => Self::Accepted,
            3 => Self::Attention,
            4 => Self::Discarded,
            _ => Self::Here,
        }
    }
}

/// What the center decided, in the store's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted as this change (none for an audit), with this sequence number. What was
    /// accepted is what was sent, which need not be what stands here by now.
    Accepted(Option<Hash>, i64),
    /// Given back with a code and parameters.
    Attention(String, String),
    /// Given back since these fields are about somebody who was erased, whose ids are among
    /// them; without fields: since the document was. What was typed there is not kept.
    Erased(Vec<String>),
    /// Not decided: it stays in the outbox.
    Waiting,
}

/// Notes a verdict; a refusal drops the branch and replays what else was written.
/// Returns the document when its tables changed.
///
/// # Errors
/// The database.
pub fn settle(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    id: IntentId,
    outcome: &Outcome,
) -> Result<Option<DocId>, StoreError> {
    let found: Option<(Option<DocId>, Option<Hash>, bool)> = tx
        .prepare_cached(
            "SELECT doc, change, anew FROM intent WHERE id = ?1 AND state IN (0, 1, 3)",
        )?
        .query_row([id.as_bytes()], |row| {
            Ok((row::maybe(row, 0)?, row::maybe(row, 1)?, row.get(2)?))
        })
        .optional()?;
    let Some((doc, change, anew)) = found else {
        return Ok(None);
    };
    if anew && *outcome != Outcome::Waiting {
        tx.execute("UPDATE intent SET anew = 0 WHERE id = ?1", [id.as_bytes()])?;
    }
    match outcome {
        Outcome::Waiting => return Ok(None),
        Outcome::Accepted(None, _) => set_state(tx, id, State::Accepted, "", "")?,
        Outcome::Accepted(Some(accepted), seq) => {
            set_state(tx, id, State::Accepted, "", "")?;
            // By the name it was sent under; an erasure may have given it another here since.
            let sent = body_of(tx, id)?.target.map(|target| target.change);
            let accepted = &change
                .filter(|_| sent == Some(*accepted))
                .unwrap_or(*accepted);
            tx.execute(
                "UPDATE intent SET change = ?2 WHERE id = ?1",
                params![id.as_bytes(), &accepted.0[..]],
            )?;
            accept_change(tx, *accepted, Some(*seq))?;
            if let (Some(doc), Some(change)) = (doc, change)
                && change != *accepted
            {
                rebase::without(tx, enrolment, doc, change)?;
            }
        }
        Outcome::Erased(fields) => {
            set_state(tx, id, State::Attention, erase::ERASED, "{}")?;
            if let (Some(doc), Some(change)) = (doc, change) {
                rebase::without(tx, enrolment, doc, change)?;
            }
            return_fellows(tx, enrolment, id)?;
            erase::settle(tx, id, fields)?;
        }
        // It came back before, and what was built on it was seen to then.
        Outcome::Attention(code, params) if anew => {
            set_state(tx, id, State::Attention, code, params)?;
        }
        Outcome::Attention(code, params) => {
            let state = if mutant::is("drop_what_came_back") {
                State::Discarded
            } else {
                State::Attention
            };
            set_state(tx, id, state, code, params)?;
            if let (Some(doc), Some(change)) = (doc, change) {
                rebase::without(tx, enrolment, doc, change)?;
            }
            if !mutant::is("leave_fellows_behind") {
                return_fellows(tx, enrolment, id)?;
            }
        }
    }
    if let Some(doc) = doc
        && !page::let_go(tx, doc)?
    {
        project::by_id(tx, doc)?;
    }
    Ok(doc)
}

/// What stands or falls together comes back together: the others of an atomic group whose
/// member `id` came back. The center took none of them, and will never take them without it.
pub(crate) fn return_fellows(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    id: IntentId,
) -> Result<(), StoreError> {
    let Some(group) = body_of(tx, id)?.group.filter(|group| group.atomic) else {
        return Ok(());
    };
    for fellow in in_states(tx, "0, 1")? {
        if fellow.group.is_none_or(|other| other.id != group.id) {
            continue;
        }
        set_state(tx, fellow.id, State::Attention, "group_returned", "{}")?;
        if let Some(target) = &fellow.target {
            rebase::without(tx, enrolment, target.doc, target.change)?;
            if !page::let_go(tx, target.doc)? {
                project::by_id(tx, target.doc)?;
            }
        }
    }
    Ok(())
}

fn body_of(tx: &Transaction<'_>, id: IntentId) -> Result<Intent, StoreError> {
    let body: Vec<u8> = tx
        .prepare_cached("SELECT body FROM intent WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))?;
    decode(&body)
}

/// All intents in these states, oldest first.
fn in_states(tx: &Transaction<'_>, states: &str) -> Result<Vec<Intent>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT body FROM intent WHERE state IN ({states}) ORDER BY seq"
    ))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(decode(&row.get::<_, Vec<u8>>(0)?)?);
    }
    Ok(found)
}

/// Puts a returned intent aside for good, and what was done as one with it; what was typed
/// stays in its body.
///
/// # Errors
/// [`StoreError::NotFound`] when it needs no attention.
pub fn discard(tx: &Transaction<'_>, id: IntentId) -> Result<(), StoreError> {
    for member in returned_with(tx, id)? {
        tx.execute(
            "UPDATE intent SET state = 4 WHERE id = ?1 AND state = 3",
            [member.id.as_bytes()],
        )?;
    }
    Ok(())
}

/// A returned intent and what stands or falls with it, oldest first.
pub(crate) fn returned_with(tx: &Transaction<'_>, id: IntentId) -> Result<Vec<Intent>, StoreError> {
    let all = in_states(tx, "3")?;
    let wanted = all.iter().find(|intent| intent.id == id);
    let group = wanted.ok_or(StoreError::NotFound)?.group;
    let atomic = group.filter(|group| group.atomic).map(|group| group.id);
    let belongs = |intent: &Intent| {
        intent.id == id || (atomic.is_some() && intent.group.map(|group| group.id) == atomic)
    };
    Ok(all.into_iter().filter(belongs).collect())
}

pub(crate) fn accept_change(
    tx: &Transaction<'_>,
    change: Hash,
    seq: Option<i64>,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE change SET state = 1, seq = coalesce(?2, seq) WHERE hash = ?1")?
        .execute(params![&change.0[..], seq])?;
    tx.prepare_cached("UPDATE parted SET seq = coalesce(?2, seq) WHERE hash = ?1")?
        .execute(params![&change.0[..], seq])?;
    Ok(())
}

pub(crate) fn set_state(
    tx: &Transaction<'_>,
    id: IntentId,
    state: State,
    code: &str,
    params: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE intent SET state = ?2, code = ?3, params = ?4 WHERE id = ?1")?
        .execute(params![id.as_bytes(), state as i64, code, params])?;
    Ok(())
}

/// A line of the outbox.
#[derive(Debug, Clone)]
pub struct Line {
    /// The intent.
    pub intent: Intent,
    /// Where it is.
    pub state: State,
    /// Why it came back.
    pub code: String,
    /// Parameters of the code, JSON.
    pub params: String,
    /// What it is about.
    pub about: String,
}

/// Everything waiting or returned, then the latest accepted; newest first.
///
/// # Errors
/// The database.
pub fn lines(tx: &Transaction<'_>, limit: u32) -> Result<Vec<Line>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT body, state, code, params, about FROM intent
         WHERE state < 4 AND action <> ?1
           AND (state <> 2 OR EXISTS (SELECT 1 FROM doc WHERE doc.id = intent.doc))
         ORDER BY CASE state WHEN 3 THEN 0 WHEN 2 THEN 2 ELSE 1 END, seq DESC LIMIT ?2",
    )?;
    let audit = linli_model::intent::Action::Audit.code();
    let rows = statement.query_map(params![audit, limit], |row| {
        Ok((
            row.get::<_, Vec<u8>>(0)?,
            row.get::<_, i64>(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    })?;
    rows.map(|line| {
        let (body, state, code, params, about) = line?;
        Ok(Line {
            intent: decode(&body)?,
            state: State::from_code(state),
            code,
            params,
            about,
        })
    })
    .collect()
}

/// How many records wait, and how many need a person.
///
/// # Errors
/// The database.
pub fn counts(tx: &Transaction<'_>) -> Result<(u32, u32), StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE state IN (0, 1) AND action <> ?1),
                    count(*) FILTER (WHERE state = 3) FROM intent WHERE state IN (0, 1, 3)",
        )?
        .query_row([linli_model::intent::Action::Audit.code()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?)
}

/// Where the newest own intent on a document is; accepted when there is none.
///
/// # Errors
/// The database.
pub fn state_of(tx: &Transaction<'_>, doc: DocId) -> Result<State, StoreError> {
    let state: Option<i64> = tx
        .prepare_cached(
            "SELECT state FROM intent WHERE doc = ?1 AND state < 4
             ORDER BY CASE state WHEN 3 THEN 0 WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE 3 END LIMIT 1",
        )?
        .query_row([doc.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(state.map_or(State::Accepted, State::from_code))
}

/// True while something of this document waits for the center: a verdict, an own photo that
/// nobody else has yet, or what the center has lost and can be given back.
pub(crate) fn pending(tx: &Transaction<'_>, doc: DocId) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT 1 FROM intent WHERE doc = ?1 AND state IN (0, 1)
             UNION ALL SELECT 1 FROM media m WHERE doc = ?1 AND own = 1 AND state < 2
               AND EXISTS (SELECT 1 FROM intent i WHERE i.doc = m.doc AND i.state = 2)
             UNION ALL SELECT 1 FROM change WHERE doc = ?1 AND state = 3 AND EXISTS (
               SELECT 1 FROM proof p JOIN meta g ON g.key = 'generation'
               WHERE p.generation <> g.value)",
        )?
        .exists([doc.as_bytes()])?)
}
