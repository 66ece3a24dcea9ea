//! A phone's TCP link to the center, which can be cut and restored.
//!
//! The phone connects to the link's port, the link to the center. While it is cut, connections
//! are reset as soon as they are made, as when a mast has gone: the phone's program sees an
//! error at once and nothing gets through. Bytes are passed on unread; TLS is between the ends.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::RigError;

/// A cuttable link. Dropping it cuts it for good.
#[derive(Debug)]
pub struct Link {
    port: u16,
    state: Arc<watch::Sender<State>>,
    task: JoinHandle<()>,
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
        let task = tokio::spawn(accept(listener, state.clone()));
        Ok(Self { port, state, task })
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

async fn accept(listener: TcpListener, state: Arc<watch::Sender<State>>) {
    loop {
        // Running out of file handles passes; the next connection tries again.
        let Ok((near, _)) = listener.accept().await else {
            continue;
        };
        tokio::spawn(carry(near, state.subscribe()));
    }
}

/// Carries one connection until either end closes it or the link is cut.
async fn carry(mut near: TcpStream, mut state: watch::Receiver<State>) {
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
        // How a connection ends is for its two ends to know.
        let _ = copy_bidirectional(&mut near, &mut far).await;
    };
    let cut = tokio::select! {
        () = pass => false,
        _ = state.wait_for(|state| !state.up) => true,
    };
    if cut {
        reset(near);
    }
}

/// Closes with a reset: a half-sent page must look torn, not finished.
fn reset(connection: TcpStream) {
    // Without it the connection still closes, only more politely.
    let _ = connection.set_zero_linger();
}
