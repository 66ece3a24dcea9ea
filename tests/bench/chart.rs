//! The results as bars, on a scale of powers of ten, in colours that read on light and on dark.

use std::fmt::Write;

use crate::report::Results;
use crate::system::NAMES;

/// Steps in the chart, with their words.
const STEPS: [(&str, &str); 6] = [
    ("first_2k", "First sync, 2,000 documents"),
    ("first_10k", "First sync, 10,000 documents"),
    ("first_10k_slow", "The same over a bad mobile network"),
    ("push_500", "500 offline edits pushed"),
    (
        "concurrent_500",
        "2 × 500 concurrent edits, both phones in step",
    ),
    ("idle", "Nothing to do"),
];
const WORDS: [&str; 4] = ["Linli", "PouchDB", "automerge-repo", "Yjs + Hocuspocus"];
const COLOURS: [&str; 4] = ["#2f9e6e", "#c98a1b", "#8d72d8", "#3f8fd0"];

const LEFT: f64 = 150.0;
const WIDTH: f64 = 760.0;
/// Decades shown: a millisecond to a thousand seconds.
const DECADES: f64 = 6.0;

/// The picture.
pub(crate) fn draw(results: &Results) -> String {
    let mut rows = String::new();
    let mut y = 34.0;
    for (step, words) in STEPS {
        let Some(measured) = results.get(step) else {
            continue;
        };
        let _ = writeln!(
            rows,
            "<text class=\"step\" x=\"16\" y=\"{y}\">{words}</text>"
        );
        y += 9.0;
        for (at, name) in NAMES.iter().enumerate() {
            let Some(row) = measured.get(*name) else {
                continue;
            };
            let long = row.ms.max(1.0).log10() / DECADES * (WIDTH - LEFT - 130.0);
            let (label, faded) = if row.dnf {
                ("not finished".to_owned(), " opacity=\"0.45\"")
            } else {
                (time(row.ms), "")
            };
            let _ = writeln!(
                rows,
                "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>\
                 <rect x=\"{LEFT}\" y=\"{y}\" width=\"{long:.1}\" height=\"13\" rx=\"2\" fill=\"{}\"{faded}/>\
                 <text x=\"{:.1}\" y=\"{}\">{label}</text>",
                LEFT - 8.0,
                y + 11.0,
                WORDS[at],
                COLOURS[at],
                LEFT + long + 6.0,
                y + 11.0,
            );
            y += 17.0;
        }
        y += 26.0;
    }
    let height = y + 6.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" role=\"img\" \
         aria-label=\"Time of each step for each system; shorter is better\">\n\
         <style>text {{ font: 12px system-ui, sans-serif; fill: #1f2933 }} \
         .step {{ font-weight: 600; font-size: 13px }} .name {{ text-anchor: end }} \
         .paper {{ fill: #ffffff }} \
         @media (prefers-color-scheme: dark) {{ text {{ fill: #e6eaee }} .paper {{ fill: #14181c }} }}\
         </style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n{rows}\
         <text x=\"16\" y=\"{}\">Shorter is better; each tenfold time is the same length again.</text>\n</svg>\n",
        height - 12.0,
    )
}

fn time(ms: f64) -> String {
    if ms < 1_000.0 {
        format!("{ms:.0} ms")
    } else {
        format!("{:.1} s", ms / 1_000.0)
    }
}
