//! A phone's media source: the system's camera, its album, and what other apps share.

use std::path::PathBuf;

use linli_field::EdgeError;
use serde_json::json;
use tauri::plugin::mobile::PluginInvokeError;
use tauri::{AppHandle, Runtime};

use super::{Picked, Shared, incoming};
use crate::system;

/// Takes or chooses a photo into the file `path`, or the next shared one. `None` when the person
/// didn't, or none is left.
///
/// # Errors
/// `photo_no_source` when the phone has no such app, `photo_not_an_image` when the album
/// could not read it, `photo_too_large`, `disk_full` or `internal` when there is no room for it.
pub(crate) async fn pick<R: Runtime>(
    app: AppHandle<R>,
    source: String,
    path: PathBuf,
) -> Result<Option<Picked>, EdgeError> {
    let source = match source.as_str() {
        "camera" => "camera",
        "album" => "album",
        "share" => "share",
        _ => return Err(EdgeError::code("photo_no_source")),
    };
    drop(incoming::reserve(&path).map_err(incoming::no_room)?);
    let request = json!({ "source": source, "file": path, "most": incoming::LARGEST });
    let asked = system::ask(&app, "pick", request).await;
    // Camera apps differ in what they answer: what counts is whether there is a picture.
    let taken = incoming::keep_if_filled(&path);
    match asked {
        Ok(()) if taken => Ok(Some(Picked { source })),
        Ok(()) => Ok(None),
        Err(PluginInvokeError::InvokeRejected(e)) => {
            Err(EdgeError::code(match e.code.as_deref() {
                Some("no_source") => "photo_no_source",
                Some("too_large") => "photo_too_large",
                _ => "photo_not_an_image",
            }))
        }
        Err(_) => Err(EdgeError::code("internal")),
    }
}

/// How many pictures other apps have shared.
///
/// # Errors
/// `internal` when Android doesn't answer.
pub(crate) async fn shared<R: Runtime>(app: &AppHandle<R>) -> Result<Shared, EdgeError> {
    system::ask_for(app, "shared", json!({}))
        .await
        .map_err(|_| EdgeError::code("internal"))
}

/// Lets go of those that were not taken in.
///
/// # Errors
/// `internal` when Android doesn't answer.
pub(crate) async fn forget_shared<R: Runtime>(app: &AppHandle<R>) -> Result<(), EdgeError> {
    system::ask(app, "forgetShared", json!({}))
        .await
        .map_err(|_| EdgeError::code("internal"))
}
