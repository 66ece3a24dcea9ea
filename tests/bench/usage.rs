//! What a process used of the machine, as the kernel tells.

use std::fs::read_to_string;

use serde::{Deserialize, Serialize};

/// Ticks a second in `/proc`: Linux has told all programs the same for twenty years.
const TICKS: f64 = 100.0;

/// Processor time and memory of one process since it began.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Usage {
    /// Seconds of processor time.
    pub(crate) cpu_s: f64,
    /// Most memory it ever had, megabytes.
    pub(crate) peak_mb: f64,
}

/// Looks at a process; zeros for one that has ended.
pub(crate) fn of(process: Option<u32>) -> Usage {
    let Some(id) = process else {
        return Usage::default();
    };
    let stat = read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The name in brackets may hold blanks; what follows doesn't.
    let after = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let field = |n: usize| -> f64 {
        let word = after.split(' ').nth(n).unwrap_or_default();
        word.parse().unwrap_or(0.0)
    };
    let status = read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().strip_suffix(" kB"))
        .and_then(|number| number.parse::<f64>().ok());
    Usage {
        cpu_s: (field(11) + field(12)) / TICKS,
        peak_mb: peak.unwrap_or(0.0) / 1024.0,
    }
}
