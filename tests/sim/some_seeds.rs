//! A few seeds of the simulator among the other tests; `make sim` runs many.

#![allow(clippy::expect_used, reason = "a test may stop")]

use linli_rig::binaries::Binaries;
use linli_rig::county;
use linli_tests::sim::{Template, forgotten, heals, run};

async fn town(folder: &tempfile::TempDir) -> Template {
    let binaries = Binaries::beside_me().expect("programs");
    let bundle = county::bundle(&binaries, "S", binaries.folder())
        .await
        .expect("a county");
    Template::make(&folder.path().join("town"), &bundle)
        .await
        .expect("a town")
}

#[tokio::test]
async fn a_phone_that_misses_something_or_has_too_much_mends_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let template = town(&folder).await;
    heals(&template, &folder.path().join("heal"))
        .await
        .expect("mended");
}

#[tokio::test]
async fn a_phone_that_a_restored_center_has_forgotten_enrols_again_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let template = town(&folder).await;
    forgotten(&template, &folder.path().join("forgotten"))
        .await
        .expect("nothing lost");
}

#[tokio::test]
async fn nothing_is_lost_in_a_storm() {
    let folder = tempfile::tempdir().expect("a folder");
    let template = town(&folder).await;
    let mut written = 0;
    for seed in 1..=5 {
        let own = folder.path().join(format!("seed-{seed}"));
        match run(&template, seed, &own).await {
            Ok(tally) => written += tally.written,
            Err(what) => panic!("seed {seed}: {what} (make sim SEED={seed} RUNS=1)"),
        }
    }
    assert!(
        written > 50,
        "a storm in which nobody writes proves nothing"
    );
}
