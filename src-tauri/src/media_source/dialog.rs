//! The desktop's media source: a file dialog.

use std::path::PathBuf;

use tauri::{AppHandle, Runtime, async_runtime};

use super::{Picked, incoming};
use linli_field::EdgeError;

/// Asks for a file and copies it to `path`. `None` when the person chose nothing.
///
/// A desktop has no camera of ours, so a file stands in for one; it is still marked as
/// what it is.
///
/// # Errors
/// `photo_no_source` for a source that no device has, and those of the copy.
pub(crate) async fn pick<R: Runtime>(
    app: AppHandle<R>,
    source: String,
    path: PathBuf,
) -> Result<Option<Picked>, EdgeError> {
    if !matches!(source.as_str(), "album" | "camera") {
        return Err(EdgeError::code("photo_no_source"));
    }
    let Some(chosen) = ask(&app).await else {
        return Ok(None);
    };
    let copied = async_runtime::spawn_blocking(move || incoming::copy_in(&chosen, &path)).await;
    copied.map_err(|_| EdgeError::code("internal"))??;
    Ok(Some(Picked { source: "album" }))
}

/// The dialog belongs to the main thread; its answer comes later.
async fn ask<R: Runtime>(app: &AppHandle<R>) -> Option<PathBuf> {
    let (send, answer) = tokio::sync::oneshot::channel();
    app.run_on_main_thread(move || {
        let dialog = rfd::AsyncFileDialog::new()
            .add_filter("JPEG, PNG", &["jpg", "jpeg", "png"])
            .pick_file();
        async_runtime::spawn(async move {
            // Nobody listens any more only when the app is closing.
            let _ = send.send(dialog.await.map(|file| file.path().to_path_buf()));
        });
    })
    .ok()?;
    answer.await.ok().flatten()
}
