//! `/stage`: what runs, and the switches.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;

use super::Shared;
use crate::RigError;
use crate::stage::Stage;

/// What runs.
#[derive(Serialize)]
struct View {
    center: bool,
    phones: Vec<PhoneView>,
}

/// A phone, as the page shows it.
#[derive(Serialize)]
struct PhoneView {
    name: String,
    /// Address to open, token included; absent while it doesn't run.
    url: Option<String>,
    /// The link to the center lets connections through.
    link: bool,
    /// Its data folder, for tests that look into it.
    data: String,
}

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/stage", get(view))
        .route("/stage/center/{action}", post(center))
        .route("/stage/phones/{name}/{action}", post(phone))
}

async fn view(State(shared): State<Shared>) -> Response {
    match shared.stage.get() {
        Some(stage) => show(&*stage.lock().await),
        None => starting(),
    }
}

async fn center(State(shared): State<Shared>, Path(action): Path<String>) -> Response {
    let Some(stage) = shared.stage.get() else {
        return starting();
    };
    let mut stage = stage.lock().await;
    let done = match action.as_str() {
        "kill" => {
            stage.center.kill().await;
            Ok(())
        }
        "restart" => {
            stage.center.stop().await;
            stage.center.start().await
        }
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    settle(&stage, done)
}

async fn phone(
    State(shared): State<Shared>,
    Path((name, action)): Path<(String, String)>,
) -> Response {
    let Some(stage) = shared.stage.get() else {
        return starting();
    };
    let mut stage = stage.lock().await;
    let Ok(phone) = stage.phone(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let done = match action.as_str() {
        "cut" => {
            phone.link().cut();
            phone.network_changed().await
        }
        "restore" => {
            phone.link().restore();
            phone.network_changed().await
        }
        "kill" => {
            phone.kill().await;
            Ok(())
        }
        "restart" => {
            phone.stop().await;
            phone.start().await
        }
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    settle(&stage, done)
}

fn settle(stage: &Stage, done: Result<(), RigError>) -> Response {
    match done.and_then(|()| stage.remember_running()) {
        Ok(()) => show(stage),
        Err(e) => (StatusCode::INTERNAL_SERVER_ERROR, e.to_string()).into_response(),
    }
}

fn show(stage: &Stage) -> Response {
    let phones = stage.phones.iter().map(|phone| PhoneView {
        name: phone.name().to_owned(),
        url: phone.url().map(str::to_owned),
        link: phone.link().is_up(),
        data: phone.data().display().to_string(),
    });
    Json(View {
        center: stage.center.console().is_some(),
        phones: phones.collect(),
    })
    .into_response()
}

fn starting() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "starting").into_response()
}
