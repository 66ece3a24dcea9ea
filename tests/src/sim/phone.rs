//! A phone of a run: the whole program but its window, and able to die.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use linli_field::{EdgeError, FileKeyStore, Phone, PhoneConfig};
use serde_json::Value;

use super::die::Sky;
use super::network::Antenna;

/// Codes that no person should ever meet.
const NEVER: [&str; 5] = [
    "internal",
    "database_damaged",
    "key_lost",
    "unknown_command",
    "not_enrolled",
];

/// A phone in somebody's pocket.
pub(super) struct Device {
    pub(super) name: String,
    pub(super) antenna: Arc<Antenna>,
    pub(super) sky: Sky,
    folder: PathBuf,
    lives: u32,
    phone: Phone,
}

impl Device {
    /// Switches on the phone that lives in `folder`.
    pub(super) fn open(name: &str, folder: PathBuf, antenna: Arc<Antenna>, sky: Sky) -> Self {
        let phone = Phone::open(PhoneConfig {
            keystore: Arc::new(FileKeyStore::new(folder.join("key"))),
            data_dir: folder.clone(),
            env: Arc::new(sky.clone()),
            wire: antenna.clone(),
            version: "0".into(),
            device: "simulator".into(),
        });
        Self {
            name: name.to_owned(),
            antenna,
            sky,
            folder,
            lives: 0,
            phone,
        }
    }

    /// Its folder at present.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lets it die during what it does next, at its `looks`th look at the clock.
    pub(super) fn doom(&self, looks: usize) {
        self.sky.doom(looks, &self.folder, &self.next_life());
    }

    /// Runs a command. What a person could meet comes back as a code, what nobody should ever
    /// meet ends the run.
    pub(super) async fn call(
        &mut self,
        command: &str,
        request: Value,
    ) -> Result<Result<Value, EdgeError>, String> {
        let outcome = self.phone.call(command, request).await;
        if self.rises()? {
            // Whatever its program said, nobody was there to hear it.
            return Ok(Err(EdgeError::code("died")));
        }
        match outcome {
            Err(error) if NEVER.contains(&error.code.as_str()) => {
                Err(format!("{} {command}: {}", self.name, error.code))
            }
            other => Ok(other),
        }
    }

    /// As [`Device::call`], for what must succeed.
    pub(super) async fn asks(&mut self, command: &str, request: Value) -> Result<Value, String> {
        self.call(command, request)
            .await?
            .map_err(|error| format!("{} {command}: {}", self.name, error.code))
    }

    /// What a screen shows; nothing when the phone refuses, or dies meanwhile.
    pub(super) async fn shows(&mut self, command: &str, request: Value) -> Result<Value, String> {
        Ok(self.call(command, request).await?.unwrap_or_default())
    }

    /// Gets in step as far as the network lets it. False when it died on the way, and came up
    /// again.
    pub(super) async fn sync(&mut self) -> Result<bool, String> {
        let alive = tokio::select! {
            _rest = self.phone.sync_once() => true,
            () = self.antenna.death() => false,
        };
        if self.rises()? {
            return Ok(false);
        }
        if !alive {
            self.crash()?;
        }
        Ok(alive)
    }

    /// Gets in step, and runs a command while the first call is on its way. What the command
    /// said, if anybody was there to hear it.
    pub(super) async fn sync_while(
        &mut self,
        command: &str,
        request: Value,
    ) -> Result<Option<Result<Value, EdgeError>>, String> {
        self.antenna.distract(&self.phone, command, request);
        let alive = self.sync().await?;
        let said = self.antenna.hear();
        match said {
            Some(Err(error)) if NEVER.contains(&error.code.as_str()) => {
                Err(format!("{} {command}: {}", self.name, error.code))
            }
            said => Ok(said.filter(|_| alive)),
        }
    }

    /// Dies and comes up again with what is on the disk at this moment.
    pub(super) fn crash(&mut self) -> Result<(), String> {
        let next = self.next_life();
        self.sky.copy_after_death(&self.folder, &next)?;
        self.come_up(next);
        Ok(())
    }

    /// If it died by its doom, it comes up again with what was on the disk then.
    fn rises(&mut self) -> Result<bool, String> {
        match self.sky.struck() {
            None => Ok(false),
            Some(copied) => {
                copied?;
                self.come_up(self.next_life());
                Ok(true)
            }
        }
    }

    fn next_life(&self) -> PathBuf {
        self.folder
            .with_extension(format!("life-{}", self.lives + 1))
    }

    fn come_up(&mut self, folder: PathBuf) {
        // A doom was for the life that is over.
        self.sky.spare();
        let lives = self.lives + 1;
        *self = Self::open(&self.name, folder, self.antenna.clone(), self.sky.clone());
        self.lives = lives;
    }
}
