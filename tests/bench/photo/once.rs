//! One photo on a phone of its own, in a process of its own.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use linli_field::{FileKeyStore, Https, Phone, PhoneConfig, SystemEnv};
use serde_json::{Value, json};

use super::Taken;
use crate::{Outcome, usage};

/// Enrols a phone in `folder`, takes `file` in, and says what that took.
pub(crate) async fn once(folder: &Path, file: &Path, address: &str, code: &str) -> Outcome<()> {
    let phone = Phone::open(PhoneConfig {
        data_dir: folder.to_owned(),
        keystore: Arc::new(FileKeyStore::new(folder.join("key"))),
        env: Arc::new(SystemEnv),
        wire: Arc::new(Https::default()),
        version: "0".into(),
        device: "bench".into(),
    });
    ask(&phone, "enrol", json!({ "code": code, "address": address })).await?;
    phone.sync_once().await;
    let take = json!({ "source": "camera", "position": null });
    let id = ask(&phone, "take_media", take).await?["id"].clone();
    let path = phone.incoming_file(id.as_str().unwrap_or_default())?;
    std::fs::copy(file, path)?;

    // From here on the peak counts; the rest of the process counts too.
    std::fs::write("/proc/self/clear_refs", "5")?;
    let begun = Instant::now();
    ask(
        &phone,
        "import_media",
        json!({ "id": id, "source": "camera" }),
    )
    .await?;
    let position = json!({ "lon": 102.93, "lat": 29.87, "accuracy_m": 8.0, "source": "gnss",
        "at": 1_764_201_600_000_i64, "mocked": false });
    let report = json!({ "category": "0302", "words": "", "place": "", "position": position,
        "media": [id], "household": "" });
    ask(&phone, "report_problem", report).await?;
    let ms = begun.elapsed().as_secs_f64() * 1e3;
    let photo = ask(&phone, "media", json!({ "id": id })).await?;
    let taken = Taken {
        ms,
        peak_mb: usage::of(Some(std::process::id())).peak_mb,
        bytes: photo["bytes"].as_u64().unwrap_or(0),
    };
    println!("{}", serde_json::to_string(&taken)?);
    Ok(())
}

async fn ask(phone: &Phone, name: &str, request: Value) -> Outcome<Value> {
    Ok(phone.call(name, request).await?)
}
