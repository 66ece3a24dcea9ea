//! `POST /v1/return`: a phone hands back what this center, restored from a backup, has lost.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use linli_model::kind::Kind;
use linli_protocol::decode;
use linli_protocol::enrol::same_mac;
use linli_protocol::hand_back::{Back, Contents, HandBack, HandedBack, Held, mac};
use linli_protocol::limits::MAX_REQUEST;

use crate::center::{Center, Live, bearer, device};
use crate::failure::{Cbor, Failure, whole};
use crate::gate::{Regain, lineage};
use crate::store::{StoreError, Tables};

/// Not what this center once told a phone.
const NOT_PROVEN: Failure = Failure::new(StatusCode::FORBIDDEN, "not_proven");
/// Nothing of this generation can be lost.
const NOT_LOST: Failure = Failure::new(StatusCode::CONFLICT, "not_lost");

/// The handler.
pub(crate) async fn hand_back(
    State(center): State<Arc<Center>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Cbor<HandedBack>, Failure> {
    let token = bearer(&headers)?;
    let body = whole(body, MAX_REQUEST, center.config.limits.body()).await?;
    let asked: HandBack = decode(&body).map_err(|_| Failure::BAD_REQUEST)?;
    // Before anything of it is believed, or even read.
    if !same_mac(&asked.mac, &mac(&center.keys.page, &asked.contents)) {
        return Err(NOT_PROVEN);
    }
    let contents: Contents = decode(&asked.contents).map_err(|_| Failure::BAD_REQUEST)?;
    if contents.generation >= center.generation {
        return Err(NOT_LOST);
    }
    if asked.changes.len() > contents.leaves.len() {
        return Err(Failure::BAD_REQUEST);
    }
    let (row, changes, contents, had) = center
        .store
        .read(move |tables| {
            let row = match device(tables, token)? {
                Ok(row) => row,
                Err(failure) => return Ok(Err(failure)),
            };
            let had = all_had(tables, &contents, &asked.changes)?;
            Ok(Ok((row, asked.changes, contents, had)))
        })
        .await??;
    if let Some(outcomes) = had {
        return Ok(Cbor(HandedBack { outcomes }));
    }
    let now = center.now();
    let (outcomes, news) = center
        .store
        .write(move |turn| {
            let regain = Regain {
                lineage: lineage(turn.tables, row.id, row.succeeds)?,
                contents: &contents,
                now,
            };
            regain.take(turn, &changes)
        })
        .await?;
    for accepted in &news {
        if accepted.kind == Kind::Case {
            center.tell(Live::Case(accepted.doc));
        }
    }
    tracing::info!(enrolment = %row.id, changes = outcomes.len(), taken = news.len(), "handed back");
    Ok(Cbor(HandedBack { outcomes }))
}

/// The outcomes, when nothing of this is lost and there is nothing to learn from it: what was
/// handed back before is answered without the writer.
fn all_had(
    tables: Tables<'_>,
    contents: &Contents,
    changes: &[Held],
) -> Result<Option<Vec<Back>>, StoreError> {
    let mut outcomes = Vec::with_capacity(changes.len());
    for held in changes {
        let leaf = usize::try_from(held.leaf)
            .ok()
            .and_then(|at| contents.leaves.get(at));
        let Some(leaf) = leaf else { return Ok(None) };
        match tables.find_change(leaf.change)? {
            Some((_, seq)) if held.intent.is_none() => outcomes.push(Back::Had { seq }),
            _ => return Ok(None),
        }
    }
    Ok(Some(outcomes))
}
