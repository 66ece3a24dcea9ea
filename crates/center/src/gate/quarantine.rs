//! What was given back is accepted after all: executed again at what its author had seen, by the
//! rules as they stand for whoever decides, and written for its author (DESIGN §4.10).

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::chunk::deps_of;
use linli_model::document::{Document, DocumentError};
use linli_model::ids::PersonId;
use linli_model::intent::Target;
use linli_model::value::Hash;
use linli_protocol::sync::{Sent, Verdict};
use linli_protocol::{decode, encode};

use super::commit::Accepted;
use super::judge::{Judged, judge};
use super::{Refused, Writer, check};
use crate::store::{NewDecision, StoreError, Tables, Turn};

/// What a desk takes in for a phone.
pub(crate) struct Quarantine<'a> {
    /// The phone it was given back to.
    pub(crate) enrolment: EnrolmentId,
    pub(crate) author: PersonId,
    /// The center's own enrolment of the author, under which it is written.
    pub(crate) hand: EnrolmentId,
    /// Who decides, and by whose rights it is judged.
    pub(crate) judge: &'a Writer,
    pub(crate) now: i64,
}

impl Quarantine<'_> {
    /// Takes all of these, or none: what was done as one stands or falls together. The verdict
    /// is that of the first that doesn't stand even so.
    pub(crate) fn accept(
        &self,
        turn: &mut Turn<'_>,
        members: &[Sent],
    ) -> Result<Result<Vec<Accepted>, Verdict>, StoreError> {
        let who = self.judge.on_behalf_of(self.author, self.hand);
        turn.attempt(
            |turn| {
                let mut accepted = Vec::with_capacity(members.len());
                for sent in members {
                    // Automerge can panic on hostile bytes; what was refused may be such.
                    let one = catch_unwind(AssertUnwindSafe(|| self.one(turn, &who, sent)))
                        .unwrap_or_else(|_| Ok(Err(Refused::code("bad_change").0)))?;
                    match one {
                        Ok(one) => accepted.push(one),
                        Err(verdict) => return Ok(Err(verdict)),
                    }
                }
                Ok(Ok(accepted))
            },
            Result::is_ok,
        )
    }

    fn one(
        &self,
        turn: &mut Turn<'_>,
        who: &Writer,
        sent: &Sent,
    ) -> Result<Result<Accepted, Verdict>, StoreError> {
        let again = match self.again(turn.tables, sent)? {
            Ok(again) => again,
            Err(Refused(verdict)) => return Ok(Err(verdict)),
        };
        let checked = match check(&again) {
            Ok(Some(checked)) => checked,
            Ok(None) => return Ok(Err(Refused::code("bad_intent").0)),
            Err(Refused(verdict)) => return Ok(Err(verdict)),
        };
        let accepted = match judge(turn, who, &again, &checked, self.now)? {
            Judged::Accepted(accepted) => accepted,
            Judged::Refused(verdict) => return Ok(Err(verdict)),
        };
        let change = checked.target.change;
        let seq = accepted.seq;
        self.remember(
            turn.tables,
            sent,
            Some((change, seq)),
            &[
                Verdict::Accepted { seq },
                Verdict::Duplicate { change, seq },
            ],
        )?;
        Ok(Ok(accepted))
    }

    /// Gives them back for good, with the reason their author reads.
    pub(crate) fn refuse(
        &self,
        tables: Tables<'_>,
        members: &[Sent],
        reason: &str,
    ) -> Result<(), StoreError> {
        let Refused(verdict) = Refused::fields("refused", [reason]);
        for sent in members {
            self.remember(tables, sent, None, &[verdict.clone(), verdict.clone()])?;
        }
        Ok(())
    }

    /// The verdict for whoever asks again, and the word for the author's phone.
    fn remember(
        &self,
        tables: Tables<'_>,
        sent: &Sent,
        accepted: Option<(Hash, u64)>,
        [verdict, told]: &[Verdict; 2],
    ) -> Result<(), StoreError> {
        let intent = sent.intent.id;
        tables.add_decision(&NewDecision {
            enrolment: self.enrolment,
            intent,
            verdict: &encode(told),
            was: sent.intent.target.as_ref().map(|target| target.change),
            decided_by: self.judge.person,
            at: self.now,
        })?;
        tables.settle_returned(self.enrolment, intent, &encode(verdict), accepted)
    }

    /// The same intent, made anew under the center's actor for its author.
    fn again(&self, tables: Tables<'_>, sent: &Sent) -> Result<Result<Sent, Refused>, StoreError> {
        let mut intent = sent.intent.clone();
        let Some(target) = intent.target.as_mut() else {
            return Ok(Err(Refused::code("bad_intent")));
        };
        let Some(mut document) = open(tables, target)? else {
            return Ok(Err(Refused::code("kind")));
        };
        let Some(seen) = standing(tables, &document, &target.seen)? else {
            return Ok(Err(Refused::code("built_on_returned")));
        };
        target.seen = seen;
        (target.epoch, target.counter) = match tables.doc(target.doc)? {
            Some(row) => (row.epoch, tables.next_counter(row.no, self.hand)?),
            None => (0, 1),
        };
        let actor = Actor {
            enrolment: self.hand,
            counter: target.counter,
        };
        let edit = match intent.execute(&mut document, actor) {
            Ok(edit) => edit,
            Err(error) => return Ok(Err(Refused::code(code_of(&error)))),
        };
        if let Some(target) = intent.target.as_mut() {
            target.change = edit.hash;
        }
        Ok(Ok(Sent {
            intent,
            change: edit.bytes,
        }))
    }
}

fn code_of(error: &DocumentError) -> &'static str {
    match error {
        DocumentError::Nothing => "nothing_changed",
        DocumentError::Schema(_) => "schema",
        DocumentError::Birth => "not_new",
        _ => "bad_change",
    }
}

/// The document as accepted now; none when it is of another kind.
fn open(tables: Tables<'_>, target: &Target) -> Result<Option<Document>, StoreError> {
    let Some(row) = tables.doc(target.doc)? else {
        return Ok(Document::new(target.kind, target.doc).ok());
    };
    if row.kind != target.kind {
        return Ok(None);
    }
    let changes = tables.changes(row.no)?;
    Document::from_changes(row.kind, row.id, changes.iter().map(|c| c.bytes.as_slice()))
        .map(Some)
        .map_err(|_| StoreError::Damaged("log"))
}

/// What its author had seen, less changes that were never accepted: for those stands what they
/// were built on. None when it was written on something and nothing of that was accepted.
fn standing(
    tables: Tables<'_>,
    document: &Document,
    seen: &[Hash],
) -> Result<Option<Vec<Hash>>, StoreError> {
    let (mut there, mut met) = (Vec::new(), HashSet::new());
    let mut queue = seen.to_vec();
    while let Some(hash) = queue.pop() {
        if !met.insert(hash) {
            continue;
        }
        if document.has(hash) {
            there.push(hash);
        } else if let Some(new) = tables.accepted_as(hash)? {
            queue.push(new);
            queue.extend(tables.replaced(hash)?);
        } else if let new = tables.replaced(hash)?
            && !new.is_empty()
        {
            queue.extend(new);
        } else if let Some(kept) = tables.kept_with(hash)?
            && let Ok(sent) = decode::<Sent>(&kept)
            && let Some(target) = sent.intent.target
        {
            // Its own bytes say best what it was built on; where they weren't kept, the form did.
            queue.extend(deps_of(&sent.change).unwrap_or(target.seen));
        }
    }
    let heads = document.newest_of(&there);
    Ok((seen.is_empty() || !heads.is_empty()).then_some(heads))
}
