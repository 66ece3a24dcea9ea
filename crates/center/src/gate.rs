//! The gate: every change is checked here before anybody else can see it (DESIGN §4.8).
//!
//! Serial, on the writer's thread. The change is made again from its intent on a document
//! that holds just what the author had seen, and must come out byte for byte the same; so
//! nothing of the bytes a phone sent is ever believed.

mod check;
mod commit;
mod drafts;
mod erased;
mod group;
mod index;
mod judge;
mod kept;
mod place;
mod quarantine;
mod refusal;
mod regain;
mod rules;
mod writer;

pub(crate) use check::{Checked, check};
pub(crate) use drafts::Drafts;
pub(crate) use group::receive;
pub(crate) use index::index;
pub(crate) use place::{TableAtlas, buckets_of, settle};
pub(crate) use quarantine::Quarantine;
pub(crate) use refusal::Refused;
pub(crate) use regain::{Regain, known_as};
pub(crate) use writer::{Writer, lineage};
