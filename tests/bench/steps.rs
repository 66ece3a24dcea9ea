//! The steps that every system goes through, one system after the other.

use std::path::{Path, PathBuf};
use std::time::Duration;

use linli_rig::binaries::Binaries;

use crate::bundle::Bundle;
use crate::measure::{Row, Watched};
use crate::sample::{CYCLES, Located, Sample, Target};
use crate::system::{Client, Place, Said, Server};
use crate::wire::{BAD, Slow, Wire};
use crate::{Outcome, report};

/// Edits a step makes on each phone.
const EDITS: usize = 500;
/// How long a link stays away after a cut.
const OUTAGE: Duration = Duration::from_secs(1);

/// What a run needs.
pub(crate) struct Bench {
    pub(crate) binaries: Binaries,
    pub(crate) peers: PathBuf,
    pub(crate) folder: PathBuf,
    pub(crate) out: PathBuf,
    pub(crate) cap: Duration,
    /// Empty for all.
    pub(crate) steps: Vec<String>,
}

/// One set of documents with its files.
struct Set {
    count: usize,
    docs: PathBuf,
    bundle: PathBuf,
    targets: Vec<Target>,
}

/// One system at work on one set.
struct Stand<'a> {
    bench: &'a Bench,
    system: &'a str,
    place: Place<'a>,
    set: &'a Set,
    server: Server,
    clients: usize,
}

impl Bench {
    pub(crate) async fn run(&self, county: &Path, systems: &[String]) -> Outcome<()> {
        let county = Bundle::read(county)?;
        let located = Located::read(&county)?;
        let small = self.set(&located, 2_000)?;
        let large = self.set(&located, 10_000)?;
        for system in systems {
            println!("== {system}");
            if let Err(error) = self.system(system, &small, &large).await {
                // What was measured is kept; the others still get their turn.
                println!("{system} stopped: {error}");
            }
        }
        Ok(())
    }

    fn set(&self, county: &Located<'_>, count: usize) -> Outcome<Set> {
        let Sample {
            bundle,
            lines,
            mut targets,
            log,
        } = county.take(count)?;
        targets.truncate(EDITS);
        let set = Set {
            count,
            docs: self.folder.join(format!("{count}.jsonl")),
            bundle: self.folder.join(format!("{count}.bundle")),
            targets,
        };
        let packed = |bytes: &[u8]| zstd::bulk::compress(bytes, 3).map(|packed| packed.len());
        let as_json = packed(lines.as_bytes())?;
        println!(
            "{count} documents, {} to edit; bytes, and as one zstd-3 stream: as JSON {} {as_json}, \
             as {} changes {} {}, less their history {} {}",
            set.targets.len(),
            lines.len(),
            log.changes,
            log.bytes.len(),
            packed(&log.bytes)?,
            log.births.len(),
            packed(&log.births)?,
        );
        let row = Row {
            docs: count as u64,
            bytes_down: as_json as u64,
            ..Row::default()
        };
        report::keep(
            &self.out,
            &format!("first_{}k", count / 1_000),
            "baseline",
            &row,
        )?;
        std::fs::write(&set.docs, lines)?;
        bundle.write(&set.bundle)?;
        Ok(set)
    }

    fn wants(&self, step: &str) -> bool {
        self.steps.is_empty() || self.steps.iter().any(|wanted| wanted == step)
    }

    async fn system(&self, system: &str, small: &Set, large: &Set) -> Outcome<()> {
        let early = ["first_2k", "idle", "push_500", "concurrent_500"];
        if early.iter().any(|step| self.wants(step)) {
            let mut stand = Stand::open(self, system, small).await?;
            let done = stand.together().await;
            stand.server.stop().await;
            done?;
        }
        let mut whole = None;
        if self.wants("first_10k") || self.wants("first_10k_slow") || self.wants("cuts") {
            let mut stand = Stand::open(self, system, large).await?;
            let done = stand.alone(&mut whole).await;
            stand.server.stop().await;
            done?;
        }
        if self.wants("cuts") && whole.is_none() {
            // What can't do 10,000 shows with 2,000 whether it goes on after a cut.
            let mut stand = Stand::open(self, system, small).await?;
            let done = stand.cuts_after_a_whole_one().await;
            stand.server.stop().await;
            done?;
        }
        Ok(())
    }
}

