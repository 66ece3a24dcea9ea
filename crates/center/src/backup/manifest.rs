//! What a backup says of itself. Written last: without it a backup isn't finished.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Name of the database in a backup.
pub(crate) const DATABASE: &str = "center.db";
/// Name of the file.
const NAME: &str = "backup.json";
/// What this version writes: photos by their content.
pub(super) const FORMAT: u32 = 2;
/// The oldest that can be read: photos by their id.
const OLDEST: u32 = 1;

/// Contents of `backup.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Shape of the backup.
    pub(crate) format: u32,
    /// Generation of the center.
    pub(crate) generation: u64,
    /// Highest number of the feed in it.
    pub(crate) through: u64,
    /// When it began, milliseconds.
    pub(crate) at: i64,
    /// Which center's it is: the pins of its authorities, in hex.
    pub(crate) pins: Vec<String>,
    /// SHA-256 of the database, in hex.
    pub(crate) database: String,
    /// How many photos lie beside it, or in the bucket its configuration names.
    pub(crate) photos: u64,
}

impl Manifest {
    pub(super) fn write(&self, folder: &Path) -> std::io::Result<()> {
        let text = serde_json::to_vec_pretty(self)?;
        let mut file = std::fs::File::create_new(folder.join(NAME))?;
        file.write_all(&text)
    }

    /// None where there is none that this version can read.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        let text = std::fs::read(folder.join(NAME)).ok()?;
        let manifest: Self = serde_json::from_slice(&text).ok()?;
        (OLDEST..=FORMAT)
            .contains(&manifest.format)
            .then_some(manifest)
    }
}
