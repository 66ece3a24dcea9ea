//! `linli-rig demo`: for people.

mod only_one;
mod table;
mod window;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use linli_rig::RigError;
use linli_rig::binaries::Binaries;
use linli_rig::front::{Front, Staged};
use linli_rig::stage::{County, Ports, Stage, StageConfig};
use tokio::sync::Mutex;

use crate::stop::Stop;

#[derive(clap::Args)]
pub(crate) struct Demo {
    /// Folder for everything it keeps
    #[arg(long, default_value = "var/demo")]
    folder: PathBuf,
    /// Folder with the built screens
    #[arg(long, default_value = "ui/dist")]
    ui: PathBuf,
    /// Size of the county, when it is made anew: S (a community), M (a county), L (ten)
    #[arg(long, default_value = "S")]
    size: String,
    /// First port: console and page; phones from +11, devices on +43
    #[arg(long, default_value_t = 7600)]
    port: u16,
    /// Also open the app's own window
    #[arg(long)]
    window: bool,
}

impl Demo {
    /// Starts everything, prints where it is, and stops it on Ctrl-C.
    pub(crate) async fn run(self) -> Result<(), RigError> {
        let mut stop = Stop::listen()?;
        let began = Instant::now();
        // The port first: a second demo must not touch what the first one started.
        let front = Front::bind(self.port).await?;
        let _only_one = only_one::hold(&self.folder)?;
        table::note_kept_size(&self.folder, &self.size);
        let config = StageConfig {
            binaries: Binaries::beside_me()?,
            folder: self.folder.clone(),
            ui: self.ui,
            county: County::Size(self.size.clone()),
            ports: Ports::From(self.port),
            framed_by: Some(self.port),
        };
        let staged: Staged = Arc::default();
        let serving = tokio::spawn(front.serve(staged.clone()));
        let tell = |words: &str| println!("{:6.1} s  {words}", began.elapsed().as_secs_f64());
        let stage = tokio::select! {
            stage = Stage::open(&config, &tell) => stage?,
            () = stop.heard() => return Ok(()),
        };
        table::keep_size(&self.folder, &self.size);
        let window = if self.window {
            tell("opening the app's window");
            Some(window::open(&config, &stage).await?)
        } else {
            None
        };
        table::print(&config, &stage, began.elapsed(), window.is_some());
        let stage = staged.get_or_init(|| async { Mutex::new(stage) }).await;
        stop.heard().await;
        println!("\nstopping …");
        serving.abort();
        if let Some(window) = window {
            window.stop().await;
        }
        stage.lock().await.stop().await;
        Ok(())
    }
}
