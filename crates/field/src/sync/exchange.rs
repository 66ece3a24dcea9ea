//! One exchange over `POST /v1/sync`: what was written here goes out, what others wrote comes
//! in, and both are kept in one transaction.

use std::collections::HashMap;

use linli_model::actor::EnrolmentId;
use linli_model::ids::IntentId;
use linli_model::mutant;
use linli_model::value::Hash;
use linli_protocol::columns;
use linli_protocol::enrol::{Bucket, Enrolled};
use linli_protocol::limits::{MAX_ERASED, MAX_INTENTS};
use linli_protocol::order::CAPABILITY;
use linli_protocol::sync::{
    Access, Behind, GENERATIONS, Op, Page, Sent, SyncAnswer, SyncRequest, Verdict, What,
};
use linli_store::outbox::{self, Outcome};
use linli_store::page::{self, Incoming};
use linli_store::renew::NewEpoch;
use linli_store::{
    Transaction, access, decision, digest, directory, erase, generation, media, meta,
};

use super::SyncError;
use super::engine::Exchanged;
use super::wire::{Link, LinkError};
use super::{hand_back, order, repair, unpack};
use crate::api::change::Topic;
use crate::desk::Desk;
use crate::lease::Lease;
use crate::phone::Phone;
use crate::session::{Session, person_row};
use crate::view;

/// Sends what waits, up to `size` bytes, and keeps the answer with a page of up to `size` bytes.
pub(crate) async fn exchange(
    phone: &Phone,
    link: &Link,
    size: u32,
) -> Result<Exchanged, SyncError> {
    // What a restored center has lost it gets first: what was written here is built on it.
    hand_back::all(phone, link).await?;
    let (request, newly) = phone
        .transact(move |tx, desk| compose(tx, desk, size))
        .await?;
    let sent: HashMap<IntentId, Option<Hash>> = request
        .intents
        .iter()
        .map(|one| (one.intent.id, one.intent.target.as_ref().map(|t| t.change)))
        .collect();
    let behind: Vec<u16> = (request.behind.iter().flatten())
        .map(|one| one.position)
        .collect();
    let env = &phone.inner.config.env;
    let began = env.elapsed_ms();
    let answer: SyncAnswer = match link.post("/v1/sync", &request).await {
        Ok(answer) => answer,
        Err(LinkError::Wire(error)) if error.nothing_left() => {
            // Honest receipts: what never got out is on this phone, not "sent".
            phone
                .transact(move |tx, _| Ok(outbox::mark_here(tx, &newly)?))
                .await?;
            return Err(LinkError::from(error).into());
        }
        Err(error) => return Err(error.into()),
    };
    let took_ms = env.elapsed_ms().saturating_sub(began);
    if answer.generation != request.generation {
        hand_back::begin(phone, &answer, newly).await?;
        return Ok(Exchanged {
            more: true,
            moved: true,
            waiting: true,
            took_ms,
        });
    }
    let page = unpack::page(&answer.page)?;
    let received = u32::try_from(page.ops.len()).unwrap_or(u32::MAX);
    let settled = answer.verdicts.iter().any(|(_, v)| v.is_final());
    let (more, digests) = (answer.more, answer.digests.clone());
    let (posted, caught_up) = (answer.access.is_some(), answer.reached.is_some());
    if mutant::is("cursor_apart_from_page") {
        let through = i64::try_from(answer.through).unwrap_or(i64::MAX);
        phone
            .transact(move |tx, _| Ok(meta::set(tx, "through", through)?))
            .await?;
    }
    let told = answer.erased.as_ref().map_or(0, |erased| erased.ids.len());
    let erases = erases(&page) || told > 0 || answer.verdicts.iter().any(|(_, v)| is_erased(v));
    let (topics, waiting, behind, lease) = phone
        .transact(move |tx, desk| {
            let topics = keep(tx, desk, &sent, &behind, &answer, &page)?;
            let waiting = !outbox::unsent(tx, desk.now_ms, 1, 1)?.is_empty();
            let lease = match answer.order {
                None => Some(Lease::renew(tx, desk.now_ms)?),
                Some(_) => None,
            };
            Ok((topics, waiting, !access::behind(tx)?.is_empty(), lease))
        })
        .await?;
    if let Some(left_ms) = lease {
        phone
            .inner
            .lease
            .set(left_ms, phone.inner.config.env.as_ref());
    }
    if erases {
        phone.empty_journal().await;
    }
    if posted {
        phone.renew_session()?;
    }
    if !topics.is_empty() {
        phone.tell(topics);
    }
    if more {
        phone.update_sync(|state| state.received += received);
    }
    let mended = match digests {
        Some(digests) => repair::repair(phone, link, digests).await?,
        None => 0,
    };
    Ok(Exchanged {
        more: more || behind || told == MAX_ERASED,
        // That the county's feed went on elsewhere gets this phone nowhere.
        moved: received > 0 || settled || posted || caught_up || mended > 0 || told > 0,
        waiting,
        took_ms,
    })
}

