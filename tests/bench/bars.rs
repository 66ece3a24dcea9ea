//! The bars of DESIGN §10, and how far over or under them a run was.

use std::fmt::Write;

use serde_json::Value;

use crate::Outcome;
use crate::measure::Row;
use crate::report::Results;

/// What there is of a run.
pub(crate) struct Measured<'a> {
    pub(crate) figures: Option<&'a Value>,
    pub(crate) gate: Option<&'a Value>,
    pub(crate) load: Option<&'a Value>,
    pub(crate) photo: Option<&'a Value>,
    pub(crate) sync: &'a Results,
}

/// A bar, in words, and how it was met.
struct Bar {
    what: String,
    bar: String,
    measured: String,
    met: bool,
}

impl Bar {
    fn new(what: &str, bar: &str, measured: String, met: bool) -> Self {
        let (what, bar) = (what.to_owned(), bar.to_owned());
        Self {
            what,
            bar,
            measured,
            met,
        }
    }
}

impl Measured<'_> {
    /// One line for each bar that was measured.
    pub(crate) fn table(&self, text: &mut String) -> Outcome<()> {
        writeln!(text, "\n### Against the bars\n")?;
        writeln!(text, "| what | bar | measured | |")?;
        writeln!(text, "| --- | --- | --- | --- |")?;
        let bars = (self.faster().into_iter())
            .chain(self.bytes())
            .chain(self.idle())
            .chain(self.gate())
            .chain(self.latencies())
            .chain(self.load())
            .chain(self.photos());
        for one in bars {
            let met = if one.met { "met" } else { "**missed**" };
            let (what, bar, measured) = (one.what, one.bar, one.measured);
            writeln!(text, "| {what} | {bar} | {measured} | {met} |")?;
        }
        Ok(())
    }

    fn row(&self, step: &str, system: &str) -> Option<&Row> {
        self.sync.get(step)?.get(system)
    }

    fn faster(&self) -> Vec<Bar> {
        let first = "first sync of 10,000 documents";
        let small = "first sync of 2,000 documents";
        let bars = [
            (first, "first_10k", "pouchdb", 10.0),
            (small, "first_2k", "automerge_repo", 100.0),
            (first, "first_10k", "automerge_repo", 100.0),
            ("500 offline edits", "push_500", "pouchdb", 20.0),
        ];
        let measure = |(what, step, other, bar): (&str, &str, &str, f64)| {
            let (theirs, ours) = (self.row(step, other)?, self.row(step, "linli")?);
            let times = theirs.ms / ours.ms;
            let words = format!("≥ {bar} × faster than {other}");
            Some(Bar::new(
                what,
                &words,
                format!("{times:.1} ×"),
                times >= bar,
            ))
        };
        bars.into_iter().filter_map(measure).collect()
    }

    fn bytes(&self) -> Option<Bar> {
        let linli = self.row("first_10k", "linli")?;
        let json = self.row("first_10k", "baseline")?;
        let bytes = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let ratio = bytes(linli.http_down.unwrap_or(linli.bytes_down)) / bytes(json.bytes_down);
        Some(Bar::new(
            "its bytes down, without TLS",
            "≤ 1.3 × one zstd-3 stream of the same as JSON",
            format!("{ratio:.2} ×"),
            ratio <= 1.3,
        ))
    }

    fn idle(&self) -> Option<Bar> {
        let idle = self.row("idle", "linli")?;
        let (up, down) = (idle.http_up.unwrap_or(0), idle.http_down.unwrap_or(0));
        Some(Bar::new(
            "nothing to do",
            "1 request, ≤ 300 B each way, HTTP headers in",
            format!("{} request, {up} B up, {down} B down", idle.requests),
            idle.requests == 1 && up <= 300 && down <= 300,
        ))
    }

    fn gate(&self) -> Vec<Bar> {
        let rows = self.gate.and_then(|gate| gate["rows"].as_array());
        let bar = |row: &Value| {
            let rate = row["per_second"].as_f64().unwrap_or(0.0);
            let what = format!("gate: {}", row["what"].as_str().unwrap_or_default());
            let bar = "≥ 3,000 validated durable changes/s";
            Bar::new(&what, bar, format!("{rate:.0}/s"), rate >= 3_000.0)
        };
        rows.into_iter().flatten().map(bar).collect()
    }

    fn photos(&self) -> Vec<Bar> {
        let rows = self.photo.and_then(|photo| photo["rows"].as_array());
        let bar = |row: &Value| {
            let n = |value: &Value| value.as_f64().unwrap_or(0.0);
            let (ms, mb) = (n(&row["linli"]["ms"]), n(&row["linli"]["peak_mb"]));
            let times = n(&row["imagemagick"]["ms"]) / ms.max(1.0);
            Bar::new(
                &format!("photo of {} Mpx → stored", row["megapixels"]),
                &format!(
                    "< {:.0} ms, < {:.0} MB, faster than ImageMagick",
                    n(&row["bar_ms"]),
                    n(&row["bar_mb"])
                ),
                format!("{ms:.0} ms, {mb:.0} MB, {times:.1} × faster"),
                ms < n(&row["bar_ms"]) && mb < n(&row["bar_mb"]) && times > 1.0,
            )
        };
        rows.into_iter().flatten().map(bar).collect()
    }

    fn latencies(&self) -> Vec<Bar> {
        let all = self.figures.and_then(|all| all["latencies"].as_array());
        let mut bars = Vec::new();
        for (kind, bar) in [("find:", 10.0), ("open:", 5.0)] {
            for one in all.into_iter().flatten() {
                let what = one["what"].as_str().unwrap_or_default();
                let p95 = one["p95_ms"].as_f64().unwrap_or(0.0);
                if what.starts_with(kind) {
                    let words = format!("< {bar} ms");
                    bars.push(Bar::new(
                        what,
                        &words,
                        format!("p95 {p95:.1} ms"),
                        p95 < bar,
                    ));
                }
            }
        }
        bars
    }

    fn load(&self) -> Option<Bar> {
        let first = &self.load?["first_all"];
        let p95 = first["p95_ms"].as_f64().unwrap_or(0.0) / 1_000.0;
        let peak = first["center_peak_mb"].as_f64().unwrap_or(0.0);
        Some(Bar::new(
            "1,000 first syncs at once",
            "p95 < 10 s, center < 500 MB",
            format!("p95 {p95:.1} s, {peak:.0} MB"),
            p95 < 10.0 && peak < 500.0,
        ))
    }
}
