//! The phone's encrypted SQLite: the only device code that knows a table.
//!
//! * [`open`]: the file, its key, migrations
//! * [`record`]: one user action becomes intents, changes and tables in one transaction
//! * [`outbox`]: what waits for the center, and its verdicts
//! * [`mend`]: what came back is written once more, [`decision`]: or a desk decides
//! * [`page`]: what the center sends
//! * [`rebase`]: what happens to later edits when an earlier one came back
//! * [`renew`]: a document begins anew without somebody who was erased; [`erase`]: what else is
//!   kept of them goes
//! * [`project`]: tables for screens, rebuilt from a document
//! * [`generation`]: the center was restored from a backup; [`proof`]: what it has lost is given
//!   back
//! * [`read`]: what screens ask
//! * [`media`]: photos, [`meta`]: single values

pub mod access;
mod arrive;
pub mod decision;
pub mod digest;
pub mod directory;
pub mod document;
pub mod erase;
pub mod error;
pub mod generation;
pub mod media;
pub mod mend;
pub mod meta;
mod migrate;
pub mod open;
pub mod outbox;
pub mod page;
mod project;
pub mod proof;
pub mod read;
pub mod rebase;
pub mod record;
pub mod renew;
mod row;
mod standing;

pub use error::StoreError;
pub use open::{Key, Store};
pub use project::rebuild as rebuild_tables;
pub use rusqlite::Transaction;
