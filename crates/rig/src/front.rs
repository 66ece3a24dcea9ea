//! One port for people: the demo page, the console behind it, and the switches.
//!
//! `/` shows the phones side by side, `/console/` and `/api/` go to the center, `/stage/` lists
//! what runs and cuts, restores, kills and restarts it.

mod control;
mod forward;
mod page;

use std::future::IntoFuture;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, OnceCell};

use crate::RigError;
use crate::stage::Stage;

/// The port, taken before anything else is started, so that a second demo notices the first.
#[derive(Debug)]
pub struct Front {
    listener: TcpListener,
    port: u16,
}

/// A stage that may still be starting.
pub type Staged = Arc<OnceCell<Mutex<Stage>>>;

#[derive(Clone)]
struct Shared {
    stage: Staged,
    port: u16,
}

impl Front {
    /// Takes `port` of the loopback, 0 for any.
    ///
    /// # Errors
    /// It is in use.
    pub async fn bind(port: u16) -> Result<Self, RigError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|reason| RigError::Port { port, reason })?;
        let port = listener
            .local_addr()
            .map_err(RigError::io("reading the port"))?
            .port();
        Ok(Self { listener, port })
    }

    /// The port it holds.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Serves until the future is dropped.
    ///
    /// # Errors
    /// The system takes the port away.
    pub async fn serve(self, stage: Staged) -> Result<(), RigError> {
        let shared = Shared {
            stage,
            port: self.port,
        };
        axum::serve(self.listener, router(shared))
            .into_future()
            .await
            .map_err(RigError::io("serving the demo page"))
    }
}

fn router(shared: Shared) -> Router {
    Router::new()
        .merge(page::routes())
        .merge(control::routes())
        .route("/healthz", get(|| async { "ok" }))
        .route("/console", any(forward::to_console))
        .route("/console/", any(forward::to_console))
        .route("/console/{*rest}", any(forward::to_console))
        .route("/api/{*rest}", any(forward::to_console))
        .layer(from_fn_with_state(shared.clone(), own_page))
        .with_state(shared)
}

/// Answers only under our own name, and no page from elsewhere: the list of phones has tokens.
async fn own_page(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if is_own(request.headers(), shared.port) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn is_own(headers: &HeaderMap, port: u16) -> bool {
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let text = |name| headers.get(name).map(|v| v.to_str().unwrap_or_default());
    let host = text(HOST).is_some_and(|host| own.iter().any(|o| o == host));
    let origin = text(ORIGIN).is_none_or(|origin| {
        let origin = origin.strip_prefix("http://");
        origin.is_some_and(|origin| own.iter().any(|o| o == origin))
    });
    host && origin
}
