//! `POST /v1/sync`: verdicts for what a phone sent, and the next page of what others wrote.

mod page;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use linli_model::kind::Kind;
use linli_protocol::limits::{MAX_INTENTS, MAX_PAGE, MAX_REQUEST, MIN_PAGE};
use linli_protocol::sync::{SyncAnswer, SyncRequest, Verdict};
use linli_protocol::{OLDEST, decode};

use crate::center::{Center, Live, bearer, device};
use crate::failure::{Cbor, Failure, whole};
use crate::gate::{self, Writer};
use crate::store::{EnrolmentRow, Presence};

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
    let sent = std::mem::take(&mut request.intents);
    let verdicts = if sent.is_empty() {
        Vec::new()
    } else {
        let row = center
            .store
            .read(move |tables| device(tables, token))
            .await??;
        push(&center, row, sent).await?
    };

    // A number that no database holds is beyond everything all the same.
    let through = request.through.min(i64::MAX as u64);
    let limit = request.page.clamp(MIN_PAGE, MAX_PAGE);
    let (row, page) = center
        .store
        .read(move |tables| {
            let row = match device(tables, token)? {
                Ok(row) => row,
                Err(failure) => return Ok(Err(failure)),
            };
            let page = page::read(tables, row.id, through, limit as usize)?;
            Ok(Ok((row, page)))
        })
        .await??;
    let now = center.now();
    center.met(
        row.id,
        Presence {
            last_sync: now,
            through,
            clock_off: request.clock.saturating_sub(now),
        },
    );
    Ok(Cbor(SyncAnswer {
        verdicts,
        page: page.bytes,
        through: page.through,
        more: page.more,
        generation: center.generation,
        backed_up_through: 0,
        clock: now,
    }))
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
    tracing::debug!(
        enrolment = %row.id,
        intents = received.verdicts.len(),
        accepted = received.accepted.len(),
        refused,
        "push"
    );
    Ok(ids.into_iter().zip(received.verdicts).collect())
}
