//! When to stop.

use linli_rig::RigError;
use tokio::io::AsyncReadExt;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Hears Ctrl-C, a polite kill and a closed terminal.
pub(crate) struct Stop {
    signals: [Signal; 3],
}

impl Stop {
    /// From now on these no longer end the program by themselves.
    pub(crate) fn listen() -> Result<Self, RigError> {
        let hear = |kind| {
            signal(kind).map_err(|reason| RigError::Io {
                what: "hearing signals".into(),
                reason,
            })
        };
        Ok(Self {
            signals: [
                hear(SignalKind::interrupt())?,
                hear(SignalKind::terminate())?,
                hear(SignalKind::hangup())?,
            ],
        })
    }

    /// Ready at the first of them.
    pub(crate) async fn heard(&mut self) {
        let [a, b, c] = &mut self.signals;
        tokio::select! {
            _ = a.recv() => {}
            _ = b.recv() => {}
            _ = c.recv() => {}
        }
    }
}

/// Ready when nobody holds the other end of standard input any more.
pub(crate) async fn input_closed() {
    let mut buffer = [0; 256];
    let mut input = tokio::io::stdin();
    while matches!(input.read(&mut buffer).await, Ok(n) if n > 0) {}
}
