//! `POST /v1/key`: a phone that lost its database key gets it back, once a desk agrees.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use linli_model::actor::EnrolmentId;
use linli_model::ids::PersonId;
use linli_protocol::decode;
use linli_protocol::key::{Recover, Recovery};

use crate::center::{Center, Live, bearer, device};
use crate::failure::{Cbor, Failure};
use crate::store::{RecoveryRow, StoreError};

/// Sealed keys have one length: 32 bytes, an ephemeral public key and a tag.
const SEALED: usize = 32 + 32 + 16;
/// Requests of one phone that may wait at once.
const MOST_WAITING: u32 = 3;

const BAD_KEY: Failure = Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "key_unreadable");

/// The handler.
pub(crate) async fn key(
    State(center): State<Arc<Center>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Cbor<Recovery>, Failure> {
    let token = bearer(&headers)?;
    let asked: Recover = decode(&body).map_err(|_| Failure::BAD_REQUEST)?;
    let row = center
        .store
        .read(move |tables| device(tables, token))
        .await??;
    if asked.sealed.len() != SEALED || open(&center, &asked.sealed).is_none() {
        return Err(BAD_KEY);
    }
    let now = center.now();
    let request = center
        .store
        .write(move |turn| {
            let waiting = turn.tables.waiting_recoveries(row.id)?;
            let known = turn.tables.find_recovery(row.id, &asked.sealed)?;
            if known.is_none() && waiting >= MOST_WAITING {
                return Ok(None);
            }
            if known.is_none() {
                turn.tables
                    .note(now, Some(row.person), "key_asked", &row.id.0)?;
            }
            turn.tables
                .ask_recovery(row.id, &asked.sealed, now)
                .map(Some)
        })
        .await?
        .ok_or(Failure::wait(3600))?;
    if request.asked_at == now {
        center.tell(Live::Recovery(request.id));
    }
    let key = (request.state == "approved")
        .then(|| open(&center, &request.sealed))
        .flatten();
    Ok(Cbor(Recovery {
        state: request.state,
        key,
    }))
}

fn open(center: &Center, sealed: &[u8]) -> Option<Vec<u8>> {
    center
        .keys
        .seal
        .unseal(sealed)
        .ok()
        .filter(|key| key.len() == 32)
}

impl Center {
    /// Requests for keys, newest first.
    pub(crate) async fn recoveries(&self) -> Result<Vec<RecoveryRow>, StoreError> {
        self.store.read(|tables| tables.recoveries()).await
    }

    /// Numbers of the requests that wait for a desk, newest first.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn waiting_recoveries(&self) -> Result<Vec<i64>, StoreError> {
        Ok(self
            .recoveries()
            .await?
            .into_iter()
            .filter(|request| request.state == "waiting")
            .map(|request| request.id)
            .collect())
    }

    /// A desk's word on a request. With it, the new phone may also hand in what the old one
    /// wrote. False when the request no longer waits.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn decide_recovery(
        &self,
        id: i64,
        approve: bool,
        by: PersonId,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let decided = self
            .store
            .write(move |turn| {
                let tables = turn.tables;
                let Some(request) = tables.recovery(id)? else {
                    return Ok(false);
                };
                let state = if approve { "approved" } else { "refused" };
                if !tables.decide_recovery(id, state, by, now)? {
                    return Ok(false);
                }
                let old: Option<EnrolmentId> = tables.enrolment_before(request.enrolment)?;
                if approve && let Some(old) = old {
                    tables.succeed(request.enrolment, old)?;
                    tables.revoke(old, now)?;
                }
                let what = format!("key_{state}");
                tables.note(now, Some(by), &what, &request.enrolment.0)?;
                Ok(true)
            })
            .await?;
        if decided {
            self.tell(Live::Recovery(id));
        }
        Ok(decided)
    }
}
