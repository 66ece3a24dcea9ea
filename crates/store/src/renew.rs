//! A document begins anew, without somebody who was erased (DESIGN §4.12): the new log takes the
//! old one's place, and what waits here is written once more on it, at what its author had seen.

use std::collections::{BTreeSet, HashMap};

use linli_model::actor::EnrolmentId;
use linli_model::chunk::header_of;
use linli_model::document::{Document, DocumentError};
use linli_model::erase::Erasure;
use linli_model::ids::{DocId, EntryId, IntentId};
use linli_model::intent::Intent;
use linli_model::kind::Kind;
use linli_model::mutant;
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::document::ChangeState;
use crate::erase;
use crate::error::StoreError;
use crate::outbox::{self, State};
use crate::record::{decode, encode, fresh_actor, insert_change};
use crate::{document, row, standing};

/// What a document begins anew with.
#[derive(Debug, Clone)]
pub struct NewEpoch {
    /// Its number.
    pub epoch: u32,
    /// Saved form of the document.
    pub snapshot: Vec<u8>,
    /// When the center received each change in it, milliseconds.
    pub received: Vec<(Hash, i64)>,
    /// What stands for changes of before.
    pub replaced: Vec<(Hash, Vec<Hash>)>,
    /// What was erased from it.
    pub erased: Vec<EntryId>,
}

/// Code of what can't go on by itself: what it would replace reads otherwise now.
const STALE: &str = "stale_epoch";

/// Takes a new epoch over. The document is known, of an older epoch or of this one.
pub(crate) fn begin_anew(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    (id, kind): (DocId, Kind),
    seq: i64,
    new: &NewEpoch,
) -> Result<(), StoreError> {
    let known = document::epoch(tx, id)?;
    if known > new.epoch {
        return Ok(());
    }
    let base = Document::load(kind, id, &new.snapshot)?;
    if known == new.epoch && was_taken_in(tx, id)? {
        // Once more, for another bucket or for a repair: nothing is new, but something may be
        // missing.
        return put_all(tx, id, seq, &base, new);
    }
    for (was, by) in &new.replaced {
        erase::stands_for(tx, *was, by)?;
    }
    own_became(tx, &base, new)?;
    let mut erasure = Erasure::of(new.erased.iter().copied());
    for entry in &new.erased {
        erase::remember(tx, entry.as_bytes())?;
    }
    let old = document::load(tx, kind, id)?;
    erasure.follow(&old);

    let own = not_accepted(tx, id)?;
    let mut replay = Replay {
        tx,
        enrolment,
        old,
        base: base.clone(),
        new,
        erasure: &erasure,
        moved: HashMap::new(),
        returned: Vec::new(),
    };
    let mut written = Vec::new();
    for intent in waiting(tx, id)? {
        written.extend(replay.one(intent)?);
    }
    let (moved, returned) = (replay.moved, replay.returned);
    // Names for what is about to be destroyed: forms and returned edits may stand on it.
    for hash in own {
        if let Some(by) = standing::heads(tx, &base, &[hash], &moved)? {
            erase::stands_for(tx, hash, &by)?;
        }
    }
    tx.execute("DELETE FROM change WHERE doc = ?1", [id.as_bytes()])?;
    tx.execute(
        "UPDATE doc SET epoch = ?2 WHERE id = ?1",
        params![id.as_bytes(), new.epoch],
    )?;
    put_all(tx, id, seq, &base, new)?;
    for (hash, bytes) in written {
        insert_change(tx, id, hash, &bytes)?;
    }
    // What is written from now on is never taken for something of before.
    fresh_actor(tx, enrolment, id)?;
    erase::scrub(tx, &erasure)?;
    erase::keep_what_is_said(tx, &base)?;
    for intent in returned {
        outbox::return_fellows(tx, enrolment, intent)?;
    }
    Ok(())
}

