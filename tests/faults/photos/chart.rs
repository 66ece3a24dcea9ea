//! Bytes over time, as a picture.

use std::fmt::Write;
use std::time::Instant;

use crate::shelf::Shelf;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 64.0;
const TOP: f64 = 40.0;

/// What was sent and what had arrived, moment by moment.
pub(crate) struct Chart {
    begun: Instant,
    points: Vec<(f64, u64, u64)>,
    marks: Vec<(f64, &'static str)>,
}

impl Chart {
    pub(crate) fn start() -> Self {
        Self {
            begun: Instant::now(),
            points: vec![(0.0, 0, 0)],
            marks: Vec::new(),
        }
    }

    fn now(&self) -> f64 {
        self.begun.elapsed().as_secs_f64()
    }

    pub(crate) fn mark(&mut self, what: &'static str) {
        self.marks.push((self.now(), what));
    }

    pub(crate) fn point(&mut self, sent: u64, shelf: &Shelf) {
        self.points.push((self.now(), sent, shelf.arrived().1));
    }

    /// An SVG; `whole` is the bytes of all photos.
    pub(crate) fn draw(&self, whole: u64) -> String {
        let last = self.points.last().map_or((1.0, 1, 1), |point| *point);
        let most = last.1.max(whole) as f64 * 1.08;
        let x = |seconds: f64| LEFT + seconds / last.0 * (WIDTH - LEFT - 20.0);
        let y = |bytes: f64| TOP + HEIGHT - bytes / most * HEIGHT;
        let line = |value: fn(&(f64, u64, u64)) -> u64| {
            let dots = self.points.iter();
            dots.map(|point| format!("{:.1},{:.1}", x(point.0), y(value(point) as f64)))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let mut marks = String::new();
        for (at, what) in &self.marks {
            let (colour, from) = match *what {
                "phone" => ("#c98a1b", 12.0),
                "center" => ("#c2453c", 12.0),
                _ => ("#9aa5a0", 5.0),
            };
            let foot = TOP + HEIGHT;
            let _ = writeln!(
                marks,
                "<path d=\"M{:.1} {foot}v-{from}\" stroke=\"{colour}\" stroke-width=\"1.2\"/>",
                x(*at)
            );
        }
        let count = |what| self.marks.iter().filter(|mark| mark.1 == what).count();
        let megabytes = |bytes: f64| format!("{:.0} MB", bytes / 1e6);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {}\" \
             font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
             <style>text{{fill:#3c4a44}}@media(prefers-color-scheme:dark){{text{{fill:#d5ddd9}}}}</style>\n\
             <text x=\"{LEFT}\" y=\"22\" font-size=\"15\">Bytes over time: {} cuts, {} kills of the phone, {} of the center</text>\n\
             <path d=\"M{LEFT} {TOP}v{HEIGHT}h{}\" fill=\"none\" stroke=\"#9aa5a0\"/>\n\
             <path d=\"M{LEFT} {:.1}h{}\" stroke=\"#9aa5a0\" stroke-dasharray=\"3 4\"/>\n\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n{marks}\
             <polyline points=\"{}\" fill=\"none\" stroke=\"#3f8fd0\" stroke-width=\"2\"/>\n\
             <polyline points=\"{}\" fill=\"none\" stroke=\"#2f9e6e\" stroke-width=\"2\"/>\n\
             <text x=\"{}\" y=\"{}\">0 s</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{:.0} s</text>\n\
             <rect x=\"{LEFT}\" y=\"{}\" width=\"12\" height=\"3\" fill=\"#3f8fd0\"/><text x=\"{}\" y=\"{}\">sent by the phone, everything counted ({})</text>\n\
             <rect x=\"{}\" y=\"{}\" width=\"12\" height=\"3\" fill=\"#2f9e6e\"/><text x=\"{}\" y=\"{}\">photos verified at the center ({})</text>\n\
             </svg>\n",
            TOP + HEIGHT + 66.0,
            count("cut"),
            count("phone"),
            count("center"),
            WIDTH - LEFT - 20.0,
            y(whole as f64),
            WIDTH - LEFT - 20.0,
            LEFT - 8.0,
            y(whole as f64) + 4.0,
            megabytes(whole as f64),
            line(|point| point.1),
            line(|point| point.2),
            LEFT,
            TOP + HEIGHT + 18.0,
            WIDTH - 20.0,
            TOP + HEIGHT + 18.0,
            last.0,
            TOP + HEIGHT + 46.0,
            LEFT + 20.0,
            TOP + HEIGHT + 52.0,
            megabytes(last.1 as f64),
            LEFT + 400.0,
            TOP + HEIGHT + 46.0,
            LEFT + 420.0,
            TOP + HEIGHT + 52.0,
            megabytes(whole as f64),
        )
    }
}
