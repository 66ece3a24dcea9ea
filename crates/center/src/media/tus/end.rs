//! `DELETE /v1/uploads/{id}`: nothing more will come. A photo that has become one stays.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use linli_model::ids::MediaId;

use super::Call;
use super::finish::forget;
use crate::failure::Failure;

pub(super) async fn end(call: Call, id: MediaId) -> Result<Response, Failure> {
    let Call { center, who, .. } = call;
    let _hold = center.holds.take((who.id, id)).await?;
    let row = center.store.read(move |tables| tables.upload(who.id, id));
    let row = row.await?.ok_or(Failure::NOT_FOUND)?;
    forget(&center, row).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
