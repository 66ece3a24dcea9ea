//! The field commands over loopback HTTP, so that a phone can be shown in a plain browser.
//!
//! For the demo and for tests; never part of the app. It listens on 127.0.0.1 only, and whoever
//! asks needs the token that was made for this run: other programs and pages on the machine
//! don't have it.

mod command;
mod events;
mod failure;
mod files;
mod guard;
mod host;
mod incoming;
mod phone;
mod photo;
mod server;
mod token;

pub use failure::Failure;
pub use host::{Answer, Host};
pub use server::{Server, ServerConfig};
pub use token::Token;
