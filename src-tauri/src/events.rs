//! What happens on the phone, handed on to the page.

use linli_field::api::change::{Event, Topic};
use tauri::{AppHandle, Emitter, Runtime};
use tokio::sync::broadcast::error::RecvError;

use crate::opening::Opening;
use crate::window;

/// The Tauri event that carries the phone's own, as `{type: "changed" | "sync", …}`.
const EVENT: &str = "linli";

/// Says that pictures may have been shared; the page asks how many.
const SHARED: &str = "shared";

/// Lets the page look for shared pictures: whoever shares into an app brings it to the front.
pub(crate) fn shared<R: Runtime>(app: &AppHandle<R>) {
    // Fails only while the window is being made or torn down; a page that starts looks by itself.
    let _ = app.emit_to(window::MAIN, SHARED, ());
}

/// Hands the phone's events to the page for as long as the app runs.
pub(crate) async fn forward<R: Runtime>(app: AppHandle<R>, opening: Opening) {
    let Ok(phone) = opening.phone().await else {
        return;
    };
    let mut events = phone.events();
    loop {
        let told = match events.recv().await {
            Ok(event) => app.emit_to(window::MAIN, EVENT, event),
            // The page was told less than happened: let it look at everything again.
            Err(RecvError::Lagged(_)) => app.emit_to(window::MAIN, EVENT, everything()),
            Err(RecvError::Closed) => return,
        };
        // Fails only while the window is being torn down; the next one reads afresh.
        drop(told);
    }
}

/// All that screens show, as if all of it had changed.
fn everything() -> Event {
    Event::Changed {
        topics: vec![
            Topic::Status,
            Topic::Roster,
            Topic::Care,
            Topic::Visits,
            Topic::Cases,
            Topic::Tasks,
            Topic::Notices,
            Topic::Muster,
            Topic::Outbox,
            Topic::Media,
            Topic::Places,
        ],
    }
}
