//! The central server: enrolment, the gate, the feed, the console.
//!
//! * [`keys`], [`config`]: what `init` makes
//! * [`serve`](serve()): devices by TLS, the console on loopback
//! * `enrol`, `sync`, `hand_back`, `media`, `recovery`: one file per call of a device
//! * [`backup`], [`restore`]: a consistent copy, and a new generation out of one
//! * `gate`: every change is checked before anybody else can see it
//! * [`limits`], `flood`: how much anybody may ask
//! * [`erase`]: a resident is taken out of everything
//! * `membership`: who may see a document
//! * `store`: the database, and the only place that knows a table

pub mod backup;
mod center;
pub mod cli;
pub mod config;
pub mod console;
pub mod enrol;
pub mod erase;
mod failure;
mod flood;
mod gate;
pub mod grid;
mod hand;
mod hand_back;
pub mod import_org;
pub mod keys;
mod ledger;
mod limiter;
pub mod limits;
pub mod load;
mod media;
mod membership;
pub mod post;
mod recovery;
pub mod restore;
pub mod revoke;
mod serve;
mod store;
mod sync;
mod utc;
mod world;
mod written;

pub use center::{Center, OpenError};
pub use media::MediaError;
pub use serve::{Listeners, devices, serve};
pub use store::StoreError;
pub use world::{System, World};