/// An own edit that was accepted goes by the name of what it became: a center that loses it is
/// sent it again.
fn own_became(tx: &Transaction<'_>, base: &Document, new: &NewEpoch) -> Result<(), StoreError> {
    let mut bytes = tx.prepare_cached(
        "SELECT c.bytes FROM change c JOIN intent i ON i.change = c.hash
         WHERE c.hash = ?1 AND i.state = 2",
    )?;
    let mut rename =
        tx.prepare_cached("UPDATE intent SET change = ?2 WHERE change = ?1 AND state = 2")?;
    let now: HashMap<Hash, Vec<u8>> = (base.changes().into_iter())
        .map(|change| (change.hash, change.bytes))
        .collect();
    for (was, by) in &new.replaced {
        let [by] = by.as_slice() else { continue };
        let own: Option<Vec<u8>> = bytes.query_row([&was.0[..]], |row| row.get(0)).optional()?;
        let (Some(own), Some(now)) = (own, now.get(by)) else {
            continue;
        };
        // Where nothing was left of it, its ground stands for it: another's, or an earlier one.
        let (own, now) = (header_of(&own)?, header_of(now)?);
        if own.actor == now.actor && own.time == now.time {
            rename.execute(params![&was.0[..], &by.0[..]])?;
        }
    }
    Ok(())
}

/// Whether the center has told something of this document, even if it lost it since.
fn was_taken_in(tx: &Transaction<'_>, id: DocId) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM change WHERE doc = ?1 AND state IN (?2, ?3) LIMIT 1")?
        .exists(params![
            id.as_bytes(),
            ChangeState::Accepted as i64,
            ChangeState::Lost as i64
        ])?)
}

fn put_all(
    tx: &Transaction<'_>,
    id: DocId,
    seq: i64,
    base: &Document,
    new: &NewEpoch,
) -> Result<(), StoreError> {
    let received: HashMap<Hash, i64> = new.received.iter().copied().collect();
    let mut statement = tx.prepare_cached(
        "INSERT INTO change (hash, doc, bytes, state, seq, received_at)
         VALUES (?1, ?2, ?3, 1, ?4, ?5)
         ON CONFLICT (hash) DO UPDATE SET state = 1, seq = excluded.seq,
            received_at = excluded.received_at",
    )?;
    for change in base.changes() {
        statement.execute(params![
            &change.hash.0[..],
            id.as_bytes(),
            change.bytes,
            seq,
            received.get(&change.hash)
        ])?;
    }
    Ok(())
}

