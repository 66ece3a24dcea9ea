//! `linli-center grid`.

use clap::Subcommand;

use super::{At, Outcome};
use crate::grid::move_building;

#[derive(Debug, clap::Args)]
pub(super) struct Grid {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Move a building, and everything that lies in it, to another grid
    Move(Move),
}

#[derive(Debug, clap::Args)]
struct Move {
    #[command(flatten)]
    at: At,
    /// The building, by id, or by name where only one has it
    #[arg(long, value_name = "ID")]
    building: String,
    /// Code of the grid it comes to, 15 digits
    #[arg(long, value_name = "CODE")]
    to: String,
}

impl Grid {
    pub(super) fn run(self) -> Outcome {
        let Verb::Move(Move { at, building, to }) = self.verb;
        let moved = move_building(&*at.open()?, &building, &to)?;
        println!(
            "{} went from {} to {}; {} documents went along. Phones follow with their next sync.",
            moved.building, moved.from, moved.to, moved.documents
        );
        Ok(())
    }
}
