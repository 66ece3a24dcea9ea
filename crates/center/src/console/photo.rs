//! `GET /api/photos/{id}`: a photo of a case that the person may see.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use linli_model::ids::MediaId;
use linli_model::kind::Kind;

use super::desk::{Desk, filter_of};
use super::failure::Refuse;
use super::seat::Seat;
use crate::media::{self, Size, Wanted};

/// `GET /api/photos/{id}`. The look at the case it belongs to is what the audit log keeps.
pub(crate) async fn show(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refuse> {
    let id: MediaId = id.parse().map_err(|_| Refuse::NOT_FOUND)?;
    let viewer = seat.viewer;
    let allowed = desk
        .center
        .store
        .read(move |tables| {
            let filter = filter_of(&viewer, tables)?;
            for (no, _) in tables.media_facts(id)? {
                if let Some(doc) = tables.doc_by_no(no)?
                    && doc.kind == Kind::Case
                    && tables.desk_case(&filter, doc.id)?.is_some()
                {
                    return Ok(true);
                }
            }
            Ok(false)
        })
        .await?;
    if !allowed {
        return Err(Refuse::NOT_FOUND);
    }
    let jpeg = media::read(&desk.center, id, Size::named(&wanted.size))
        .await
        .map_err(|_| Refuse::PHOTO_NOT_HERE)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        // A photo never changes; it stays in this browser's memory only.
        (header::CACHE_CONTROL, "private, max-age=3600"),
    ];
    Ok((headers, jpeg).into_response())
}
