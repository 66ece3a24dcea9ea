//! The fictional county as a bundle, made by `linli-demo`.

mod today;

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::RigError;
use crate::binaries::Binaries;
use crate::process::Launch;

/// Seed of the county, so that every demo shows the same people.
const SEED: &str = "1";

/// The county in `size` (`S`, `M` or `L`) as it stands today, as a file in `folder`. One that was
/// made today by the same program is used again.
///
/// # Errors
/// The program is missing or fails.
pub async fn bundle(binaries: &Binaries, size: &str, folder: &Path) -> Result<PathBuf, RigError> {
    let program = binaries.find("linli-demo")?;
    let today = today::in_china(SystemTime::now());
    let path = folder.join(format!("county-{size}-{today}.bundle"));
    if changed(&path) > changed(&program) {
        return Ok(path);
    }
    // Several may be at it at once: each makes its own file, and the last rename wins.
    let own = path.with_extension(format!("{}.new", std::process::id()));
    Launch::new(program, &folder.join("logs/county.log"))
        .arg("write")
        .arg("--size")
        .arg(size)
        .arg("--seed")
        .arg(SEED)
        .arg("--today")
        .arg(today)
        .arg("--out")
        .arg(&own)
        .to_end()
        .await?;
    std::fs::rename(&own, &path).map_err(RigError::io("naming the bundle"))?;
    Ok(path)
}

fn changed(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path)
        .and_then(|meta| meta.modified())
        .ok()
}
