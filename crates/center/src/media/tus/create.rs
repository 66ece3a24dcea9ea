//! `POST /v1/uploads`: an upload begins, or is found again.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use linli_model::ids::MediaId;
use linli_protocol::limits::MAX_PHOTO;
use linli_protocol::upload;

use super::far::far;
use super::finish::remove;
use super::headers::{self, Checksum};
use super::piece::more;
use super::{Call, refuse};
use crate::center::Center;
use crate::failure::Failure;
use crate::media::admit::{self, MISMATCH, NOT_JPEG};
use crate::store::{EnrolmentRow, StoreError, Tables, UploadRow};

/// How long what isn't finished is kept, milliseconds.
const KEPT: i64 = upload::KEPT_S as i64 * 1000;
/// How far the end may come near before it is put off: not every piece needs to write it down.
const NEAR: i64 = KEPT - 3_600_000;

/// What a client wants to send.
#[derive(Clone, Copy)]
struct Asked {
    id: MediaId,
    sha256: [u8; 32],
    bytes: u64,
}

/// `POST`.
pub(super) async fn create(call: Call) -> Result<Response, Failure> {
    let (asked, checksum) = match asked(&call) {
        Ok(asked) => asked,
        Err(failure) => return Err(refuse::heard_out(failure, call.body).await),
    };
    let center = call.center.clone();
    let (who, now) = (call.who, center.now());
    let mut hold = center.holds.take((who.id, asked.id)).await?;
    let begun = center
        .store
        .write(move |turn| begin(turn.tables, &who, asked, now));
    let (row, over) = match begun.await.map_err(Failure::from).and_then(|begun| begun) {
        Ok(begun) => begun,
        Err(failure) => return Err(refuse::heard_out(failure, call.body).await),
    };
    if let Some(no) = over {
        remove(&center, no).await;
    }
    let mut far = far(&center, row).await?;
    if far.offset == 0 && !refuse::is_empty(&call.body) {
        far = more(call, &mut hold, far, checksum).await?;
    } else {
        // Who is still speaking would not hear the answer.
        refuse::drain(call.body, MAX_PHOTO, center.config.limits.body()).await;
    }
    let place = format!("{}/{}", upload::PATH, asked.id);
    let told = far.told().text("location", &place);
    Ok((StatusCode::CREATED, told.done()).into_response())
}

fn asked(call: &Call) -> Result<(Asked, Option<Checksum>), Failure> {
    let bytes = headers::length(&call.headers)?;
    let (id, sha256) = headers::photo(&call.headers)?;
    let mut checksum = None;
    if !refuse::is_empty(&call.body) {
        headers::is_piece(&call.headers)?;
        checksum = headers::checksum(&call.headers)?;
    }
    if bytes > MAX_PHOTO as u64 {
        return Err(Failure::TOO_LARGE);
    }
    if bytes == 0 {
        return Err(NOT_JPEG);
    }
    Ok((Asked { id, sha256, bytes }, checksum))
}

/// The upload, and the number of a file that is over with it.
fn begin(
    tables: Tables<'_>,
    who: &EnrolmentRow,
    asked: Asked,
    now: i64,
) -> Result<Result<(UploadRow, Option<i64>), Failure>, StoreError> {
    let Asked { id, sha256, bytes } = asked;
    let here = match admit::fits(tables, id, sha256, who.id)? {
        Ok(here) => here.is_some(),
        Err(failure) => return Ok(Err(failure)),
    };
    let old = tables.upload(who.id, id)?;
    let (same, other) = match old {
        Some(old) if (old.sha256, old.bytes) == (sha256, bytes) && (here || !old.done) => {
            (Some(old), None)
        }
        old => (None, old),
    };
    if let Some(old) = other {
        let facts = tables.media_facts(id)?;
        if old.sha256 != sha256 && facts.iter().any(|(_, hash)| *hash == old.sha256) {
            return Ok(Err(MISMATCH));
        }
        tables.drop_upload(old.no)?;
    }
    let mut row = match same {
        Some(row) => row,
        None => {
            if !here && let Err(failure) = admit::has_room(tables, id, who)? {
                return Ok(Err(failure));
            }
            tables.add_upload(who.id, id, sha256, bytes, now + KEPT)?
        }
    };
    row.expires = now + KEPT;
    tables.keep_upload(row.no, row.expires)?;
    if here && !row.done {
        tables.end_upload(row.no)?;
        row.done = true;
        return Ok(Ok((row, Some(row.no))));
    }
    Ok(Ok((row, other.map(|old| old.no))))
}

/// Puts its end off, now that more of it comes.
pub(super) async fn lengthen(center: &Center, mut row: UploadRow) -> Result<UploadRow, Failure> {
    let now = center.now();
    if row.expires < now + NEAR {
        row.expires = now + KEPT;
        let (no, expires) = (row.no, row.expires);
        center
            .store
            .write(move |turn| turn.tables.keep_upload(no, expires))
            .await?;
    }
    Ok(row)
}
