//! What can be checked of an intent by itself, before anything is looked up.

use linli_model::actor::Actor;
use linli_model::chunk::header_of;
use linli_model::intent::{Action, Target};
use linli_model::schema;
use linli_model::value::Hash;
use linli_protocol::encode;
use linli_protocol::limits::{MAX_AUDIT, MAX_CHANGE};
use linli_protocol::sync::Sent;

use super::Refused;

/// Most fields one action writes.
const MAX_WRITES: usize = 600;

/// An intent whose change is what it claims to be, and fits the schema.
#[derive(Debug, Clone)]
pub(crate) struct Checked {
    pub(crate) target: Target,
    pub(crate) actor: Actor,
    /// Number of the change within its actor.
    pub(crate) number: u64,
    /// Heads the form was opened on, sorted.
    pub(crate) seen: Vec<Hash>,
    /// Changes it builds on, sorted: what was seen and, where that doesn't say it already, the
    /// author's own last change.
    pub(crate) deps: Vec<Hash>,
    /// A schema fault, told only after what comes before it in the order of checks.
    pub(crate) schema: Option<Refused>,
}

/// Size, parse, hash, and that the change says of itself what the intent says. An audit has
/// no change, and none is the answer.
pub(crate) fn check(sent: &Sent) -> Result<Option<Checked>, Refused> {
    let intent = &sent.intent;
    if sent.change.len() > MAX_CHANGE || intent.writes.len() > MAX_WRITES {
        return Err(Refused::code("too_large"));
    }
    let Some(target) = &intent.target else {
        return if encode(intent).len() > MAX_AUDIT {
            Err(Refused::code("too_large"))
        } else if intent.action == Action::Audit && sent.change.is_empty() {
            Ok(None)
        } else {
            Err(Refused::code("bad_intent"))
        };
    };
    if intent.action == Action::Audit || intent.writes.is_empty() {
        return Err(Refused::code("bad_intent"));
    }
    let header = header_of(&sent.change).map_err(|_| Refused::code("bad_change"))?;
    if header.hash != target.change {
        return Err(Refused::code("hash"));
    }
    let actor = Actor::from_bytes(&header.actor)
        .filter(|actor| actor.counter == target.counter)
        .ok_or_else(|| Refused::code("actor"))?;
    let mut seen = target.seen.clone();
    seen.sort_unstable();
    let builds_on_seen =
        seen.iter().all(|hash| header.deps.contains(hash)) && header.deps.len() <= seen.len() + 1;
    if header.time != intent.hlc.seconds() || !builds_on_seen {
        return Err(Refused::code("intent_mismatch"));
    }
    Ok(Some(Checked {
        target: target.clone(),
        actor,
        number: header.seq,
        seen,
        deps: header.deps,
        schema: schema_fault(intent, target),
    }))
}

fn schema_fault(intent: &linli_model::intent::Intent, target: &Target) -> Option<Refused> {
    let bad: Vec<&str> = intent
        .writes
        .iter()
        .filter(|write| schema::check(target.kind, write).is_err())
        .map(|write| write.path.as_str())
        .collect();
    (!bad.is_empty()).then(|| Refused::fields("schema", bad))
}
