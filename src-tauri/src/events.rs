//! What happens on the phone, handed on to the page.

use linli_field::api::change::{Event, Topic};
use tauri::{AppHandle, Emitter, Runtime};
use tokio::sync::broadcast::error::RecvError;

use crate::opening::Opening;
use crate::window;

/// The Tauri event that carries the phone's own, as `{type: "changed" | "sync", …}`.
const EVENT: &str = "linli";

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
