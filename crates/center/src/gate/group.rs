//! A batch of intents: each by itself, or several that stand and fall together.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use linli_model::ids::GroupId;
use linli_model::intent::MAX_ATOMIC;
use linli_model::mutant;
use linli_model::value::Hash;
use linli_protocol::encode;
use linli_protocol::sync::{Sent, Verdict};

use super::commit::Accepted;
use super::judge::{Judged, judge, unknown, unknown_dep};
use super::{Checked, Refused, Writer, kept, regain};
use crate::store::{StoreError, Turn};

/// What was checked before the writer's turn.
pub(crate) type Entrance = Result<Option<Checked>, Refused>;

/// Verdicts in the order of the intents, and what was accepted anew.
pub(crate) struct Received {
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) accepted: Vec<Accepted>,
}

/// What an accepted intent counts at the least, bytes: its rows are more than its change.
const LEAST: usize = 256;

/// Judges a batch. One document's trouble never holds up another's; only a phone of which the
/// center has refused or taken too much today waits with everything.
pub(crate) fn receive(
    turn: &mut Turn<'_>,
    who: &Writer,
    batch: &[(Sent, Entrance)],
    now: i64,
) -> Result<Received, StoreError> {
    let (count, bytes) = turn.tables.refused_today(who.enrolment, now)?;
    let taken = turn.tables.accepted_today(who.enrolment, now)?;
    if count >= who.limits.refused
        || bytes >= who.limits.refused_bytes
        || taken >= who.limits.accepted_bytes
    {
        return Ok(Received {
            verdicts: batch
                .iter()
                .map(|(sent, _)| Refused::later(sent).0)
                .collect(),
            accepted: Vec::new(),
        });
    }
    let mut verdicts: Vec<Option<Verdict>> = vec![None; batch.len()];
    let mut accepted = Vec::new();
    let groups = atomic_groups(batch);
    for index in 0..batch.len() {
        let group = batch[index].0.intent.group.filter(|group| group.atomic);
        match group.and_then(|group| groups.get(&group.id)) {
            None => one(turn, who, batch, index, now, &mut verdicts, &mut accepted)?,
            // Judged when its last member's turn comes, so that whatever the others build on
            // has been judged too.
            Some(members) if members.last() == Some(&index) => {
                all(turn, who, batch, members, now, &mut verdicts, &mut accepted)?;
            }
            Some(_) => {}
        }
    }
    // What waited for a group that came later in the batch gets a second look.
    for index in 0..batch.len() {
        if matches!(verdicts[index], Some(Verdict::Missing { .. }))
            && batch[index].0.intent.group.is_none_or(|g| !g.atomic)
        {
            one(turn, who, batch, index, now, &mut verdicts, &mut accepted)?;
        }
    }
    let verdicts: Vec<Verdict> = verdicts
        .into_iter()
        .map(|verdict| verdict.unwrap_or_else(|| rejected("bad_intent")))
        .collect();
    let taken = batch.iter().zip(&verdicts);
    let bytes: usize = taken
        .filter(|(_, verdict)| matches!(verdict, Verdict::Accepted { .. }))
        .map(|((sent, _), _)| LEAST.max(sent.change.len()))
        .sum();
    if bytes > 0 {
        turn.tables.count_accepted(who.enrolment, bytes, now)?;
    }
    Ok(Received { verdicts, accepted })
}

fn atomic_groups(batch: &[(Sent, Entrance)]) -> HashMap<GroupId, Vec<usize>> {
    let mut groups: HashMap<GroupId, Vec<usize>> = HashMap::new();
    for (index, (sent, _)) in batch.iter().enumerate() {
        if let Some(group) = sent.intent.group.filter(|group| group.atomic) {
            groups.entry(group.id).or_default().push(index);
        }
    }
    groups
}

fn one(
    turn: &mut Turn<'_>,
    who: &Writer,
    batch: &[(Sent, Entrance)],
    index: usize,
    now: i64,
    verdicts: &mut [Option<Verdict>],
    accepted: &mut Vec<Accepted>,
) -> Result<(), StoreError> {
    let (sent, entrance) = &batch[index];
    let (verdict, news) = turn.attempt(
        |turn| guarded(turn, who, sent, entrance, now),
        |(verdict, _)| stands(verdict),
    )?;
    kept::remember(turn, who, sent, &verdict, now)?;
    verdicts[index] = Some(verdict);
    accepted.extend(news);
    Ok(())
}

