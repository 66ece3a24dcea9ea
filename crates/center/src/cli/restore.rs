//! `linli-center restore`.

use std::path::PathBuf;

use super::{At, Outcome};
use crate::restore::restore;
use crate::world::{System, World};

#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    #[command(flatten)]
    at: At,
    /// The backup
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// Folder with the center's keys; no backup holds them
    #[arg(long, value_name = "DIR")]
    keys: PathBuf,
}

impl Restore {
    pub(super) fn run(self) -> Outcome {
        let data = &self.at.data;
        let restored = restore(&self.from, &self.keys, data, &System)?;
        let hours = (System.now() - restored.at).max(0) / 3_600_000;
        println!(
            "A new generation of the center lives in {}: number {}, with everything up to {} and {} photos.",
            data.display(),
            restored.generation,
            restored.base,
            restored.photos
        );
        if restored.lacking > 0 {
            println!(
                "Not in the bucket any more: {} photos. Phones that have them send them again.",
                restored.lacking
            );
        }
        if restored.erased > 0 {
            println!(
                "Erased again, as written down with the keys: {} residents.",
                restored.erased
            );
        }
        if restored.shut_out > 0 {
            println!(
                "Shut out again, as written down with the keys: {} phones.",
                restored.shut_out
            );
        }
        println!(
            "The backup is {hours} h old. Do again what was done at the center since: post people, \
             give passwords. What phones wrote since, they bring back themselves."
        );
        Ok(())
    }
}
