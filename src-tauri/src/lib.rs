//! The app shell: a window, its grants, the key's place and the photos' way in and out.
//!
//! What a phone does is in `linli-field`; nothing here knows a record.

mod commands;
mod data_dir;
mod error;
mod host;
mod media_source;
mod opening;
mod photo_scheme;
mod window;

use std::error::Error;

use tauri::{App, AppHandle, Emitter, Manager, RunEvent, Runtime, async_runtime};
use tokio::sync::broadcast::error::RecvError;

use opening::Opening;

/// The Tauri event that carries what happens on the phone.
const EVENT: &str = "linli";

/// Runs the app until its window is closed.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    let builder = tauri::Builder::default();
    #[cfg(target_os = "android")]
    let builder = builder.plugin(media_source::plugin());
    let app = builder
        .manage(Opening::new())
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::pick_photo
        ])
        .register_asynchronous_uri_scheme_protocol(photo_scheme::SCHEME, photo_scheme::serve)
        .setup(|app| set_up(app))
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(on_event);
        }
        Err(e) => {
            tracing::error!(error = %e, "the window could not be opened");
            std::process::exit(1);
        }
    }
}

fn set_up<R: Runtime>(app: &mut App<R>) -> Result<(), Box<dyn Error>> {
    window::open(app)?;
    async_runtime::spawn(forward_events(app.handle().clone()));
    Ok(())
}

/// Hands the phone's events to the page for as long as the app runs.
async fn forward_events<R: Runtime>(app: AppHandle<R>) {
    let Ok(phone) = app.state::<Opening>().phone().await else {
        return;
    };
    let mut events = phone.events();
    loop {
        match events.recv().await {
            Ok(event) => {
                // Fails only while the window is being made or torn down.
                let _ = app.emit_to(window::MAIN, EVENT, event);
            }
            // The page was told less than happened: let it look at everything again.
            Err(RecvError::Lagged(_)) => {
                let _ = app.emit_to(window::MAIN, EVENT, serde_json::json!({ "type": "lagged" }));
            }
            Err(RecvError::Closed) => return,
        }
    }
}

/// Coming back to the front is a good moment to sync. On a phone the system says so;
/// on a desktop the window gets the focus.
fn on_event<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    let RunEvent::WindowEvent { event, .. } = event else {
        return;
    };
    #[cfg(mobile)]
    let in_front = matches!(event, tauri::WindowEvent::Resumed);
    #[cfg(desktop)]
    let in_front = matches!(event, tauri::WindowEvent::Focused(true));
    if in_front && let Some(phone) = app.state::<Opening>().now() {
        phone.resumed();
    }
}
