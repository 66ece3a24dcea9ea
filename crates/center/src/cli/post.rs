//! `linli-center post`.

use linli_model::ids::PersonId;

use super::{At, Outcome};
use crate::post::post;

#[derive(Debug, clap::Args)]
pub(super) struct Post {
    #[command(flatten)]
    at: At,
    /// The person, by id (see `people`)
    #[arg(long, value_name = "ID")]
    person: PersonId,
    /// Division code of the new post, of the same level as the old one; a grid's has 15 digits
    #[arg(long, value_name = "CODE")]
    org: String,
}

impl Post {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        match post(&center, self.person, &self.org)? {
            1 => println!("Done; one phone follows with its next sync."),
            phones => println!("Done; {phones} phones follow with their next sync."),
        }
        Ok(())
    }
}
