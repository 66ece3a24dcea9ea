//! The desktop's media source: a file dialog, and the files the app was opened with.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Runtime, async_runtime};

use super::{Arguments, Picked, Shared, incoming};
use linli_field::EdgeError;

/// Asks for a file and copies it to `path`, or the next of those the app was opened with. `None`
/// when the person chose nothing or none is left.
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
    let (chosen, source) = match source.as_str() {
        "album" | "camera" => (ask(&app).await, "album"),
        "share" => (app.state::<Arguments>().next(), "share"),
        _ => return Err(EdgeError::code("photo_no_source")),
    };
    let Some(chosen) = chosen else {
        return Ok(None);
    };
    let copied = async_runtime::spawn_blocking(move || incoming::copy_in(&chosen, &path)).await;
    copied.map_err(|_| EdgeError::code("internal"))??;
    Ok(Some(Picked { source }))
}

/// How many pictures the app was opened with.
///
/// # Errors
/// None on a desktop.
pub(crate) async fn shared<R: Runtime>(app: &AppHandle<R>) -> Result<Shared, EdgeError> {
    Ok(app.state::<Arguments>().counts())
}

/// Lets go of those that were not taken in.
///
/// # Errors
/// None on a desktop.
pub(crate) async fn forget_shared<R: Runtime>(app: &AppHandle<R>) -> Result<(), EdgeError> {
    app.state::<Arguments>().forget();
    Ok(())
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
