//! What a restored center has lost comes back, change by change (DESIGN §4.13). It was accepted
//! once, so nobody's permission is asked again; but it must be the very change that was
//! accepted, by an author who is known, and everything it builds on must be here.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::chunk::{self, Header, header_of};
use linli_model::document::Document;
use linli_model::ids::{IntentId, PersonId};
use linli_model::kind::Kind;
use linli_model::kinds::place::Place;
use linli_model::value::Hash;
use linli_protocol::encode;
use linli_protocol::hand_back::{Back, Contents, GONE, Held, Leaf, OVER};
use linli_protocol::limits::MAX_CHANGE;
use linli_protocol::sync::Verdict;

use super::commit::Accepted;
use super::judge::reloaded;
use super::rules::Stop;
use super::{TableAtlas, erased, index, place, settle};
use crate::grid::Cut;
use crate::membership::{self, Subject};
use crate::store::{DocNo, DocRow, NewChange, NewDecision, StoreError, Tables, Turn};

/// A page that a phone hands back, proven.
pub(crate) struct Regain<'a> {
    /// The phone's enrolment and those it succeeds: whose intents it can name.
    pub(crate) lineage: Vec<EnrolmentId>,
    pub(crate) contents: &'a Contents,
    pub(crate) now: i64,
}

/// What became of one change.
enum Outcome {
    /// As the phone is told, and what is new.
    Back(Back, Option<Accepted>),
    Lacks(Hash),
    Unfit(&'static str),
}

impl Regain<'_> {
    /// Takes in what the center lacks; an outcome for each change, and what is new.
    pub(crate) fn take(
        &self,
        turn: &mut Turn<'_>,
        changes: &[Held],
    ) -> Result<(Vec<Back>, Vec<Accepted>), StoreError> {
        let authors: HashMap<_, _> = self.contents.authors.iter().copied().collect();
        let (mut outcomes, mut news) = (Vec::with_capacity(changes.len()), Vec::new());
        for held in changes {
            let outcome = turn.attempt(
                |turn| {
                    catch_unwind(AssertUnwindSafe(|| self.one(turn, &authors, held)))
                        .unwrap_or(Ok(Outcome::Unfit("bad_change")))
                },
                |outcome| matches!(outcome, Outcome::Back(..)),
            )?;
            outcomes.push(match outcome {
                Outcome::Back(back, new) => {
                    news.extend(new);
                    back
                }
                Outcome::Lacks(change) => Back::Missing { change },
                Outcome::Unfit(code) => Back::Refused { code: code.into() },
            });
        }
        Ok((outcomes, news))
    }

    fn one(
        &self,
        turn: &mut Turn<'_>,
        authors: &HashMap<EnrolmentId, PersonId>,
        held: &Held,
    ) -> Result<Outcome, StoreError> {
        let Some(leaf) = usize::try_from(held.leaf)
            .ok()
            .and_then(|at| self.contents.leaves.get(at))
        else {
            return Ok(Outcome::Unfit("bad_change"));
        };
        // The hash is that of a change as it stands; a packed one would be other bytes.
        let named = held.change.len() <= MAX_CHANGE
            && chunk::name_of(&held.change).is_ok_and(|name| name == leaf.change);
        let Some((header, actor)) = named
            .then(|| header_of(&held.change).ok())
            .flatten()
            .and_then(|header| Actor::from_bytes(&header.actor).map(|actor| (header, actor)))
        else {
            return Ok(Outcome::Unfit("bad_change"));
        };
        let (seq, new) = match turn.tables.find_change(leaf.change)? {
            Some((_, seq)) => (seq, None),
            None => {
                let Some(author) = author(turn.tables, actor.enrolment, authors, self.now)? else {
                    return Ok(Outcome::Unfit("unknown_author"));
                };
                let change = Lost {
                    leaf,
                    header: &header,
                    actor,
                    author,
                    bytes: &held.change,
                    now: self.now,
                };
                match change.write(turn) {
                    Ok(accepted) => (accepted.seq, Some(accepted)),
                    Err(Unfit::Lacks(hash)) => return Ok(Outcome::Lacks(hash)),
                    Err(Unfit::Code(code)) => return Ok(Outcome::Unfit(code)),
                    Err(Unfit::Store(error)) => return Err(error),
                }
            }
        };
        accepted_after_all(turn.tables, actor.enrolment, leaf.change, seq, self.now)?;
        if let Some(intent) = held.intent
            && self.lineage.contains(&actor.enrolment)
        {
            remember(
                turn.tables,
                actor.enrolment,
                intent,
                leaf.change,
                seq,
                self.now,
            )?;
        }
        let back = match new {
            Some(_) => Back::Taken { seq },
            None => Back::Had { seq },
        };
        Ok(Outcome::Back(back, new))
    }
}