impl<'a> Stand<'a> {
    async fn open(bench: &'a Bench, system: &'a str, set: &'a Set) -> Outcome<Self> {
        let folder = bench.folder.join(format!("{system}-{}", set.count));
        // Left from a run before.
        let _ = std::fs::remove_dir_all(&folder);
        let place = Place {
            binaries: &bench.binaries,
            peers: &bench.peers,
            folder,
            docs: &set.docs,
            bundle: &set.bundle,
        };
        let server = Server::start(system, &place).await?;
        Ok(Self {
            bench,
            system,
            place,
            set,
            server,
            clients: 0,
        })
    }

    async fn client(&mut self, slow: Option<Slow>) -> Outcome<(Wire, Client)> {
        self.clients += 1;
        let wire = Wire::open(self.server.port(), slow).await?;
        let name = format!("phone-{}", self.clients);
        let client = self.server.client(&self.place, &name, wire.port()).await?;
        Ok((wire, client))
    }

    fn keep(&self, step: &str, row: &Row) -> Outcome<()> {
        let ms = row.ms.round();
        let Row {
            bytes_up,
            bytes_down,
            requests,
            round_trips,
            ..
        } = row;
        let why = row.why.as_deref().unwrap_or_default();
        println!(
            "{step:16} {ms:>8} ms  {bytes_up:>9} B up {bytes_down:>9} B down  \
             {requests:>6} requests {round_trips:>6} turns  {why}"
        );
        report::keep(&self.bench.out, step, self.system, row)
    }

    async fn first(&self, wire: &Wire, client: &Client) -> Row {
        let watched = Watched {
            wires: &[wire],
            clients: &[client.id()],
            server: self.server.id(),
        };
        let mut row = watched.measure(self.bench.cap, client.first()).await;
        let all = self.set.count as u64;
        if row.docs == 0 {
            row.docs = client.docs().await;
        }
        if !row.dnf && row.docs != all {
            (row.dnf, row.why) = (true, Some(format!("{} of {all} documents", row.docs)));
        }
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        if row.docs > 0 {
            row.ms_per_doc = Some(row.ms / row.docs as f64);
        }
        row
    }

    /// First sync, nothing to do, a push, and two phones that disagree.
    async fn together(&mut self) -> Outcome<()> {
        let (wire_a, mut a) = self.client(None).await?;
        let row = self.first(&wire_a, &a).await;
        let done = !row.dnf;
        self.keep("first_2k", &row)?;
        if !done {
            a.stop().await;
            return Ok(());
        }
        a.settle().await?;
        wire_a.cut();
        tokio::time::sleep(OUTAGE).await;
        wire_a.restore();
        let row = self.sync(&[&wire_a], &[&a], a.sync()).await;
        self.keep("idle", &row)?;
        let targets = &self.set.targets;
        self.offline(&wire_a, &a, CYCLES[0]).await?;
        wire_a.restore();
        let mut push = self.sync(&[&wire_a], &[&a], a.sync()).await;

        let (wire_b, mut b) = self.client(None).await?;
        let row = self.first(&wire_b, &b).await;
        if row.dnf {
            return Err("the second phone gets no documents".into());
        }
        b.settle().await?;
        let arrived = b.shown(targets).await?.shown;
        push.edits_made = Some(targets.len() as u64);
        push.edits_shown = Some(count(&[arrived], &CYCLES[..1]));
        self.keep("push_500", &push)?;

        self.offline(&wire_a, &a, CYCLES[1]).await?;
        self.offline(&wire_b, &b, CYCLES[2]).await?;
        let work = async {
            let mut said = Said::default();
            for (wire, client) in [(&wire_a, &a), (&wire_b, &b), (&wire_a, &a)] {
                wire.restore();
                let one = client.sync().await?;
                said.silence += one.silence;
                if let Some(messages) = one.messages {
                    said.messages = Some(said.messages.unwrap_or(0) + messages);
                }
            }
            Ok(said)
        };
        let mut row = self.sync(&[&wire_a, &wire_b], &[&a, &b], work).await;
        let (on_a, on_b) = (a.shown(targets).await?, b.shown(targets).await?);
        row.edits_made = Some(2 * targets.len() as u64);
        row.edits_shown = Some(count(&[on_a.shown, on_b.shown], &CYCLES[1..]));
        let found = [on_a.retrievable, on_b.retrievable];
        row.edits_retrievable = Some(count(&found, &CYCLES[1..]));
        self.keep("concurrent_500", &row)?;
        a.stop().await;
        b.stop().await;
        Ok(())
    }

