//! `GET /api/cases/{id}/evidence`: the photos of a case as they came, with what the record says of
//! them and hashes that anybody can check, as one zip.
//!
//! Who may open the case may take its evidence along; that it was taken is in the audit log before
//! the first byte goes out.

mod manifest;
mod pack;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use linli_model::ids::DocId;
use linli_model::kinds::case::Case;
use linli_model::reference;
use linli_model::workflow::Line;

use super::desk::{Desk, filter_of};
use super::failure::Refuse;
use super::photo_file::{path, place};
use super::seat::Seat;
use super::viewer::Viewer;
use crate::store::{CaseRow, StoreError, Tables};
use crate::utc::utc;
use crate::written::Written;
use manifest::{About, Event, Manifest, Missing, Picture, Position};
use pack::Pack;

/// What the log says of it.
const TAKEN: &str = "evidence_taken";

/// `GET /api/cases/{id}/evidence`.
pub(crate) async fn take(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path(id): Path<String>,
) -> Result<Response, Refuse> {
    let id: DocId = id.parse().map_err(|_| Refuse::NOT_FOUND)?;
    let (now, viewer) = (desk.center.now(), seat.viewer);
    let name = desk.center.config.name.clone();
    let who = viewer.person.id;
    let (no, manifest, pictures) = desk
        .center
        .store
        .read(move |tables| gather(tables, &viewer, id, name, now))
        .await?
        .ok_or(Refuse::NOT_FOUND)?;
    desk.center
        .store
        .write(move |turn| turn.tables.note(now, Some(who), TAKEN, id.as_bytes()))
        .await?;
    let pack = Pack::new(desk.center.clone(), manifest, pictures, now);
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"linli-case-{no:04}.zip\""),
        ),
    ];
    Ok((headers, Body::from_stream(pack.stream())).into_response())
}

/// The number of a case, and what its bundle is to hold, if the person may see it.
fn gather(
    tables: Tables<'_>,
    viewer: &Viewer,
    id: DocId,
    center: String,
    now: i64,
) -> Result<Option<(i64, Manifest, Vec<Picture>)>, StoreError> {
    let filter = filter_of(viewer, tables)?;
    let Some(row) = tables.desk_case(&filter, id)? else {
        return Ok(None);
    };
    let doc = tables.doc_by_no(row.doc)?;
    let doc = doc.ok_or(StoreError::Damaged("case"))?;
    let written = Written::read(tables, &doc)?;
    let (pictures, missing) = pictures(tables, &row, &written)?;
    let manifest = Manifest {
        format: manifest::FORMAT,
        center,
        case: about(&row),
        events: events(tables, &written)?,
        generated_at: utc(now),
        generated_by: viewer.person.id.to_string(),
        photos: Vec::new(),
        missing,
    };
    Ok(Some((row.no, manifest, pictures)))
}

fn about(row: &CaseRow) -> About {
    let item = reference::events().item(&row.category);
    About {
        id: row.id.to_string(),
        no: format!("{:04}", row.no),
        category: row.category.clone(),
        category_name: item.map_or_else(String::new, |item| item.name.zh.clone()),
        received_at: utc(row.received_at),
    }
}

/// The line of the case; people as ids.
fn events(tables: Tables<'_>, written: &Written) -> Result<Vec<Event>, StoreError> {
    let line = Line::fold(&written.document.fields(), |_| true);
    let event = |event: linli_model::workflow::Event| {
        let field = format!("events/{}/to", event.id);
        let by = written.by(tables, &field)?;
        let received = written.change(&field).map(|change| change.received_at);
        Ok(Event {
            by: by.map(|person| person.id.to_string()),
            id: event.id,
            to: event.to,
            reason: event.reason,
            at: utc(event.at),
            received_at: received.map(utc),
        })
    };
    line.events.into_iter().map(event).collect()
}

/// The photos that are here, and those that aren't.
fn pictures(
    tables: Tables<'_>,
    row: &CaseRow,
    written: &Written,
) -> Result<(Vec<Picture>, Vec<Missing>), StoreError> {
    let (mut here, mut missing) = (Vec::new(), Vec::new());
    for fact in Case::read(&written.document.fields()).media {
        let media = tables.media(fact.id)?.filter(|media| media.verified);
        let received = written
            .change(&path(&fact))
            .map(|change| change.received_at);
        let picture = Picture {
            by: written
                .by(tables, &path(&fact))?
                .map(|by| by.id.to_string()),
            file: String::new(),
            media_id: fact.id.to_string(),
            sha256: hex::encode(fact.sha256),
            bytes: fact.bytes,
            taken_at: utc(fact.taken_at),
            source: fact.source,
            position: fact.position.map(|position| Position::of(place(position))),
            recorded_at: utc(received.unwrap_or(row.received_at)),
            arrived_at: media.as_ref().map(|media| utc(media.received_at)),
            content: fact.sha256,
        };
        if media.is_some() {
            here.push(picture);
        } else {
            missing.push(Missing::new(picture, manifest::NOT_ARRIVED));
        }
    }
    Ok((here, missing))
}
