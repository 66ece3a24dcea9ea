//! One user action becomes intents, changes and tables in one transaction: all of it is
//! kept, or nothing.

use linli_model::actor::{Actor, EnrolmentId, Hlc};
use linli_model::document::Document;
use linli_model::ids::{DocId, GroupId, IntentId};
use linli_model::intent::{Action, Group, Intent, Target};
use linli_model::kind::Kind;
use linli_model::mutant;
use linli_model::value::{Hash, Write};
use rusqlite::{Transaction, params};

use crate::document;
use crate::error::StoreError;
use crate::{erase, meta, project, standing};

/// Who writes, when, and with which randomness; passed in, never taken from the air.
#[allow(missing_debug_implementations, reason = "holds a closure")]
pub struct Pen<'a> {
    /// First half of the actors.
    pub enrolment: EnrolmentId,
    /// Wall clock, milliseconds.
    pub wall_ms: u64,
    /// Fresh randomness for ids.
    pub random: &'a mut dyn FnMut() -> [u8; 10],
}

/// A write planned on one document.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Document.
    pub doc: DocId,
    /// Kind.
    pub kind: Kind,
    /// Heads the form was opened on; none for the newest (a birth, or a fresh entry).
    pub seen: Option<Vec<Hash>>,
    /// What the person did.
    pub action: Action,
    /// What is written.
    pub writes: Vec<Write>,
    /// What it is about, for the outbox: a name or an address. Never leaves the phone.
    pub about: String,
}

/// Writes one action. Several plans become a group; `atomic` says whether the center must
/// take all or none. Plans that would change nothing are left out.
///
/// # Errors
/// A plan doesn't fit its document; then nothing is kept.
pub fn record(
    tx: &Transaction<'_>,
    pen: &mut Pen<'_>,
    plans: &[Plan],
    atomic: bool,
) -> Result<Vec<Intent>, StoreError> {
    let group = (plans.len() > 1).then(|| Group {
        id: GroupId::new(pen.wall_ms, (pen.random)()),
        size: u8::try_from(plans.len()).unwrap_or(u8::MAX),
        atomic,
    });
    plans.iter().map(|plan| one(tx, pen, plan, group)).collect()
}

pub(crate) fn one(
    tx: &Transaction<'_>,
    pen: &mut Pen<'_>,
    plan: &Plan,
    group: Option<Group>,
) -> Result<Intent, StoreError> {
    if erase::concerns(tx, plan.doc, &plan.writes)? {
        return Err(StoreError::Erased);
    }
    let mut doc = document::load(tx, plan.kind, plan.doc)?;
    let hlc = tick(tx, pen.wall_ms)?;
    let mut seen = match &plan.seen {
        Some(seen) => standing::renamed(tx, &doc, seen)?,
        None => doc.heads(),
    };
    if mutant::is("edit_at_newest_heads") {
        seen = doc.heads();
    }
    document::know(tx, plan.doc, plan.kind, 0)?;
    let actor = usable_actor(tx, pen.enrolment, &doc, &seen)?;
    let edit = doc.edit(&seen, actor, hlc.seconds(), &plan.writes)?;
    let target = Target {
        doc: plan.doc,
        kind: plan.kind,
        epoch: document::epoch(tx, plan.doc)?,
        seen,
        change: edit.hash,
        counter: actor.counter,
    };
    let intent = Intent {
        id: IntentId::new(pen.wall_ms, (pen.random)()),
        seq: u64::try_from(meta::next(tx, "device_seq")?).unwrap_or(0),
        hlc,
        action: plan.action,
        writes: plan.writes.clone(),
        target: Some(target),
        group,
    };
    insert_change(tx, plan.doc, edit.hash, &edit.bytes)?;
    insert_intent(tx, &intent, &plan.about)?;
    project::document(tx, &doc)?;
    Ok(intent)
}

