//! A simulator under one seed: real phones (their whole program but the window) and a real
//! center over real SQLite files, in one process, with a network between them that loses,
//! doubles, delays and tears what it carries, phones and a center that die or lose their power,
//! and clocks that are a month off. Then the faults stop, everything must come to rest, and [`check`] looks
//! for anything a person wrote that is gone, doubled, or replaced unseen.
//!
//! Nothing here waits for real time. A seed that fails can be run again by itself.

mod check;
mod death;
mod die;
mod forgotten;
mod heal;
mod hostile;
mod ledger;
mod network;
mod office;
mod person;
mod phone;
mod run;
mod template;
mod town;

pub use forgotten::forgotten;
pub use heal::heals;
pub use run::{Fate, Tally, run};
pub use template::Template;
