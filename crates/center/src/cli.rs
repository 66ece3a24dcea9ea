//! The command line.

mod backup;
mod enrol;
mod grid;
mod import_org;
mod init;
mod list;
mod load;
mod passwd;
mod photos_missing;
mod post;
mod resident;
mod restore;
mod revoke;
mod serve;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::center::{Center, OpenError};
use crate::world::System;

/// The center of Linli: phones sync with it, desks work on it.
#[derive(Debug, Parser)]
#[command(name = "linli-center", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new center in an empty folder: keys, certificate, configuration
    Init(init::Init),
    /// Serve devices and the console until interrupted
    Serve(serve::Serve),
    /// Load a county from a bundle; once per center
    Load(load::Load),
    /// Make a code that a person's phone enrols with, and print it once
    Enrol(enrol::Enrol),
    /// Import a tree of counties, streets and towns from CSV
    ImportOrg(import_org::ImportOrg),
    /// Give somebody at a desk a password
    Passwd(passwd::Passwd),
    /// List the people who have an account
    People(list::People),
    /// List the phones that have enrolled
    Devices(list::Devices),
    /// List photos that records name and that haven't come, and photos that no record names
    PhotosMissing(photos_missing::PhotosMissing),
    /// Give somebody another post; the person's phones follow with their next sync
    Post(post::Post),
    /// Cut grids anew
    Grid(grid::Grid),
    /// What concerns a single resident
    Resident(resident::Resident),
    /// Shut a phone out, such as a stolen one; what it has sent stays
    Revoke(revoke::Revoke),
    /// Copy database and photos of a center, running or not, into a new folder; never its keys
    Backup(backup::Backup),
    /// Make a new generation of a center out of a backup and the center's keys
    Restore(restore::Restore),
}

/// Where the center lives.
#[derive(Debug, clap::Args)]
struct At {
    /// Folder with the center's configuration, keys and data
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

impl At {
    fn open(&self) -> Result<Arc<Center>, OpenError> {
        Center::open(&self.data, Arc::new(System))
    }
}

/// Any failure, said in one line.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Runs the program with these arguments.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too, and exit with 0.
            let _printed = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let outcome = match cli.command {
        Command::Init(args) => args.run(),
        Command::Serve(args) => args.run(),
        Command::Load(args) => args.run(),
        Command::Enrol(args) => args.run(),
        Command::ImportOrg(args) => args.run(),
        Command::Passwd(args) => args.run(),
        Command::People(args) => args.run(),
        Command::Devices(args) => args.run(),
        Command::PhotosMissing(args) => args.run(),
        Command::Post(args) => args.run(),
        Command::Grid(args) => args.run(),
        Command::Resident(args) => args.run(),
        Command::Revoke(args) => args.run(),
        Command::Backup(args) => args.run(),
        Command::Restore(args) => args.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("linli-center: {error}");
            ExitCode::FAILURE
        }
    }
}
