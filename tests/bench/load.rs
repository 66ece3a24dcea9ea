//! Many phones at one center: a thousand first syncs at once, and twenty thousand phones at rest.
//!
//! The center is a process of its own. The phones are tasks in this one; they speak TLS as
//! devices do, read pages and hash them, and keep nothing.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use linli_center::{Center, System};
use linli_rig::binaries::Binaries;
use serde::Serialize;
use tokio::task::JoinSet;

use crate::Outcome;
use crate::caller::{self, Caller};
use crate::linli;
use crate::usage;

/// Phones whose first sync begins at the same moment.
const AT_ONCE: usize = 1_000;
/// Phones at rest, and how often each asks.
const AT_REST: u32 = 20_000;
const EVERY: Duration = Duration::from_secs(300);
/// How long rest is watched.
const WATCH: Duration = Duration::from_secs(60);
/// For as much as can be: callers that never pause, and for how long.
const EAGER: (usize, Duration) = (16, Duration::from_secs(10));

/// What was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Load {
    first_all: Times,
    first_workers: Times,
    rest: Times,
    eager: Times,
}

/// Times of one kind of call.
#[derive(Debug, Default, Serialize)]
struct Times {
    what: String,
    phones: usize,
    failed: usize,
    p50_ms: f64,
    p95_ms: f64,
    max_ms: f64,
    seconds: f64,
    per_second: f64,
    bytes: u64,
    center_cpu_s: f64,
    center_peak_mb: f64,
}

/// Measures all of it.
pub(crate) async fn run(binaries: &Binaries, county: &Path, folder: &Path) -> Outcome<Load> {
    let mut center = linli::center(binaries, folder, county).await?;
    center.stop().await;
    let data = folder.join("center");
    let people = crate::bundle::Bundle::read(county)?.people;
    let of = |roles: &[&str]| {
        let people = people.iter();
        let ids = people.filter(|person| roles.contains(&person.role.as_str()));
        ids.map(|person| person.id).collect::<Vec<_>>()
    };
    let (all, workers) = (of(&["R01", "R02", "R04"]), of(&["R01"]));
    let mut secrets = Vec::new();
    {
        let open = Center::open(&data, Arc::new(System))?;
        for person in all.iter().cycle().take(AT_ONCE) {
            secrets.push(linli_center::enrol::new_code(&open, *person)?.ok_or("nobody")?);
        }
        for person in workers.iter().cycle().take(AT_ONCE) {
            secrets.push(linli_center::enrol::new_code(&open, *person)?.ok_or("nobody")?);
        }
    }
    center.start().await?;
    let tls = caller::tls(&data)?;
    let mut callers = Vec::new();
    for secret in secrets {
        callers.push(Caller::enrol(center.devices(), &tls, secret).await?);
    }
    let workers = callers.split_off(AT_ONCE);
    let watch = Watch(center.id());
    let what = "first syncs at once, field people as the county has them";
    let (first_all, callers) = watch.at_once(what, callers).await;
    let what = "first syncs at once, grid workers only";
    let (first_workers, workers) = watch.at_once(what, workers).await;
    let callers: Vec<_> = callers.into_iter().chain(workers).collect();
    let rest = watch.rest(&callers).await;
    let eager = watch.eager(&callers).await;
    center.stop().await;
    Ok(Load {
        first_all,
        first_workers,
        rest,
        eager,
    })
}

struct Watch(Option<u32>);

impl Watch {
    async fn at_once(&self, what: &str, callers: Vec<Caller>) -> (Times, Vec<Caller>) {
        let before = usage::of(self.0);
        let start = Instant::now();
        let mut running = JoinSet::new();
        for mut caller in callers {
            running.spawn(async move {
                let done = caller.catch_up().await;
                (start.elapsed(), done.ok(), caller)
            });
        }
        let (mut all, mut callers) = (Vec::new(), Vec::new());
        while let Some(Ok((took, bytes, caller))) = running.join_next().await {
            all.push((took, bytes));
            callers.push(caller);
        }
        let times = self.times(what, start, before, &all);
        (times, callers)
    }

    /// Calls at an even pace, whether or not those before are answered.
    async fn rest(&self, callers: &[Caller]) -> Times {
        let before = usage::of(self.0);
        let pace = EVERY / AT_REST;
        let start = Instant::now();
        let mut running = JoinSet::new();
        let mut ticks = tokio::time::interval(pace);
        for caller in callers.iter().cycle() {
            ticks.tick().await;
            if start.elapsed() > WATCH {
                break;
            }
            let mut caller = caller.afresh();
            running.spawn(async move {
                let began = Instant::now();
                let done = caller.catch_up().await;
                (began.elapsed(), done.ok())
            });
        }
        let all = running.join_all().await;
        self.times(
            "20,000 phones at rest, one call each five minutes",
            start,
            before,
            &all,
        )
    }

    async fn eager(&self, callers: &[Caller]) -> Times {
        let before = usage::of(self.0);
        let start = Instant::now();
        let mut running = JoinSet::new();
        let share = callers.len() / EAGER.0;
        for callers in callers.chunks(share.max(1)) {
            let callers: Vec<_> = callers.iter().map(Caller::afresh).collect();
            running.spawn(async move {
                let mut all = Vec::new();
                for caller in callers.iter().cycle() {
                    if start.elapsed() > EAGER.1 {
                        break;
                    }
                    let (mut caller, began) = (caller.afresh(), Instant::now());
                    let done = caller.catch_up().await;
                    all.push((began.elapsed(), done.ok()));
                }
                all
            });
        }
        let all = running.join_all().await.concat();
        self.times("as many calls as it can answer", start, before, &all)
    }

    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    fn times(
        &self,
        what: &str,
        start: Instant,
        before: usage::Usage,
        all: &[(Duration, Option<u64>)],
    ) -> Times {
        let seconds = start.elapsed().as_secs_f64();
        let after = usage::of(self.0);
        let mut took: Vec<f64> = all
            .iter()
            .map(|(took, _)| took.as_secs_f64() * 1e3)
            .collect();
        took.sort_by(f64::total_cmp);
        let at = |share: usize| {
            let index = (took.len() * share / 100).min(took.len().saturating_sub(1));
            took.get(index).copied().unwrap_or(0.0)
        };
        let times = Times {
            what: what.to_owned(),
            phones: all.len(),
            failed: all.iter().filter(|(_, bytes)| bytes.is_none()).count(),
            p50_ms: at(50),
            p95_ms: at(95),
            max_ms: at(100),
            seconds,
            per_second: all.len() as f64 / seconds,
            bytes: all.iter().filter_map(|(_, bytes)| *bytes).sum(),
            center_cpu_s: after.cpu_s - before.cpu_s,
            center_peak_mb: after.peak_mb,
        };
        println!("{times:#?}");
        times
    }
}
