//! `GET /api/cases/{id}`: one case in full. Every look is in the audit log.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use linli_model::ids::DocId;
use linli_model::kinds::case::Case;
use linli_model::kinds::remark;
use linli_model::reference;
use linli_model::reference::workflow::Performer;
use linli_model::workflow::Line;

use super::api::cases::{CaseFile, Entry, NextStep, Reporter};
use super::atlas::Places;
use super::case_list::line;
use super::desk::{Desk, filter_of};
use super::failure::Refuse;
use super::map;
use super::photo_file::{photos, place};
use super::seat::Seat;
use super::viewer::Viewer;
use crate::store::{CaseRow, StoreError, Tables};
use crate::written::Written;

/// Steps a desk takes by itself; the others need an order or another case beside them.
const BY_ITSELF: [&str; 4] = ["accepted", "need_info", "rejected", "void"];

/// `GET /api/cases/{id}`.
pub(crate) async fn show(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path(id): Path<String>,
) -> Result<Json<CaseFile>, Refuse> {
    let id: DocId = id.parse().map_err(|_| Refuse::NOT_FOUND)?;
    let file = read(&desk, seat.viewer.clone(), id).await?;
    let (now, who) = (desk.center.now(), seat.viewer.person.id);
    desk.center
        .store
        .write(move |turn| {
            turn.tables
                .note(now, Some(who), "case_shown", id.as_bytes())
        })
        .await?;
    Ok(Json(file))
}

/// The case as this person may see it.
pub(crate) async fn read(desk: &Arc<Desk>, viewer: Viewer, id: DocId) -> Result<CaseFile, Refuse> {
    let shared = desk.clone();
    desk.center
        .store
        .read(move |tables| {
            let mut filter = filter_of(&viewer, tables)?;
            filter.late_before = shared.center.late_before();
            let Some(row) = tables.desk_case(&filter, id)? else {
                return Ok(None);
            };
            let places = shared.atlas.at(tables)?;
            file(tables, &places, &viewer, row, filter.late_before).map(Some)
        })
        .await?
        .ok_or(Refuse::NOT_FOUND)
}

fn file(
    tables: Tables<'_>,
    places: &Places,
    viewer: &Viewer,
    row: CaseRow,
    late_before: i64,
) -> Result<CaseFile, StoreError> {
    let doc = tables.doc_by_no(row.doc)?;
    let doc = doc.ok_or(StoreError::Damaged("case"))?;
    let written = Written::read(tables, &doc)?;
    let fields = written.document.fields();
    let case = Case::read(&fields);
    let steps = Line::fold(&fields, |_| true);
    let photos = photos(tables, &row, &written, case.media, late_before)?;
    let org = match (row.org.as_str(), row.place.and_then(|id| places.get(id))) {
        ("", Some(place)) => place.org.clone(),
        (org, _) => org.to_owned(),
    };
    let around = map::around(places, &org, row.place, row.lon.zip(row.lat));
    let reporter = reporter(tables, places, row.reporter)?;
    Ok(CaseFile {
        line: line(tables, places, row)?,
        address: case.address,
        path: path(places, &org),
        reporter,
        position: case.position.map(place),
        photos,
        story: story(tables, &written, &steps)?,
        head: steps.head().to_owned(),
        next: next_steps(viewer, steps.state()),
        around,
    })
}

fn reporter(
    tables: Tables<'_>,
    places: &Places,
    person: Option<linli_model::ids::PersonId>,
) -> Result<Reporter, StoreError> {
    let person = match person {
        Some(id) => tables.person(id)?,
        None => None,
    };
    Ok(person.map_or_else(
        || Reporter {
            name: String::new(),
            role: String::new(),
            org_name: String::new(),
            phone: String::new(),
        },
        |person| Reporter {
            org_name: match places.name(person.building) {
                "" => places.org_name(&person.org).to_owned(),
                building => building.to_owned(),
            },
            name: person.name,
            role: person.role,
            phone: person.phone,
        },
    ))
}

fn path(places: &Places, org: &str) -> Vec<String> {
    [6, 9, 12, 15]
        .into_iter()
        .filter_map(|digits| org.get(..digits))
        .map(|code| places.org_name(code).to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Steps in the order of their line, with the remarks among them by when they arrived.
fn story(tables: Tables<'_>, written: &Written, steps: &Line) -> Result<Vec<Entry>, StoreError> {
    let fields = written.document.fields();
    let entry = |id: &str, field: String, to: &str, words: &str, at| {
        let change = written.change(&field);
        let person = written.by(tables, &field)?;
        let (by, role) = person.map_or_else(Default::default, |p| (p.name, p.role));
        Ok::<_, StoreError>(Entry {
            id: id.to_owned(),
            to: to.to_owned(),
            words: words.to_owned(),
            by,
            role,
            at,
            received_at: change.map_or(0, |change| change.received_at),
        })
    };
    let mut story = Vec::new();
    for step in &steps.events {
        let field = format!("events/{}/to", step.id);
        story.push(entry(&step.id, field, &step.to, &step.reason, step.at)?);
    }
    for remark in remark::read(&fields) {
        let field = format!("remarks/{}/words", remark.id);
        story.push(entry(&remark.id, field, "", &remark.words, remark.at)?);
    }
    // Stable: what arrived in one change keeps the order of the line.
    story.sort_by_key(|entry| entry.received_at);
    Ok(story)
}

/// Steps that lead on from a state and that this person may take from the console, the usual
/// one first.
pub(crate) fn next_steps(viewer: &Viewer, state: &str) -> Vec<NextStep> {
    let steps: Vec<_> = reference::workflow()
        .case_steps(Some(state))
        .filter(|step| step.guard.is_none() && step.allows(Performer::Role(viewer.role)))
        .collect();
    BY_ITSELF
        .iter()
        .filter_map(|to| steps.iter().find(|step| step.to == *to))
        .map(|step| NextStep {
            to: step.to.clone(),
            action_zh: step.action_zh.clone(),
            reason_required: step.reason_required,
        })
        .collect()
}
