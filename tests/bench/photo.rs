//! From a camera's file to a photo that is stored, stamped and reported: time and memory, beside
//! ImageMagick, which only turns and scales, on the same files.

mod once;
mod sample;

use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use linli_rig::binaries::Binaries;
use serde::{Deserialize, Serialize};
use tokio::process::Command;

use crate::{Outcome, linli, usage};

pub(crate) use once::once;

/// Each is measured so often; the middle one counts.
const TIMES: usize = 5;
/// Sizes of pictures: megapixels, pixels, and the bars of DESIGN §10 (milliseconds, megabytes).
const SIZES: [(u32, u32, u32, f64, f64); 2] = [
    (12, 4_000, 3_000, 400.0, 120.0),
    (50, 8_192, 6_144, 2_000.0, 300.0),
];
/// As Debian has it.
const IMAGEMAGICK: &str = "/usr/bin/convert";

#[derive(Serialize)]
pub(crate) struct Photos {
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    megapixels: u32,
    file_bytes: u64,
    /// Of the picture that was stored.
    stored_bytes: u64,
    linli: Taken,
    imagemagick: Taken,
    bar_ms: f64,
    bar_mb: f64,
}

/// What it took.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Taken {
    /// Milliseconds.
    pub(crate) ms: f64,
    /// Most memory of the whole process meanwhile, megabytes.
    pub(crate) peak_mb: f64,
    /// Bytes of what came of it.
    pub(crate) bytes: u64,
}

/// Measures all of it.
pub(crate) async fn run(binaries: &Binaries, county: &Path, folder: &Path) -> Outcome<Photos> {
    let mut center = linli::center(binaries, &folder.join("center"), county).await?;
    let mut rows = Vec::new();
    for (megapixels, width, height, bar_ms, bar_mb) in SIZES {
        let file = folder.join(format!("{megapixels}.jpg"));
        std::fs::write(&file, sample::camera_file(width, height)?)?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..TIMES {
            let code = center.code("worker").await?;
            let phone = folder.join(format!("phone-{megapixels}-{round}"));
            let me = std::env::current_exe()?;
            let said = Command::new(me)
                .arg("--county")
                .arg(county)
                .arg("--folder")
                .arg(&phone)
                .arg("photo-once")
                .arg(&file)
                .arg(center.devices().to_string())
                .arg(&code.secret)
                .stderr(Stdio::inherit())
                .output()
                .await?;
            if !said.status.success() {
                return Err("a photo could not be taken".into());
            }
            ours.push(serde_json::from_slice::<Taken>(&said.stdout)?);
            theirs.push(magick(&file, &folder.join("small.jpg")).await?);
        }
        let (linli, imagemagick) = (middle(ours), middle(theirs));
        println!(
            "{megapixels:>3} Mpx   Linli {:>6.0} ms {:>5.0} MB   ImageMagick {:>6.0} ms {:>5.0} MB",
            linli.ms, linli.peak_mb, imagemagick.ms, imagemagick.peak_mb
        );
        rows.push(Row {
            megapixels,
            file_bytes: std::fs::metadata(&file)?.len(),
            stored_bytes: linli.bytes,
            linli,
            imagemagick,
            bar_ms,
            bar_mb,
        });
    }
    center.stop().await;
    Ok(Photos { rows })
}

/// The middle of all times, and of all memories.
fn middle(mut all: Vec<Taken>) -> Taken {
    all.sort_by(|a, b| a.ms.total_cmp(&b.ms));
    let mut one = all.get(all.len() / 2).copied().unwrap_or_default();
    all.sort_by(|a, b| a.peak_mb.total_cmp(&b.peak_mb));
    one.peak_mb = all.get(all.len() / 2).map_or(0.0, |taken| taken.peak_mb);
    one
}

/// What everybody would type.
async fn magick(from: &Path, to: &Path) -> Outcome<Taken> {
    let begun = Instant::now();
    let mut child = Command::new(IMAGEMAGICK)
        .arg(from)
        .args(["-auto-orient", "-resize", "1600x1600", "-quality", "80"])
        .arg(to)
        .spawn()
        .map_err(|error| format!("{IMAGEMAGICK} (Debian's imagemagick): {error}"))?;
    // It is gone before its peak could be read at the end.
    let mut peak_mb = 0.0_f64;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status?,
            () = tokio::time::sleep(std::time::Duration::from_millis(5)) => {
                peak_mb = peak_mb.max(usage::of(child.id()).peak_mb);
            }
        }
    };
    let ms = begun.elapsed().as_secs_f64() * 1e3;
    if !status.success() {
        return Err("ImageMagick failed".into());
    }
    Ok(Taken {
        ms,
        peak_mb,
        bytes: std::fs::metadata(to)?.len(),
    })
}
