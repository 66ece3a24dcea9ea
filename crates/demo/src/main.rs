//! `linli-demo write`: the fictional county as a bundle that a center can load.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use linli_demo::dice::Dice;
use linli_demo::history::cases::Picture;
use linli_demo::write::WriteError;
use linli_demo::{County, Date, Size, picture, write};

/// The fictional county Qiyun (栖云县).
#[derive(Parser)]
#[command(name = "linli-demo")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the county into a bundle.
    Write {
        /// S (one community), M (the county) or L (ten times the county).
        #[arg(long)]
        size: Size,
        /// The same seed, size and day give the same bytes.
        #[arg(long)]
        seed: u64,
        /// The day the county stands at, YYYY-MM-DD.
        #[arg(long)]
        today: Date,
        /// The bundle.
        #[arg(long)]
        out: PathBuf,
        /// A folder for the drawn photos as files, to look at or to feed to a phone.
        #[arg(long)]
        photos: Option<PathBuf>,
        /// Threads; they don't change the bytes.
        #[arg(long, default_value_t = 2)]
        threads: usize,
    },
}

fn main() -> ExitCode {
    let Command::Write {
        size,
        seed,
        today,
        out,
        photos,
        threads,
    } = Args::parse().command;
    let done = bundle(size, seed, today, &out, threads)
        .and_then(|()| photos.map_or(Ok(()), |folder| drawings(seed, &folder)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("linli-demo: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes beside the place and renames, so that a half-written bundle is never read.
fn bundle(
    size: Size,
    seed: u64,
    today: Date,
    out: &Path,
    threads: usize,
) -> Result<(), WriteError> {
    eprintln!("making 栖云县, size {size:?}, seed {seed}, {today} …");
    let county = County::build(seed, size, today);
    eprintln!(
        "{} grids, {} buildings, {} households, {} visits, {} cases",
        county.org.grids.len(),
        county.housing.buildings.len(),
        county.households.len(),
        county.history.visits.len(),
        county.history.cases.len(),
    );
    let mut partial = out.as_os_str().to_owned();
    partial.push(".part");
    let mut file = BufWriter::new(File::create(&partial)?);
    let mut tenth = 0;
    let written = write::write(&county, threads, &mut file, |done, all| {
        if done * 10 / all.max(1) > tenth {
            tenth = done * 10 / all.max(1);
            eprintln!("{done} of {all} documents");
        }
    })?;
    file.flush()?;
    drop(file);
    std::fs::rename(&partial, out)?;
    eprintln!(
        "{}: {} people, {} documents, {} changes, {} photos",
        out.display(),
        written.people,
        written.docs,
        written.changes,
        written.photos,
    );
    Ok(())
}

/// Draws one photo of each kind.
fn drawings(seed: u64, folder: &Path) -> Result<(), WriteError> {
    std::fs::create_dir_all(folder)?;
    for (name, kind) in [
        ("dark-street", Picture::DarkStreet),
        ("stairwell", Picture::Stairwell),
        ("water", Picture::Water),
        ("hole", Picture::Hole),
        ("rubbish", Picture::Rubbish),
    ] {
        let jpeg = picture::jpeg(kind, &mut Dice::new(seed, name, 0))?;
        std::fs::write(folder.join(format!("{name}.jpg")), jpeg)?;
    }
    Ok(())
}
