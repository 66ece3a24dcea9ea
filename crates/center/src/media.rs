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

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use linli_model::ids::MediaId;
use serde::Deserialize;

use crate::center::{Center, bearer, device};
use crate::failure::Failure;
use crate::gate::Writer;

pub use content::{Bucket, MediaError};
pub(crate) use content::{Contents, Hash, by_id, clear, move_all, name, path};
pub(crate) use show::read;
pub(crate) use sizes::Size;

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
