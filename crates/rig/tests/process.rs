//! Programs are heard, and stopped with everything they started.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use linli_rig::RigError;
use linli_rig::process::Launch;

fn sh(script: &str, log: &std::path::Path) -> Launch {
    Launch::new("/bin/sh".into(), log).arg("-c").arg(script)
}

#[tokio::test]
async fn the_ready_line_is_awaited_and_the_rest_logged() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("logs/sh.log");
    let script = "echo hello; echo 'ready here'; exec cat";
    let (mut process, said) = sh(script, &log).until_ready("ready ").await.unwrap();
    assert_eq!(said, "here");
    assert_eq!(std::fs::read_to_string(&log).unwrap(), "hello\n");
    // Its input is closed, so it ends by itself.
    assert!(process.wait().await.unwrap());
    assert!(!process.running());
}

#[tokio::test]
async fn a_program_that_ends_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("sh.log");
    let error = sh("echo 'no such county' >&2; exit 1", &log)
        .until_ready("ready ")
        .await
        .unwrap_err();
    assert!(matches!(&error, RigError::Ended { said, .. } if said == "no such county"));
}

#[tokio::test]
async fn what_a_program_started_goes_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("sh.log");
    let script = "sleep 600 & echo \"ready $!\"; wait";
    let (process, child) = sh(script, &log).until_ready("ready ").await.unwrap();
    let state = |id: &str| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        stat.rsplit(") ").next()?.chars().next()
    };
    assert!(state(&child).is_some());
    process.kill().await;
    // Gone, or a dead entry that its new parent hasn't collected yet. A signal takes its moment.
    let gone = async {
        while !matches!(state(&child), None | Some('Z')) {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(std::time::Duration::from_secs(10), gone).await;
    assert!(in_time.is_ok(), "{:?}", state(&child));
}

#[tokio::test]
async fn a_program_reads_its_input() {
    let dir = tempfile::tempdir().unwrap();
    let printed = sh("read word; echo \"got $word\"", &dir.path().join("sh.log"))
        .input("secret\n".into())
        .to_end()
        .await
        .unwrap();
    assert_eq!(printed, "got secret\n");
}
