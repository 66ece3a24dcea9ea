//! Results as a file that grows step by step, and as a page.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use crate::measure::Row;
use crate::system::NAMES;
use crate::{Outcome, bars, chart};

/// Step → system → row.
pub(crate) type Results = BTreeMap<String, BTreeMap<String, Row>>;

const SYNC: &str = "sync.json";
pub(crate) const FIGURES: &str = "figures.json";
pub(crate) const GATE: &str = "gate.json";
pub(crate) const LOAD: &str = "load.json";
pub(crate) const PHOTO: &str = "photo.json";
/// Where the page's measured part begins and ends; what stands around it is written by hand.
const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";

/// Adds one row to the results; another run of the same step replaces it.
pub(crate) fn keep(out: &Path, step: &str, system: &str, row: &Row) -> Outcome<()> {
    let mut results = read(out).unwrap_or_default();
    let rows = results.entry(step.to_owned()).or_default();
    rows.insert(system.to_owned(), row.clone());
    std::fs::write(out.join(SYNC), serde_json::to_string_pretty(&results)?)?;
    Ok(())
}

fn read(out: &Path) -> Outcome<Results> {
    let text = std::fs::read_to_string(out.join(SYNC))?;
    Ok(serde_json::from_str(&text)?)
}

/// Keeps figures of county M in a file of their own.
pub(crate) fn keep_figures(out: &Path, file: &str, figures: &impl Serialize) -> Outcome<()> {
    std::fs::write(out.join(file), serde_json::to_string_pretty(figures)?)?;
    Ok(())
}

/// Renews the measured part of docs/BENCHMARKS.md, and the chart.
pub(crate) fn write(out: &Path, docs: &Path) -> Outcome<()> {
    let page = docs.join("BENCHMARKS.md");
    let text = std::fs::read_to_string(&page)?;
    let (before, rest) = text.split_once(BEGIN).ok_or("no place for the tables")?;
    let (_, after) = rest.split_once(END).ok_or("no end of the tables")?;
    let json = |name: &str| -> Option<Value> {
        serde_json::from_str(&std::fs::read_to_string(out.join(name)).ok()?).ok()
    };
    let (alone, gate, many) = (json(FIGURES), json(GATE), json(LOAD));
    let photo = json(PHOTO);
    let results = read(out).unwrap_or_default();
    let mut measured = String::new();
    let bars = bars::Measured {
        figures: alone.as_ref(),
        gate: gate.as_ref(),
        load: many.as_ref(),
        photo: photo.as_ref(),
        sync: &results,
    };
    bars.table(&mut measured)?;
    if let Some(alone) = &alone {
        figures(&mut measured, alone)?;
    }
    if let Some(gate) = &gate {
        changes(&mut measured, gate)?;
    }
    if let Some(many) = &many {
        load(&mut measured, many)?;
    }
    if let Some(photo) = &photo {
        photos(&mut measured, photo)?;
    }
    tables(&mut measured, &results)?;
    std::fs::write(docs.join("pictures/bench-sync.svg"), chart::draw(&results))?;
    std::fs::write(page, format!("{before}{BEGIN}\n{measured}{END}{after}"))?;
    Ok(())
}

fn figures(text: &mut String, figures: &Value) -> Outcome<()> {
    writeln!(text, "\n### County M\n")?;
    writeln!(
        text,
        "| first sync | documents | changes | ms | of it enrolling | KB down | KB up | requests | database KB |"
    )?;
    writeln!(
        text,
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: |"
    )?;
    for one in figures["first_syncs"].as_array().into_iter().flatten() {
        let n = |key: &str| one[key].as_f64().unwrap_or(0.0);
        writeln!(
            text,
            "| {} | {} | {} | {:.0} | {:.0} | {:.0} | {:.1} | {} | {:.0} |",
            one["who"].as_str().unwrap_or_default(),
            n("docs"),
            n("changes"),
            n("ms"),
            n("enrol_ms"),
            n("bytes_down") / 1e3,
            n("bytes_up") / 1e3,
            n("requests"),
            n("database_bytes") / 1e3,
        )?;
    }
    writeln!(
        text,
        "\n| on a phone with all {} residents | p50 ms | p95 ms | max ms | asked |",
        figures["residents"]
    )?;
    writeln!(text, "| --- | --: | --: | --: | --: |")?;
    for one in figures["latencies"].as_array().into_iter().flatten() {
        let n = |key: &str| one[key].as_f64().unwrap_or(0.0);
        writeln!(
            text,
            "| {} | {:.2} | {:.2} | {:.2} | {} |",
            one["what"].as_str().unwrap_or_default(),
            n("p50_ms"),
            n("p95_ms"),
            n("max_ms"),
            n("count"),
        )?;
    }
    Ok(())
}

