//! The app's own window, as another phone of the worker.

use linli_rig::RigError;
use linli_rig::process::{Launch, Process};
use linli_rig::stage::{Stage, StageConfig};

/// Opens it; the first time with a code to enrol with.
pub(crate) async fn open(config: &StageConfig, stage: &Stage) -> Result<Process, RigError> {
    let data = config.folder.join("window");
    let fresh = !data.join("linli.db").exists();
    let program = config.binaries.find("linli-app")?;
    let log = config.folder.join("logs/window.log");
    let mut launch = Launch::new(program, &log).env("LINLI_DATA_DIR", &data);
    if fresh {
        launch = launch.env("LINLI_ENROL", stage.center.code("worker").await?.qr);
    }
    launch.leave_running()
}
