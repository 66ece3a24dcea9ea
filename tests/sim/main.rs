//! `linli-sim`: runs the simulator over many seeds.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use clap::Parser;
use linli_rig::binaries::Binaries;
use linli_rig::county;
use linli_tests::sim::{Fate, Template, run};

/// Runs phones and a center through storms, each made from a seed, and checks that nothing is
/// lost.
#[derive(Debug, Parser)]
#[command(name = "linli-sim")]
struct Args {
    /// First seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many seeds
    #[arg(long, default_value_t = 300)]
    runs: u64,
    /// How many at a time
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// A file that remembers how far a long run got, killed or not: the next one goes on there
    #[arg(long)]
    resume: Option<PathBuf>,
    /// Keep the folder of a seed that fails
    #[arg(long)]
    keep: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match all(&args) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(what) => {
            eprintln!("linli-sim: {what}");
            ExitCode::FAILURE
        }
    }
}

/// What all threads share.
struct Shared {
    template: Template,
    next: AtomicU64,
    end: u64,
    running: Mutex<BTreeSet<u64>>,
    resume: Option<PathBuf>,
    failed: Mutex<Vec<(u64, String)>>,
    written: AtomicU64,
    given_back: AtomicU64,
    erased: AtomicU64,
    restored: AtomicU64,
}

impl Shared {
    fn running(&self) -> MutexGuard<'_, BTreeSet<u64>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<u64> {
        let mut running = self.running();
        let seed = self.next.fetch_add(1, Ordering::Relaxed);
        (seed < self.end).then(|| {
            running.insert(seed);
            seed
        })
    }

    /// Remembers how far the run is: all seeds below the lowest that is still running.
    fn done(&self, seed: u64) -> Result<(), String> {
        let mut running = self.running();
        running.remove(&seed);
        let next = self.next.load(Ordering::Relaxed).min(self.end);
        let at = running.first().copied().unwrap_or(next);
        self.resume.as_ref().map_or(Ok(()), |file| {
            std::fs::write(file, format!("{at}\n")).map_err(|error| error.to_string())
        })
    }
}

fn all(args: &Args) -> Result<usize, String> {
    let words = |error: std::io::Error| error.to_string();
    let began = Instant::now();
    let first = match &args.resume {
        Some(file) => std::fs::read_to_string(file)
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or(args.seed),
        None => args.seed,
    };
    // In memory where there is such a folder: a run flushes thousands of times.
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() {
        tempfile::tempdir_in(memory).map_err(words)?
    } else {
        tempfile::tempdir().map_err(words)?
    };
    let binaries = Binaries::beside_me().map_err(|error| error.to_string())?;
    let bundle = in_runtime(county::bundle(&binaries, "S", binaries.folder()))?
        .map_err(|error| error.to_string())?;
    let template = in_runtime(Template::make(&place.path().join("town"), &bundle))??;
    let shared = Arc::new(Shared {
        template,
        next: AtomicU64::new(first),
        end: first + args.runs,
        running: Mutex::default(),
        resume: args.resume.clone(),
        failed: Mutex::default(),
        written: AtomicU64::new(0),
        given_back: AtomicU64::new(0),
        erased: AtomicU64::new(0),
        restored: AtomicU64::new(0),
    });
    let threads: Vec<_> = (0..args.threads.max(1))
        .map(|_| {
            let (shared, folder) = (shared.clone(), place.path().to_owned());
            let keep = args.keep.clone();
            std::thread::spawn(move || work(&shared, &folder, keep.as_deref()))
        })
        .collect();
    for thread in threads {
        thread.join().map_err(|_| "a thread panicked")??;
    }
    let failed = shared
        .failed
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .len();
    println!(
        "storms {first} to {} in {:.0} s: {} things written, {} given back, {} names and numbers erased, {} centers restored",
        shared.end - 1,
        began.elapsed().as_secs_f64(),
        shared.written.load(Ordering::Relaxed),
        shared.given_back.load(Ordering::Relaxed),
        shared.erased.load(Ordering::Relaxed),
        shared.restored.load(Ordering::Relaxed),
    );
    println!("{} passed, {failed} failed", args.runs - failed as u64);
    Ok(failed)
}

fn work(shared: &Shared, folder: &Path, keep: Option<&Path>) -> Result<(), String> {
    loop {
        let Some(seed) = shared.take() else {
            return Ok(());
        };
        let own = folder.join(format!("seed-{seed}"));
        let fate: Fate = in_runtime(run(&shared.template, seed, &own))?;
        match fate {
            Ok(tally) => {
                let count = |counter: &AtomicU64, n: usize| {
                    counter.fetch_add(n as u64, Ordering::Relaxed);
                };
                count(&shared.written, tally.written);
                count(&shared.given_back, tally.given_back);
                count(&shared.erased, tally.erased);
                count(&shared.restored, tally.restored);
            }
            Err(what) => {
                println!("seed {seed}: {what}\n  again: make sim SEED={seed} RUNS=1");
                if let Some(keep) = keep {
                    keep_folder(&own, &keep.join(format!("seed-{seed}")));
                }
                shared
                    .failed
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push((seed, what));
            }
        }
        std::fs::remove_dir_all(&own).map_err(|error| error.to_string())?;
        shared.done(seed)?;
    }
}

fn keep_folder(from: &Path, to: &Path) {
    let copied = std::process::Command::new("cp")
        .arg("-r")
        .arg(from)
        .arg(to)
        .status();
    if !copied.is_ok_and(|status| status.success()) {
        eprintln!("{} can't be kept", from.display());
    }
}

/// A runtime of its own for one piece of work: runs don't share threads.
fn in_runtime<T>(work: impl Future<Output = T>) -> Result<T, String> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map(|runtime| runtime.block_on(work))
        .map_err(|error| error.to_string())
}