fn photos(text: &mut String, photos: &Value) -> Outcome<()> {
    writeln!(text, "\n### Photos\n")?;
    writeln!(
        text,
        "| picture | file KB | stored KB | Linli ms | Linli MB | ImageMagick ms | ImageMagick MB |"
    )?;
    writeln!(text, "| --- | --: | --: | --: | --: | --: | --: |")?;
    for one in photos["rows"].as_array().into_iter().flatten() {
        let n = |value: &Value| value.as_f64().unwrap_or(0.0);
        writeln!(
            text,
            "| {} Mpx | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} |",
            one["megapixels"],
            n(&one["file_bytes"]) / 1e3,
            n(&one["stored_bytes"]) / 1e3,
            n(&one["linli"]["ms"]),
            n(&one["linli"]["peak_mb"]),
            n(&one["imagemagick"]["ms"]),
            n(&one["imagemagick"]["peak_mb"]),
        )?;
    }
    Ok(())
}

fn changes(text: &mut String, gate: &Value) -> Outcome<()> {
    writeln!(text, "\n### The gate\n")?;
    writeln!(
        text,
        "| sixteen phones at once | changes | changes/s | center CPU s | center MB |\n| --- | --: | --: | --: | --: |"
    )?;
    for row in gate["rows"].as_array().into_iter().flatten() {
        let n = |key: &str| row[key].as_f64().unwrap_or(0.0);
        writeln!(
            text,
            "| {} | {} | {:.0} | {:.2} | {:.0} |",
            row["what"].as_str().unwrap_or_default(),
            n("changes"),
            n("per_second"),
            n("center_cpu_s"),
            n("center_peak_mb"),
        )?;
    }
    Ok(())
}

fn load(text: &mut String, load: &Value) -> Outcome<()> {
    writeln!(text, "\n### Many phones (`make load`)\n")?;
    writeln!(
        text,
        "| | calls | failed | p50 ms | p95 ms | max ms | calls/s | MB down | center CPU s | center MB |"
    )?;
    writeln!(
        text,
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |"
    )?;
    for key in ["first_all", "first_workers", "rest", "eager"] {
        let one = &load[key];
        let n = |key: &str| one[key].as_f64().unwrap_or(0.0);
        writeln!(
            text,
            "| {} | {} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.0} |",
            one["what"].as_str().unwrap_or_default(),
            n("phones"),
            n("failed"),
            n("p50_ms"),
            n("p95_ms"),
            n("max_ms"),
            n("per_second"),
            n("bytes") / 1e6,
            n("center_cpu_s"),
            n("center_peak_mb"),
        )?;
    }
    Ok(())
}

fn tables(text: &mut String, results: &Results) -> Outcome<()> {
    for (step, rows) in results {
        writeln!(text, "\n### `{step}`\n")?;
        writeln!(
            text,
            "| system | ms | ÷ Linli | B up | B down | requests | waits | CPU s phone | CPU s server | MB phone | MB server | |"
        )?;
        writeln!(
            text,
            "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |"
        )?;
        let linli = rows.get("linli").map(|row| row.ms);
        for name in NAMES {
            let Some(row) = rows.get(name) else { continue };
            let ratio = linli.map_or(String::new(), |ms| format!("{:.1}", row.ms / ms));
            writeln!(
                text,
                "| {name} | {:.0} | {}{ratio} | {} | {} | {} | {} | {:.2} | {:.2} | {:.0} | {:.0} | {} |",
                row.ms,
                if row.dnf { ">" } else { "" },
                row.bytes_up,
                row.bytes_down,
                row.requests,
                row.round_trips,
                row.cpu_client_s,
                row.cpu_server_s,
                row.rss_client_mb,
                row.rss_server_mb,
                note(row),
            )?;
        }
        if let Some(baseline) = rows.get("baseline") {
            let bytes = baseline.bytes_down;
            writeln!(
                text,
                "\nThe same documents as JSON in one zstd-3 stream: {bytes} bytes."
            )?;
        }
    }
    Ok(())
}

fn note(row: &Row) -> String {
    let mut notes = Vec::new();
    if let Some(why) = &row.why {
        let why: String = why.chars().take(80).collect();
        notes.push(format!("**{} of its documents**: {why}", row.docs));
    }
    if let Some(made) = row.edits_made {
        let shown = row.edits_shown.unwrap_or(0);
        notes.push(match row.edits_retrievable {
            Some(found) => format!("of {made} edits {shown} shown, {found} retrievable"),
            None => format!("{shown} of {made} edits arrived"),
        });
    }
    if let (Some(up), Some(down)) = (row.http_up, row.http_down) {
        notes.push(format!("without TLS {up} B up, {down} B down"));
    }
    notes.join("; ")
}