fn all(
    turn: &mut Turn<'_>,
    who: &Writer,
    batch: &[(Sent, Entrance)],
    members: &[usize],
    now: i64,
    verdicts: &mut [Option<Verdict>],
    accepted: &mut Vec<Accepted>,
) -> Result<(), StoreError> {
    let first = &batch[members[0]].0.intent;
    let size = first.group.map_or(0, |group| group.size);
    let agreed = members
        .iter()
        .all(|m| batch[*m].0.intent.group.map(|g| g.size) == Some(size));
    if size > MAX_ATOMIC || !agreed || members.len() > usize::from(size) {
        for member in members {
            let verdict = rejected("group");
            kept::remember(turn, who, &batch[*member].0, &verdict, now)?;
            verdicts[*member] = Some(verdict);
        }
        return Ok(());
    }
    if members.len() < usize::from(size) {
        for member in members {
            verdicts[*member] = Some(Refused::later(&batch[*member].0).0);
        }
        return Ok(());
    }
    let (culprit, verdict) = match lacking(turn, batch, members)? {
        // Asked before any work is done: it costs nobody anything to send it again.
        Some(lacking) => lacking,
        None => {
            let results = together(turn, who, batch, members, now)?;
            match culprit(&results) {
                Some(culprit) => (culprit, results[culprit].0.clone()),
                None => {
                    for (member, (verdict, news)) in members.iter().zip(results) {
                        verdicts[*member] = Some(verdict);
                        accepted.extend(news);
                    }
                    return Ok(());
                }
            }
        }
    };
    let sent = &batch[members[culprit]].0;
    let change = change_of(sent);
    kept::remember(turn, who, sent, &verdict, now)?;
    let given_back = verdict.is_final();
    for (position, member) in members.iter().enumerate() {
        if position == culprit {
            verdicts[*member] = Some(verdict.clone());
            continue;
        }
        // Its fellows come back to their author with it, and are kept here as well.
        if given_back {
            let verdict = rejected(FELL_ALONG);
            kept::remember(turn, who, &batch[*member].0, &verdict, now)?;
        }
        verdicts[*member] = Some(Verdict::BlockedBy { change });
    }
    Ok(())
}

/// Judges the members of a group one after the other, until one is given back; all or nothing
/// is written.
fn together(
    turn: &mut Turn<'_>,
    who: &Writer,
    batch: &[(Sent, Entrance)],
    members: &[usize],
    now: i64,
) -> Result<Vec<(Verdict, Option<Accepted>)>, StoreError> {
    turn.attempt(
        |turn| {
            let mut results = Vec::with_capacity(members.len());
            for member in members {
                let (sent, entrance) = &batch[*member];
                let result = guarded(turn, who, sent, entrance, now)?;
                let stop = result.0.is_final() && !stands(&result.0) && !fell_along(&result.0);
                results.push(result);
                if stop {
                    break;
                }
            }
            Ok(results)
        },
        |results| results.iter().all(|(verdict, _)| stands(verdict)),
    )
}

/// The first member that builds on something which neither the center nor the group has.
fn lacking(
    turn: &Turn<'_>,
    batch: &[(Sent, Entrance)],
    members: &[usize],
) -> Result<Option<(usize, Verdict)>, StoreError> {
    let own: Vec<Hash> = members.iter().map(|m| change_of(&batch[*m].0)).collect();
    for (position, member) in members.iter().enumerate() {
        let Ok(Some(checked)) = &batch[*member].1 else {
            continue;
        };
        if let Some(dep) = unknown_dep(turn.tables, checked, &own)? {
            let Refused(verdict) = unknown(turn.tables, dep)?;
            return Ok(Some((position, verdict)));
        }
    }
    Ok(None)
}

/// Code of what was fine by itself and came back with its group.
const FELL_ALONG: &str = "group_returned";

fn fell_along(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Rejected { code, .. } if code == FELL_ALONG)
}

