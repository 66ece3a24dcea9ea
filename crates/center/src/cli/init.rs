//! `linli-center init`.

use super::{At, Outcome};
use crate::config::Config;
use crate::keys;
use crate::store::Store;
use crate::world::System;

#[derive(Debug, clap::Args)]
pub(super) struct Init {
    #[command(flatten)]
    at: At,
    /// Name of the center, shown on phones, such as 栖云县网格中心
    #[arg(long)]
    name: String,
    /// host:port that phones will reach the center at
    #[arg(long, value_name = "HOST:PORT")]
    address: String,
}

impl Init {
    pub(super) fn run(self) -> Outcome {
        let data = &self.at.data;
        std::fs::create_dir_all(data)?;
        keys::create(data, &self.address, &System)?;
        Config::new(&self.name, &self.address).save(data)?;
        Store::open(&data.join("center.db"))?;
        println!("A new center lives in {}.", data.display());
        println!(
            "Keep {} somewhere else, offline: with it phones still trust you when {} is lost.",
            keys::folder(data).join("backup-ca.key").display(),
            keys::folder(data).join("ca.key").display()
        );
        Ok(())
    }
}
