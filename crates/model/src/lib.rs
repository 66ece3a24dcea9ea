//! Domain types, Automerge documents, rules and geometry of Linli: pure, no I/O, no clock.
//!
//! * [`document`], [`fields`], [`history`]: one CRDT document, read and written as path → scalar;
//!   [`flat`] only reads, and is fast; [`chunk`] reads no more than a change's beginning
//! * [`schema`]: what each [`kind`] of document may hold
//! * [`kinds`]: typed views and edits, one file per kind
//! * [`intent`], [`actor`]: what a person did, by whom
//! * [`digests`]: whether two sides hold the same; [`erase`]: one person taken out of a document
//! * [`workflow`]: the line of events of a case or task
//! * [`org`]: scopes; [`bundle`]: a county in one file

pub mod actor;
pub mod bundle;
pub mod chunk;
pub mod digests;
pub mod document;
pub mod erase;
pub mod fields;
pub mod flat;
pub mod genesis;
pub mod geometry;
pub mod history;
pub mod ids;
pub mod intent;
pub mod kind;
pub mod kinds;
pub mod mutant;
pub mod org;
pub mod permission;
pub mod reference;
pub mod schema;
pub mod search;
pub mod typed;
pub mod value;
pub mod workflow;

/// SHA-256 over parts, each preceded by nothing: callers give the first part a fixed label.
pub fn digest(parts: &[&[u8]]) -> [u8; 32] {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}
