//! `linli-mutants`: would the simulator notice? Brings one deliberate fault after the other to
//! life and runs storms until one fails. A fault that survives is a hole in the checks. Those
//! that storms hardly ever meet are for named tests: see `scripts/mutants.sh`.

use std::path::Path;
use std::process::ExitCode;

use linli_model::mutant;
use linli_rig::binaries::Binaries;
use linli_rig::county;
use linli_tests::sim::{Template, run};

/// Storms a fault may survive before it counts as unnoticed.
const SEEDS: u64 = 60;

/// Every fault, and what it does.
const MUTANTS: [(&str, &str); 17] = [
    (
        "edit_at_newest_heads",
        "phone: a form is saved on what stands now, not on what it showed",
    ),
    (
        "keep_actor_after_refusal",
        "phone: goes on under the actor of a refused change",
    ),
    (
        "tables_lag",
        "phone: stores a page without bringing the tables up to date",
    ),
    (
        "accepted_when_sent",
        "phone: says accepted when it has only sent",
    ),
    (
        "drop_what_came_back",
        "phone: drops what came back instead of keeping it in the tray",
    ),
    (
        "cursor_apart_from_page",
        "phone: moves the cursor in another transaction than the page",
    ),
    (
        "still_accepted_after_a_restoring",
        "phone: says accepted what a restored center has lost",
    ),
    (
        "phone_skips_the_sync",
        "phone: says saved when it is not on the disk",
    ),
    (
        "center_skips_the_sync",
        "center: says accepted when it is not on the disk",
    ),
    ("answer_before_commit", "center: answers before the commit"),
    (
        "foreign_actor",
        "center: takes a change under somebody else's actor",
    ),
    (
        "trust_the_claim",
        "center: believes what an intent says of its change",
    ),
    (
        "forget_what_was_accepted",
        "center: judges an accepted intent again",
    ),
    ("no_quarantine", "center: doesn't keep what it refused"),
    ("gap_in_the_feed", "center: leaves changes out of the feed"),
    (
        "leave_words_in_the_outbox",
        "phone: keeps what was said of somebody who was erased",
    ),
    (
        "care_for_everybody",
        "center: puts care documents where building leads read",
    ),
];

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let survived = match runtime {
        Ok(runtime) => runtime.block_on(all()),
        Err(error) => Err(error.to_string()),
    };
    match survived {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(what) => {
            eprintln!("linli-mutants: {what}");
            ExitCode::FAILURE
        }
    }
}

async fn all() -> Result<usize, String> {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    let place = place.map_err(|error| error.to_string())?;
    let binaries = Binaries::beside_me().map_err(|error| error.to_string())?;
    let bundle = county::bundle(&binaries, "S", binaries.folder())
        .await
        .map_err(|error| error.to_string())?;
    let only: Vec<String> = std::env::args().skip(1).collect();
    let mut survived = 0;
    let (mut tried, mut caught) = (0, 0);
    for (name, what) in MUTANTS {
        if !only.is_empty() && !only.iter().any(|one| one == name) {
            continue;
        }
        tried += 1;
        mutant::set(name);
        let own = place.path().join(name);
        match first_failure(&own, &bundle).await? {
            Some((seed, how)) => {
                caught += 1;
                println!("caught    {name}: {what}\n          seed {seed}: {how}");
            }
            None => {
                survived += 1;
                println!("SURVIVED  {name}: {what}");
            }
        }
        mutant::set("");
        std::fs::remove_dir_all(&own).map_err(|error| error.to_string())?;
    }
    println!("{caught} of {tried} deliberate faults caught");
    Ok(survived)
}

/// The first storm that fails under the fault that is alive, and how.
async fn first_failure(folder: &Path, bundle: &Path) -> Result<Option<(u64, String)>, String> {
    // Made under the fault as well: it may show at once.
    let template = match Template::make(&folder.join("town"), bundle).await {
        Ok(template) => template,
        Err(how) => return Ok(Some((0, how))),
    };
    for seed in 1..=SEEDS {
        let own = folder.join("run");
        let fate = run(&template, seed, &own).await;
        std::fs::remove_dir_all(&own).map_err(|error| error.to_string())?;
        if let Err(how) = fate {
            return Ok(Some((seed, how)));
        }
    }
    Ok(None)
}
