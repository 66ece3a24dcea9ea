//! What only Android itself can do for us: the camera, the album, positions, the dialler.
//! The Kotlin half is `SystemPlugin.kt`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tauri::plugin::mobile::PluginInvokeError;
use tauri::plugin::{Builder, PluginHandle, TauriPlugin};
use tauri::{AppHandle, Manager, Runtime};

/// The Kotlin half.
struct System<R: Runtime>(PluginHandle<R>);

/// Connects the Kotlin half. Pages cannot call it: nothing is granted for it.
pub(crate) fn plugin<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("system")
        .setup(|app, api| {
            let handle = api.register_android_plugin("cn.linli.field", "SystemPlugin")?;
            app.manage(System(handle));
            Ok(())
        })
        .build()
}

/// Asks the Kotlin half. Never from the main thread, on which it answers.
pub(crate) async fn ask<R: Runtime>(
    app: &AppHandle<R>,
    command: &str,
    request: impl Serialize,
) -> Result<(), PluginInvokeError> {
    ask_for::<R, Value>(app, command, request).await.map(drop)
}

/// Asks for an answer of the Kotlin half.
pub(crate) async fn ask_for<R: Runtime, T: DeserializeOwned>(
    app: &AppHandle<R>,
    command: &str,
    request: impl Serialize,
) -> Result<T, PluginInvokeError> {
    let system = app.state::<System<R>>();
    system.0.run_mobile_plugin_async(command, request).await
}
