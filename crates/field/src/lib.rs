//! What a phone does, without a window: commands, sync, photos. The Tauri shell and the
//! loopback web host are two thin hosts around [`Phone`].

pub mod api;
mod boot;
pub mod command;
mod desk;
mod env;
mod error;
mod keystore;
mod lease;
mod locate;
mod lock;
mod media;
mod phone;
mod seal;
mod session;
mod sync;
#[cfg(test)]
mod trial;
mod view;
mod wipe;

pub use api::EdgeError;
pub use env::{Env, SystemEnv};
pub use keystore::{FileKeyStore, KeyStore, KeyStoreError};
pub use phone::{Phone, PhoneConfig};
pub use sync::Https;
pub use sync::wire;
