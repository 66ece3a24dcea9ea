//! Filling a new center, once.

mod today;

use std::path::PathBuf;
use std::time::SystemTime;

use super::{County, StageConfig};
use crate::RigError;
use crate::center::Center;
use crate::process::Launch;

/// Log-in of the county's desk.
pub const LOGIN: &str = "desk";
/// Its password: no secret, the console of a stage listens on the loopback only.
pub const PASSWORD: &str = "qiyun-county";
/// Seed of the county, so that every demo shows the same people.
const SEED: &str = "1";

/// Makes and fills the center of `config.folder`, unless that was done before. Done halfway, it
/// is done anew: nobody has worked with it yet.
pub(super) async fn fill_once(
    config: &StageConfig,
    center: &Center,
    tell: &dyn Fn(&str),
) -> Result<(), RigError> {
    let folder = &config.folder;
    let done = folder.join("filled");
    if done.is_file() {
        return Ok(());
    }
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(RigError::io("clearing an unfinished start"))?;
    }
    std::fs::create_dir_all(folder).map_err(RigError::io("making the folder"))?;
    let bundle = bundle(config, tell).await?;
    tell("filling the center");
    center.fill(&bundle).await?;
    center.set_password(LOGIN, PASSWORD).await?;
    std::fs::write(done, "").map_err(RigError::io("noting that the center is filled"))
}

async fn bundle(config: &StageConfig, tell: &dyn Fn(&str)) -> Result<PathBuf, RigError> {
    let size = match &config.county {
        County::Bundle(path) => return Ok(path.clone()),
        County::Size(size) => size,
    };
    tell(&format!("making the county, size {size}"));
    let bundle = config.folder.join("county.bundle");
    let log = config.folder.join("logs/demo.log");
    Launch::new(config.binaries.find("linli-demo")?, &log)
        .arg("write")
        .arg("--size")
        .arg(size)
        .arg("--seed")
        .arg(SEED)
        .arg("--today")
        .arg(today::in_china(SystemTime::now()))
        .arg("--out")
        .arg(&bundle)
        .to_end()
        .await?;
    Ok(bundle)
}
