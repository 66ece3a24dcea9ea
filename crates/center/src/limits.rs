//! How much one phone, or whoever knocks, may ask of the center. An honest phone meets none of
//! these; an operator can set each under `[limits]` in `center.toml`.

use std::time::Duration;

use linli_protocol::limits::MAX_PLAIN;
use serde::{Deserialize, Serialize};

/// The limits. What a single message may hold is in `linli_protocol::limits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Milliseconds a connection may say nothing, or dribble a header.
    pub silence_ms: u64,
    /// Milliseconds a body may take: half a megabyte over 2G, with patience.
    pub body_ms: u64,
    /// Calls of one phone at once.
    pub calls: u32,
    /// Calls of one phone in a second, after that.
    pub calls_per_second: u32,
    /// Calls in a minute from one address under tokens that nobody has.
    pub strangers: u32,
    /// Refused intents of one phone that are kept in a day; then its pushes wait.
    pub refused: u64,
    /// Bytes of them.
    pub refused_bytes: u64,
    /// Bytes of one phone that are taken in a day; then its pushes wait.
    pub accepted_bytes: u64,
    /// Changes of one phone to one document in a day; then those wait.
    pub changes: u64,
    /// Edits of one document that stand side by side, unseen by each other's authors; then more
    /// wait until somebody has seen these. An edit that has seen all names each, 32 bytes of the
    /// 64 KB it may have. Whole quarters answer one roll-call from where there is no signal.
    pub heads: usize,
    /// Largest document as saved, bytes, with its history: it must fit into one answer.
    pub document_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            silence_ms: 120_000,
            body_ms: 300_000,
            calls: 600,
            calls_per_second: 10,
            strangers: 120,
            refused: 500,
            refused_bytes: 2 * 1024 * 1024,
            accepted_bytes: 32 * 1024 * 1024,
            changes: 2_000,
            heads: 1_000,
            document_bytes: MAX_PLAIN / 2,
        }
    }
}

impl Limits {
    pub(crate) fn silence(&self) -> Duration {
        Duration::from_millis(self.silence_ms)
    }

    pub(crate) fn body(&self) -> Duration {
        Duration::from_millis(self.body_ms)
    }

    pub(crate) fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}
