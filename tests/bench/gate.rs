//! How many changes a second a center checks and makes durable.
//!
//! The center is a process of its own. What the phones send is made before the clock runs, so
//! that only sending it competes with the center for the machine.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use linli_center::{Center, System};
use linli_model::actor::{Actor, Hlc};
use linli_model::document::Document;
use linli_model::ids::{DocId, IntentId};
use linli_model::intent::{Action, Intent, Target};
use linli_model::kind::Kind;
use linli_model::value::{Hash, Write};
use linli_protocol::sync::Sent;
use linli_rig::binaries::Binaries;
use rand::RngExt;
use serde::Serialize;
use tokio::task::JoinSet;

use crate::bundle::Bundle;
use crate::caller::{self, Caller};
use crate::sample::{CYCLES, Located};
use crate::{Outcome, linli, usage};

/// Phones that push at the same time, each for a grid worker of another grid.
const PHONES: usize = 16;
/// Intents of one request.
const BATCH: usize = 100;

/// What was measured of each kind of change.
#[derive(Debug, Serialize)]
pub(crate) struct Gate {
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    what: &'static str,
    changes: usize,
    seconds: f64,
    per_second: f64,
    center_cpu_s: f64,
    center_peak_mb: f64,
}

/// Measures.
pub(crate) async fn run(binaries: &Binaries, county: &Path, folder: &Path) -> Outcome<Gate> {
    let mut center = linli::center(binaries, folder, county).await?;
    center.stop().await;
    let data = folder.join("center");
    let county = Bundle::read(county)?;
    let mut homes = Located::read(&county)?.homes()?;
    let mut people: HashMap<&str, _> = HashMap::new();
    for person in county.people.iter().filter(|person| person.role == "R01") {
        people.entry(person.org.as_str()).or_insert(person.id);
    }
    let mut posts = Vec::new();
    {
        let open = Center::open(&data, Arc::new(System))?;
        let mut grids: Vec<_> = people.into_iter().collect();
        grids.sort_unstable();
        for (grid, person) in grids {
            if let Some(homes) = homes.remove(grid)
                && posts.len() < PHONES
            {
                let secret = linli_center::enrol::new_code(&open, person)?.ok_or("nobody")?;
                posts.push((secret, homes));
            }
        }
    }
    center.start().await?;
    let tls = caller::tls(&data)?;
    let mut hands = Vec::new();
    for (secret, homes) in posts {
        let caller = Caller::enrol(center.devices(), &tls, secret).await?;
        hands.push(Hand {
            caller,
            homes,
            written: 0,
        });
    }
    let mut rows = Vec::new();
    let what = "edits of families' care, none of them read before";
    rows.push(push(center.id(), what, &mut hands, |hand| hand.edits(CYCLES[0])).await?);
    let what = "edits of the same again";
    rows.push(push(center.id(), what, &mut hands, |hand| hand.edits(CYCLES[1])).await?);
    let what = "visits logged";
    rows.push(push(center.id(), what, &mut hands, Hand::visits).await?);
    center.stop().await;
    Ok(Gate { rows })
}

/// All hands send what `make` gives for them, at once.
async fn push(
    center: Option<u32>,
    what: &'static str,
    hands: &mut [Hand],
    make: impl Fn(&mut Hand) -> Outcome<Vec<Sent>>,
) -> Outcome<Row> {
    let (mut work, mut changes) = (Vec::new(), 0);
    for hand in hands {
        let sent = make(hand)?;
        changes += sent.len();
        let bodies: Vec<_> = sent
            .chunks(BATCH)
            .map(|batch| hand.caller.push(batch.to_vec()))
            .collect();
        work.push((hand.caller.afresh(), bodies));
    }
    let before = usage::of(center);
    let start = Instant::now();
    let mut running = JoinSet::new();
    for (caller, bodies) in work {
        running.spawn(async move { caller.deliver(bodies).await });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    let seconds = start.elapsed().as_secs_f64();
    let after = usage::of(center);
    let row = Row {
        what,
        changes,
        seconds,
        per_second: f64::from(u32::try_from(changes)?) / seconds,
        center_cpu_s: after.cpu_s - before.cpu_s,
        center_peak_mb: after.peak_mb,
    };
    println!("{row:#?}");
    Ok(row)
}

/// A family at home.
pub(crate) struct Home {
    pub(crate) care: Document,
    pub(crate) dwelling: String,
}

/// Who writes, with what there is to write to.
struct Hand {
    caller: Caller,
    homes: Vec<Home>,
    written: u64,
}

impl Hand {
    /// Sets the visit cycle of every family.
    fn edits(&mut self, days: i64) -> Outcome<Vec<Sent>> {
        let mut homes = std::mem::take(&mut self.homes);
        let sent = homes
            .iter_mut()
            .map(|home| {
                let seen = home.care.heads();
                let writes = vec![Write::new("cycle_days", days)];
                self.act(Action::FieldSet, &mut home.care, seen, writes)
            })
            .collect();
        self.homes = homes;
        sent
    }

    /// Was at every family's, and found somebody in.
    fn visits(&mut self) -> Outcome<Vec<Sent>> {
        let dwellings: Vec<_> = self
            .homes
            .iter()
            .map(|home| home.dwelling.clone())
            .collect();
        let log = |dwelling| {
            let now = now()?;
            let id = DocId::new(now, rand::rng().random());
            let mut visit = Document::new(Kind::Visit, id)?;
            let writes = vec![
                Write::new("type", "V01"),
                Write::new("dwelling", dwelling),
                Write::new("result", 1),
                Write::new("at", i64::try_from(now)?),
                Write::new("words", format!("一切都好 {id}")),
            ];
            self.act(Action::VisitLog, &mut visit, Vec::new(), writes)
        };
        dwellings.into_iter().map(log).collect()
    }

    fn act(
        &mut self,
        action: Action,
        document: &mut Document,
        seen: Vec<Hash>,
        writes: Vec<Write>,
    ) -> Outcome<Sent> {
        self.written += 1;
        let hlc = Hlc {
            ms: now()?,
            count: 0,
        };
        let actor = Actor {
            enrolment: self.caller.enrolment(),
            counter: 1,
        };
        let edit = document.edit(&seen, actor, hlc.seconds(), &writes)?;
        let target = Target {
            doc: document.id(),
            kind: document.kind(),
            epoch: 0,
            seen,
            change: edit.hash,
            counter: actor.counter,
        };
        let intent = Intent {
            id: IntentId::new(hlc.ms, rand::rng().random()),
            seq: self.written,
            hlc,
            action,
            writes,
            target: Some(target),
            group: None,
        };
        Ok(Sent {
            intent,
            change: edit.bytes,
        })
    }
}

fn now() -> Outcome<u64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(u64::try_from(since.as_millis())?)
}
