//! The bars of DESIGN §10, and how far over or under them a run was.

use std::fmt::Write;

use serde_json::Value;

use crate::Outcome;
use crate::report::Results;

/// One line for each bar that was measured.
pub(crate) fn table(
    text: &mut String,
    figures: Option<&Value>,
    load: Option<&Value>,
    results: &Results,
) -> Outcome<()> {
    writeln!(text, "\n### Against the bars\n")?;
    writeln!(text, "| what | bar | measured | |")?;
    writeln!(text, "| --- | --- | --- | --- |")?;
    let mut line = |what: &str, bar: &str, measured: String, met: bool| {
        let met = if met { "met" } else { "**missed**" };
        writeln!(text, "| {what} | {bar} | {measured} | {met} |")
    };
    let ms = |step: &str, system: &str| results.get(step)?.get(system).map(|row| row.ms);
    let faster = |step: &str, other: &str| Some(ms(step, other)? / ms(step, "linli")?);
    for (what, step, other, bar) in [
        (
            "first sync of 10,000 documents",
            "first_10k",
            "pouchdb",
            10.0,
        ),
        (
            "first sync of 2,000 documents",
            "first_2k",
            "automerge_repo",
            100.0,
        ),
        ("500 offline edits", "push_500", "pouchdb", 20.0),
    ] {
        if let Some(times) = faster(step, other) {
            let words = format!("≥ {bar} × faster than {other}");
            line(what, &words, format!("{times:.1} ×"), times >= bar)?;
        }
    }
    let row = |step: &str, system: &str| results.get(step)?.get(system);
    if let (Some(linli), Some(json)) = (row("first_10k", "linli"), row("first_10k", "baseline")) {
        let bytes = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let ratio = bytes(linli.http_down.unwrap_or(linli.bytes_down)) / bytes(json.bytes_down);
        let what = "its bytes down, without TLS";
        let bar = "≤ 1.3 × one zstd-3 stream of the same as JSON";
        line(what, bar, format!("{ratio:.2} ×"), ratio <= 1.3)?;
    }
    if let Some(idle) = row("idle", "linli") {
        let (up, down) = (idle.http_up.unwrap_or(0), idle.http_down.unwrap_or(0));
        let measured = format!("{} request, {up} B up, {down} B down", idle.requests);
        let met = idle.requests == 1 && up <= 300 && down <= 300;
        line(
            "nothing to do",
            "1 request, ≤ 300 B each way, HTTP headers in",
            measured,
            met,
        )?;
    }
    let latencies = figures.map(|figures| &figures["latencies"]);
    for (kind, bar) in [("find:", 10.0), ("open:", 5.0)] {
        for one in latencies.and_then(Value::as_array).into_iter().flatten() {
            let what = one["what"].as_str().unwrap_or_default();
            let p95 = one["p95_ms"].as_f64().unwrap_or(0.0);
            if what.starts_with(kind) {
                let bar_words = format!("< {bar} ms");
                line(what, &bar_words, format!("p95 {p95:.1} ms"), p95 < bar)?;
            }
        }
    }
    if let Some(first) = load.map(|load| &load["first_all"]) {
        let p95 = first["p95_ms"].as_f64().unwrap_or(0.0) / 1_000.0;
        let peak = first["center_peak_mb"].as_f64().unwrap_or(0.0);
        let measured = format!("p95 {p95:.1} s, {peak:.0} MB");
        let met = p95 < 10.0 && peak < 500.0;
        line(
            "1,000 first syncs at once",
            "p95 < 10 s, center < 500 MB",
            measured,
            met,
        )?;
    }
    Ok(())
}
