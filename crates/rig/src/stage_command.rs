//! `linli-rig stage`: for tests.

use std::path::PathBuf;
use std::sync::Arc;

use linli_rig::RigError;
use linli_rig::binaries::Binaries;
use linli_rig::county;
use linli_rig::front::{Front, Staged};
use linli_rig::stage::{County, LOGIN, PASSWORD, Ports, Stage, StageConfig};
use serde_json::json;
use tokio::sync::Mutex;

use crate::stop::{Stop, input_closed};

#[derive(clap::Args)]
pub(crate) struct StageArgs {
    /// Folder for everything it keeps
    #[arg(long)]
    folder: PathBuf,
    /// Folder with the built screens
    #[arg(long, default_value = "ui/dist")]
    ui: PathBuf,
    /// A bundle made before
    #[arg(long, conflicts_with = "size")]
    bundle: Option<PathBuf>,
    /// Size of the county to make: S, M or L
    #[arg(long, default_value = "S")]
    size: String,
}

impl StageArgs {
    /// Prints one line of JSON when all is up; ends when standard input closes.
    pub(crate) async fn run(self) -> Result<(), RigError> {
        let mut stop = Stop::listen()?;
        let front = Front::bind(0).await?;
        let port = front.port();
        let binaries = Binaries::beside_me()?;
        let bundle = match self.bundle {
            Some(bundle) => bundle,
            // Kept beside the programs: the next test needs the same one.
            None => county::bundle(&binaries, &self.size, binaries.folder()).await?,
        };
        let config = StageConfig {
            binaries,
            folder: self.folder,
            ui: self.ui,
            county: County::Bundle(bundle),
            ports: Ports::Any,
            framed_by: Some(port),
        };
        let staged: Staged = Arc::default();
        let serving = tokio::spawn(front.serve(staged.clone()));
        let stage = tokio::select! {
            stage = Stage::open(&config, &|words| eprintln!("{words}")) => stage?,
            () = stop.heard() => return Ok(()),
            () = input_closed() => return Ok(()),
        };
        let front = format!("http://127.0.0.1:{port}");
        println!(
            "{}",
            json!({ "front": front, "login": LOGIN, "password": PASSWORD })
        );
        let stage = staged.get_or_init(|| async { Mutex::new(stage) }).await;
        tokio::select! {
            () = stop.heard() => {}
            () = input_closed() => {}
        }
        serving.abort();
        stage.lock().await.stop().await;
        Ok(())
    }
}
