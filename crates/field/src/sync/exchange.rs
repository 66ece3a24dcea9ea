//! One exchange over `POST /v1/sync`: what was written here goes out, what others wrote comes
//! in, and both are kept in one transaction.

use std::collections::HashMap;

use linli_model::ids::IntentId;
use linli_model::kind::Kind;
use linli_model::mutant;
use linli_model::value::Hash;
use linli_protocol::limits::MAX_INTENTS;
use linli_protocol::sync::{Op, Page, Sent, SyncAnswer, SyncRequest, Verdict, What};
use linli_store::outbox::{self, Outcome};
use linli_store::page::{self, Incoming};
use linli_store::{Transaction, directory, media, meta};

use super::SyncError;
use super::engine::Exchanged;
use super::unpack;
use super::wire::{Link, LinkError};
use crate::api::change::Topic;
use crate::desk::Desk;
use crate::phone::Phone;
use crate::session::person_row;

/// Sends what waits, up to `size` bytes, and keeps the answer with a page of up to `size` bytes.
pub(crate) async fn exchange(
    phone: &Phone,
    link: &Link,
    size: u32,
) -> Result<Exchanged, SyncError> {
    let (request, newly) = phone
        .transact(move |tx, desk| compose(tx, desk, size))
        .await?;
    let sent: HashMap<IntentId, Option<Hash>> = request
        .intents
        .iter()
        .map(|one| (one.intent.id, one.intent.target.as_ref().map(|t| t.change)))
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
    let page = unpack::page(&answer.page)?;
    let received = u32::try_from(page.ops.len()).unwrap_or(u32::MAX);
    let settled = answer.verdicts.iter().any(|(_, v)| v.is_final());
    let more = answer.more;
    if mutant::is("cursor_apart_from_page") {
        let through = i64::try_from(answer.through).unwrap_or(i64::MAX);
        phone
            .transact(move |tx, _| Ok(meta::set(tx, "through", through)?))
            .await?;
    }
    let (topics, waiting) = phone
        .transact(move |tx, desk| {
            let topics = keep(tx, desk, &sent, &answer, &page)?;
            let waiting = !outbox::unsent(tx, desk.now_ms, 1, 1)?.is_empty();
            Ok((topics, waiting))
        })
        .await?;
    if !topics.is_empty() {
        phone.tell(topics);
    }
    if more {
        phone.update_sync(|state| state.received += received);
    }
    Ok(Exchanged {
        more,
        // That the county's feed went on elsewhere gets this phone nowhere.
        moved: received > 0 || settled,
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
        capabilities: None,
        digest: None,
    };
    Ok((request, newly))
}

/// A verdict in the store's words; `sent` is the change it is about.
fn outcome(verdict: &Verdict, sent: Option<Hash>) -> Outcome {
    let signed = |seq: u64| i64::try_from(seq).unwrap_or(i64::MAX);
    match verdict {
        Verdict::Accepted { seq } => Outcome::Accepted(sent, signed(*seq)),
        Verdict::Duplicate { change, seq } => {
            Outcome::Accepted(sent.map(|_| *change), signed(*seq))
        }
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
    for author in &page.authors {
        directory::keep_person(tx, &person_row(&author.person))?;
        directory::keep_author(tx, author.enrolment, author.person.id)?;
    }
    let ops: Vec<Incoming> = page.ops.iter().filter_map(incoming).collect();
    let through = i64::try_from(answer.through).unwrap_or(i64::MAX);
    topics.extend(
        page::apply(tx, enrolment, &ops, through)?
            .into_iter()
            .map(topic),
    );
    // A record may also have left with the photo it waited for, in an exchange before.
    for photo in media::orphans(tx)? {
        desk.vault.remove(photo);
        media::forget(tx, photo)?;
    }
    meta::set(tx, "clock_off_ms", desk.now_ms - answer.clock)?;
    let backed_up = i64::try_from(answer.backed_up_through).unwrap_or(i64::MAX);
    meta::set(tx, "backed_up_through", backed_up)?;
    topics.sort_unstable();
    topics.dedup();
    Ok(topics)
}

fn incoming(op: &Op) -> Option<Incoming> {
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
        // This version's center sends neither.
        What::Reset { .. } | What::Erase => return None,
    };
    Some(Incoming {
        seq: i64::try_from(op.seq).unwrap_or(i64::MAX),
        doc: op.doc,
        kind: op.kind,
        buckets: op.buckets.clone(),
        what,
    })
}

fn topic(kind: Kind) -> Topic {
    match kind {
        Kind::Household | Kind::Door => Topic::Roster,
        Kind::Care | Kind::CareNamed => Topic::Care,
        Kind::Visit => Topic::Visits,
        Kind::Case | Kind::Order | Kind::Receipt => Topic::Cases,
        Kind::Task => Topic::Tasks,
        Kind::Notice => Topic::Notices,
        Kind::Muster => Topic::Muster,
        Kind::Place | Kind::Unknown(_) => Topic::Places,
    }
}
