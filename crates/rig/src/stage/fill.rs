//! Filling a new center, once.

use super::{County, StageConfig};
use crate::RigError;
use crate::center::Center;
use crate::county;

/// Log-in of the county's desk.
pub const LOGIN: &str = "desk";
/// Its password: no secret, the console of a stage listens on the loopback only.
pub const PASSWORD: &str = "qiyun-county";

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
    let bundle = match &config.county {
        County::Bundle(path) => path.clone(),
        County::Size(size) => {
            tell(&format!("making the county, size {size}"));
            county::bundle(&config.binaries, size, folder).await?
        }
    };
    tell("filling the center");
    center.fill(&bundle).await?;
    center.set_password(LOGIN, PASSWORD).await?;
    std::fs::write(done, "").map_err(RigError::io("noting that the center is filled"))
}
