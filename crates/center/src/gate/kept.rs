//! What is kept of an intent that was given back, for its author's chief.

use linli_model::mutant;
use linli_protocol::sync::{Sent, Verdict};
use linli_protocol::{decode, encode};

use super::{Writer, erased};
use crate::store::{StoreError, Turn};

/// Keeps it whole, and at once, so that what builds on it is told so. What the center could not
/// judge is not kept: it comes again.
pub(super) fn remember(
    turn: &Turn<'_>,
    who: &Writer,
    sent: &Sent,
    verdict: &Verdict,
    now: i64,
) -> Result<(), StoreError> {
    let keep = matches!(
        verdict,
        Verdict::Rejected { .. } | Verdict::Overtaken { .. } | Verdict::Held { .. }
    );
    if !keep || mutant::is("no_quarantine") {
        return Ok(());
    }
    let (device, intent) = (who.enrolment, sent.intent.id);
    let change = sent.intent.target.as_ref().map(|target| target.change);
    // Of what is about somebody who was erased only that it was refused. Once: what a desk
    // decided of it before stays.
    let about_erased = erased::concerns(turn.tables, sent)?;
    let (verdict, kept) = (encode(verdict), (!about_erased).then(|| form(turn, sent)));
    let kept = kept.transpose()?;
    let known = turn.tables.verdict(device, intent)?;
    if known.is_some_and(|row| {
        row.verdict == verdict
            && match (&kept, &row.kept) {
                (None, None) => true,
                (Some(_), Some(before)) => is_the_same(Some(before), sent),
                _ => false,
            }
    }) {
        return Ok(());
    }
    let bytes = kept.as_ref().map_or(verdict.len(), Vec::len);
    turn.tables.count_refused(device, bytes, now)?;
    turn.tables
        .set_verdict(device, intent, &verdict, change, None, kept.as_deref(), now)
}

/// How it is kept. The bytes of a change may say what its intent doesn't, of an entry that they
/// name by a number only; so nobody can tell what they say of somebody who was erased, and in a
/// center that has erased anybody only the intent is kept. A desk that accepts it makes the
/// bytes anew.
fn form(turn: &Turn<'_>, sent: &Sent) -> Result<Vec<u8>, StoreError> {
    if !turn.tables.any_erased()? {
        return Ok(encode(sent));
    }
    Ok(encode(&Sent {
        intent: sent.intent.clone(),
        change: Vec::new(),
    }))
}

/// Whether what was kept is the very same, as far as it was.
pub(super) fn is_the_same(kept: Option<&[u8]>, sent: &Sent) -> bool {
    let Some(Ok(kept)) = kept.map(decode::<Sent>) else {
        return false;
    };
    kept.intent == sent.intent && (kept.change.is_empty() || kept.change == sent.change)
}

/// Whether a refusal would be the same another day: an actor that isn't this phone's becomes its
/// own when a lost key was recovered, and bytes that were not what the intent says may have been
/// a liar's.
pub(super) fn stays(verdict: &Verdict) -> bool {
    let changes = ["actor", "hash", "bad_change", "intent_mismatch"];
    verdict.is_final()
        && !matches!(verdict, Verdict::Rejected { code, .. } if changes.contains(&code.as_str()))
}
