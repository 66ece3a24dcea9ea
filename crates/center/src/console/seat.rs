//! Who is calling: the session behind a request's cookie.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::cookie;
use super::desk::Desk;
use super::failure::Refuse;
use super::viewer::Viewer;
use crate::store::{Store, StoreError};

/// A session ends after so long without anybody doing anything, milliseconds.
pub(crate) const IDLE: i64 = 60 * 60 * 1000;
/// And in any case after a shift.
pub(crate) const LONGEST: i64 = 12 * 60 * 60 * 1000;
/// How exactly "doing something" is remembered: writing it down on each call is a waste.
const TOUCH: i64 = 60 * 1000;

/// What a page reads by itself, without anybody doing anything, keeps no session alive.
const BY_ITSELF: &str = "x-linli-quiet";

/// Somebody who is logged in.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    pub(crate) viewer: Viewer,
    /// The session.
    pub(crate) token_hash: [u8; 32],
}

impl Seat {
    /// Who holds a session now; none once it has ended.
    pub(crate) async fn find(
        store: &Store,
        token_hash: [u8; 32],
        now: i64,
    ) -> Result<Option<(Self, i64)>, StoreError> {
        store
            .read(move |tables| {
                let Some(session) = tables.session(token_hash)? else {
                    return Ok(None);
                };
                if now - session.created >= LONGEST || now - session.seen >= IDLE {
                    return Ok(None);
                }
                let Some(person) = tables.person(session.person)? else {
                    return Ok(None);
                };
                let viewer = Viewer::load(tables, person)?;
                Ok(viewer.map(|viewer| (Self { viewer, token_hash }, session.seen)))
            })
            .await
    }
}

impl FromRequestParts<Arc<Desk>> for Seat {
    type Rejection = Refuse;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Refuse> {
        let token_hash = cookie::read(&parts.headers).ok_or(Refuse::LOGGED_OUT)?;
        let now = desk.center.now();
        let (seat, seen) = Self::find(&desk.center.store, token_hash, now)
            .await?
            .ok_or(Refuse::LOGGED_OUT)?;
        if now - seen >= TOUCH && !parts.headers.contains_key(BY_ITSELF) {
            desk.center
                .store
                .write(move |turn| turn.tables.touch_session(token_hash, now))
                .await?;
        }
        Ok(seat)
    }
}
