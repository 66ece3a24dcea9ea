//! `GET /api/devices` and the requests for lost database keys.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};

use super::api::devices::{Decide, Device, Recovery};
use super::desk::Desk;
use super::failure::Refuse;
use super::seat::Seat;
use crate::store::{StoreError, Tables};

/// Longest reason, characters.
const REASON: usize = 500;

/// `GET /api/devices`.
pub(crate) async fn list(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
) -> Result<Json<Vec<Device>>, Refuse> {
    if !seat.viewer.pages.devices {
        return Err(Refuse::NOT_ALLOWED);
    }
    let shared = desk.clone();
    let devices = desk
        .center
        .store
        .read(move |tables| {
            let places = shared.atlas.at(tables)?;
            let rows = tables.devices()?.into_iter();
            Ok(rows
                .map(|row| Device {
                    id: row.enrolment.to_string(),
                    org_name: match places.name(row.person.building) {
                        "" => places.org_name(&row.person.org).to_owned(),
                        building => building.to_owned(),
                    },
                    person: row.person.name,
                    role: row.person.role,
                    device: row.device,
                    enrolled_at: row.created,
                    last_sync: row.last_sync,
                    through: i64::try_from(row.through).unwrap_or(i64::MAX),
                    clock_off_s: row.clock_off / 1000,
                    revoked: row.revoked,
                })
                .collect())
        })
        .await?;
    Ok(Json(devices))
}

/// `GET /api/recoveries`.
pub(crate) async fn recoveries(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
) -> Result<Json<Vec<Recovery>>, Refuse> {
    if !seat.viewer.pages.recoveries {
        return Err(Refuse::NOT_ALLOWED);
    }
    let shared = desk.clone();
    let list = desk
        .center
        .store
        .read(move |tables| read_recoveries(&shared, tables))
        .await?;
    Ok(Json(list))
}

fn read_recoveries(desk: &Desk, tables: Tables<'_>) -> Result<Vec<Recovery>, StoreError> {
    let places = desk.atlas.at(tables)?;
    let mut list = Vec::new();
    for line in tables.recovery_lines()? {
        let Some(person) = tables.person(line.person)? else {
            continue;
        };
        let decided_by = match line.decided_by {
            Some(id) => tables.person(id)?.map_or_else(String::new, |p| p.name),
            None => String::new(),
        };
        list.push(Recovery {
            id: line.id.to_string(),
            org_name: match places.name(person.building) {
                "" => places.org_name(&person.org).to_owned(),
                building => building.to_owned(),
            },
            person: person.name,
            role: person.role,
            phone: person.phone,
            device: line.device,
            asked_at: line.asked_at,
            state: line.state,
            decided_by,
            decided_at: line.decided_at,
            reason: line.reason,
        });
    }
    Ok(list)
}

/// `POST /api/recoveries/{id}`: hand the key out, or don't.
pub(crate) async fn decide(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path(id): Path<i64>,
    Json(asked): Json<Decide>,
) -> Result<Json<Vec<Recovery>>, Refuse> {
    if !seat.viewer.pages.decide {
        return Err(Refuse::NOT_ALLOWED);
    }
    let reason: String = asked.reason.trim().chars().take(REASON).collect();
    if !asked.approve && reason.is_empty() {
        return Err(Refuse::REASON_MISSING);
    }
    let who = seat.viewer.person.id;
    let known = desk
        .center
        .store
        .read(move |tables| Ok(tables.recovery(id)?.is_some()))
        .await?;
    if !known {
        return Err(Refuse::NOT_FOUND);
    }
    if !desk.center.decide_recovery(id, asked.approve, who).await? {
        return Err(Refuse::OVERTAKEN);
    }
    desk.center
        .store
        .write(move |turn| turn.tables.set_recovery_reason(id, &reason))
        .await?;
    recoveries(State(desk), seat).await
}