fn compose(
    tx: &Transaction<'_>,
    desk: &Desk,
    size: u32,
) -> Result<(SyncRequest, Vec<IntentId>), crate::EdgeError> {
    let batch = outbox::unsent(tx, desk.now_ms, MAX_INTENTS, size as usize)?;
    let ids: Vec<_> = batch.iter().map(|(intent, _)| intent.id).collect();
    let newly = outbox::mark_sent(tx, &ids)?;
    let enrolled = &desk.session.enrolled;
    let behind = access::behind(tx)?;
    // Only a phone that believes to have everything asks whether it is so.
    let digest = if behind.is_empty() {
        Some(digest::of_all(tx, open(tx, enrolled)?)?.to_vec())
    } else {
        None
    };
    let known = u32::try_from(meta::number(tx, "access")?).unwrap_or(0);
    let request = SyncRequest {
        version: linli_protocol::VERSION,
        generation: desk.session.enrolled.generation,
        through: u64::try_from(meta::number(tx, "through")?).unwrap_or(0),
        page: size,
        intents: batch
            .into_iter()
            .map(|(intent, change)| Sent { intent, change })
            .collect(),
        clock: desk.now_ms,
        capabilities: Some(
            [CAPABILITY, columns::CAPABILITY, GENERATIONS]
                .map(str::to_owned)
                .to_vec(),
        ),
        digest,
        access: Some(known.max(1)),
        behind: (!behind.is_empty()).then(|| {
            behind
                .iter()
                .map(|(position, through)| Behind {
                    position: *position,
                    through: u64::try_from(*through).unwrap_or(0),
                })
                .collect()
        }),
        erased: Some(u64::try_from(meta::number(tx, "erased_through")?).unwrap_or(0)),
    };
    Ok((request, newly))
}

/// Positions of the buckets this phone reads now.
pub(super) fn open(
    tx: &Transaction<'_>,
    enrolled: &Enrolled,
) -> Result<Vec<u16>, linli_store::StoreError> {
    let closed = access::closed(tx)?;
    Ok((0..)
        .zip(&enrolled.read)
        .map(|(position, _)| position)
        .filter(|position| !closed.contains(position))
        .collect())
}

/// A number as the database keeps it.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A verdict in the store's words; `sent` is the change it is about.
fn outcome(verdict: &Verdict, sent: Option<Hash>) -> Outcome {
    match verdict {
        Verdict::Accepted { seq } => Outcome::Accepted(sent, signed(*seq)),
        Verdict::Duplicate { change, seq } => {
            Outcome::Accepted(sent.map(|_| *change), signed(*seq))
        }
        Verdict::Rejected { code, fields } if code == "erased" => Outcome::Erased(fields.clone()),
        Verdict::Rejected { code, fields } => Outcome::Attention(
            code.clone(),
            serde_json::json!({ "fields": fields.join(",") }).to_string(),
        ),
        Verdict::Overtaken { .. } => Outcome::Attention("overtaken".into(), "{}".into()),
        Verdict::Held { .. }
        | Verdict::BlockedBy { .. }
        | Verdict::StaleEpoch { .. }
        | Verdict::Missing { .. } => Outcome::Waiting,
    }
}

