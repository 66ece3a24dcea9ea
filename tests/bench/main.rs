//! `linli-bench`: how fast Linli is, by itself and beside others on the same work.
//!
//! `make bench` builds it and says with what. Everything runs on this machine, one thing after
//! the other, each phone and each server a process of its own.

mod bars;
mod bundle;
mod caller;
mod chart;
mod figures;
mod gate;
mod json;
mod linli;
mod load;
mod measure;
mod node;
mod photo;
mod report;
mod sample;
mod search;
mod steps;
mod system;
mod usage;
mod wire;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use linli_rig::binaries::Binaries;

/// Errors end a bench with a sentence.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Parser)]
struct Args {
    /// The county of size M, as `linli-demo` writes it
    #[arg(long)]
    county: PathBuf,
    /// Folder for what is written while it runs
    #[arg(long)]
    folder: PathBuf,
    /// Folder for the results
    #[arg(long, default_value = "target/bench")]
    out: PathBuf,
    /// Folder of the programs to measure, when they don't lie beside this one
    #[arg(long)]
    programs: Option<PathBuf>,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// County M: first syncs of the usual phones, search and lists over all residents
    Figures,
    /// The same documents and steps with Linli and with others
    Sync {
        /// Which systems, in this order
        #[arg(long, value_delimiter = ' ', default_values = system::NAMES)]
        systems: Vec<String>,
        /// Which steps; all when none is named
        #[arg(long, value_delimiter = ' ')]
        steps: Vec<String>,
        /// Seconds after which a step ends unfinished
        #[arg(long, default_value_t = 600)]
        cap: u64,
        /// Folder of the other systems' scripts, with their packages installed
        #[arg(long, default_value = "tests/bench/peers")]
        peers: PathBuf,
    },
    /// County M: changes a second that a center checks and makes durable
    Gate,
    /// County M: a thousand phones at once, twenty thousand at rest
    Load,
    /// From a camera's file to a stored photo, beside ImageMagick
    Photo,
    /// One photo in a process of its own
    #[command(hide = true)]
    PhotoOnce {
        file: PathBuf,
        address: String,
        code: String,
    },
    /// Write docs/BENCHMARKS.md and its chart from the results
    Report {
        #[arg(long, default_value = "docs")]
        docs: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("linli-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Outcome<()> {
    std::fs::create_dir_all(&args.out)?;
    std::fs::create_dir_all(&args.folder)?;
    let binaries = match &args.programs {
        Some(folder) => Binaries::in_folder(folder),
        None => Binaries::beside_me()?,
    };
    match args.what {
        What::Figures => {
            let figures = figures::run(&binaries, &args.county, &args.folder).await?;
            report::keep_figures(&args.out, report::FIGURES, &figures)
        }
        What::Gate => {
            let gate = gate::run(&binaries, &args.county, &args.folder).await?;
            report::keep_figures(&args.out, report::GATE, &gate)
        }
        What::Load => {
            let load = load::run(&binaries, &args.county, &args.folder).await?;
            report::keep_figures(&args.out, report::LOAD, &load)
        }
        What::Photo => {
            let photos = photo::run(&binaries, &args.county, &args.folder).await?;
            report::keep_figures(&args.out, report::PHOTO, &photos)
        }
        What::PhotoOnce {
            file,
            address,
            code,
        } => photo::once(&args.folder, &file, &address, &code).await,
        What::Sync {
            systems,
            steps,
            cap,
            peers,
        } => {
            let bench = steps::Bench {
                binaries,
                peers: peers.canonicalize()?,
                folder: args.folder,
                out: args.out,
                cap: Duration::from_secs(cap),
                steps: steps.into_iter().filter(|step| !step.is_empty()).collect(),
            };
            bench.run(&args.county, &systems).await
        }
        What::Report { docs } => report::write(&args.out, &docs),
    }
}
