//! What the person at the terminal reads.

use std::path::{Path, PathBuf};
use std::time::Duration;

use linli_rig::stage::{LOGIN, PASSWORD, Stage, StageConfig};

/// Prints addresses and log-ins.
pub(crate) fn print(config: &StageConfig, stage: &Stage, took: Duration, window: bool) {
    let front = config.ports.front();
    println!();
    println!("  邻里 Linli · ready in {:.1} s", took.as_secs_f64());
    println!();
    println!("  三部手机  phones   http://127.0.0.1:{front}/");
    println!("  网格中心  console  http://127.0.0.1:{front}/console/   {LOGIN} / {PASSWORD}");
    for phone in &stage.phones {
        let name = match phone.name() {
            "worker" => "网格员    worker ",
            "chief" => "网格长    chief  ",
            _ => "楼栋长    lead   ",
        };
        println!("  {name}  {}", phone.url().unwrap_or_default());
    }
    println!("  设备 TLS  devices  {}", stage.center.devices());
    println!();
    if !window {
        let ports = [front, front + 11, front + 12, front + 13];
        let tunnels = ports.map(|port| format!("-L {port}:127.0.0.1:{port}"));
        println!("  No display here. From the machine you sit at:");
        println!("  ssh {} <this machine>", tunnels.join(" "));
        println!();
    }
    println!(
        "  Data: {} · Ctrl-C stops everything · make demo-reset starts anew",
        config.folder.display()
    );
    println!();
}

/// Says when the county that is kept has another size than the one asked for.
pub(crate) fn note_kept_size(folder: &Path, asked: &str) {
    match std::fs::read_to_string(size_file(folder)) {
        Ok(kept) if kept != asked => println!(
            "{} holds a county of size {kept}; `make demo-reset` first for size {asked}",
            folder.display()
        ),
        _ => {}
    }
}

/// Remembers the size for the next start.
pub(crate) fn keep_size(folder: &Path, size: &str) {
    let file = size_file(folder);
    if !file.exists() {
        // Only a hint for the person; the county is the same without it.
        let _ = std::fs::write(file, size);
    }
}

fn size_file(folder: &Path) -> PathBuf {
    folder.join("size")
}
