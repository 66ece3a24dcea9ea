//! A center and phones as real processes on one machine, with links that can be cut.
//!
//! Shared by the demo and by the tests, never shipped. It knows nothing of records: it starts
//! the other programs, speaks to them as a person or a browser would, and stops them.

pub mod binaries;
pub mod center;
pub mod county;
pub mod front;
pub mod http;
pub mod link;
pub mod phone;
pub mod process;
pub mod stage;

mod error;

pub use error::RigError;
