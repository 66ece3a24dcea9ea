//! What the shell asks of the phone behind it.
//!
//! The shell knows nothing of commands, records or the center: it carries a name and
//! a JSON value to the phone and the answer back. Keeping this seam narrow lets the
//! shell be tried with a phone made of a few lines.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::broadcast;

use crate::error::EdgeError;

/// A future that the shell may move between threads.
pub(crate) type Answer<T> = Pin<Box<dyn Future<Output = Result<T, EdgeError>> + Send>>;

/// The phone, as the shell sees it.
pub(crate) trait Host: Send + Sync + 'static {
    /// Runs one field command.
    fn call(self: Arc<Self>, name: String, request: Value) -> Answer<Value>;

    /// A photo as JPEG, at least `width` pixels wide where the phone has it that large.
    fn photo(self: Arc<Self>, id: String, width: u32) -> Answer<Vec<u8>>;

    /// The app is in front again: a good moment to sync.
    fn resumed(&self);

    /// What happens on the phone, for the UI.
    fn events(&self) -> broadcast::Receiver<Value>;

    /// The only folder a picked photo may be copied to.
    fn incoming_dir(&self) -> PathBuf;
}
