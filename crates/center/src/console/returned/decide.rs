//! `POST /api/returned/{id}/accept` and `…/refuse`: the chief decides about what was given back.
//! Both happen in the writer's turn, and asking twice changes nothing more.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use linli_model::actor::EnrolmentId;
use linli_model::ids::IntentId;
use linli_model::kind::Kind;
use linli_protocol::sync::{Sent, Verdict};

use super::look::{Look, look};
use super::{name, parse_name};
use crate::center::Live;
use crate::console::api::returned::{RefuseReturned, Ruling};
use crate::console::desk::Desk;
use crate::console::failure::Refuse;
use crate::console::seat::Seat;
use crate::console::step::desk_of;
use crate::console::viewer::Viewer;
use crate::gate::{Quarantine, Writer};
use crate::store::{StoreError, Turn};
use crate::world::random;

/// Longest reason, characters.
const REASON: usize = 500;

/// What the chief wants.
#[derive(Debug, Clone)]
enum Wish {
    Accept,
    Refuse(String),
}

/// What makes a decision the same on every machine.
#[derive(Debug, Clone, Copy)]
struct Fresh {
    now: i64,
    desk: EnrolmentId,
    hand: EnrolmentId,
}

/// What was decided now, for whoever listens, and why it couldn't be.
#[derive(Default)]
struct Decided {
    told: Vec<Live>,
    still: String,
}

/// `POST /api/returned/{id}/accept`.
pub(crate) async fn accept(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path(id): Path<String>,
) -> Result<Json<Ruling>, Refuse> {
    decide(desk, seat, &id, Wish::Accept).await
}

/// `POST /api/returned/{id}/refuse`.
pub(crate) async fn refuse(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path(id): Path<String>,
    Json(asked): Json<RefuseReturned>,
) -> Result<Json<Ruling>, Refuse> {
    let reason: String = asked.reason.trim().chars().take(REASON).collect();
    if reason.is_empty() {
        return Err(Refuse::REASON_MISSING);
    }
    decide(desk, seat, &id, Wish::Refuse(reason)).await
}

async fn decide(desk: Arc<Desk>, seat: Seat, id: &str, wish: Wish) -> Result<Json<Ruling>, Refuse> {
    if !seat.viewer.pages.returned {
        return Err(Refuse::NOT_ALLOWED);
    }
    let (enrolment, intent) = parse_name(id).ok_or(Refuse::NOT_FOUND)?;
    let world = &*desk.center.world;
    let fresh = Fresh {
        now: world.now(),
        desk: EnrolmentId(random(world)),
        hand: EnrolmentId(random(world)),
    };
    let viewer = seat.viewer.clone();
    let decided = desk
        .center
        .store
        .write(move |turn| settle(turn, &viewer, enrolment, intent, &wish, fresh))
        .await??;
    for live in decided.told {
        desk.center.tell(live);
    }
    let shared = desk.clone();
    let line = desk
        .center
        .store
        .read(move |tables| {
            let places = shared.atlas.at(tables)?;
            let row = tables.returned_one(enrolment, intent)?;
            let look = row.map(|row| look(tables, &seat.viewer, row)).transpose()?;
            look.flatten()
                .map(|look| look.line(tables, &places))
                .transpose()
        })
        .await?
        .ok_or(Refuse::NOT_FOUND)?;
    Ok(Json(Ruling {
        line,
        still: decided.still,
    }))
}

