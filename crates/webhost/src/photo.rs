//! `GET /photo/{id}?w=320`: a photo of this phone as JPEG.

use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use serde::Deserialize;

use crate::Failure;
use crate::server::Shared;

/// Thumbnail.
const SMALL: u32 = 320;
/// The picture as it is kept.
const LARGE: u32 = 1600;

/// Which size.
#[derive(Deserialize)]
pub(crate) struct Size {
    w: Option<u32>,
}

pub(crate) async fn photo(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(size): Query<Size>,
) -> Result<impl IntoResponse, Failure> {
    let width = match size.w {
        None | Some(SMALL) => SMALL,
        Some(LARGE) => LARGE,
        Some(_) => return Err(Failure::code("bad_input")),
    };
    let jpeg = shared.host.photo(&id, width).await?;
    // A photo never changes, but a shared browser shouldn't keep it.
    let headers = [(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "no-store")];
    Ok((headers, jpeg))
}
