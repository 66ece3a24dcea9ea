//! `linli-center post`.

use linli_model::ids::PersonId;

use super::{At, Outcome};

#[derive(Debug, clap::Args)]
pub(super) struct Post {
    #[command(flatten)]
    at: At,
    /// The person, by id (see `people`)
    #[arg(long, value_name = "ID")]
    person: PersonId,
    /// Division code of the new post: 6, 9, 12 or, of a grid, 15 digits
    #[arg(long, value_name = "CODE")]
    org: String,
}

impl Post {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        match center.post(self.person, &self.org)? {
            Some(1) => println!("Done; one phone follows with its next sync."),
            Some(phones) => println!("Done; {phones} phones follow with their next sync."),
            None => return Err("there is no such person, or this is no division code".into()),
        }
        Ok(())
    }
}
