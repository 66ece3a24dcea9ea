//! A phone's media source: the system's camera and its album.

use std::path::PathBuf;

use linli_field::EdgeError;
use serde_json::json;
use tauri::plugin::mobile::PluginInvokeError;
use tauri::{AppHandle, Runtime};

use super::{Picked, incoming};
use crate::system;

/// Takes or chooses a photo into the file `path`. `None` when the person didn't.
///
/// # Errors
/// `photo_no_source` when the phone has no such app, `photo_not_an_image` when the album
/// could not read it, `disk_full` or `internal` when there is no room for it.
pub(crate) async fn pick<R: Runtime>(
    app: AppHandle<R>,
    source: String,
    path: PathBuf,
) -> Result<Option<Picked>, EdgeError> {
    let source = match source.as_str() {
        "camera" => "camera",
        "album" => "album",
        _ => return Err(EdgeError::code("photo_no_source")),
    };
    drop(incoming::reserve(&path).map_err(incoming::no_room)?);
    let asked = system::ask(&app, "pick", json!({ "source": source, "file": path })).await;
    // Camera apps differ in what they answer: what counts is whether there is a picture.
    let taken = incoming::keep_if_filled(&path);
    match asked {
        Ok(()) if taken => Ok(Some(Picked { source })),
        Ok(()) => Ok(None),
        Err(PluginInvokeError::InvokeRejected(e)) if e.code.as_deref() == Some("no_source") => {
            Err(EdgeError::code("photo_no_source"))
        }
        Err(PluginInvokeError::InvokeRejected(_)) => Err(EdgeError::code("photo_not_an_image")),
        Err(_) => Err(EdgeError::code("internal")),
    }
}
