//! `linli-rig demo` for people, `linli-rig stage` for tests.

mod demo;
mod stage_command;
mod stop;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs a center and three phones on this machine, with links that can be cut.
#[derive(Parser)]
#[command(version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the demo: phones side by side, the console, and a switch for each network
    Demo(demo::Demo),
    /// Run the same for a test, which steers it over HTTP
    Stage(stage_command::StageArgs),
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Demo(demo) => demo.run().await,
        Command::Stage(stage) => stage.run().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("linli-rig: {e}");
            ExitCode::FAILURE
        }
    }
}
