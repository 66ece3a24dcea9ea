//! `HEAD` and `PATCH /v1/uploads/{id}`: how much is there, and more of it.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use linli_model::ids::MediaId;
use linli_protocol::upload;

use super::create::lengthen;
use super::far::{Far, at, far, find};
use super::headers::{self, Checksum};
use super::holds::{Hold, Which};
use super::take::{To, take};
use super::{Call, part, refuse};
use crate::center::Center;
use crate::failure::Failure;

/// `HEAD`.
pub(super) async fn how_far(call: Call, id: MediaId) -> Result<Response, Failure> {
    let Call { center, who, .. } = call;
    let _hold = center.holds.take((who.id, id)).await?;
    let row = find(&center, who.id, id).await?;
    let told = far(&center, row).await?.told();
    let told = told.text(upload::LENGTH, &row.bytes.to_string());
    let told = told.text("cache-control", "no-store");
    Ok((StatusCode::OK, told.done()).into_response())
}

/// `PATCH`.
pub(super) async fn add(call: Call, id: MediaId) -> Result<Response, Failure> {
    let asked = asked(&call);
    let (offset, checksum) = match asked {
        Ok(asked) => asked,
        Err(failure) => return Err(refuse::heard_out(failure, call.body).await),
    };
    let center = call.center.clone();
    let mut hold = match center.holds.take((call.who.id, id)).await {
        Ok(hold) => hold,
        Err(failure) => return Err(refuse::heard_out(failure, call.body).await),
    };
    let nothing = refuse::is_empty(&call.body);
    let before = match before(&center, (call.who.id, id), offset, nothing).await {
        Ok(before) => before,
        Err(failure) => return Err(refuse::heard_out(failure, call.body).await),
    };
    let after = match before.stored {
        Some(_) => before,
        None => more(call, &mut hold, before, checksum).await?,
    };
    Ok((StatusCode::NO_CONTENT, after.told().done()).into_response())
}

fn asked(call: &Call) -> Result<(u64, Option<Checksum>), Failure> {
    headers::is_piece(&call.headers)?;
    let offset = headers::offset(&call.headers)?;
    Ok((offset, headers::checksum(&call.headers)?))
}

/// How far it is, which must be where the client goes on.
async fn before(
    center: &Arc<Center>,
    which: Which,
    offset: u64,
    nothing: bool,
) -> Result<Far, Failure> {
    let row = find(center, which.0, which.1).await?;
    let before = far(center, row).await?;
    if before.offset != offset {
        return Err(refuse::OFFSET);
    }
    if before.stored.is_some() && !nothing {
        return Err(Failure::TOO_LARGE);
    }
    Ok(before)
}

/// Takes what comes after `before`.
pub(super) async fn more(
    call: Call,
    hold: &mut Hold<'_>,
    before: Far,
    checksum: Option<Checksum>,
) -> Result<Far, Failure> {
    let center = call.center;
    let row = match lengthen(&center, before.row).await {
        Ok(row) => row,
        Err(failure) => return Err(refuse::heard_out(failure, call.body).await),
    };
    let to = To {
        part: part::path(&center.data, row.no),
        at: before.offset,
        whole: row.bytes,
        checksum,
    };
    let length = take(&center, hold, call.body, to).await?;
    at(&center, row, length).await
}
