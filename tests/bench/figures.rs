//! County M as it is: what the usual phones get at first, and how quick a phone with everybody
//! on it is.

use std::path::Path;
use std::time::{Duration, Instant};

use linli_rig::binaries::Binaries;
use serde::Serialize;

use crate::Outcome;
use crate::bundle::Bundle;
use crate::linli::{self, LinliPhone};
use crate::measure::{Row, Watched};
use crate::search::{self, Latency};
use crate::system::Said;
use crate::wire::Wire;

/// Far more than any of it takes.
const CAP: Duration = Duration::from_secs(600);

#[derive(Serialize)]
pub(crate) struct Figures {
    first_syncs: Vec<FirstSync>,
    residents: u64,
    latencies: Vec<Latency>,
}

/// One phone's first sync.
#[derive(Serialize)]
struct FirstSync {
    who: String,
    /// Of the milliseconds: until the phone was enrolled.
    enrol_ms: f64,
    changes: u64,
    /// The encrypted database afterwards.
    database_bytes: u64,
    #[serde(flatten)]
    row: Row,
}

/// Measures all of it.
pub(crate) async fn run(binaries: &Binaries, county: &Path, folder: &Path) -> Outcome<Figures> {
    let mut figures = Figures {
        first_syncs: Vec::new(),
        residents: 0,
        latencies: Vec::new(),
    };
    let mut center = linli::center(binaries, &folder.join("county"), county).await?;
    for (who, example) in [
        ("grid worker", "worker"),
        ("grid chief", "chief"),
        ("building lead", "lead"),
    ] {
        let at = folder.join(example);
        let (first, mut phone) = first_sync(binaries, &at, &center, who, example).await?;
        phone.stop().await;
        figures.first_syncs.push(first);
    }
    center.stop().await;

    let mut bundle = Bundle::read(county)?;
    bundle.chief_of_all()?;
    let all = folder.join("all.bundle");
    bundle.write(&all)?;
    let mut center = linli::center(binaries, &folder.join("all"), &all).await?;
    let at = folder.join("everybody");
    let who = "chief of every community";
    let (first, mut phone) = first_sync(binaries, &at, &center, who, "chief").await?;
    figures.first_syncs.push(first);
    center.stop().await;
    let people = search::People::read(&linli::database(phone.data())?)?;
    figures.residents = people.residents;
    figures.latencies = search::run(&phone, &people).await?;
    phone.stop().await;
    Ok(figures)
}

async fn first_sync(
    binaries: &Binaries,
    folder: &Path,
    center: &linli_rig::center::Center,
    who: &str,
    example: &str,
) -> Outcome<(FirstSync, LinliPhone)> {
    let wire = Wire::open(center.devices().port(), None).await?;
    let phone = LinliPhone::start(binaries, folder, center, example, wire.port()).await?;
    let mut enrol_ms = 0.0;
    let watched = Watched {
        wires: &[&wire],
        clients: &[phone.id()],
        server: center.id(),
    };
    let mut row = watched
        .measure(CAP, async {
            let start = Instant::now();
            phone.enrol().await?;
            enrol_ms = start.elapsed().as_secs_f64() * 1_000.0;
            phone.in_step().await?;
            Ok(Said::default())
        })
        .await;
    if let Some(why) = &row.why {
        return Err(format!("{who}: {why}").into());
    }
    let database = linli::database(phone.data())?;
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, u64>(0));
    row.docs = count("SELECT count(*) FROM doc")?;
    let changes = count("SELECT count(*) FROM change")?;
    let database_bytes = ["linli.db", "linli.db-wal"]
        .iter()
        .filter_map(|name| std::fs::metadata(phone.data().join(name)).ok())
        .map(|meta| meta.len())
        .sum();
    let first = FirstSync {
        who: who.to_owned(),
        enrol_ms,
        changes,
        database_bytes,
        row,
    };
    println!(
        "{:26} {:>6} documents {:>7.0} ms {:>9} B down {:>7} B up {:>4} requests {:>6} KB",
        first.who,
        first.row.docs,
        first.row.ms,
        first.row.bytes_down,
        first.row.bytes_up,
        first.row.requests,
        first.database_bytes / 1_000,
    );
    Ok((first, phone))
}
