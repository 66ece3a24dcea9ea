//! A phone's media source: the system's camera and its album, through `PhotoPlugin.kt`.

use std::path::PathBuf;

use serde_json::{Value, json};
use tauri::plugin::mobile::PluginInvokeError;
use tauri::plugin::{Builder, PluginHandle, TauriPlugin};
use tauri::{AppHandle, Manager, Runtime};

use super::{Picked, incoming};
use crate::error::EdgeError;

/// The Kotlin half.
struct PhotoPlugin<R: Runtime>(PluginHandle<R>);

/// Connects the Kotlin half. Pages cannot call it: nothing is granted for it.
pub(crate) fn plugin<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("photos")
        .setup(|app, api| {
            let handle = api.register_android_plugin("cn.linli.field", "PhotoPlugin")?;
            app.manage(PhotoPlugin(handle));
            Ok(())
        })
        .build()
}

/// Takes or chooses a photo into `incoming`. `None` when the person didn't.
///
/// # Errors
/// `media_no_source` when the phone has no such app, `media_unreadable` otherwise.
pub(crate) async fn pick<R: Runtime>(
    app: AppHandle<R>,
    source: String,
    incoming: PathBuf,
) -> Result<Option<Picked>, EdgeError> {
    let source = match source.as_str() {
        "camera" => "camera",
        "album" => "album",
        _ => return Err(EdgeError::code("media_no_source")),
    };
    let file = incoming::reserve(&incoming, "jpg")
        .map_err(|_| EdgeError::code("media_unreadable"))?
        .name;
    let path = incoming.join(&file);
    let asked = app
        .state::<PhotoPlugin<R>>()
        .0
        .run_mobile_plugin_async::<Value>("pick", json!({ "source": source, "file": path }))
        .await;
    // The camera app may be killed or cancelled after it has written: what counts is the file.
    let taken = incoming::keep_if_filled(&path);
    match asked {
        Ok(_) if taken => Ok(Some(Picked { file, source })),
        Ok(_) => Ok(None),
        Err(PluginInvokeError::InvokeRejected(e)) if e.code.is_some() => {
            Err(EdgeError::code("media_no_source"))
        }
        Err(_) => Err(EdgeError::code("media_unreadable")),
    }
}
