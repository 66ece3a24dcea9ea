//! `linli-center backup`.

use std::path::PathBuf;

use super::{At, Outcome};
use crate::backup::backup;

#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    #[command(flatten)]
    at: At,
    /// Folder to write it to; it must not be there yet
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
}

impl Backup {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        let made = backup(&center, &self.to)?;
        println!(
            "{} holds everything up to number {}, with {} photos, and no keys.",
            self.to.display(),
            made.through,
            made.photos
        );
        Ok(())
    }
}
