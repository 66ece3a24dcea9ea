//! Opening the phone behind the window.

use std::path::PathBuf;
use std::sync::Arc;

use linli_field::{EdgeError, Phone, PhoneConfig, SystemEnv};
use tauri::async_runtime;

use crate::keystore;
use crate::opening::Opening;

/// Opens the phone in `data_dir` away from the window's thread, and lets it sync by itself.
pub(crate) async fn open(opening: Opening, data_dir: PathBuf, version: String) {
    let config = PhoneConfig {
        keystore: Arc::new(keystore::of(&data_dir)),
        data_dir,
        env: Arc::new(SystemEnv),
        version,
        device: std::env::consts::OS.to_owned(),
    };
    let opened = async_runtime::spawn_blocking(move || Phone::open(config)).await;
    if let Ok(phone) = &opened {
        phone.start();
    }
    // What a lost key or a damaged database means is the phone's to say; a panic is ours.
    opening.done(opened.map_err(|_| EdgeError::code("internal")));
}