fn settle(
    turn: &mut Turn<'_>,
    viewer: &Viewer,
    enrolment: EnrolmentId,
    intent: IntentId,
    wish: &Wish,
    fresh: Fresh,
) -> Result<Result<Decided, Refuse>, StoreError> {
    let tables = turn.tables;
    let Some(row) = tables.returned_one(enrolment, intent)? else {
        return Ok(Err(Refuse::NOT_FOUND));
    };
    let Some(it) = look(tables, viewer, row)? else {
        return Ok(Err(Refuse::NOT_FOUND));
    };
    if tables.decision(enrolment, intent)?.is_some() {
        let accepted = it.row.seq.is_some();
        let same = accepted == matches!(wish, Wish::Accept);
        return Ok(if same {
            Ok(Decided::default())
        } else {
            Err(Refuse::OVERTAKEN)
        });
    }
    if it.row.seq.is_some() {
        return Ok(Err(Refuse::OVERTAKEN));
    }
    let Some(members) = together(turn, viewer, &it)? else {
        return Ok(Err(Refuse::NOT_ALLOWED));
    };
    viewer.name_buckets(tables)?;
    let desk = desk_of(turn, &viewer.person, fresh.desk, fresh.now)?;
    let Some(judge) = Writer::load(tables, desk)? else {
        return Ok(Err(Refuse::NOT_ALLOWED));
    };
    let quarantine = Quarantine {
        enrolment,
        author: it.author.id,
        hand: hand_of(turn, &it, fresh)?,
        judge: &judge,
        now: fresh.now,
    };
    let mut told: Vec<Live> = members
        .iter()
        .map(|sent| Live::Returned(enrolment, sent.intent.id))
        .collect();
    let what = match wish {
        Wish::Refuse(reason) => {
            quarantine.refuse(tables, &members, reason)?;
            "returned_refused"
        }
        Wish::Accept => {
            let whole = it.sent.intent.group.filter(|group| group.atomic);
            if whole.is_some_and(|group| usize::from(group.size) != members.len()) {
                return Ok(Ok(still("group")));
            }
            match quarantine.accept(turn, &members)? {
                Ok(accepted) => {
                    let cases = accepted.iter().filter(|one| one.kind == Kind::Case);
                    told.extend(cases.map(|one| Live::Case(one.doc)));
                    "returned_accepted"
                }
                Err(verdict) => return Ok(Ok(still(&code_of(verdict)))),
            }
        }
    };
    for sent in &members {
        let detail = name(enrolment, sent.intent.id);
        let who = Some(viewer.person.id);
        turn.tables.note(fresh.now, who, what, detail.as_bytes())?;
    }
    Ok(Ok(Decided {
        told,
        ..Decided::default()
    }))
}

fn still(code: &str) -> Decided {
    Decided {
        still: code.to_owned(),
        ..Decided::default()
    }
}

fn code_of(verdict: Verdict) -> String {
    match verdict {
        Verdict::Rejected { code, .. } => code,
        Verdict::Overtaken { .. } => "overtaken".into(),
        Verdict::StaleEpoch { .. } => "erased".into(),
        _ => "built_on_returned".into(),
    }
}

/// What stands or falls with it and still waits, oldest first; none when something of it isn't
/// for the viewer's eyes: nobody decides about what they may not see.
fn together(turn: &Turn<'_>, viewer: &Viewer, it: &Look) -> Result<Option<Vec<Sent>>, StoreError> {
    let Some(group) = it.sent.intent.group.filter(|group| group.atomic) else {
        return Ok(Some(vec![it.sent.clone()]));
    };
    let mut members = Vec::new();
    for row in turn.tables.returned_to(it.row.enrolment)? {
        let Ok(sent) = linli_protocol::decode::<Sent>(&row.kept) else {
            continue;
        };
        if sent.intent.group.map(|other| other.id) != Some(group.id) || row.seq.is_some() {
            continue;
        }
        if look(turn.tables, viewer, row)?.is_none() {
            return Ok(None);
        }
        members.push(sent);
    }
    members.sort_by_key(|sent| sent.intent.seq);
    Ok(Some(members))
}

/// The center's own enrolment of the author: no device, no token.
fn hand_of(turn: &Turn<'_>, it: &Look, fresh: Fresh) -> Result<EnrolmentId, StoreError> {
    if let Some(there) = turn.tables.quarantine_of(it.author.id)? {
        return Ok(there);
    }
    turn.tables
        .add_enrolment(fresh.hand, it.author.id, None, "quarantine", fresh.now)?;
    Ok(fresh.hand)
}
