//! Logging in and out.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::api::session::{Login, Org, Session};
use super::desk::Desk;
use super::failure::Refuse;
use super::seat::{LONGEST, Seat};
use super::viewer::Viewer;
use super::{cookie, password};
use crate::store::Failures;
use crate::world::random;

/// Wrong passwords that cost nothing: people mistype.
const FREE: u32 = 3;
/// The longest wait, seconds.
const MOST_WAIT: i64 = 15 * 60;
/// Wrong passwords are forgotten after so long, milliseconds.
const FORGET: i64 = 24 * 60 * 60 * 1000;

/// `POST /api/login`.
pub(crate) async fn login(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    Json(asked): Json<Login>,
) -> Result<Response, Refuse> {
    let name = asked.login.trim().to_owned();
    let name_hash: [u8; 32] = Sha256::new()
        .chain_update(b"linli-login-1")
        .chain_update(&name)
        .finalize()
        .into();
    let now = desk.center.now();
    let (failures, found) = desk
        .center
        .store
        .read(move |tables| {
            let person = tables.person_by_login(&name)?;
            let password = match &person {
                Some(person) => tables.password(person.id)?,
                None => None,
            };
            let viewer = match person {
                Some(person) => Viewer::load(tables, person)?,
                None => None,
            };
            Ok((tables.failures(name_hash)?, viewer.zip(password)))
        })
        .await?;
    let wait = wait_s(failures, now);
    if wait > 0 {
        return Err(Refuse::wait(wait));
    }
    let (viewer, row) = found.unzip();
    let right = {
        let _turn = desk.hashing.acquire().await.map_err(|_| Refuse::INTERNAL)?;
        tokio::task::spawn_blocking(move || password::matches(&asked.password, row.as_ref()))
            .await
            .map_err(|_| Refuse::INTERNAL)?
    };
    let Some(viewer) = viewer.filter(|_| right) else {
        desk.center
            .store
            .write(move |turn| {
                turn.tables.add_failure(name_hash, now, now - FORGET)?;
                turn.tables.note(now, None, "login_wrong", &name_hash[..8])
            })
            .await?;
        return Err(Refuse::LOGIN_WRONG);
    };
    let token: [u8; 32] = random(&*desk.center.world);
    let (person, token_hash) = (viewer.person.id, cookie::hash(&token));
    desk.center
        .store
        .write(move |turn| {
            turn.tables.clear_failures(name_hash)?;
            turn.tables
                .add_session(token_hash, person, now, now - LONGEST)?;
            turn.tables.note(now, Some(person), "login", &[])
        })
        .await?;
    let cookie = cookie::set(&token, &headers, LONGEST / 1000).ok_or(Refuse::INTERNAL)?;
    let session = describe(&desk, viewer).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(session)).into_response())
}

/// Seconds to wait after wrong passwords: nothing for the first ones, then doubling.
fn wait_s(failures: Failures, now: i64) -> u32 {
    let Some(extra) = failures.count.checked_sub(FREE) else {
        return 0;
    };
    let wait = (5_i64 << extra.min(10)).min(MOST_WAIT);
    let passed = (now - failures.last_at).max(0) / 1000;
    u32::try_from((wait - passed).max(0)).unwrap_or(0)
}

/// `POST /api/logout`.
pub(crate) async fn logout(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
) -> Result<Response, Refuse> {
    if let Some(token_hash) = cookie::read(&headers) {
        desk.center
            .store
            .write(move |turn| turn.tables.end_session(token_hash))
            .await?;
    }
    let cookie = cookie::clear(&headers).ok_or(Refuse::INTERNAL)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// `GET /api/session`.
pub(crate) async fn session(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
) -> Result<Json<Session>, Refuse> {
    Ok(Json(describe(&desk, seat.viewer).await?))
}

async fn describe(desk: &Arc<Desk>, viewer: Viewer) -> Result<Session, Refuse> {
    let shared = desk.clone();
    let (org, areas) = (viewer.person.org.clone(), viewer.areas());
    let (org_name, orgs) = desk
        .center
        .store
        .read(move |tables| {
            let places = shared.atlas.at(tables)?;
            let mut orgs: Vec<Org> = places
                .orgs()
                .filter(|(code, _)| areas.iter().any(|area| code.starts_with(area.as_str())))
                .filter(|(code, _)| !areas.iter().any(|area| area == code))
                .map(|(code, name)| Org {
                    code: code.to_owned(),
                    name: name.to_owned(),
                })
                .collect();
            orgs.sort_by(|a, b| a.code.cmp(&b.code));
            Ok((places.org_name(&org).to_owned(), orgs))
        })
        .await?;
    Ok(Session {
        person: viewer.person.id.to_string(),
        name: viewer.person.name,
        role: viewer.person.role,
        org: viewer.person.org,
        org_name,
        center: desk.center.config.name.clone(),
        pages: viewer.pages,
        orgs,
        now: desk.center.now(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let after = |count, seconds: i64| {
            wait_s(
                Failures {
                    count,
                    last_at: 1_000_000,
                },
                1_000_000 + seconds * 1000,
            )
        };
        assert_eq!((after(0, 0), after(2, 0)), (0, 0));
        assert_eq!((after(3, 0), after(3, 5)), (5, 0));
        assert_eq!((after(4, 1), after(40, 0)), (9, 900));
        // A clock that was set back doesn't lock anybody out for longer.
        assert_eq!(after(3, -500), 5);
    }
}
