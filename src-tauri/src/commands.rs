//! The commands the page may invoke. One carries every field command; the others are for what
//! only the device has: photos, whose bytes never pass through the page, and positions.

use linli_field::EdgeError;
use serde_json::Value;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime, State, async_runtime};

use crate::media_source::{self, Picked, Shared};
use crate::opening::Opening;
use crate::position_source::{self, Heard, Watches};

/// Runs the field command `name`.
#[tauri::command]
pub(crate) async fn call(
    opening: State<'_, Opening>,
    name: String,
    request: Value,
) -> Result<Value, EdgeError> {
    let phone = opening.phone().await?;
    // A task of its own: if it panics, the page gets an answer instead of waiting for ever.
    async_runtime::spawn(async move { phone.call(&name, request).await })
        .await
        .unwrap_or_else(|_| Err(EdgeError::code("internal")))
}

/// Lets the person take or choose the picture of the photo `id` (`camera` or `album`), or takes
/// the next that was shared (`share`). Null when nothing was chosen or none is left.
#[tauri::command]
pub(crate) async fn pick_photo<R: Runtime>(
    app: AppHandle<R>,
    opening: State<'_, Opening>,
    id: String,
    source: String,
) -> Result<Option<Picked>, EdgeError> {
    let path = opening.phone().await?.incoming_file(&id)?;
    media_source::pick(app, source, path).await
}

/// How many pictures were shared into the app and wait to be picked.
#[tauri::command]
pub(crate) async fn shared_photos<R: Runtime>(app: AppHandle<R>) -> Result<Shared, EdgeError> {
    media_source::shared(&app).await
}

/// Lets go of the shared pictures that wait: there is no report for them.
#[tauri::command]
pub(crate) async fn forget_shared<R: Runtime>(app: AppHandle<R>) -> Result<(), EdgeError> {
    media_source::forget_shared(&app).await
}

/// Whether there is a position to ask for.
#[tauri::command]
pub(crate) fn position_source() -> bool {
    position_source::present()
}

/// Tells `on` where the phone is until [`stop_position`] is told the number that this gives, the
/// page is left, or a minute has passed.
#[tauri::command]
pub(crate) fn watch_position<R: Runtime>(
    app: AppHandle<R>,
    watches: State<'_, Watches>,
    on: Channel<Heard>,
) -> u32 {
    watches.start(app, on)
}

/// Ends a watch.
#[tauri::command]
pub(crate) fn stop_position(watches: State<'_, Watches>, watch: u32) {
    watches.stop(watch);
}
