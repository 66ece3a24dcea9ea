//! The commands the page may invoke. One carries every field command; the other is
//! for photos, whose bytes never pass through the page.

use linli_field::EdgeError;
use serde_json::Value;
use tauri::{AppHandle, Runtime, State, async_runtime};

use crate::media_source::{self, Picked};
use crate::opening::Opening;

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

/// Lets the person take or choose the picture of the photo `id` (`camera` or `album`). Null when
/// nothing was chosen.
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
