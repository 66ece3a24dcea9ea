//! A thin, long, lossy line: bytes leave one after the other at a rate, arrive half a round trip
//! later, and a lost packet holds up its connection until it was sent again.

use std::sync::Mutex;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

use super::{Way, lock};

/// What a packet carries, and what TCP and IP put around it.
const SEGMENT: usize = 1_460;
const AROUND: u32 = 40;
/// Packets under way in one direction of a connection, as a phone's buffers would hold.
const UNDER_WAY: usize = 64;

/// How bad.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slow {
    pub(crate) round_trip: Duration,
    /// Bytes a second, each way.
    pub(crate) rate: u32,
    /// Packets lost in a hundred.
    pub(crate) lost: u64,
    /// How long a lost packet holds up those behind it.
    pub(crate) stall: Duration,
}

/// A mobile network at the edge of its reach.
pub(crate) const BAD: Slow = Slow {
    round_trip: Duration::from_millis(300),
    rate: 32 * 1024,
    lost: 5,
    stall: Duration::from_millis(300),
};

/// One line, shared by all connections over it.
pub(crate) struct Line {
    slow: Slow,
    state: Mutex<State>,
}

struct State {
    free: [Instant; 2],
    dice: u64,
}

impl Line {
    pub(super) fn new(slow: Slow) -> Self {
        Self {
            slow,
            state: Mutex::new(State {
                free: [Instant::now(); 2],
                dice: 1,
            }),
        }
    }

    /// What it takes to open a connection.
    pub(super) async fn greet(&self) {
        sleep(self.slow.round_trip).await;
    }

    pub(super) async fn pump(
        &self,
        mut from: ReadHalf<'_>,
        mut to: WriteHalf<'_>,
        way: Way,
        note: impl Fn(&[u8]),
    ) {
        let (send, mut receive) = mpsc::channel::<(Instant, Vec<u8>)>(UNDER_WAY);
        let reading = async move {
            let mut buffer = [0; SEGMENT];
            let mut latest = Instant::now();
            while let Ok(read @ 1..) = from.read(&mut buffer).await {
                note(&buffer[..read]);
                latest = latest.max(self.arrival(way, read));
                if send.send((latest, buffer[..read].to_vec())).await.is_err() {
                    return;
                }
            }
        };
        let writing = async move {
            while let Some((at, bytes)) = receive.recv().await {
                sleep_until(at).await;
                if to.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            // The other end may have gone already.
            let _ = to.shutdown().await;
        };
        tokio::join!(reading, writing);
    }

    /// When a packet that is handed over now comes out at the other end.
    fn arrival(&self, way: Way, bytes: usize) -> Instant {
        let size = u32::try_from(bytes).unwrap_or(u32::MAX);
        let takes = Duration::from_secs(1) * (size + AROUND) / self.slow.rate;
        let mut state = lock(&self.state);
        let left = state.free[way as usize].max(Instant::now()) + takes;
        state.free[way as usize] = left;
        let arrives = left + self.slow.round_trip / 2;
        // The same packets are lost in every run, as far as the same packets are sent.
        state.dice = state
            .dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        if (state.dice >> 33) % 100 < self.slow.lost {
            return arrives + self.slow.stall;
        }
        arrives
    }
}