/// Changes of a document that the center has not accepted, as far as this phone knows.
fn not_accepted(tx: &Transaction<'_>, id: DocId) -> Result<Vec<Hash>, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT hash FROM change WHERE doc = ?1 AND state <> 1 ORDER BY ord")?;
    let found = statement
        .query_map([id.as_bytes()], |row| row::get(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

fn waiting(tx: &Transaction<'_>, id: DocId) -> Result<Vec<Intent>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT body FROM intent WHERE doc = ?1 AND state IN (0, 1) ORDER BY seq",
    )?;
    let mut rows = statement.query([id.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(decode(&row.get::<_, Vec<u8>>(0)?)?);
    }
    Ok(found)
}

/// Own intents, one after the other, onto the new epoch.
struct Replay<'a> {
    tx: &'a Transaction<'a>,
    enrolment: EnrolmentId,
    /// As this phone showed it until now.
    old: Document,
    base: Document,
    new: &'a NewEpoch,
    erasure: &'a Erasure,
    moved: HashMap<Hash, Option<Hash>>,
    returned: Vec<IntentId>,
}

impl Replay<'_> {
    /// Writes one once more, if it can go on by itself; its change.
    fn one(&mut self, mut intent: Intent) -> Result<Option<(Hash, Vec<u8>)>, StoreError> {
        let Some(target) = intent.target.clone() else {
            return Ok(None);
        };
        let was = target.change;
        let replaced = self.new.replaced.iter().any(|(hash, _)| *hash == was);
        if replaced || self.base.has(was) {
            // Its answer was lost on the way; it is in the new epoch already.
            outbox::set_state(self.tx, intent.id, State::Accepted, "", "")?;
            return Ok(None);
        }
        if intent
            .writes
            .iter()
            .any(|write| self.erasure.concerns(write))
        {
            self.moved.insert(was, None);
            erase::return_without(self.tx, &intent, |write| self.erasure.concerns(write))?;
            self.returned.push(intent.id);
            return Ok(None);
        }
        let Some(seen) = self.seen(&intent, &target.seen)? else {
            self.give_back(&intent, was)?;
            return Ok(None);
        };
        let actor = fresh_actor(self.tx, self.enrolment, target.doc)?;
        if let Some(target) = intent.target.as_mut() {
            (target.seen, target.counter, target.epoch) = (seen, actor.counter, self.new.epoch);
        }
        let edit = match intent.execute(&mut self.base, actor) {
            Ok(edit) => edit,
            Err(DocumentError::Engine(name)) => return Err(DocumentError::Engine(name).into()),
            Err(_) => {
                self.give_back(&intent, was)?;
                return Ok(None);
            }
        };
        self.moved.insert(was, Some(edit.hash));
        if let Some(target) = intent.target.as_mut() {
            target.change = edit.hash;
        }
        self.tx
            .prepare_cached(
                "UPDATE intent SET body = ?2, change = ?3, state = 0, again_at = 0, tries = 0
                 WHERE id = ?1",
            )?
            .execute(params![
                intent.id.as_bytes(),
                encode(&intent),
                &edit.hash.0[..]
            ])?;
        Ok(Some((edit.hash, edit.bytes)))
    }

    /// The heads it goes on at: none when what it replaces reads otherwise there than its author
    /// had seen it.
    fn seen(&self, intent: &Intent, seen: &[Hash]) -> Result<Option<Vec<Hash>>, StoreError> {
        if mutant::is("replay_on_the_newest_epoch") {
            return Ok(Some(self.base.heads()));
        }
        let heads = standing::heads(self.tx, &self.base, seen, &self.moved)?;
        let Some(heads) = heads.filter(|heads| !heads.is_empty()) else {
            return Ok(None);
        };
        let (Ok(before), Ok(now)) = (self.old.fields_at(seen), self.base.fields_at(&heads)) else {
            return Ok(None);
        };
        let same = intent
            .writes
            .iter()
            .all(|write| before.get(&write.path) == now.get(&write.path));
        Ok(same.then_some(heads))
    }

    fn give_back(&mut self, intent: &Intent, was: Hash) -> Result<(), StoreError> {
        self.moved.insert(was, None);
        outbox::set_state(self.tx, intent.id, State::Attention, STALE, "{}")?;
        self.returned.push(intent.id);
        Ok(())
    }
}

/// Takes an erased document away, with everything on it: its photos, what was accepted, and what
/// waited. Of that, only that it was erased is told.
pub(crate) fn erase(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    id: DocId,
) -> Result<bool, StoreError> {
    erase::remember(tx, id.as_bytes())?;
    forget(tx, enrolment, id)
}

/// The same of a document that a restored center has no more, and that it doesn't take back as
/// it is here: it may come back without whom it was about.
pub(crate) fn forget(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    id: DocId,
) -> Result<bool, StoreError> {
    let mut erasure = Erasure::default();
    let known = match document::kind(tx, id) {
        Ok(kind) => {
            erasure = everything_in(&document::load(tx, kind, id)?);
            true
        }
        Err(StoreError::NotFound) => false,
        Err(error) => return Err(error),
    };
    let waiting: BTreeSet<IntentId> = waiting(tx, id)?.iter().map(|intent| intent.id).collect();
    erase::empty(tx, id)?;
    if known {
        crate::page::take_away(tx, id)?;
    }
    erase::scrub(tx, &erasure)?;
    for intent in waiting {
        outbox::return_fellows(tx, enrolment, intent)?;
    }
    Ok(known)
}

/// All its entries, with the names and numbers in them.
fn everything_in(document: &Document) -> Erasure {
    let fields = document.fields();
    let entries = ["phones", "contacts"]
        .iter()
        .flat_map(|container| fields.keys(container))
        .filter_map(|key| key.parse::<EntryId>().ok());
    let mut erasure = Erasure::of(entries);
    erasure.follow(document);
    erasure
}
