//! A center and three phones together, in one folder.

mod fill;
mod ports;

use std::path::{Path, PathBuf};

pub use fill::{LOGIN, PASSWORD};
pub use ports::Ports;

use crate::RigError;
use crate::binaries::Binaries;
use crate::center::Center;
use crate::link::Link;
use crate::phone::Phone;

/// Whose phones they are: examples that every demo county has, and the names of their folders.
pub const PHONES: [&str; 3] = ["worker", "chief", "lead"];

/// What a stage is made of.
#[derive(Debug, Clone)]
pub struct StageConfig {
    /// The built programs.
    pub binaries: Binaries,
    /// Folder for everything it keeps; a stage found there goes on.
    pub folder: PathBuf,
    /// Folder with the built screens: `field` and `center`.
    pub ui: PathBuf,
    /// What the center is filled with, when it is new.
    pub county: County,
    /// Where all listen.
    pub ports: Ports,
    /// Port of the page that shows the phones in frames, when there is one.
    pub framed_by: Option<u16>,
}

/// What a new center is filled with.
#[derive(Debug, Clone)]
pub enum County {
    /// Made afresh in this size: `S`, `M` or `L`.
    Size(String),
    /// A bundle made before.
    Bundle(PathBuf),
}

/// A running center and phones.
#[derive(Debug)]
pub struct Stage {
    /// The center.
    pub center: Center,
    /// The phones, in the order of [`PHONES`].
    pub phones: Vec<Phone>,
    folder: PathBuf,
}

impl Stage {
    /// Starts everything in `config.folder`, after making and filling what isn't there yet.
    /// `tell` hears in a few words what is going on.
    ///
    /// # Errors
    /// A program is missing or fails; what ran is stopped again.
    pub async fn open(config: &StageConfig, tell: &dyn Fn(&str)) -> Result<Self, RigError> {
        crate::process::stop_leftovers(&running_file(&config.folder)).await;
        let devices = config.ports.devices()?;
        let mut center = Center::new(config.binaries.clone(), &config.folder, &config.ui, devices);
        fill::fill_once(config, &center, tell).await?;
        tell("starting the center");
        center.start().await?;
        let mut phones = Vec::new();
        for (index, name) in PHONES.into_iter().enumerate() {
            let link = Link::open(config.ports.link(index, &config.folder), devices).await?;
            ports::remember_link(&config.folder, index, link.port())?;
            let mut phone = Phone::new(
                name,
                config.binaries.clone(),
                &config.folder,
                &config.ui,
                config.ports.phone(index),
                link,
            );
            for host in ["127.0.0.1", "localhost"] {
                if let Some(port) = config.framed_by {
                    phone.allow_frame(&format!("http://{host}:{port}"));
                }
            }
            phones.push(phone);
        }
        let mut stage = Self {
            center,
            phones,
            folder: config.folder.clone(),
        };
        for index in 0..stage.phones.len() {
            stage.bring_up(index, tell).await?;
        }
        stage.remember_running()?;
        Ok(stage)
    }

    /// The phone called `name`.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn phone(&mut self, name: &str) -> Result<&mut Phone, RigError> {
        self.phones
            .iter_mut()
            .find(|phone| phone.name() == name)
            .ok_or_else(|| RigError::answer("rig", format!("no phone called {name}")))
    }

    /// Stops everything, phones first.
    pub async fn stop(&mut self) {
        for phone in &mut self.phones {
            phone.stop().await;
        }
        self.center.stop().await;
        // Only a hint for the next start; gone or not, that start looks twice.
        let _ = std::fs::remove_file(running_file(&self.folder));
    }

    /// Writes down what runs, for a start after this program was killed.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub fn remember_running(&self) -> Result<(), RigError> {
        let ids = self.phones.iter().map(Phone::id).chain([self.center.id()]);
        let text: String = ids.flatten().map(|id| format!("{id}\n")).collect();
        std::fs::write(running_file(&self.folder), text)
            .map_err(RigError::io("writing down what runs"))
    }

    async fn bring_up(&mut self, index: usize, tell: &dyn Fn(&str)) -> Result<(), RigError> {
        let phone = &mut self.phones[index];
        phone.start().await?;
        if phone.is_fresh().await? {
            tell(&format!("enrolling the {}'s phone", phone.name()));
            let code = self.center.code(phone.name()).await?;
            phone.enrol(&code).await?;
        }
        Ok(())
    }
}

fn running_file(folder: &Path) -> PathBuf {
    folder.join("running")
}
