//! What an operator sets: `center.toml` in the data folder.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::limits::Limits;
pub use crate::media::Bucket;

/// Contents of `center.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the center, shown on phones.
    pub name: String,
    /// `host:port` that phones reach it at.
    pub address: String,
    /// Where devices are listened for (TLS).
    #[serde(default = "devices_anywhere")]
    pub listen: SocketAddr,
    /// Where the console is listened for (plain HTTP; put a proxy with TLS before it to reach
    /// it from other machines).
    #[serde(default = "console_on_loopback")]
    pub console: SocketAddr,
    /// Folder with the built console pages; the API alone is served without it.
    #[serde(default)]
    pub console_files: Option<PathBuf>,
    /// The county's own telephones by key, such as `duty` (see `assets/phones.json`).
    #[serde(default)]
    pub phones: BTreeMap<String, String>,
    /// The bucket that photos lie in; in the data folder without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Bucket>,
    /// Hours after its record that a photo counts as late.
    #[serde(default = "a_day", skip_serializing_if = "is_a_day")]
    pub photos_late_h: u32,
    /// How much one phone may ask.
    #[serde(default, skip_serializing_if = "Limits::are_usual")]
    pub limits: Limits,
}

fn devices_anywhere() -> SocketAddr {
    SocketAddr::from(([0, 0, 0, 0], 7643))
}

fn console_on_loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 7600))
}

fn a_day() -> u32 {
    24
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_a_day(hours: &u32) -> bool {
    *hours == a_day()
}

/// Why there is no usable configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No file where it should be.
    #[error("no center in this folder: run `linli-center init` first ({0})")]
    Missing(PathBuf),
    /// The file can't be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The file doesn't say what it should.
    #[error("{0}: {1}")]
    Bad(PathBuf, String),
}

impl Config {
    /// A fresh configuration.
    pub fn new(name: &str, address: &str) -> Self {
        Self {
            name: name.to_owned(),
            address: address.to_owned(),
            listen: devices_anywhere(),
            console: console_on_loopback(),
            console_files: None,
            phones: BTreeMap::new(),
            media: None,
            photos_late_h: a_day(),
            limits: Limits::default(),
        }
    }

    /// The file in a data folder.
    pub fn path(data: &Path) -> PathBuf {
        data.join("center.toml")
    }

    /// Reads the configuration of a data folder.
    ///
    /// # Errors
    /// The file is missing or malformed.
    pub fn load(data: &Path) -> Result<Self, ConfigError> {
        let path = Self::path(data);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(ConfigError::Missing(path));
            }
            Err(error) => return Err(ConfigError::File(path, error)),
        };
        toml::from_str(&text).map_err(|error| ConfigError::Bad(path, error.message().to_owned()))
    }

    /// Writes the configuration into a data folder.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn save(&self, data: &Path) -> Result<(), ConfigError> {
        let path = Self::path(data);
        let text = toml::to_string_pretty(self)
            .map_err(|error| ConfigError::Bad(path.clone(), error.to_string()))?;
        std::fs::write(&path, text).map_err(|error| ConfigError::File(path, error))
    }
}