/// Verdicts, authors, operations and cursor in one transaction.
fn keep(
    tx: &Transaction<'_>,
    desk: &Desk,
    sent: &HashMap<IntentId, Option<Hash>>,
    behind: &[u16],
    answer: &SyncAnswer,
    page: &Page,
) -> Result<Vec<Topic>, crate::EdgeError> {
    let enrolment = desk.session.enrolment();
    let mut topics = Vec::new();
    for (id, verdict) in &answer.verdicts {
        // About nothing that was asked: nothing to go by.
        let Some(change) = sent.get(id) else { continue };
        if !verdict.is_final() {
            outbox::send_later(tx, *id, desk.now_ms)?;
            if matches!(verdict, Verdict::StaleEpoch { .. }) {
                outbox::not_anew(tx, *id)?;
            }
            if let Verdict::BlockedBy { change } = verdict {
                outbox::blocked(tx, *id, *change)?;
            }
        }
        if outbox::settle(tx, enrolment, *id, &outcome(verdict, *change))?.is_some() {
            topics.push(Topic::Outbox);
            if matches!(
                verdict,
                Verdict::Rejected { .. } | Verdict::Overtaken { .. }
            ) {
                topics.extend([Topic::Care, Topic::Roster, Topic::Visits, Topic::Cases]);
            }
        }
    }
    // After the verdicts: the answer that says it came back may also say what was decided.
    for (id, verdict) in answer.decided.iter().flatten() {
        let change = match verdict {
            Verdict::Duplicate { change, .. } => Some(*change),
            _ => None,
        };
        if decision::decide(tx, *id, &outcome(verdict, change))? {
            topics.push(Topic::Outbox);
        }
    }
    if let Some(signed) = &answer.order
        && order::keep(tx, &desk.session, signed)?
    {
        topics.push(Topic::Outbox);
    }
    if let Some(news) = &answer.access {
        posted(tx, desk, news)?;
        topics.extend(Topic::ALL);
    }
    let backed_up = signed(answer.backed_up_through);
    if let Some(mac) = &answer.mac {
        hand_back::keep(tx, answer.generation, page, mac, backed_up)?;
    }
    topics.extend(keep_page(tx, enrolment, page, answer.through)?);
    if let Some(reached) = answer.reached {
        // After a restoring also what comes behind the cursor may be missing here.
        let restoring = generation::is_restoring(tx)?;
        let caught_up = !answer.more || (reached >= answer.through && !restoring);
        let reached = i64::try_from(reached).unwrap_or(i64::MAX);
        access::came(tx, behind, reached, caught_up)?;
    }
    let all_read = !answer.more && access::behind(tx)?.is_empty();
    if all_read && access::all_read(tx)? {
        topics.extend(Topic::ALL);
    }
    let number = signed(answer.generation);
    let head = all_read.then(|| signed(answer.through));
    generation::backed_up(tx, number, backed_up, head)?;
    if all_read && generation::end(tx, number)? {
        topics.push(Topic::Outbox);
    }
    if let Some(erased) = &answer.erased {
        if erase::heard(tx, &erased.ids)? {
            topics.push(Topic::Outbox);
        }
        meta::set(tx, "erased_through", signed(erased.through))?;
    }
    // A record may also have left with the photo it waited for, in an exchange before.
    for photo in media::orphans(tx)? {
        desk.vault.remove(photo);
        media::forget(tx, photo)?;
    }
    meta::set(tx, "clock_off_ms", desk.now_ms - answer.clock)?;
    topics.sort_unstable();
    topics.dedup();
    Ok(topics)
}

/// Authors and operations of a page, with the number it goes up to.
pub(super) fn keep_page(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    page: &Page,
    through: u64,
) -> Result<Vec<Topic>, crate::EdgeError> {
    for author in &page.authors {
        directory::keep_person(tx, &person_row(&author.person))?;
        directory::keep_author(tx, author.enrolment, author.person.id)?;
    }
    let ops: Vec<Incoming> = page.ops.iter().map(incoming).collect();
    let through = i64::try_from(through).unwrap_or(i64::MAX);
    Ok(page::apply(tx, enrolment, &ops, through)?
        .into_iter()
        .map(view::topic)
        .collect())
}

/// The person's posts have changed: what this phone sees and writes changes with them.
fn posted(tx: &Transaction<'_>, desk: &Desk, news: &Access) -> Result<(), crate::EdgeError> {
    let mut session = Session::clone(&desk.session);
    let count = |list: &[Bucket]| u16::try_from(list.len()).unwrap_or(u16::MAX);
    access::renew(
        tx,
        count(&session.enrolled.read),
        count(&news.read),
        &news.closed,
    )?;
    session.enrolled.person = news.person.clone();
    session.enrolled.read = news.read.clone();
    session.enrolled.write = news.write.clone();
    session.save(tx)?;
    meta::set(tx, "access", i64::from(news.revision))?;
    Ok(())
}

fn incoming(op: &Op) -> Incoming {
    let what = match &op.what {
        What::Put {
            epoch,
            received_at,
            change,
        } => page::What::Put {
            epoch: *epoch,
            received_at: *received_at,
            change: change.clone(),
        },
        What::Own {
            received_at,
            change,
            ..
        } => page::What::Own {
            received_at: *received_at,
            change: *change,
        },
        What::Remove { .. } => page::What::Remove,
        What::Reset {
            epoch,
            snapshot,
            received,
            replaced,
            erased,
        } => page::What::Reset(Box::new(NewEpoch {
            epoch: *epoch,
            snapshot: snapshot.clone(),
            received: received.clone().unwrap_or_default(),
            replaced: replaced
                .iter()
                .flatten()
                .map(|one| (one.was, one.by.clone()))
                .collect(),
            erased: erased.clone().unwrap_or_default(),
        })),
        What::Erase => page::What::Erase,
    };
    Incoming {
        seq: i64::try_from(op.seq).unwrap_or(i64::MAX),
        doc: op.doc,
        kind: op.kind,
        buckets: op.buckets.clone(),
        what,
    }
}

fn is_erased(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Rejected { code, .. } if code == "erased")
}

/// Whether something on this page was erased.
fn erases(page: &Page) -> bool {
    (page.ops.iter()).any(|op| matches!(op.what, What::Reset { .. } | What::Erase))
}
