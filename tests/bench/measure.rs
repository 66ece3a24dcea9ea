//! Time, bytes, processor and memory of one step.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::system::Said;
use crate::usage::{self, Usage};
use crate::wire::Wire;

/// What one step took.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) ms: f64,
    /// Payload of TCP, phone to server.
    pub(crate) bytes_up: u64,
    pub(crate) bytes_down: u64,
    /// The same without TLS, where there is any: HTTP requests and answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) http_up: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) http_down: Option<u64>,
    /// HTTP requests, or WebSocket messages up.
    pub(crate) requests: u64,
    /// How often the phone sent after it had received: waits, one after the other.
    pub(crate) round_trips: u64,
    pub(crate) connections: u64,
    pub(crate) docs: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ms_per_doc: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) edits_made: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) edits_shown: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) edits_retrievable: Option<u64>,
    pub(crate) cpu_client_s: f64,
    pub(crate) cpu_server_s: f64,
    pub(crate) rss_client_mb: f64,
    pub(crate) rss_server_mb: f64,
    /// Not finished within the cap, or broken: then `why` says more.
    pub(crate) dnf: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
}

/// Whom a step keeps busy.
#[derive(Clone, Copy)]
pub(crate) struct Watched<'a> {
    pub(crate) wires: &'a [&'a Wire],
    pub(crate) clients: &'a [Option<u32>],
    pub(crate) server: Option<u32>,
}

struct Snapshot {
    wires: Vec<crate::wire::Tally>,
    clients: Vec<Usage>,
    server: Usage,
}

impl Watched<'_> {
    fn look(&self) -> Snapshot {
        Snapshot {
            wires: self.wires.iter().map(|wire| wire.tally()).collect(),
            clients: self.clients.iter().map(|id| usage::of(*id)).collect(),
            server: usage::of(self.server),
        }
    }

    /// Does a step and measures it; ends it after `cap`.
    pub(crate) async fn measure(
        &self,
        cap: Duration,
        work: impl Future<Output = Outcome<Said>>,
    ) -> Row {
        let before = self.look();
        let start = Instant::now();
        let done = tokio::time::timeout(cap, work).await;
        let ms = start.elapsed().as_secs_f64() * 1_000.0;
        let after = self.look();
        let mut row = between(&before, &after);
        row.ms = ms;
        match done {
            Ok(Ok(said)) => {
                row.ms -= said.silence;
                row.docs = said.docs;
                if let Some(messages) = said.messages {
                    row.requests = messages;
                }
            }
            Ok(Err(error)) => {
                row.dnf = true;
                row.why = Some(error.to_string().lines().take(2).collect());
            }
            Err(_) => {
                row.dnf = true;
                row.why = Some(format!("not finished after {} s", cap.as_secs()));
            }
        }
        row
    }
}

fn between(before: &Snapshot, after: &Snapshot) -> Row {
    let mut row = Row::default();
    let mut inside = [0; 2];
    for (before, after) in before.wires.iter().zip(&after.wires) {
        row.bytes_up += after.up - before.up;
        row.bytes_down += after.down - before.down;
        row.requests += after.requests - before.requests;
        row.round_trips += after.turns - before.turns;
        row.connections += after.connections - before.connections;
        for (sum, (before, after)) in inside
            .iter_mut()
            .zip(before.inside.iter().zip(&after.inside))
        {
            *sum += after - before;
        }
    }
    if inside != [0; 2] {
        (row.http_up, row.http_down) = (Some(inside[0]), Some(inside[1]));
    }
    for (before, after) in before.clients.iter().zip(&after.clients) {
        row.cpu_client_s += after.cpu_s - before.cpu_s;
        row.rss_client_mb = row.rss_client_mb.max(after.peak_mb);
    }
    row.cpu_server_s = after.server.cpu_s - before.server.cpu_s;
    row.rss_server_mb = after.server.peak_mb;
    row
}
