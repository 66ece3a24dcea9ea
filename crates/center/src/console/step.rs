//! `POST /api/cases/{id}/step`: a desk moves a case on. It is an intent like any other, under
//! the person's own desk, and passes the same gate.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use linli_model::actor::{Actor, EnrolmentId, Hlc};
use linli_model::bundle::Person;
use linli_model::document::Document;
use linli_model::ids::{DocId, EntryId, IntentId};
use linli_model::intent::{Action, Intent, Target};
use linli_model::kind::Kind;
use linli_model::kinds::case;
use linli_model::value::Hash;
use linli_model::workflow::Line;
use linli_protocol::sync::{Sent, Verdict};

use super::api::cases::{CaseFile, TakeStep};
use super::case_file::{self, next_steps};
use super::desk::{Desk, filter_of};
use super::failure::Refuse;
use super::seat::Seat;
use super::viewer::Viewer;
use crate::center::Live;
use crate::gate;
use crate::store::{StoreError, Turn};
use crate::world::random;

/// What makes the intent the same on every machine.
struct Fresh {
    now: i64,
    enrolment: EnrolmentId,
    intent: [u8; 10],
    event: [u8; 10],
}

/// `POST /api/cases/{id}/step`.
pub(crate) async fn take(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path(id): Path<String>,
    Json(asked): Json<TakeStep>,
) -> Result<Json<CaseFile>, Refuse> {
    let id: DocId = id.parse().map_err(|_| Refuse::NOT_FOUND)?;
    let world = &*desk.center.world;
    let fresh = Fresh {
        now: world.now(),
        enrolment: EnrolmentId(random(world)),
        intent: random(world),
        event: random(world),
    };
    let viewer = seat.viewer.clone();
    desk.center
        .store
        .write(move |turn| step(turn, &viewer, id, &asked, &fresh))
        .await??;
    desk.center.tell(Live::Case(id));
    Ok(Json(case_file::read(&desk, seat.viewer, id).await?))
}

fn step(
    turn: &mut Turn<'_>,
    viewer: &Viewer,
    id: DocId,
    asked: &TakeStep,
    fresh: &Fresh,
) -> Result<Result<(), Refuse>, StoreError> {
    let filter = filter_of(viewer, turn.tables)?;
    let Some(row) = turn.tables.desk_case(&filter, id)? else {
        return Ok(Err(Refuse::NOT_FOUND));
    };
    let changes = turn.tables.changes(row.doc)?;
    let bytes = changes.iter().map(|change| change.bytes.as_slice());
    let mut document =
        Document::from_changes(Kind::Case, id, bytes).map_err(|_| StoreError::Damaged("case"))?;
    let line = Line::fold(&document.fields(), |_| true);
    if line.head() != asked.after {
        return Ok(Err(Refuse::OVERTAKEN));
    }
    let open = next_steps(viewer, line.state());
    let Some(next) = open.iter().find(|next| next.to == asked.to) else {
        return Ok(Err(Refuse::NOT_ALLOWED));
    };
    let reason = asked.reason.trim();
    if next.reason_required && reason.is_empty() {
        return Ok(Err(Refuse::REASON_MISSING));
    }
    let enrolment = desk_of(turn, &viewer.person, fresh.enrolment, fresh.now)?;
    let Some(who) = gate::Writer::load(turn.tables, enrolment)? else {
        return Ok(Err(Refuse::NOT_ALLOWED));
    };
    let ms = u64::try_from(fresh.now).unwrap_or(0);
    let event = EntryId::new(ms, fresh.event);
    let epoch = turn.tables.doc(id)?.map_or(0, |doc| doc.epoch);
    let mut intent = Intent {
        id: IntentId::new(ms, fresh.intent),
        seq: 0,
        hlc: Hlc { ms, count: 0 },
        action: Action::CaseStep,
        writes: case::step(event, &asked.to, &asked.after, reason, fresh.now),
        target: Some(Target {
            doc: id,
            kind: Kind::Case,
            epoch,
            seen: document.heads(),
            change: Hash([0; 32]),
            counter: 0,
        }),
        group: None,
    };
    let actor = Actor {
        enrolment,
        counter: 0,
    };
    // The desk has seen everything the center has, so its one actor always fits.
    let Ok(edit) = intent.execute(&mut document, actor) else {
        return Ok(Err(Refuse::BAD_INPUT));
    };
    if let Some(target) = &mut intent.target {
        target.change = edit.hash;
    }
    let sent = Sent {
        intent,
        change: edit.bytes,
    };
    let entrance = gate::check(&sent);
    let received = gate::receive(turn, &who, &[(sent, entrance)], fresh.now)?;
    Ok(match received.verdicts.first() {
        Some(Verdict::Accepted { .. } | Verdict::Duplicate { .. }) => Ok(()),
        Some(Verdict::Overtaken { .. }) => Err(Refuse::OVERTAKEN),
        Some(Verdict::Rejected { code, .. }) => {
            tracing::warn!(code, "the gate refused a step of a desk");
            Err(Refuse::NOT_ALLOWED)
        }
        _ => Err(Refuse::INTERNAL),
    })
}

/// The enrolment under which a person writes at the console: no device, no token.
pub(crate) fn desk_of(
    turn: &Turn<'_>,
    person: &Person,
    fresh: EnrolmentId,
    now: i64,
) -> Result<EnrolmentId, StoreError> {
    if let Some(there) = turn.tables.desk_enrolment(person.id)? {
        return Ok(there);
    }
    turn.tables
        .add_enrolment(fresh, person.id, None, "desk", now)?;
    Ok(fresh)
}
