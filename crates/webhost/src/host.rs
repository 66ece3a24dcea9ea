//! What the web host asks of the phone behind it.
//!
//! Narrow on purpose: a command's name and JSON go in, JSON comes out. So the HTTP side can be
//! tried with a phone made of a few lines.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;

use serde_json::Value;
use tokio::sync::broadcast;

use crate::Failure;

/// A future that may move between threads.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// The phone, as the web host sees it.
pub trait Host: Send + Sync + 'static {
    /// Runs one field command.
    fn call<'a>(&'a self, name: &'a str, request: Value) -> Answer<'a, Value>;

    /// A photo as JPEG, at least `width` pixels wide where the phone has it that large.
    fn photo<'a>(&'a self, id: &'a str, width: u32) -> Answer<'a, Vec<u8>>;

    /// What happens on the phone without a command.
    fn events(&self) -> broadcast::Receiver<Value>;

    /// Where the picture of the photo `id` has to be put; its folder exists.
    fn incoming_file(&self, id: &str) -> Result<PathBuf, Failure>;

    /// Somebody opened the page, or the network changed: a good moment to sync.
    fn resumed(&self);
}
