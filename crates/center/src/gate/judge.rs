//! The checks that need to know what was accepted before, in the order of DESIGN §4.8.

use std::collections::{HashMap, HashSet};

use linli_model::chunk::header_of;
use linli_model::document::Document;
use linli_model::fields::Fields;
use linli_model::genesis;
use linli_model::intent::Action;
use linli_model::kind::{Class, Kind};
use linli_model::mutant;
use linli_model::value::Hash;
use linli_protocol::sync::{Sent, Verdict};

use super::rules::{Ask, Stop};
use super::{Checked, Refused, TableAtlas, Writer, commit, erased, place, rules};
use crate::membership::{self, Subject};
use crate::store::{DocRow, StoreError, Tables, Turn};

/// What the gate says of one intent.
pub(crate) enum Judged {
    /// Committed.
    Accepted(commit::Accepted),
    /// Not.
    Refused(Verdict),
}

/// Judges one intent with a document and, if nothing speaks against it, writes it.
pub(crate) fn judge(
    turn: &mut Turn<'_>,
    who: &Writer,
    sent: &Sent,
    checked: &Checked,
    now: i64,
) -> Result<Judged, StoreError> {
    match steps(turn, who, sent, checked, now) {
        Ok(accepted) => Ok(Judged::Accepted(accepted)),
        Err(Stop::Refused(Refused(verdict))) => Ok(Judged::Refused(verdict)),
        Err(Stop::Store(error)) => Err(error),
    }
}

fn steps(
    turn: &mut Turn<'_>,
    who: &Writer,
    sent: &Sent,
    checked: &Checked,
    now: i64,
) -> Result<commit::Accepted, Stop> {
    let (intent, target) = (&sent.intent, &checked.target);
    if !who.lineage.contains(&checked.actor.enrolment) && !mutant::is("foreign_actor") {
        return Err(Refused::code("actor").into());
    }
    erased::refuse(turn.tables, target.doc, &intent.writes)?;
    let row = turn.tables.doc(target.doc)?;
    if let Some(row) = row.filter(|row| row.kind != target.kind) {
        // Who may not read it isn't told that it is there.
        let reads = who.may_read(&turn.tables.membership(row.no)?);
        return Err(Refused::code(if reads { "kind" } else { "scope" }).into());
    }
    if matches!(target.kind, Kind::Unknown(_)) {
        return Err(Refused::code("unknown_kind").into());
    }
    if row.map_or(0, |row| row.epoch) != target.epoch {
        return Err(stale(turn, who, row)?.into());
    }
    // Cheap, since it costs nobody anything to ask: what isn't known comes again and again.
    known_deps(turn.tables, checked, row.as_ref())?;
    if let Some(row) = row
        && turn.tables.changes_today(row.no, &who.lineage, now)? >= who.limits.changes
    {
        return Err(Refused::later(sent).into());
    }
    let mut document = match row {
        Some(row) => open(turn, &row)?,
        None => blank(target)?,
    };
    let heads = document.heads();
    if heads.len() >= who.limits.heads && heads != checked.seen {
        return Err(Refused::later(sent).into());
    }
    let next = match row {
        Some(row) => turn.tables.actor_number(row.no, checked.actor)? + 1,
        None => 1,
    };
    if checked.number != next && !mutant::is("any_actor_number") {
        return Err(Refused::code("actor_seq").into());
    }
    if let Some(fault) = &checked.schema {
        return Err(fault.clone().into());
    }

    let birth = row.is_none();
    let before = document.fields();
    // What the author saw, when that isn't what stands.
    let mut scratch = match row {
        Some(row) if heads != checked.seen => Some(at_seen(turn, &row, &checked.seen)?),
        _ => None,
    };
    let seen = scratch.as_ref().map(Document::fields);
    let subject = match row {
        Some(row) => Subject::read(row.kind, row.id, &before, row.author),
        None => {
            let fields: Fields = intent
                .writes
                .iter()
                .map(|write| (write.path.clone(), write.value.clone()))
                .collect();
            Subject::read(target.kind, target.doc, &fields, Some(who.author))
        }
    };
    rules::apply(&Ask {
        tables: turn.tables,
        who,
        action: intent.action,
        kind: target.kind,
        birth,
        author: row.and_then(|row| row.author),
        writes: &intent.writes,
        now: &before,
        seen: seen.as_ref().unwrap_or(&before),
        subject: &subject,
    })?;

    let made = intent
        .execute(scratch.as_mut().unwrap_or(&mut document), checked.actor)
        .map_err(|_| Refused::code("intent_mismatch"))?;
    let claimed = made.hash == target.change && made.bytes == sent.change;
    if !claimed && !mutant::is("trust_the_claim") {
        return Err(Refused::code("intent_mismatch").into());
    }
    if scratch.is_some() {
        document
            .apply([made.bytes.as_slice()])
            .map_err(|_| Refused::code("bad_change"))?;
    }

    let buckets = in_scope(turn, who, intent.action, &subject, row.as_ref())?;
    let (document, size) = reloaded(&document)?;
    if size > who.limits.document_bytes {
        return Err(Refused::code("too_large").into());
    }
    Ok(commit::write(
        turn,
        commit::Judgement {
            who,
            sent,
            checked,
            row,
            buckets,
            document,
            size,
            now,
        },
    )?)
}

