//! Photos: the bytes of what records describe.
//!
//! `tus` takes them in pieces, `content` keeps them by what they are, `sizes` makes them smaller.
//! A photo counts as verified once an accepted record names its very hash.

mod admit;
mod content;
mod file;
mod keep;
mod litter;
mod show;
mod sizes;
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
pub use content::{Bucket, MediaError};
pub(crate) use content::{Contents, Hash, by_id, clear, move_all, name, path};
use keep::Whole;
pub(crate) use show::read;
pub(crate) use sizes::Size;

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
                jpeg,
                sender: row.id,
            };
            keep::whole(&center, whole, |_| Ok(Ok(()))).await?
        }
    };
    Ok(Cbor(Stored { sha256, verified }))
}

/// Which size is wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    /// `thumb` or `screen`; anything else is the whole picture.
    #[serde(default)]
    pub(crate) size: String,
}

/// `GET /v1/media/{id}`: only for devices that may read a record that names it.
pub(crate) async fn get(
    State(center): State<Arc<Center>>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
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
    let bytes = read(&center, id, Size::named(&wanted.size)).await?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}
