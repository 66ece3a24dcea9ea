//! The app shell: a window, its grants, the key's place and the photos' way in and out.
//!
//! What a phone does is in `linli-field`; nothing here knows a record.

mod boot;
mod commands;
mod data_dir;
mod events;
mod keystore;
mod media_source;
mod opening;
mod photo_scheme;
mod position_source;
#[cfg(target_os = "android")]
mod system;
mod window;

use std::error::Error;

use tauri::{App, AppHandle, Manager, RunEvent, Runtime, async_runtime};

use opening::Opening;
use position_source::Watches;

/// Runs the app until its window is closed.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    #[cfg(desktop)]
    log();
    let builder = tauri::Builder::default();
    #[cfg(target_os = "android")]
    let builder = builder.plugin(system::plugin());
    #[cfg(desktop)]
    let builder = builder.manage(media_source::Arguments::of_process());
    let app = builder
        .manage(Opening::new())
        .manage(Watches::default())
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::pick_photo,
            commands::shared_photos,
            commands::forget_shared,
            commands::position_source,
            commands::watch_position,
            commands::stop_position
        ])
        .register_asynchronous_uri_scheme_protocol(photo_scheme::SCHEME, photo_scheme::serve)
        .setup(|app| set_up(app))
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(on_event),
        Err(e) => {
            tracing::error!(error = %e, "the window could not be opened");
            std::process::exit(1);
        }
    }
}

/// A desktop tells its terminal what went wrong; `LINLI_LOG=info` says more. A phone keeps
/// no log at all.
#[cfg(desktop)]
fn log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("LINLI_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

fn set_up<R: Runtime>(app: &mut App<R>) -> Result<(), Box<dyn Error>> {
    let data_dir = data_dir::data_dir(app.handle())?;
    let version = app.package_info().version.to_string();
    let opening = app.state::<Opening>().inner().clone();
    async_runtime::spawn(boot::open(opening.clone(), data_dir, version));
    async_runtime::spawn(events::forward(app.handle().clone(), opening));
    window::open(app)?;
    Ok(())
}

/// Coming back to the front is a good moment to sync, and to look for pictures that another app
/// has shared. On a phone the system says so; on a desktop the window gets the focus.
fn on_event<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    let RunEvent::WindowEvent { event, .. } = event else {
        return;
    };
    #[cfg(mobile)]
    let in_front = matches!(event, tauri::WindowEvent::Resumed);
    #[cfg(desktop)]
    let in_front = matches!(event, tauri::WindowEvent::Focused(true));
    if !in_front {
        return;
    }
    events::shared(app);
    if let Some(phone) = app.state::<Opening>().now() {
        phone.resumed();
    }
}
