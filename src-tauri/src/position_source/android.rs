//! A phone's positions: Android's own receivers, through `PositionWatch.kt`.

use serde_json::{Value, json};
use tauri::ipc::{Channel, InvokeResponseBody};
use tauri::{AppHandle, Runtime};
use tokio::sync::mpsc::UnboundedSender;

use super::{Heard, Why};
use crate::system;

/// A phone always has a source; whether it finds anything is another matter.
pub(crate) fn present() -> bool {
    true
}

/// Asks for the permission if need be, and tells what the receivers say until it is dropped.
pub(crate) async fn watch<R: Runtime>(app: &AppHandle<R>, watch: u32, say: UnboundedSender<Heard>) {
    // Tauri keeps a channel for as long as the app runs: it must not keep the watch as well.
    let weak = say.downgrade();
    let on = Channel::<Value>::new(move |body| {
        let heard = match body {
            InvokeResponseBody::Json(json) => serde_json::from_str(&json).ok(),
            InvokeResponseBody::Raw(_) => None,
        };
        if let (Some(heard), Some(say)) = (heard, weak.upgrade()) {
            // Nobody listens any more when it has just been stopped.
            let _ = say.send(heard);
        }
        Ok(())
    });
    let request = json!({ "watch": watch, "on": on });
    if system::ask(app, "watchPosition", request).await.is_err() {
        let _ = say.send(Heard::None(Why::Failed));
        return;
    }
    std::future::pending().await
}

/// Lets the receivers rest, when no other watch needs them.
pub(crate) async fn end<R: Runtime>(app: &AppHandle<R>, watch: u32) {
    if let Err(e) = system::ask(app, "stopPosition", json!({ "watch": watch })).await {
        tracing::warn!(error = %e, "a watch could not be stopped");
    }
}
