//! Photos: the bytes of what records describe.
//!
//! A file is complete or not there: written aside, flushed, then renamed. It counts as
//! verified once an accepted record names its very hash.

mod file;
mod thumb;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use linli_model::ids::MediaId;
use linli_protocol::limits::MAX_PHOTO;
use linli_protocol::media::Stored;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::center::{Center, Live, bearer, device};
use crate::failure::{Cbor, Failure, whole};
use crate::gate::Writer;
use crate::store::{EnrolmentRow, MediaRow, StoreError, Tables};

pub(crate) use file::{keep, path};

/// Photos of one device that no record names: more would be storing things here.
const MOST_UNCLAIMED: (u64, u64) = (200, 400 * 1024 * 1024);
/// The same of one that was shut out.
const MOST_OF_REVOKED: (u64, u64) = (60, 120 * 1024 * 1024);

const NOT_JPEG: Failure = Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "photo_not_an_image");
const MISMATCH: Failure = Failure::new(StatusCode::CONFLICT, "photo_mismatch");
const FULL: Failure = Failure::new(StatusCode::TOO_MANY_REQUESTS, "photo_unclaimed");

/// `PUT /v1/media/{id}`.
pub(crate) async fn put(
    State(center): State<Arc<Center>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Cbor<Stored>, Failure> {
    let token = bearer(&headers)?;
    let id: MediaId = id.parse().map_err(|_| Failure::BAD_REQUEST)?;
    // One that was shut out may hand in what it hasn't sent.
    let row = center
        .store
        .read(move |tables| tables.enrolment_by_token(token))
        .await?
        .ok_or(Failure::REVOKED)?;
    let jpeg = whole(body, MAX_PHOTO, center.config.limits.body()).await?;
    if !jpeg.starts_with(&[0xff, 0xd8, 0xff]) {
        return Err(NOT_JPEG);
    }
    let sha256: [u8; 32] = Sha256::digest(&jpeg).into();
    let bytes = jpeg.len() as u64;
    let known = center
        .store
        .read(move |tables| admit(tables, id, sha256, &row))
        .await??;
    if let Some(stored) = known {
        return Ok(Cbor(stored));
    }
    let (data, now) = (center.data.clone(), center.now());
    tokio::task::spawn_blocking(move || keep(&path(&data, id), &jpeg))
        .await
        .map_err(|_| Failure::BAD_REQUEST)?
        .map_err(StoreError::from)
        .inspect_err(|error| center.store.room().note(error))?;
    let enrolment = token;
    let (verified, doc) = center
        .store
        .write(move |turn| {
            // Judged again in the writer's turn: a record may have come meanwhile.
            let facts = turn.tables.media_facts(id)?;
            let verified = facts.iter().any(|(_, hash)| *hash == sha256);
            let sender = turn.tables.enrolment_by_token(enrolment)?.map(|row| row.id);
            let row = MediaRow {
                sha256,
                bytes,
                verified,
            };
            turn.tables.set_media(id, &row, sender, now)?;
            let doc = match facts.first() {
                Some((no, _)) => turn.tables.doc_by_no(*no)?,
                None => None,
            };
            Ok((verified, doc))
        })
        .await?;
    if let Some(doc) = doc {
        center.tell(Live::Case(doc.id));
    }
    Ok(Cbor(Stored { sha256, verified }))
}

/// Whether these bytes may come in. `Some` when they are here already.
fn admit(
    tables: Tables<'_>,
    id: MediaId,
    sha256: [u8; 32],
    row: &EnrolmentRow,
) -> Result<Result<Option<Stored>, Failure>, StoreError> {
    let facts = tables.media_facts(id)?;
    let fits = facts.iter().any(|(_, hash)| *hash == sha256);
    if !facts.is_empty() && !fits {
        return Ok(Err(MISMATCH));
    }
    if let Some(here) = tables.media(id)? {
        if here.sha256 == sha256 {
            return Ok(Ok(Some(Stored {
                sha256,
                verified: here.verified,
            })));
        }
        if here.verified {
            return Ok(Err(MISMATCH));
        }
    }
    let (count, bytes) = tables.unclaimed(row.id)?;
    let most = if row.revoked {
        MOST_OF_REVOKED
    } else {
        MOST_UNCLAIMED
    };
    if facts.is_empty() && (count >= most.0 || bytes >= most.1) {
        return Ok(Err(FULL));
    }
    Ok(Ok(None))
}

/// Which size is wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Size {
    /// `thumb`; anything else is the whole picture.
    #[serde(default)]
    size: String,
}

/// `GET /v1/media/{id}`: only for devices that may read a record that names it.
pub(crate) async fn get(
    State(center): State<Arc<Center>>,
    Path(id): Path<String>,
    Query(size): Query<Size>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let token = bearer(&headers)?;
    let id: MediaId = id.parse().map_err(|_| Failure::BAD_REQUEST)?;
    let allowed = center
        .store
        .read(move |tables| {
            let row = match device(tables, token)? {
                Ok(row) => row,
                Err(failure) => return Ok(Err(failure)),
            };
            let Some(who) = Writer::load(tables, row.id)? else {
                return Ok(Ok(false));
            };
            for (doc, _) in tables.media_facts(id)? {
                if who.may_read(&tables.membership(doc)?) {
                    return Ok(Ok(true));
                }
            }
            Ok(Ok(false))
        })
        .await??;
    if !allowed {
        return Err(Failure::NOT_FOUND);
    }
    let bytes = read(&center, id, size.size == "thumb").await?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}

/// The bytes of a verified photo, or of its thumbnail.
pub(crate) async fn read(
    center: &Arc<Center>,
    id: MediaId,
    thumb: bool,
) -> Result<Vec<u8>, Failure> {
    let verified = center
        .store
        .read(move |tables| Ok(tables.media(id)?.is_some_and(|row| row.verified)))
        .await?;
    if !verified {
        return Err(Failure::NOT_FOUND);
    }
    let data = center.data.clone();
    tokio::task::spawn_blocking(move || {
        if thumb {
            thumb::read(&data, id)
        } else {
            std::fs::read(path(&data, id))
        }
    })
    .await
    .map_err(|_| Failure::NOT_FOUND)?
    .map_err(|_| Failure::NOT_FOUND)
}
