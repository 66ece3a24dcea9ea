//! Grants for our own commands, and a stand-in page where the UI has not been built.

use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

/// The built UI, as in `tauri.conf.json`.
const UI: &str = "../ui/dist/field";

fn main() -> Result<(), Box<dyn Error>> {
    stand_in_for_missing_ui()?;
    let manifest = tauri_build::AppManifest::new().commands(&[
        "call",
        "pick_photo",
        "shared_photos",
        "forget_shared",
        "position_source",
        "watch_position",
        "stop_position",
    ]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}

/// The context macro refuses to compile without a frontend folder, and checking the
/// shell must not need Node. A release without its UI would be an empty window, so
/// that stays an error.
fn stand_in_for_missing_ui() -> Result<(), Box<dyn Error>> {
    if Path::new(UI).join("index.html").exists() {
        println!("cargo:rerun-if-changed={UI}");
        return Ok(());
    }
    println!("cargo:rerun-if-changed={UI}/index.html");
    if env::var_os("TAURI_CONFIG").is_some() || env::var("PROFILE")? == "release" {
        return Ok(());
    }
    let page = PathBuf::from(env::var("OUT_DIR")?).join("no-ui");
    fs::create_dir_all(&page)?;
    fs::write(
        page.join("index.html"),
        "<!doctype html><meta charset=\"utf-8\"><title>邻里</title>\
         <p id=\"no-ui\">The UI has not been built: ui/dist/field is missing.</p>",
    )?;
    let page = page.to_str().ok_or("the target folder is not UTF-8")?;
    let page = page.replace('\\', "\\\\").replace('"', "\\\"");
    println!("cargo:rustc-env=TAURI_CONFIG={{\"build\":{{\"frontendDist\":\"{page}\"}}}}");
    println!("cargo:warning={UI} is missing; the window will only say so");
    Ok(())
}
