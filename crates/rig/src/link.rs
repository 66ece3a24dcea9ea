//! A phone's TCP link to the center, which can be cut and restored.
//!
//! The phone connects to the link's port, the link to the center. While it is cut, connections
//! are reset as soon as they are made, as when a mast has gone: the phone's program sees an
//! error at once and nothing gets through. Bytes are passed on unread; TLS is between the ends.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::RigError;

/// A cuttable link. Dropping it cuts it for good.
#[derive(Debug)]
pub struct Link {
    port: u16,
    state: Arc<watch::Sender<State>>,
    sent: Arc<Sent>,
    task: JoinHandle<()>,
}

/// Bytes on their way to the center, of all connections.
#[derive(Debug)]
struct Sent {
    bytes: AtomicU64,
    /// Bytes a second of each connection.
    speed: AtomicU64,
    /// The link is cut once there are so many.
    cut_at: AtomicU64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct State {
    target: SocketAddr,
    up: bool,
    /// Before each connection is passed on: what a slow network adds.
    delay: Duration,
}

impl Link {
    /// Listens on `port` of the loopback (0 for any) and passes connections on to `target`.
    ///
    /// # Errors
    /// The port is in use.
    pub async fn open(port: u16, target: SocketAddr) -> Result<Self, RigError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|reason| RigError::Port { port, reason })?;
        let port = listener
            .local_addr()
            .map_err(RigError::io("reading the link's port"))?
            .port();
        let state = Arc::new(watch::Sender::new(State {
            target,
            up: true,
            delay: Duration::ZERO,
        }));
        let sent = Arc::new(Sent {
            bytes: AtomicU64::new(0),
            speed: AtomicU64::new(u64::MAX),
            cut_at: AtomicU64::new(u64::MAX),
        });
        let task = tokio::spawn(accept(listener, state.clone(), sent.clone()));
        Ok(Self {
            port,
            state,
            sent,
            task,
        })
    }

    /// The port that the phone connects to.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Resets all connections and lets none through until [`Link::restore`].
    pub fn cut(&self) {
        self.state.send_modify(|state| state.up = false);
    }

    /// Lets connections through again.
    pub fn restore(&self) {
        self.state.send_modify(|state| state.up = true);
    }

    /// Whether connections get through.
    pub fn is_up(&self) -> bool {
        self.state.borrow().up
    }

    /// Cuts the link when so many more bytes have gone to the center, and not one more.
    pub fn cut_after(&self, bytes: u64) {
        let cut_at = self.sent().saturating_add(bytes);
        self.sent.cut_at.store(cut_at, Ordering::SeqCst);
    }

    /// Lets no more bytes a second through to the center, as networks do: so that what was sent
    /// and not yet received is little, and not what the buffers of one machine hold.
    pub fn narrow(&self, bytes_per_second: u64) {
        self.sent
            .speed
            .store(bytes_per_second.max(1), Ordering::SeqCst);
    }

    /// Ready once it is cut.
    pub async fn is_cut(&self) {
        // The link itself holds the sender.
        let mut state = self.state.subscribe();
        let _gone = state.wait_for(|state| !state.up).await;
    }

    /// Bytes that have gone to the center so far.
    pub fn sent(&self) -> u64 {
        self.sent.bytes.load(Ordering::SeqCst)
    }

    /// Makes every new connection wait this long first.
    pub fn slow_down(&self, delay: Duration) {
        self.state.send_modify(|state| state.delay = delay);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
        self.cut();
    }
}

async fn accept(listener: TcpListener, state: Arc<watch::Sender<State>>, sent: Arc<Sent>) {
    loop {
        // Running out of file handles passes; the next connection tries again.
        let Ok((near, _)) = listener.accept().await else {
            continue;
        };
        tokio::spawn(carry(near, state.clone(), sent.clone()));
    }
}

/// Carries one connection until either end closes it or the link is cut.
async fn carry(mut near: TcpStream, link: Arc<watch::Sender<State>>, sent: Arc<Sent>) {
    let mut state = link.subscribe();
    let State { target, up, delay } = *state.borrow_and_update();
    if !up {
        reset(near);
        return;
    }
    let pass = async {
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let Ok(mut far) = TcpStream::connect(target).await else {
            return;
        };
        // Small messages should not wait for each other on either side.
        let _ = near.set_nodelay(true);
        let _ = far.set_nodelay(true);
        let ((mut near_says, mut near_hears), (mut far_says, far_hears)) =
            (near.split(), far.split());
        let there = send(&mut near_says, far_hears, &sent, &link);
        let back = async {
            copy(&mut far_says, &mut near_hears).await?;
            near_hears.shutdown().await
        };
        // How a connection ends is for its two ends to know.
        let _ = tokio::try_join!(there, back);
    };
    let cut = tokio::select! {
        () = pass => false,
        _ = state.wait_for(|state| !state.up) => true,
    };
    if cut {
        reset(near);
    }
}

/// Passes on what goes to the center, as far as the link goes.
async fn send(
    from: &mut ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    sent: &Sent,
    link: &watch::Sender<State>,
) -> std::io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let length = from.read(&mut buffer).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        let before = sent.bytes.fetch_add(length as u64, Ordering::SeqCst);
        let cut_at = sent.cut_at.load(Ordering::SeqCst);
        let left = usize::try_from(cut_at.saturating_sub(before)).unwrap_or(usize::MAX);
        if left > length {
            to.write_all(&buffer[..length]).await?;
            let speed = sent.speed.load(Ordering::SeqCst);
            if speed < u64::MAX {
                let takes = Duration::from_secs_f64(length as f64 / speed as f64);
                tokio::time::sleep(takes).await;
            }
            continue;
        }
        to.write_all(&buffer[..left]).await?;
        sent.cut_at.store(u64::MAX, Ordering::SeqCst);
        link.send_modify(|state| state.up = false);
    }
}

/// Closes with a reset: a half-sent page must look torn, not finished.
fn reset(connection: TcpStream) {
    // Without it the connection still closes, only more politely.
    let _ = connection.set_zero_linger();
}
