//! What a phone does: commands, sync engine, media pipeline. No Tauri in it.