/// An edit of an epoch that is over: its author's phone writes it again once it has the new one.
/// A phone that doesn't get it can't, and has it back.
fn stale(turn: &Turn<'_>, who: &Writer, row: Option<DocRow>) -> Result<Refused, StoreError> {
    let comes = match row {
        Some(row) => who.may_read(&turn.tables.membership(row.no)?),
        None => true,
    };
    let epoch = row.map_or(0, |row| row.epoch);
    Ok(if comes {
        Refused(Verdict::StaleEpoch { epoch })
    } else {
        Refused::code("stale_epoch")
    })
}

/// The document as accepted now.
pub(super) fn open(turn: &mut Turn<'_>, row: &DocRow) -> Result<Document, StoreError> {
    if let Some(document) = turn.drafts.take(row) {
        return Ok(document);
    }
    let changes = turn.tables.changes(row.no)?;
    Document::from_changes(row.kind, row.id, changes.iter().map(|c| c.bytes.as_slice()))
        .map_err(|_| StoreError::Damaged("log"))
}

fn blank(target: &linli_model::intent::Target) -> Result<Document, Stop> {
    Document::new(target.kind, target.doc).map_err(|_| Refused::code("unknown_kind").into())
}

/// Every change it builds on must have been accepted, in this very document.
fn known_deps(tables: Tables<'_>, checked: &Checked, row: Option<&DocRow>) -> Result<(), Stop> {
    let birth = birth_of(checked);
    for dep in checked.deps.iter().filter(|dep| Some(**dep) != birth) {
        match tables.find_change(*dep)? {
            Some((doc, _)) if row.is_some_and(|row| row.no == doc) => {}
            // Accepted, but elsewhere: a change of one document sent for another.
            Some(_) => return Err(Refused::code("intent_mismatch").into()),
            None => return Err(unknown(tables, *dep)?.into()),
        }
    }
    let rootless = checked.deps.is_empty();
    if rootless && checked.target.kind.has_genesis() {
        return Err(Refused::code("bad_change").into());
    }
    if rootless && row.is_some() {
        return Err(Refused::code("not_new").into());
    }
    Ok(())
}

/// The first change that it builds on and that is nowhere, and not among `others` either.
pub(super) fn unknown_dep(
    tables: Tables<'_>,
    checked: &Checked,
    others: &[Hash],
) -> Result<Option<Hash>, StoreError> {
    let birth = birth_of(checked);
    for dep in &checked.deps {
        let known = Some(*dep) == birth || others.contains(dep);
        if !known && tables.find_change(*dep)?.is_none() {
            return Ok(Some(*dep));
        }
    }
    Ok(None)
}

