//! What was given back and is kept, and what desks said of it: less what is to go.

use std::collections::BTreeMap;

use linli_model::chunk;
use linli_model::erase::without;
use linli_model::ids::{DocId, PersonId};
use linli_model::value::{Hash, Write};
use linli_protocol::sync::{Sent, Verdict};
use linli_protocol::{decode, encode};

use super::plan::{Fate, Plan, Step};
use crate::store::{KeptRow, NewDecision, StoreError, Tables};

/// How many kept edits say something that is to go.
pub(super) fn count(tables: Tables<'_>, plan: &Plan) -> Result<usize, StoreError> {
    let rows = tables.all_kept()?;
    Ok(rows
        .iter()
        .filter_map(|row| decode::<Sent>(&row.kept).ok())
        .filter(|sent| left_of(plan, sent).is_some())
        .count())
}

/// Takes out of all of them what is to go; how many there were.
pub(super) fn scrub(tables: Tables<'_>, plan: &Plan, now: i64) -> Result<usize, StoreError> {
    if plan.steps.is_empty() {
        return Ok(0);
    }
    let mut scrubbed = 0;
    for row in tables.all_kept()? {
        let verdict = redacted(plan, &row.verdict);
        let Ok(mut sent) = decode::<Sent>(&row.kept) else {
            // Nobody can say what is in it.
            tables.set_kept(&row, &row.verdict, None)?;
            scrubbed += 1;
            continue;
        };
        let left = left_of(plan, &sent);
        if left.is_none() && verdict.is_none() && sent.change.is_empty() {
            continue;
        }
        let mut says_something = true;
        if let Some(left) = left {
            scrubbed += 1;
            stands_for(tables, plan, &sent)?;
            if !row.accepted {
                tell(tables, plan, &row, &sent, now)?;
            }
            says_something = !left.is_empty();
            sent.intent.writes = left;
        }
        // Its bytes may say more than its words, and a desk that accepts it makes them anew.
        sent.change = Vec::new();
        let kept = says_something.then(|| encode(&sent));
        let verdict = verdict.unwrap_or_else(|| row.verdict.clone());
        tables.set_kept(&row, &verdict, kept.as_deref())?;
    }
    tables.change_decisions(|verdict| redacted(plan, verdict))?;
    Ok(scrubbed)
}

/// What is left of its writes, when that is less; none when it says nothing that goes.
fn left_of(plan: &Plan, sent: &Sent) -> Option<Vec<Write>> {
    let target = sent.intent.target.as_ref()?;
    let step = step_of(plan, target.doc);
    if step.is_some_and(|step| matches!(step.fate, Fate::Gone)) {
        return Some(Vec::new());
    }
    let writes = &sent.intent.writes;
    let near = step.is_some()
        || writes.iter().any(|write| {
            plan.erasure.concerns(write)
                || plan
                    .homes
                    .iter()
                    .any(|home| write.value.text() == home.to_string())
        });
    let bytes = String::from_utf8_lossy(&sent.change);
    let says = plan.erasure.words().iter().any(|word| bytes.contains(word))
        || plan.erasure.ids().any(|id| bytes.contains(&id.to_string()));
    if !near && !says {
        return None;
    }
    let left: Vec<Write> = without(writes, |write| plan.erasure.concerns(write))
        .iter()
        .filter_map(|write| plan.erasure.keep(write))
        .collect();
    (left != *writes || says).then_some(left)
}

fn step_of(plan: &Plan, doc: DocId) -> Option<&Step> {
    plan.steps.iter().find(|step| step.row.id == doc)
}

/// What was built on it goes on at what it was built on itself.
fn stands_for(tables: Tables<'_>, plan: &Plan, sent: &Sent) -> Result<(), StoreError> {
    let Some(target) = &sent.intent.target else {
        return Ok(());
    };
    let (Some(row), Ok(deps)) = (tables.living(target.doc)?, chunk::deps_of(&sent.change)) else {
        return Ok(());
    };
    let became: BTreeMap<Hash, &[Hash]> = match step_of(plan, target.doc).map(|step| &step.fate) {
        Some(Fate::Anew(renewed)) => renewed
            .became
            .iter()
            .map(|one| (one.was, one.by.as_slice()))
            .collect(),
        _ => BTreeMap::new(),
    };
    let by: Vec<Hash> = deps
        .iter()
        .flat_map(|dep| {
            became
                .get(dep)
                .copied()
                .unwrap_or(std::slice::from_ref(dep))
        })
        .copied()
        .collect();
    tables.set_replaced(row.no, target.change, &by)
}

/// The author's phone has it in its tray, and need not get the document any more: it hears by
/// itself what to take out of it.
fn tell(
    tables: Tables<'_>,
    plan: &Plan,
    row: &KeptRow,
    sent: &Sent,
    now: i64,
) -> Result<(), StoreError> {
    let concerned = (sent.intent.writes.iter()).filter(|write| plan.erasure.concerns(write));
    let mut fields: Vec<String> = concerned.map(|write| write.path.clone()).collect();
    let target = sent.intent.target.as_ref();
    let step = target.and_then(|target| step_of(plan, target.doc));
    let whole = step.is_some_and(|step| matches!(step.fate, Fate::Gone));
    if whole {
        fields.clear();
    } else if fields.is_empty() {
        // Only somebody's name in free words: what the author says is the author's.
        return Ok(());
    } else {
        fields.push(plan.resident.to_string());
    }
    let verdict = encode(&Verdict::Rejected {
        code: "erased".into(),
        fields,
    });
    tables.forget_decision(row.enrolment, row.intent)?;
    tables.add_decision(&NewDecision {
        enrolment: row.enrolment,
        intent: row.intent,
        verdict: &verdict,
        was: target.map(|target| target.change),
        decided_by: NOBODY,
        at: now,
    })
}

/// No desk decided it.
const NOBODY: PersonId = PersonId::from_bytes([0; 16]);

/// A verdict without the words, when it has some: a desk's reason is free text.
fn redacted(plan: &Plan, verdict: &[u8]) -> Option<Vec<u8>> {
    let Ok(Verdict::Rejected { code, fields }) = decode::<Verdict>(verdict) else {
        return None;
    };
    let less: Vec<String> = fields
        .iter()
        .map(|field| plan.erasure.redact(field))
        .collect();
    (less != fields).then(|| encode(&Verdict::Rejected { code, fields: less }))
}
