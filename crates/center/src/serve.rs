//! The two listeners, from start to a clean end.

use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::RustlsConfig;

use crate::center::Center;
use crate::media::tus;
use crate::store::StoreError;
use crate::{console, enrol, flood, hand_back, media, recovery, sync};

/// How long running requests may take once the center is told to stop.
const GRACE: Duration = Duration::from_secs(5);
/// How long a TLS handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How often it is written down which devices were here.
const PRESENCE: Duration = Duration::from_secs(5);

/// The sockets to serve on, already bound.
#[derive(Debug)]
pub struct Listeners {
    /// Devices, TLS.
    pub devices: TcpListener,
    /// Console, plain HTTP.
    pub console: TcpListener,
}

impl Listeners {
    /// Binds both; port 0 takes a free one.
    ///
    /// # Errors
    /// An address is taken or not allowed.
    pub fn bind(devices: SocketAddr, console: SocketAddr) -> std::io::Result<Self> {
        Ok(Self {
            devices: bind(devices)?,
            console: bind(console)?,
        })
    }

    /// Where they ended up: devices, console.
    ///
    /// # Errors
    /// The system no longer knows them.
    pub fn addresses(&self) -> std::io::Result<(SocketAddr, SocketAddr)> {
        Ok((self.devices.local_addr()?, self.console.local_addr()?))
    }
}

fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves devices and console until `shutdown` is ready, then lets running requests finish.
///
/// # Errors
/// A listener fails.
pub async fn serve(
    center: Arc<Center>,
    listeners: Listeners,
    shutdown: impl Future<Output = ()> + Send,
) -> std::io::Result<()> {
    // Whatever is in the way of this is no reason not to serve.
    uploads(&center, tus::tidy).await;
    let tls = RustlsConfig::from_config(center.keys.tls.clone());
    let (devices_end, console_end) = (Handle::new(), Handle::new());
    let silence = center.config.limits.silence();
    // An answer is several writes: with Nagle's algorithm the last of them waits for a client that
    // acknowledges late, 40 ms a call on Linux.
    let mut devices_server =
        axum_server::from_tcp_rustls(listeners.devices, tls)?.map(|acceptor| {
            (acceptor.handshake_timeout(silence.min(HANDSHAKE))).acceptor(NoDelayAcceptor::new())
        });
    devices_server
        .http_builder()
        .http1()
        .header_read_timeout(silence);
    let devices = devices_server
        .http1_only()
        .handle(devices_end.clone())
        .serve(devices(center.clone()).into_make_service_with_connect_info::<SocketAddr>());
    let mut console_server =
        axum_server::from_tcp(listeners.console)?.acceptor(NoDelayAcceptor::new());
    console_server
        .http_builder()
        .http1()
        .header_read_timeout(silence);
    let console = console_server
        .http1_only()
        .handle(console_end.clone())
        .serve(console(center.clone())?.into_make_service_with_connect_info::<SocketAddr>());
    let end = async {
        shutdown.await;
        devices_end.graceful_shutdown(Some(GRACE));
        console_end.graceful_shutdown(Some(GRACE));
    };
    let presence = async {
        loop {
            tokio::time::sleep(PRESENCE).await;
            if let Err(error) = center.settle_presence().await {
                tracing::error!(%error, "presence");
            }
        }
    };
    let sweeping = async {
        loop {
            tokio::time::sleep(tus::EVERY).await;
            uploads(&center, tus::sweep).await;
        }
    };
    let both = async { tokio::try_join!(devices, console).map(|_| ()) };
    let served = tokio::select! {
        result = async { tokio::join!(both, end).0 } => result,
        () = presence => Ok(()),
        () = sweeping => Ok(()),
    };
    if let Err(error) = center.settle_presence().await {
        tracing::error!(%error, "presence");
    }
    served
}

/// Clears uploads away, on a thread that may wait for the disk.
async fn uploads(center: &Arc<Center>, clear: fn(&Center) -> Result<(), StoreError>) {
    let center = center.clone();
    let cleared = tokio::task::spawn_blocking(move || clear(&center)).await;
    if let Ok(Err(error)) = cleared {
        tracing::error!(%error, "uploads that are over stay");
    }
}

/// What devices call, without listener and TLS: for a host of its own, such as the simulator.
/// Requests need their `ConnectInfo<SocketAddr>`.
pub fn devices(center: Arc<Center>) -> Router {
    let small = || from_fn_with_state(center.clone(), flood::small);
    // How long their bodies may be is for those to say that read them.
    let enrolled = Router::new()
        .route("/v1/key", post(recovery::key).layer(small()))
        .route("/v1/sync", post(sync::sync))
        .route("/v1/repair", post(sync::repair))
        .route("/v1/return", post(hand_back::hand_back))
        .route("/v1/media/{id}", get(media::get))
        .route_layer(from_fn_with_state(center.clone(), flood::guard));
    Router::new()
        .merge(tus::router(&center))
        .route("/v1/enrol/hello", post(enrol::hello).layer(small()))
        .route("/v1/enrol", post(enrol::enrol).layer(small()))
        .route("/healthz", get(healthz))
        .merge(enrolled)
        .with_state(center)
}

/// What desks call.
fn console(center: Arc<Center>) -> std::io::Result<Router> {
    Ok(Router::new()
        .route("/healthz", get(healthz))
        .with_state(center.clone())
        .merge(console::router(center)?))
}

/// Whether the center can keep what it is sent.
async fn healthz(State(center): State<Arc<Center>>) -> (StatusCode, &'static str) {
    let room = center.store.room().clone();
    match tokio::task::spawn_blocking(move || room.is_there()).await {
        Ok(true) => (StatusCode::OK, "ok\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "no room on the disk\n"),
    }
}