/// Why a change can't be taken in.
enum Unfit {
    Lacks(Hash),
    Code(&'static str),
    Store(StoreError),
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A change that was accepted and lost.
struct Lost<'a> {
    leaf: &'a Leaf,
    header: &'a Header,
    actor: Actor,
    author: Option<PersonId>,
    bytes: &'a [u8],
    now: i64,
}

impl Lost<'_> {
    fn write(&self, turn: &mut Turn<'_>) -> Result<Accepted, Unfit> {
        let (tables, leaf) = (turn.tables, self.leaf);
        // It is asked about before what it lacks: what it builds on may have been erased with it.
        if erased::speaks_of(tables, leaf.doc, self.bytes)? {
            return Err(Unfit::Code(match tables.living(leaf.doc)? {
                Some(row) if row.epoch > leaf.epoch => OVER,
                None if tables.is_erased(leaf.doc.as_bytes())? => GONE,
                Some(_) | None => erased::ERASED,
            }));
        }
        let row = tables.doc(leaf.doc)?;
        if row.is_some_and(|row| row.kind != leaf.kind) || matches!(leaf.kind, Kind::Unknown(_)) {
            return Err(Unfit::Code("kind"));
        }
        // A document that is all lost comes back in the epoch it was in.
        match row {
            Some(row) if row.epoch > leaf.epoch => return Err(Unfit::Code(OVER)),
            Some(row) if row.epoch < leaf.epoch => return Err(Unfit::Code("early_epoch")),
            _ => {}
        }
        let mut document = match row {
            Some(row) => super::judge::open(turn, &row)?,
            None => Document::new(leaf.kind, leaf.doc).map_err(|_| Unfit::Code("kind"))?,
        };
        if let Some(dep) = self.header.deps.iter().find(|dep| !document.has(**dep)) {
            return Err(Unfit::Lacks(*dep));
        }
        if self.header.deps.is_empty() && (leaf.kind.has_genesis() || row.is_some()) {
            return Err(Unfit::Code("not_new"));
        }
        let next = match row {
            Some(row) => tables.actor_number(row.no, self.actor)? + 1,
            None => 1,
        };
        if self.header.seq != next {
            return Err(Unfit::Code("actor_seq"));
        }
        let before = document.fields();
        document
            .apply([self.bytes])
            .map_err(|_| Unfit::Code("bad_change"))?;
        let (document, size) = reloaded(&document).map_err(|stop| match stop {
            Stop::Store(error) => Unfit::Store(error),
            Stop::Refused(_) => Unfit::Code("bad_change"),
        })?;
        self.keep(turn, row, &before, (document, size))
    }

    fn keep(
        &self,
        turn: &mut Turn<'_>,
        row: Option<DocRow>,
        before: &linli_model::fields::Fields,
        (document, size): (Document, usize),
    ) -> Result<Accepted, Unfit> {
        let (tables, leaf) = (turn.tables, self.leaf);
        let fields = document.fields();
        let author = row.map_or(self.author, |row| row.author);
        let subject = Subject::read(leaf.kind, leaf.doc, &fields, author);
        let (birth, row) = match row {
            Some(row) => (false, row),
            None => {
                let row = tables.add_doc(leaf.doc, leaf.kind, author)?;
                (true, tables.in_epoch(row, leaf.epoch)?)
            }
        };
        // A building that had come to another grid takes along what is in it, as it did then.
        let (was, is) = (Place::read(before), Place::read(&fields));
        let cut = if leaf.kind == Kind::Place && !birth && was.org != is.org {
            Some(Cut::before(tables, leaf.doc, &was.org, &is.org)?)
        } else {
            None
        };
        index(tables, &row, &fields, leaf.received_at)?;
        if birth {
            // What it hangs on may come back later.
            if membership::locate(&subject, &TableAtlas(tables))?.is_none() {
                return Err(Unfit::Lacks(leaf.change));
            }
            for bucket in place::buckets_of(tables, &subject)? {
                tables.join(row.no, bucket)?;
            }
        }
        let seq = tables.append(
            row.no,
            &NewChange {
                hash: leaf.change,
                actor: self.actor,
                number: self.header.seq,
                received_at: leaf.received_at,
                intent: None,
                bytes: self.bytes,
            },
        )?;
        for bucket in tables.membership(row.no)? {
            tables.show(bucket, seq)?;
        }
        if !birth && Subject::read(leaf.kind, leaf.doc, before, author) != subject {
            settle(tables, row.no, &place::buckets_of(tables, &subject)?)?;
        }
        tables.weigh(&row, &document.heads())?;
        if let Some(cut) = cut {
            cut.after(tables, self.now)?;
        }
        turn.drafts.put(&row, document, size);
        Ok(Accepted {
            seq,
            doc: leaf.doc,
            kind: leaf.kind,
        })
    }
}

