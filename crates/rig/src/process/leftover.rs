//! Programs that outlived a rig which was killed.

use std::path::Path;

use rustix::process::{Pid, Signal, kill_process_group};

/// Ends the processes listed in `file` (one id a line) that still run one of our programs. An id
/// that by now belongs to something else is left alone.
pub fn stop_leftovers(file: &Path) {
    let Ok(text) = std::fs::read_to_string(file) else {
        return;
    };
    for id in text
        .lines()
        .filter_map(|line| line.trim().parse::<i32>().ok())
    {
        let ours = std::fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| {
            exe.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("linli-"))
        });
        if let (true, Some(group)) = (ours, Pid::from_raw(id)) {
            // It may end by itself between the look and the signal.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}