    /// Edits without a link. The link stays away.
    async fn offline(&self, wire: &Wire, client: &Client, value: i64) -> Outcome<()> {
        wire.cut();
        // Everybody notices.
        tokio::time::sleep(OUTAGE).await;
        client.edit(&self.set.targets, value).await
    }

    async fn sync(
        &self,
        wires: &[&Wire],
        clients: &[&Client],
        work: impl Future<Output = Outcome<Said>>,
    ) -> Row {
        let clients: Vec<_> = clients.iter().map(|client| client.id()).collect();
        let watched = Watched {
            wires,
            clients: &clients,
            server: self.server.id(),
        };
        let mut row = watched.measure(self.bench.cap, work).await;
        row.docs = self.set.count as u64;
        row
    }

    /// First syncs of single phones; `whole` becomes the bytes of an uninterrupted one.
    async fn alone(&mut self, whole: &mut Option<u64>) -> Outcome<()> {
        let (wire, mut client) = self.client(None).await?;
        let row = self.first(&wire, &client).await;
        client.stop().await;
        self.keep("first_10k", &row)?;
        *whole = (!row.dnf).then_some(row.bytes_down);
        if let (Some(bytes), true) = (*whole, self.bench.wants("cuts")) {
            self.cuts(bytes).await?;
        }
        if self.bench.wants("first_10k_slow") {
            let (wire, mut client) = self.client(Some(BAD)).await?;
            let row = self.first(&wire, &client).await;
            client.stop().await;
            self.keep("first_10k_slow", &row)?;
        }
        Ok(())
    }

    async fn cuts_after_a_whole_one(&mut self) -> Outcome<()> {
        let (wire, mut client) = self.client(None).await?;
        let row = self.first(&wire, &client).await;
        client.stop().await;
        if row.dnf {
            return Ok(());
        }
        self.cuts(row.bytes_down).await
    }

    /// First syncs whose link goes away for a second after a part of the bytes.
    async fn cuts(&mut self, whole: u64) -> Outcome<()> {
        for percent in [10, 50, 90] {
            let (wire, mut client) = self.client(None).await?;
            wire.cut_at(whole * percent / 100);
            let outage = async {
                wire.is_cut().await;
                tokio::time::sleep(OUTAGE).await;
                wire.restore();
                client.nudge().await
            };
            let (row, _) = tokio::join!(self.first(&wire, &client), async {
                // It may be done before so many bytes came.
                tokio::time::timeout(self.bench.cap, outage).await
            });
            client.stop().await;
            self.keep(&format!("cut_{percent}"), &row)?;
        }
        Ok(())
    }
}

/// How many edits can be seen: a value of a document counts when every phone has it.
fn count(phones: &[Vec<Vec<i64>>], values: &[i64]) -> u64 {
    let documents = phones.first().map_or(0, Vec::len);
    let mut count = 0;
    for document in 0..documents {
        for value in values {
            let everywhere = phones
                .iter()
                .all(|phone| phone.get(document).is_some_and(|all| all.contains(value)));
            count += u64::from(everywhere);
        }
    }
    count
}