/// The change that nobody sends.
fn birth_of(checked: &Checked) -> Option<Hash> {
    let target = &checked.target;
    (target.kind.has_genesis())
        .then(|| genesis::hash(target.kind, target.doc).ok())
        .flatten()
}

/// What is said of a change that builds on one that isn't here.
pub(super) fn unknown(tables: Tables<'_>, dep: Hash) -> Result<Refused, StoreError> {
    Ok(Refused(if tables.was_refused(dep)? {
        Verdict::BlockedBy { change: dep }
    } else {
        Verdict::Missing { change: dep }
    }))
}

/// The document as its author saw it: these changes and what they build on.
fn at_seen(turn: &Turn<'_>, row: &DocRow, seen: &[Hash]) -> Result<Document, Stop> {
    let changes = turn.tables.changes(row.no)?;
    let mut deps: HashMap<Hash, Vec<Hash>> = HashMap::with_capacity(changes.len());
    for change in &changes {
        let header = header_of(&change.bytes).map_err(|_| StoreError::Damaged("log"))?;
        deps.insert(change.hash, header.deps);
    }
    let mut wanted: HashSet<Hash> = HashSet::new();
    let mut queue = seen.to_vec();
    while let Some(hash) = queue.pop() {
        if wanted.insert(hash) {
            queue.extend(deps.get(&hash).into_iter().flatten().copied());
        }
    }
    let scratch = Document::from_changes(
        row.kind,
        row.id,
        changes
            .iter()
            .filter(|change| wanted.contains(&change.hash))
            .map(|change| change.bytes.as_slice()),
    )
    .map_err(|_| StoreError::Damaged("log"))?;
    if scratch.heads() != seen {
        // It names a change beside one that builds on it.
        return Err(Refused::code("bad_change").into());
    }
    Ok(scratch)
}

/// Position and person: the document must lie where the person may write, and a new one must
/// hang on something in the person's area. Returns the buckets of a new document.
fn in_scope(
    turn: &Turn<'_>,
    who: &Writer,
    action: Action,
    subject: &Subject,
    row: Option<&DocRow>,
) -> Result<Vec<crate::store::BucketId>, Stop> {
    if let Some(row) = row {
        let buckets = turn.tables.membership(row.no)?;
        // Whoever is called may answer a roll-call; the rules hold a lead to the own rooms.
        let called = action == Action::MusterStatus && who.may_read(&buckets);
        // Whoever reported a case that was sealed can still add to it, and take it back.
        let own = row.kind == Kind::Case && row.author == Some(who.person);
        return if who.may_write(&buckets) || called || own {
            Ok(buckets)
        } else {
            Err(Refused::code("scope").into())
        };
    }
    let spot = membership::locate(subject, &TableAtlas(turn.tables))?;
    let Some(spot) = spot else {
        return Err(Refused::code("parent").into());
    };
    let near = subject.kind == Kind::Case && who.is_near(&spot);
    if !who.covers(&spot) && !near {
        return Err(Refused::code("scope").into());
    }
    let buckets = place::buckets_of(turn.tables, subject)?;
    // A restricted case is written as any other; it is the center that seals it.
    let sealed = subject.class == Class::Sealed;
    let open = Subject {
        class: if sealed { Class::Work } else { subject.class },
        ..subject.clone()
    };
    let may = who.may_write(&buckets)
        || (sealed && who.may_write(&place::buckets_of(turn.tables, &open)?));
    if may {
        Ok(buckets)
    } else {
        Err(Refused::code("scope").into())
    }
}

/// A document that can't be saved and opened again with the same heads would be lost. With its
/// size as saved.
pub(super) fn reloaded(document: &Document) -> Result<(Document, usize), Stop> {
    let saved = document.save();
    let again = Document::load(document.kind(), document.id(), &saved)
        .map_err(|_| Refused::code("bad_change"))?;
    if again.heads() == document.heads() {
        Ok((again, saved.len()))
    } else {
        Err(Refused::code("bad_change").into())
    }
}
