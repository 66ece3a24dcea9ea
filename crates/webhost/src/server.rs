//! Puts the parts together and listens.

use std::future::{Future, IntoFuture};
use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tokio::net::TcpListener;

use crate::{Host, Token, command, events, files, guard, incoming, photo};

/// What a web host needs besides the phone.
pub struct ServerConfig {
    /// Port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// Folder with the built screens.
    pub ui: PathBuf,
    /// Pages that may show this one in a frame, such as `http://127.0.0.1:7600`.
    pub frame_ancestors: Vec<String>,
    /// The token of this run.
    pub token: Token,
}

/// A web host that already holds its port.
pub struct Server {
    listener: TcpListener,
    shared: Shared,
}

/// What every request handler sees.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) host: Arc<dyn Host>,
    pub(crate) ui: Arc<PathBuf>,
    pub(crate) token: Token,
    pub(crate) port: u16,
    pub(crate) policy: HeaderValue,
}

impl Server {
    /// Takes the port. Fails when it is in use, or when a frame ancestor is no origin.
    pub async fn bind(host: Arc<dyn Host>, config: ServerConfig) -> io::Result<Self> {
        let policy = guard::policy(&config.frame_ancestors)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "not an origin"))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await?;
        let port = listener.local_addr()?.port();
        let shared = Shared {
            host,
            ui: Arc::new(config.ui),
            token: config.token,
            port,
            policy,
        };
        Ok(Self { listener, shared })
    }

    /// The port it holds.
    pub fn port(&self) -> u16 {
        self.shared.port
    }

    /// The address to open, token included.
    pub fn address(&self) -> String {
        let token = self.shared.token.text();
        format!("http://127.0.0.1:{}/?token={token}", self.shared.port)
    }

    /// Serves until `stop` is ready. Open event streams don't keep it.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send) -> io::Result<()> {
        let serving = axum::serve(self.listener, router(self.shared)).into_future();
        tokio::select! {
            done = serving => done,
            () = stop => Ok(()),
        }
    }
}

fn router(shared: Shared) -> Router {
    let command = post(command::call).layer(DefaultBodyLimit::max(command::LIMIT));
    let incoming = post(incoming::take).layer(DefaultBodyLimit::max(incoming::LIMIT));
    let own = Router::new()
        .route("/cmd/{name}", command)
        .route("/incoming/{id}", incoming)
        .route("/events", get(events::events))
        .route("/resumed", post(events::resumed))
        .route("/photo/{id}", get(photo::photo))
        .route_layer(from_fn_with_state(shared.clone(), guard::with_token));
    Router::new()
        .merge(own)
        .route("/healthz", get(|| async { "ok" }))
        .fallback(files::file)
        .layer(from_fn_with_state(shared.clone(), guard::own_page))
        .with_state(shared)
}
