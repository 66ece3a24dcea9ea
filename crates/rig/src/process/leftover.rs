//! Programs that outlived a rig which was killed.

use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

/// How long a killed program may take to be gone, looked at this often.
const LOOKS: u32 = 250;
const PAUSE: Duration = Duration::from_millis(20);

/// Ends the processes listed in `file` (one id a line) that still run one of our programs, and
/// waits until they are gone. An id that by now belongs to something else is left alone.
pub async fn stop_leftovers(file: &Path) {
    let Ok(text) = std::fs::read_to_string(file) else {
        return;
    };
    let ids = || text.lines().filter_map(|line| line.trim().parse().ok());
    for id in ids().filter(|id| is_ours(*id)) {
        if let Some(group) = Pid::from_raw(id) {
            // It may end by itself between the look and the signal.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
    for _ in 0..LOOKS {
        if !ids().any(is_ours) {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn is_ours(id: i32) -> bool {
    std::fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| {
        let name = exe.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with("linli-")
    })
}
