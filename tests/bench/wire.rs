//! A link that counts what goes over it, can be cut after so many bytes, and can be as slow as
//! a bad mobile network. The same for every system; what passes is not changed.

mod meter;
mod slow;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub(crate) use meter::{Tally, Way};
pub(crate) use slow::{BAD, Slow};

use crate::Outcome;
use meter::Meter;
use slow::Line;

/// The link. Dropping it cuts it for good.
pub(crate) struct Wire {
    port: u16,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    target: SocketAddr,
    up: watch::Sender<bool>,
    tally: Mutex<Tally>,
    /// Bytes down after which it cuts itself.
    cut_at: Mutex<Option<u64>>,
    line: Option<Line>,
}

impl Wire {
    /// Listens on a free port of the loopback and passes on to `target`.
    pub(crate) async fn open(target: u16, slow: Option<Slow>) -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared {
            target: (Ipv4Addr::LOCALHOST, target).into(),
            up: watch::Sender::new(true),
            tally: Mutex::default(),
            cut_at: Mutex::default(),
            line: slow.map(Line::new),
        });
        let task = tokio::spawn(accept(listener, shared.clone()));
        Ok(Self { port, shared, task })
    }

    /// The port that a phone connects to.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// What went over it so far.
    pub(crate) fn tally(&self) -> Tally {
        lock(&self.shared.tally).clone()
    }

    /// Resets all connections and lets none through.
    pub(crate) fn cut(&self) {
        self.shared.up.send_replace(false);
    }

    /// Cuts as soon as so many bytes came down, counted from the first.
    pub(crate) fn cut_at(&self, bytes: u64) {
        *lock(&self.shared.cut_at) = Some(bytes);
    }

    /// Waits until it is cut.
    pub(crate) async fn is_cut(&self) {
        // The sender lives as long as we do.
        let mut up = self.shared.up.subscribe();
        let _always = up.wait_for(|up| !up).await;
    }

    /// Lets connections through again.
    pub(crate) fn restore(&self) {
        self.shared.up.send_replace(true);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
        self.cut();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((near, _)) = listener.accept().await {
        tokio::spawn(carry(near, shared.clone()));
    }
}

/// Carries one connection until both ends have closed it or the link is cut.
async fn carry(mut near: TcpStream, shared: Arc<Shared>) {
    let mut up = shared.up.subscribe();
    let cut = tokio::select! {
        biased;
        _ = up.wait_for(|up| !up) => true,
        () = pass(&mut near, &shared) => false,
    };
    if cut {
        // A half-sent answer must look torn, not finished.
        let _ = near.set_zero_linger();
    }
}

async fn pass(near: &mut TcpStream, shared: &Shared) {
    if let Some(line) = &shared.line {
        line.greet().await;
    }
    let Ok(mut far) = TcpStream::connect(shared.target).await else {
        return;
    };
    let _ = near.set_nodelay(true);
    let _ = far.set_nodelay(true);
    lock(&shared.tally).connections += 1;
    let meter = Mutex::new(Meter::default());
    let (near_read, near_write) = near.split();
    let (far_read, far_write) = far.split();
    tokio::join!(
        pump(near_read, far_write, Way::Up, &meter, shared),
        pump(far_read, near_write, Way::Down, &meter, shared),
    );
}

async fn pump(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    way: Way,
    meter: &Mutex<Meter>,
    shared: &Shared,
) {
    let note = |bytes: &[u8]| {
        let down = {
            let mut tally = lock(&shared.tally);
            lock(meter).note(&mut tally, way, bytes);
            tally.down
        };
        if lock(&shared.cut_at).is_some_and(|limit| down >= limit) {
            *lock(&shared.cut_at) = None;
            shared.up.send_replace(false);
        }
    };
    if let Some(line) = &shared.line {
        line.pump(from, to, way, note).await;
        return;
    }
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        note(&buffer[..read]);
        if to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
    // The other end may have gone already.
    let _ = to.shutdown().await;
}
