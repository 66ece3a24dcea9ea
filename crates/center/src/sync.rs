//! `POST /v1/sync`: verdicts for what a phone sent, and the next page of what others wrote.

mod access;
mod decided;
mod generation;
mod leaving;
mod page;
mod repair;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use linli_model::actor::EnrolmentId;
use linli_model::kind::Kind;
use linli_protocol::digest::{Digest, over};
use linli_protocol::limits::{MAX_ERASED, MAX_INTENTS, MAX_PAGE, MAX_REQUEST, MIN_PAGE};
use linli_protocol::sync::{Erased, GENERATIONS, SyncAnswer, SyncRequest, Verdict};
use linli_protocol::{OLDEST, decode};

use crate::center::{Center, Live, bearer, nobodys};
use crate::failure::{Cbor, Failure, whole};
use crate::gate::{self, Writer};
use crate::store::{EnrolmentRow, Grant, Presence, StoreError, Tables};
pub(crate) use access::renew;
use page::{Form, Ready};
pub(crate) use repair::repair;

/// The handler.
pub(crate) async fn sync(
    State(center): State<Arc<Center>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Cbor<SyncAnswer>, Failure> {
    let token = bearer(&headers)?;
    let body = whole(body, MAX_REQUEST, center.config.limits.body()).await?;
    let mut request: SyncRequest = decode(&body).map_err(|_| Failure::BAD_REQUEST)?;
    if request.version < OLDEST {
        return Err(Failure::VERSION);
    }
    if request.intents.len() > MAX_INTENTS {
        return Err(Failure::TOO_LARGE);
    }
    let speaks = |name: &str| (request.capabilities.iter().flatten()).any(|one| one == name);
    let other = request.generation != center.generation && speaks(GENERATIONS);
    let sent = std::mem::take(&mut request.intents);
    let row = center
        .store
        .read(move |tables| match tables.enrolment_by_token(token)? {
            Some(row) => Ok(Ok(row)),
            None => Ok(Err(nobodys(tables)?)),
        })
        .await??;
    if row.revoked {
        return leaving::answer(&center, row, &request, sent).await;
    }
    if other {
        return generation::other(&center, row, &request).await.map(Cbor);
    }
    let verdicts = if sent.is_empty() {
        Vec::new()
    } else {
        push(&center, row, sent).await?
    };

    // A number that no database holds is beyond everything all the same.
    let through = request.through.min(i64::MAX as u64);
    let limit = request.page.clamp(MIN_PAGE, MAX_PAGE);
    let form = Form::of(request.capabilities.as_deref());
    let known = request.access;
    let behind = request.behind.take().unwrap_or_default();
    let digest = request.digest.take();
    let heard = request.erased;
    let (page, decided, access, digests, erased, backed_up) = center
        .store
        .read(move |tables| {
            let grants = tables.grants(row.id, false)?;
            // A client that names none is older than the question, and goes on as it is.
            let access = match known {
                Some(known) => access::newer(tables, &row, &grants, known)?,
                None => None,
            };
            let page = match access {
                // It has to know its buckets before it is told what is in them.
                Some(_) => Ready::later(through),
                None => page::read(
                    tables,
                    row.id,
                    &grants,
                    &behind,
                    through,
                    limit as usize,
                    form,
                )?,
            };
            let decided = decided::read(tables, &row, through, page.through)?;
            // Only a phone that has everything can be told that it is wrong.
            let digests = match digest {
                Some(digest) if page.bytes.is_empty() && access.is_none() => {
                    differing(tables, row.id, &grants, &digest)?
                }
                _ => None,
            };
            // Where it reads of it, it reads more than the id; so only once it has read all.
            let erased = match heard {
                Some(heard) if !page.more && access.is_none() => erased(tables, heard)?,
                _ => None,
            };
            let backed_up = tables.backed_up_through()?;
            Ok((page, decided, access, digests, erased, backed_up))
        })
        .await?;
    let now = center.now();
    center.met(
        row.id,
        Presence {
            last_sync: now,
            through,
            clock_off: request.clock.saturating_sub(now),
        },
    );
    let mac = center.vouch(page.contents);
    Ok(Cbor(SyncAnswer {
        verdicts,
        page: page.bytes,
        through: page.through,
        more: page.more,
        generation: center.generation,
        backed_up_through: backed_up,
        clock: now,
        decided,
        access,
        reached: page.reached,
        digests,
        base: None,
        mac,
        order: None,
        erased,
    }))
}

/// What was erased since a phone was last told, if anything.
fn erased(tables: Tables<'_>, heard: u64) -> Result<Option<Erased>, StoreError> {
    let (through, ids) = tables.erased_after(heard, MAX_ERASED)?;
    Ok((!ids.is_empty()).then_some(Erased { through, ids }))
}

/// The digests of a device's open buckets, unless `known` is a hash over just these.
fn differing(
    tables: Tables<'_>,
    device: EnrolmentId,
    grants: &[Grant],
    known: &[u8],
) -> Result<Option<Vec<(u16, Digest)>>, StoreError> {
    let digests = (0..)
        .zip(grants)
        .filter(|(_, grant)| !grant.closed)
        .map(|(position, grant)| Ok((position, tables.bucket_digest(grant.bucket)?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    if over(digests.iter().copied()) == known {
        return Ok(None);
    }
    tracing::warn!(enrolment = %device, "a phone that is in step holds something else");
    Ok(Some(digests))
}

/// Everything that can be checked without the database happens here; the rest in the writer's
/// turn, where it is serial.
async fn push(
    center: &Arc<Center>,
    row: EnrolmentRow,
    sent: Vec<linli_protocol::sync::Sent>,
) -> Result<Vec<(linli_model::ids::IntentId, Verdict)>, Failure> {
    let (now, limits) = (center.now(), center.config.limits);
    let ids: Vec<_> = sent.iter().map(|sent| sent.intent.id).collect();
    let batch = tokio::task::spawn_blocking(move || {
        sent.into_iter()
            .map(|sent| {
                let entrance = gate::check(&sent);
                (sent, entrance)
            })
            .collect::<Vec<_>>()
    })
    .await
    .map_err(|_| Failure::BAD_REQUEST)?;
    let received = center
        .store
        .write(move |turn| {
            let Some(mut who) = Writer::load(turn.tables, row.id)? else {
                return Ok(None);
            };
            who.limits = limits;
            gate::receive(turn, &who, &batch, now).map(Some)
        })
        .await?
        .ok_or(Failure::REVOKED)?;
    for accepted in &received.accepted {
        if accepted.kind == Kind::Case {
            center.tell(Live::Case(accepted.doc));
        }
    }
    let refused = received
        .verdicts
        .iter()
        .filter(|verdict| matches!(verdict, Verdict::Rejected { .. }))
        .count();
    for (id, verdict) in ids.iter().zip(&received.verdicts) {
        if matches!(
            verdict,
            Verdict::Rejected { .. } | Verdict::Overtaken { .. }
        ) {
            center.tell(Live::Returned(row.id, *id));
        }
    }
    tracing::debug!(
        enrolment = %row.id,
        intents = received.verdicts.len(),
        accepted = received.accepted.len(),
        refused,
        "push"
    );
    Ok(ids.into_iter().zip(received.verdicts).collect())
}
