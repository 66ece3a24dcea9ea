//! Opening the phone behind the window.

use std::path::PathBuf;
use std::sync::Arc;

use linli_field::{EdgeError, Https, Phone, PhoneConfig, SystemEnv};
#[cfg(desktop)]
use serde_json::json;
use tauri::async_runtime;

use crate::keystore;
use crate::opening::Opening;

/// Opens the phone in `data_dir` away from the window's thread, and lets it sync by itself.
pub(crate) async fn open(opening: Opening, data_dir: PathBuf, version: String) {
    let config = PhoneConfig {
        keystore: Arc::new(keystore::of(&data_dir)),
        data_dir,
        env: Arc::new(SystemEnv),
        wire: Arc::new(Https::default()),
        version,
        device: std::env::consts::OS.to_owned(),
    };
    let opened = async_runtime::spawn_blocking(move || Phone::open(config)).await;
    if let Ok(phone) = &opened {
        #[cfg(desktop)]
        enrol_as_told(phone).await;
        phone.start();
    }
    // What a lost key or a damaged database means is the phone's to say; a panic is ours.
    opening.done(opened.map_err(|_| EdgeError::code("internal")));
}

/// A desktop may be told its code by whoever starts it (`make demo` does): the text of a QR
/// code. A phone that is already somebody's is left alone, and one that the center refuses asks
/// for a code as always.
#[cfg(desktop)]
async fn enrol_as_told(phone: &Phone) {
    let Some(code) = std::env::var("LINLI_ENROL").ok().filter(|c| !c.is_empty()) else {
        return;
    };
    let status = phone.call("status", json!({})).await;
    if status.is_ok_and(|status| status["boot"] == "fresh")
        && let Err(e) = phone
            .call("enrol", json!({ "code": code, "address": null }))
            .await
    {
        tracing::warn!(code = e.code, "not enrolled");
    }
}
