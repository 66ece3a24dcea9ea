//! A desktop's positions: a track from a file, for tests and the demo.
//!
//! `LINLI_POSITION_TRACK` names it. Each watch is played the whole of it, one line after the
//! other: `{"after_ms": 0, "lon": 102.9, "lat": 29.8, "accuracy_m": 8, "direction": 271.5}`, or
//! `{"after_ms": 0, "none": "denied"}` (`off`, `failed`). `after_ms` counts from the start of the
//! watch. A desktop has no satellites: whatever the file says, its fixes are marked as made up.

use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use tauri::{AppHandle, Runtime, async_runtime};
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::{Instant, sleep_until};

use super::{Fix, Heard, Why};

const TRACK: &str = "LINLI_POSITION_TRACK";

/// Whether there is a track to play.
pub(crate) fn present() -> bool {
    file().is_some()
}

fn file() -> Option<PathBuf> {
    let named = std::env::var_os(TRACK).filter(|name| !name.is_empty())?;
    Some(PathBuf::from(named))
}

/// Plays the track once.
pub(crate) async fn watch<R: Runtime>(
    _app: &AppHandle<R>,
    _watch: u32,
    say: UnboundedSender<Heard>,
) {
    let read = async_runtime::spawn_blocking(|| {
        let text = file().and_then(|path| std::fs::read_to_string(path).ok())?;
        parse(&text)
    });
    if let Ok(Some(steps)) = read.await {
        play(steps, say).await;
    } else {
        tracing::warn!("the position track cannot be read");
        // Nobody listens any more when it has just been stopped.
        let _ = say.send(Heard::None(Why::Failed));
    }
}

/// There is nothing to switch off.
pub(crate) async fn end<R: Runtime>(_app: &AppHandle<R>, _watch: u32) {}

/// One line.
#[derive(Debug, PartialEq)]
struct Step {
    after: Duration,
    what: What,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum What {
    At {
        lon: f64,
        lat: f64,
        accuracy_m: f64,
        #[serde(default)]
        direction: Option<f64>,
    },
    Nothing {
        none: Why,
    },
}

/// The steps of a track; none at all when a line of it is not one.
fn parse(text: &str) -> Option<Vec<Step>> {
    #[derive(Deserialize)]
    struct Line {
        after_ms: u64,
        #[serde(flatten)]
        what: What,
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let steps = lines.map(|line| {
        let line: Line = serde_json::from_str(line).ok()?;
        Some(Step {
            after: Duration::from_millis(line.after_ms),
            what: line.what,
        })
    });
    steps.collect()
}

async fn play(steps: Vec<Step>, say: UnboundedSender<Heard>) {
    let start = Instant::now();
    for step in steps {
        sleep_until(start + step.after).await;
        if say.send(heard(&step.what)).is_err() {
            return;
        }
    }
}

fn heard(what: &What) -> Heard {
    match *what {
        What::Nothing { none } => Heard::None(none),
        What::At {
            lon,
            lat,
            accuracy_m,
            direction,
        } => Heard::Fix(Fix {
            lon,
            lat,
            accuracy_m,
            at: now_ms(),
            mocked: true,
            direction,
        }),
    }
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;

    const WALK: &str = r#"
{"after_ms": 0, "lon": 102.9, "lat": 29.8, "accuracy_m": 60}
{"after_ms": 0, "lon": 102.9001, "lat": 29.8, "accuracy_m": 8, "direction": 271.5, "mocked": false}

{"after_ms": 0, "none": "off"}
"#;

    #[tokio::test]
    async fn it_is_played_in_its_order_and_never_passes_for_real() {
        let (say, mut hear) = mpsc::unbounded_channel();
        play(parse(WALK).unwrap(), say).await;
        let mut heard = Vec::new();
        while let Some(one) = hear.recv().await {
            heard.push(match one {
                Heard::Fix(fix) => {
                    assert!(fix.mocked && fix.at > 1_600_000_000_000);
                    format!("{} ±{} {:?}", fix.lon, fix.accuracy_m, fix.direction)
                }
                Heard::None(why) => format!("{why:?}"),
            });
        }
        assert_eq!(heard, ["102.9 ±60 None", "102.9001 ±8 Some(271.5)", "Off"]);
    }

    #[test]
    fn a_line_that_is_none_spoils_the_track() {
        assert_eq!(parse("").unwrap(), []);
        for line in [
            "here",
            "{}",
            r#"{"lon": 1, "lat": 2, "accuracy_m": 3}"#,
            r#"{"after_ms": -1, "none": "off"}"#,
            r#"{"after_ms": 0, "lon": 1, "lat": 2}"#,
            r#"{"after_ms": 0, "none": "tired"}"#,
        ] {
            assert_eq!(parse(&format!("{WALK}{line}")), None, "{line}");
        }
    }

    #[tokio::test]
    async fn it_stops_when_nobody_listens() {
        let (say, hear) = mpsc::unbounded_channel();
        drop(hear);
        let mut steps = parse(WALK).unwrap();
        // It would never be over.
        steps.push(Step {
            after: Duration::from_secs(86_400),
            what: What::Nothing { none: Why::Failed },
        });
        play(steps, say).await;
    }
}
