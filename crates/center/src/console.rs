//! The console: a JSON API and static pages for the people at the desks, on loopback.
//!
//! Who may open what comes from the reference data (`assets/roles.json`): a [`viewer`] reads
//! the buckets of the role, and what is in none of them doesn't exist for that person. One
//! file per call; what they answer is in [`api`].

pub mod api;
mod atlas;
mod case_file;
mod case_list;
mod cookie;
mod desk;
mod devices;
mod evidence;
mod failure;
mod files;
mod headers;
mod live;
mod login;
mod map;
mod password;
mod photo;
mod photo_file;
mod returned;
mod same_site;
mod seat;
mod set_password;
mod step;
mod viewer;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::center::Center;

pub use set_password::{SetPasswordError, set_password};

/// Largest body of a call, bytes: a reason, not a file.
const MAX_BODY: usize = 16 * 1024;

/// Everything under `/api`, and the pages when there are any.
///
/// # Errors
/// The folder with the pages can't be read.
pub(crate) fn router(center: Arc<Center>) -> std::io::Result<Router> {
    let pages = match &center.config.console_files {
        Some(folder) => files::router(files::Files::load(folder)?),
        None => Router::new(),
    };
    let api = Router::new()
        .route("/api/login", post(login::login))
        .route("/api/logout", post(login::logout))
        .route("/api/session", get(login::session))
        .route("/api/cases", get(case_list::list))
        .route("/api/cases/{id}", get(case_file::show))
        .route("/api/cases/{id}/evidence", get(evidence::take))
        .route("/api/cases/{id}/step", post(step::take))
        .route("/api/photos/{id}", get(photo::show))
        .route("/api/map", get(map::all))
        .route("/api/devices", get(devices::list))
        .route("/api/recoveries", get(devices::recoveries))
        .route("/api/recoveries/{id}", post(devices::decide))
        .route("/api/returned", get(returned::list))
        .route("/api/returned/{id}/accept", post(returned::accept))
        .route("/api/returned/{id}/refuse", post(returned::refuse))
        .route("/api/live", get(live::listen))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn(same_site::guard))
        .with_state(Arc::new(desk::Desk::new(center)));
    Ok(api.merge(pages).layer(middleware::from_fn(headers::strict)))
}
