//! `linli-center load`.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use super::{At, Outcome};
use crate::load::load;

#[derive(Debug, clap::Args)]
pub(super) struct Load {
    #[command(flatten)]
    at: At,
    /// The bundle, such as linli-demo writes
    bundle: PathBuf,
}

impl Load {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        let start = Instant::now();
        let progress = Box::new(|done: u64, total: u64| {
            eprint!("\r{done} of {total} documents");
            let _shown = std::io::stderr().flush();
        });
        let loaded = load(&center, &self.bundle, progress);
        eprintln!();
        let loaded = loaded?;
        println!(
            "{}: {} people, {} documents, {} changes, {} photos in {:.1} s",
            loaded.county,
            loaded.people,
            loaded.docs,
            loaded.changes,
            loaded.photos,
            start.elapsed().as_secs_f64()
        );
        Ok(())
    }
}