/// Whose enrolment it is; nobody's for what the center wrote by its own hand. One that was made after the backup is made again, as an author's: the
/// page says whose it was, and the MAC that the page says so.
fn author(
    tables: Tables<'_>,
    enrolment: EnrolmentId,
    authors: &HashMap<EnrolmentId, PersonId>,
    now: i64,
) -> Result<Option<Option<PersonId>>, StoreError> {
    if enrolment == EnrolmentId::CENTER {
        return Ok(Some(None));
    }
    if let Some(row) = tables.enrolment(enrolment)? {
        return Ok(Some(Some(row.person)));
    }
    let Some(person) = authors.get(&enrolment) else {
        return Ok(None);
    };
    if tables.person(*person)?.is_none() {
        return Ok(None);
    }
    tables.add_enrolment(enrolment, *person, None, "forgotten", now)?;
    Ok(Some(Some(*person)))
}

/// Its author's phone was told meanwhile that it isn't accepted: it hears that it is.
fn accepted_after_all(
    tables: Tables<'_>,
    enrolment: EnrolmentId,
    change: Hash,
    seq: u64,
    now: i64,
) -> Result<(), StoreError> {
    match tables.given_back_as(enrolment, change)? {
        Some(intent) => settled(tables, enrolment, intent, (change, seq), now),
        None => Ok(()),
    }
}

/// The same of a change that came back otherwise than from a phone, with the intent it was.
pub(crate) fn known_as(
    tables: Tables<'_>,
    enrolment: EnrolmentId,
    intent: IntentId,
    (change, seq): (Hash, u64),
    now: i64,
) -> Result<(), StoreError> {
    match tables.given_back_by(intent)? {
        // A desk may have accepted it under its own hand.
        Some(author) => settled(tables, author, intent, (change, seq), now),
        None => remember(tables, enrolment, intent, change, seq, now),
    }
}

fn settled(
    tables: Tables<'_>,
    enrolment: EnrolmentId,
    intent: IntentId,
    (change, seq): (Hash, u64),
    now: i64,
) -> Result<(), StoreError> {
    let Some(row) = tables.enrolment(enrolment)? else {
        return Ok(());
    };
    if tables.decision(enrolment, intent)?.is_none() {
        tables.add_decision(&NewDecision {
            enrolment,
            intent,
            verdict: &encode(&Verdict::Duplicate { change, seq }),
            was: Some(change),
            decided_by: row.person,
            at: now,
        })?;
        let verdict = encode(&Verdict::Accepted { seq });
        tables.settle_returned(enrolment, intent, &verdict, Some((change, seq)))?;
    }
    Ok(())
}

/// Which intent a change was, so that its phone can ask again.
pub(super) fn remember(
    tables: Tables<'_>,
    enrolment: EnrolmentId,
    intent: IntentId,
    change: Hash,
    seq: u64,
    now: i64,
) -> Result<(), StoreError> {
    if tables.verdict(enrolment, intent)?.is_none() {
        let verdict = encode(&Verdict::Accepted { seq });
        tables.set_verdict(
            enrolment,
            intent,
            &verdict,
            Some(change),
            Some(seq),
            None,
            now,
        )?;
    }
    tables.name_intent(change, intent)
}

/// A change that came back from somebody before its author sent it again: this document's, and
/// nobody's intent yet.
pub(super) fn regained(
    tables: Tables<'_>,
    doc: DocNo,
    change: Hash,
) -> Result<Option<u64>, StoreError> {
    Ok(tables
        .nameless(change)?
        .filter(|(no, _)| *no == doc)
        .map(|(_, seq)| seq))
}
