//! `linli-center resident`.

use clap::Subcommand;
use linli_model::ids::{DocId, EntryId};

use super::{At, Outcome};
use crate::erase::{self, Asked, Erased};

#[derive(Debug, clap::Args)]
pub(super) struct Resident {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Erase a resident who asked for it, for ever: everywhere here, and on all phones with
    /// their next sync
    Erase(Erase),
}

#[derive(Debug, clap::Args)]
struct Erase {
    #[command(flatten)]
    at: At,
    /// The household, by id
    #[arg(long, value_name = "ID")]
    household: DocId,
    /// The resident, by id
    #[arg(long, value_name = "ID")]
    resident: EntryId,
    /// Why, for the audit log, which stays: no names
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    /// Only list which documents would change
    #[arg(long)]
    dry_run: bool,
}

impl Resident {
    pub(super) fn run(self) -> Outcome {
        let What::Erase(erase) = self.what;
        erase.run()
    }
}

impl Erase {
    fn run(self) -> Outcome {
        let center = self.at.open()?;
        let asked = Asked {
            household: self.household,
            resident: self.resident,
            reason: self.reason,
        };
        if self.dry_run {
            say(&erase::look(&center, &asked)?, true);
        } else {
            say(&erase::erase(&center, &asked)?, false);
        }
        Ok(())
    }
}

fn say(erased: &Erased, dry_run: bool) {
    if erased.docs.is_empty() {
        println!("Was erased before; nothing is left to do.");
    }
    for touched in &erased.docs {
        let fate = match (touched.gone, dry_run) {
            (true, true) => "would be erased",
            (true, false) => "erased",
            (false, true) => "would begin anew",
            (false, false) => "begins anew",
        };
        println!("{:10} {}  {fate}", touched.kind.name(), touched.doc);
    }
    if erased.kept > 0 {
        println!("Edits given back that name the resident: {}", erased.kept);
    }
    if dry_run && !erased.docs.is_empty() {
        println!("Nothing was changed.");
    } else if !dry_run && !erased.docs.is_empty() {
        println!("Phones follow with their next sync. Backups made before still hold it all.");
    }
    if erased.photos_left > 0 {
        println!(
            "{} photos could not be deleted where they lie. The center tries again when it starts, \
             and every hour.",
            erased.photos_left
        );
    }
    if erased.traces_left {
        println!(
            "Unused parts of the database may still hold traces: make room, and run this once more."
        );
    }
}
