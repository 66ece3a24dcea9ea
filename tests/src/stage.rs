//! A center with a fresh demo county and three enrolled phones, as real processes.

use std::path::{Path, PathBuf};

use linli_rig::RigError;
use linli_rig::binaries::Binaries;
use linli_rig::center::Center;
use linli_rig::county;
use linli_rig::stage::{County, Ports, Stage, StageConfig};

/// Root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Starts a stage of its own in a temporary folder, which goes with the returned guard.
///
/// # Panics
/// When a program is missing (`make build`) or doesn't come up.
pub async fn fresh(size: &str) -> (tempfile::TempDir, Stage) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let stage = open(&folder.path().join("stage"), size).await;
    (folder, stage)
}

/// A center alone with a fresh demo county in `folder`, not yet running.
///
/// # Panics
/// When a program is missing (`make build`) or fails.
pub async fn center(folder: &Path) -> Center {
    let made = async {
        let binaries = Binaries::beside_me()?;
        let bundle = county::bundle(&binaries, "S", binaries.folder()).await?;
        let devices = Ports::Any.devices()?;
        let center = Center::new(binaries, folder, &root().join("ui/dist"), devices);
        center.fill(&bundle).await?;
        Ok::<_, RigError>(center)
    };
    made.await.unwrap_or_else(|error| panic!("{error}"))
}

async fn open(folder: &Path, size: &str) -> Stage {
    let started = async {
        let binaries = Binaries::beside_me()?;
        // One bundle for all tests of this build.
        let bundle = county::bundle(&binaries, size, binaries.folder()).await?;
        let config = StageConfig {
            county: County::Bundle(bundle),
            binaries,
            folder: folder.to_owned(),
            ui: root().join("ui/dist"),
            ports: Ports::Any,
            framed_by: None,
        };
        Stage::open(&config, &|_| {}).await
    };
    started.await.unwrap_or_else(|error| panic!("{error}"))
}