/// Whose fault it is that a group can't be taken, so that its author reads the reason: who was
/// given back for a reason of its own, else who fell along with it before, else who can't be
/// judged yet.
fn culprit(results: &[(Verdict, Option<Accepted>)]) -> Option<usize> {
    let find = |wanted: &dyn Fn(&Verdict) -> bool| {
        results
            .iter()
            .position(|(verdict, _)| !stands(verdict) && wanted(verdict))
    };
    find(&|verdict| verdict.is_final() && !fell_along(verdict))
        .or_else(|| find(&fell_along))
        .or_else(|| find(&|_| true))
}

fn change_of(sent: &Sent) -> Hash {
    sent.intent
        .target
        .as_ref()
        .map_or(Hash([0; 32]), |target| target.change)
}

fn rejected(code: &str) -> Verdict {
    Refused::code(code).0
}

fn stands(verdict: &Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Accepted { .. } | Verdict::Duplicate { .. }
    )
}

type Result1 = Result<(Verdict, Option<Accepted>), StoreError>;

/// Automerge can panic on hostile bytes; that ends this intent and nothing else.
fn guarded(
    turn: &mut Turn<'_>,
    who: &Writer,
    sent: &Sent,
    entrance: &Entrance,
    now: i64,
) -> Result1 {
    catch_unwind(AssertUnwindSafe(|| {
        verdict_of(turn, who, sent, entrance, now)
    }))
    .unwrap_or_else(|_| Ok((rejected("bad_change"), None)))
}

fn verdict_of(
    turn: &mut Turn<'_>,
    who: &Writer,
    sent: &Sent,
    entrance: &Entrance,
    now: i64,
) -> Result1 {
    let intent = &sent.intent;
    for enrolment in &who.lineage {
        if let Some(row) = turn.tables.verdict(*enrolment, intent.id)?
            && !mutant::is("forget_what_was_accepted")
        {
            let change = row.change.unwrap_or(Hash([0; 32]));
            if let Some(seq) = row.seq {
                // What an erasure made of it goes by another name, which its phone hears of when
                // it reads what the document began anew with.
                let asked = change_of(sent);
                let renamed = turn.tables.replaced(asked)?.contains(&change);
                let change = if renamed { asked } else { change };
                return Ok((Verdict::Duplicate { change, seq }, None));
            }
            // What was given back stays given back: its author has it in hand, and a copy that
            // was long on its way must not slip in behind. Only the very same, though: what a
            // liar sent under this name must not shut out the honest one.
            if *enrolment == who.enrolment
                && kept::is_the_same(row.kept.as_deref(), sent)
                && let Ok(verdict) = linli_protocol::decode::<Verdict>(&row.verdict)
                && kept::stays(&verdict)
            {
                return Ok((verdict, None));
            }
        }
    }
    if who.revoked {
        return Ok((rejected("revoked"), None));
    }
    let checked = match entrance {
        Err(Refused(verdict)) => return Ok((verdict.clone(), None)),
        Ok(None) => {
            let detail = encode(intent);
            turn.tables.note(now, Some(who.person), "reveal", &detail)?;
            remember_accepted(turn, who, sent, 0, now)?;
            return Ok((Verdict::Accepted { seq: 0 }, None));
        }
        Ok(Some(checked)) => checked,
    };
    if who.lineage.contains(&checked.actor.enrolment)
        && let Some(row) = turn.tables.doc(checked.target.doc)?
        && let Some(seq) = regain::regained(turn.tables, row.no, checked.target.change)?
    {
        let change = checked.target.change;
        regain::remember(turn.tables, who.enrolment, intent.id, change, seq, now)?;
        return Ok((Verdict::Duplicate { change, seq }, None));
    }
    Ok(match judge(turn, who, sent, checked, now)? {
        Judged::Accepted(accepted) => {
            remember_accepted(turn, who, sent, accepted.seq, now)?;
            (Verdict::Accepted { seq: accepted.seq }, Some(accepted))
        }
        Judged::Refused(verdict) => (verdict, None),
    })
}

fn remember_accepted(
    turn: &Turn<'_>,
    who: &Writer,
    sent: &Sent,
    seq: u64,
    now: i64,
) -> Result<(), StoreError> {
    let intent = &sent.intent;
    let verdict = encode(&Verdict::Accepted { seq });
    let change = intent.target.as_ref().map(|target| target.change);
    turn.tables.set_verdict(
        who.enrolment,
        intent.id,
        &verdict,
        change,
        Some(seq),
        None,
        now,
    )
}