/// Notes that somebody looked at or dialled a number: an intent without a document.
///
/// # Errors
/// The database.
pub fn audit(tx: &Transaction<'_>, pen: &mut Pen<'_>, facts: Vec<Write>) -> Result<(), StoreError> {
    let intent = Intent {
        id: IntentId::new(pen.wall_ms, (pen.random)()),
        seq: u64::try_from(meta::next(tx, "device_seq")?).unwrap_or(0),
        hlc: tick(tx, pen.wall_ms)?,
        action: Action::Audit,
        writes: facts,
        target: None,
        group: None,
    };
    insert_intent(tx, &intent, "")
}

fn tick(tx: &Transaction<'_>, wall_ms: u64) -> Result<Hlc, StoreError> {
    let last = Hlc {
        ms: u64::try_from(meta::number(tx, "hlc_ms")?).unwrap_or(0),
        count: u32::try_from(meta::number(tx, "hlc_count")?).unwrap_or(0),
    };
    let now = last.tick(wall_ms);
    meta::set(tx, "hlc_ms", i64::try_from(now.ms).unwrap_or(i64::MAX))?;
    meta::set(tx, "hlc_count", i64::from(now.count))?;
    Ok(now)
}

/// The actor this phone last wrote with here, or a fresh one where that can't be used: each
/// document begins with counter 1, which compresses best.
pub(crate) fn usable_actor(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    doc: &Document,
    seen: &[Hash],
) -> Result<Actor, StoreError> {
    let last: u32 = tx
        .prepare_cached("SELECT counter FROM doc WHERE id = ?1")?
        .query_row([doc.id().as_bytes()], |row| row.get(0))?;
    let actor = Actor {
        enrolment,
        counter: last.max(1),
    };
    if doc.actor_fits(actor, seen) {
        remember_counter(tx, doc.id(), actor.counter)?;
        return Ok(actor);
    }
    fresh_actor(tx, enrolment, doc.id())
}

/// A counter no document has seen from this enrolment.
pub(crate) fn fresh_actor(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    doc: DocId,
) -> Result<Actor, StoreError> {
    let counter = fresh_counter(tx)?;
    remember_counter(tx, doc, counter)?;
    Ok(Actor { enrolment, counter })
}

/// A counter that no document has seen.
pub(crate) fn fresh_counter(tx: &Transaction<'_>) -> Result<u32, StoreError> {
    Ok(u32::try_from(meta::next(tx, "actor_counter")?).unwrap_or(u32::MAX - 1) + 1)
}

fn remember_counter(tx: &Transaction<'_>, doc: DocId, counter: u32) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE doc SET counter = ?2 WHERE id = ?1")?
        .execute(params![doc.as_bytes(), counter])?;
    Ok(())
}

pub(crate) fn insert_change(
    tx: &Transaction<'_>,
    doc: DocId,
    hash: Hash,
    bytes: &[u8],
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO change (hash, doc, bytes, state) VALUES (?1, ?2, ?3, 0)
         ON CONFLICT (hash) DO UPDATE SET state = 0 WHERE state = 2",
    )?
    .execute(params![&hash.0[..], doc.as_bytes(), bytes])?;
    Ok(())
}

fn insert_intent(tx: &Transaction<'_>, intent: &Intent, about: &str) -> Result<(), StoreError> {
    let target = intent.target.as_ref();
    tx.prepare_cached(
        "INSERT INTO intent (id, seq, doc, change, body, action, at, state, about)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8)",
    )?
    .execute(params![
        intent.id.as_bytes(),
        i64::try_from(intent.seq).unwrap_or(i64::MAX),
        target.map(|t| t.doc.as_bytes().to_vec()),
        target.map(|t| t.change.0.to_vec()),
        encode(intent),
        intent.action.code(),
        i64::try_from(intent.hlc.ms).unwrap_or(i64::MAX),
        about,
    ])?;
    Ok(())
}

pub(crate) fn encode(intent: &Intent) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into a Vec can't fail.
    let _infallible = minicbor::encode(intent, &mut bytes);
    bytes
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Intent, StoreError> {
    minicbor::decode(bytes).map_err(|_| StoreError::Row("intent"))
}
