//! Photos: the bytes of what records describe.
//!
//! A file is complete or not there: written aside, flushed, then renamed. It counts as
//! verified once an accepted record names its very hash.

mod admit;
mod file;
mod keep;
mod thumb;
pub(crate) mod tus;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use linli_model::ids::MediaId;
use linli_protocol::limits::MAX_PHOTO;
use linli_protocol::media::Stored;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::center::{Center, bearer, device};
use crate::failure::{Cbor, Failure, whole};
use crate::gate::Writer;

use admit::NOT_JPEG;
pub(crate) use file::keep as write;
pub(crate) use file::path;
use keep::Whole;

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
    let known = center
        .store
        .read(move |tables| {
            Ok(match admit::fits(tables, id, sha256, row.id)? {
                Ok(None) => admit::has_room(tables, id, &row)?.map(|()| None),
                known => known,
            })
        })
        .await??;
    let verified = match known {
        Some(verified) => verified,
        None => {
            let whole = Whole {
                id,
                sha256,
                jpeg: jpeg.into(),
                sender: row.id,
            };
            keep::whole(&center, whole, |_| Ok(Ok(()))).await?
        }
    };
    Ok(Cbor(Stored { sha256, verified }))
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
