//! What an attacker can compute: lengths, checksums, names, and what an intent claims of its
//! change.

use std::panic::{AssertUnwindSafe, catch_unwind};

use linli_model::actor::{Actor, Hlc};
use linli_model::chunk::name_of;
use linli_model::chunk::header_of;
use linli_protocol::sync::{Sent, SyncRequest};
use linli_protocol::{decode, encode};

use crate::forge;

/// The body of an input: as it stands, or with every change sealed.
pub(crate) fn body(data: &[u8]) -> Vec<u8> {
    let Some((mode, body)) = data.split_first() else {
        return Vec::new();
    };
    if mode & SEALED == 0 {
        return body.to_vec();
    }
    let Ok(mut request) = decode::<SyncRequest>(body) else {
        return body.to_vec();
    };
    request.intents.iter_mut().for_each(seal);
    encode(&request)
}

/// The bit of the first byte that says that changes are sealed before they are sent.
pub(crate) const SEALED: u8 = 0x80;

/// Makes a change's envelope fit, and the intent say of it what it is.
pub(crate) fn seal(sent: &mut Sent) {
    if sent.change.is_empty() {
        return;
    }
    if name_of(&sent.change).is_err() {
        sent.change = match sent.change.get(10..) {
            // The head is what is broken, or the body no longer fits it.
            Some(rest) if forge::inside(&sent.change).is_none() => forge::sealed(rest),
            _ => forge::inside(&sent.change).map_or_else(Vec::new, forge::sealed),
        };
    }
    let (Some(target), Ok(name)) = (&mut sent.intent.target, name_of(&sent.change)) else {
        return;
    };
    target.change = name;
    // The engine may panic on what it is given, as at the center.
    let Ok(Ok(header)) = catch_unwind(AssertUnwindSafe(|| header_of(&sent.change))) else {
        return;
    };
    if let Some(actor) = Actor::from_bytes(&header.actor) {
        target.counter = actor.counter;
    }
    target.seen = header.deps;
    if let Ok(seconds) = u64::try_from(header.time) {
        let ms = seconds.saturating_mul(1_000);
        if sent.intent.hlc.seconds() != header.time {
            sent.intent.hlc = Hlc { ms, count: 0 };
        }
    }
}
