//! Where the phone keeps everything it has.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Runtime};

/// Overrides the folder on a desktop, for tests and the demo.
#[cfg(desktop)]
const OVERRIDE: &str = "LINLI_DATA_DIR";

/// The folder for the database, photos and (on a desktop) the key.
///
/// On Android it lies in the app's private storage, which the Android project's backup
/// rules leave out whole, and under `files`, since only from there can the camera app be
/// lent a place to write to (`res/xml/file_paths.xml`).
pub(crate) fn data_dir<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<PathBuf> {
    #[cfg(desktop)]
    if let Some(dir) = std::env::var_os(OVERRIDE).filter(|dir| !dir.is_empty()) {
        return Ok(PathBuf::from(dir));
    }
    let dir = app.path().app_data_dir()?;
    #[cfg(target_os = "android")]
    let dir = dir.join("files");
    Ok(dir.join("phone"))
}
