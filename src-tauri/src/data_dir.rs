//! Where the phone keeps everything it has.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Runtime};

/// Overrides the folder on a desktop, for tests and the demo.
#[cfg(desktop)]
const OVERRIDE: &str = "LINLI_DATA_DIR";

/// The folder for the database, photos and (on a desktop) the key.
///
/// On Android this lies inside the app's private storage, which the backup rules of
/// the Android project leave out whole.
pub(crate) fn data_dir<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<PathBuf> {
    #[cfg(desktop)]
    if let Some(dir) = std::env::var_os(OVERRIDE).filter(|dir| !dir.is_empty()) {
        return Ok(PathBuf::from(dir));
    }
    Ok(app.path().app_data_dir()?.join("phone"))
}
