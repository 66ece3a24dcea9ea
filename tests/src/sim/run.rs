//! One run: a storm of a seed's making, then calm, then the checks.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::die::{Clock, Die, Sky};
use super::hostile::Hostile;
use super::ledger::Ledger;
use super::network::{Antenna, Network};
use super::office::Office;
use super::person::Person;
use super::phone::Device;
use super::{Template, check};

/// Steps of the storm.
const STEPS: usize = 90;
/// Rounds of calm in which everything must come to rest.
const CALM: usize = 12;
/// How wrong a clock may be, milliseconds: a month.
const MONTH_MS: i64 = 30 * 24 * 3_600_000;

/// Phones whose owners may be posted to another grid.
const WORKERS: [&str; 3] = ["worker", "worker-2", "neighbour"];

/// What happened in a run, in numbers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Values and words people wrote, as their phones said.
    pub written: usize,
    /// Of these, given back to their authors.
    pub given_back: usize,
    /// Documents at the center in the end.
    pub docs: usize,
    /// Names and numbers that were erased.
    pub erased: usize,
    /// How often the center lost its disk and came back from a backup.
    pub restored: usize,
}

/// How a run ended: its tally, or what is wrong.
pub type Fate = Result<Tally, String>;

/// Runs one seed in `folder`, which it leaves as it is.
pub async fn run(template: &Template, seed: u64, folder: &Path) -> Fate {
    let mut storm = Storm::brew(template, seed, folder)?;
    for _ in 0..STEPS {
        storm.step().await?;
    }
    storm.calm().await?;
    storm.judge().await
}

struct Storm {
    people: Vec<Person>,
    hostile: Hostile,
    network: std::sync::Arc<Network>,
    clock: Clock,
    die: Die,
    ledger: Ledger,
    grids: [String; 2],
    houses: Vec<String>,
    restored: usize,
}

impl Storm {
    fn brew(template: &Template, seed: u64, folder: &Path) -> Result<Self, String> {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        let clock = Clock::at(template.now());
        let sky = |part: &str| Sky::new(clock.clone(), Die::new(seed, part));
        let office = Office::open(template.copy("center", folder)?, sky("center"))?;
        let network = Network::new(office, Die::new(seed, "network"), clock.clone());
        let mut people = Vec::new();
        for (name, owner) in template.phones() {
            let own_sky = sky(name);
            let antenna = Antenna::new(network.clone(), own_sky.clone());
            let own = template.copy(name, folder)?;
            people.push(Person::new(
                *owner,
                Device::open(name, own, antenna, own_sky),
            ));
        }
        network.set_stormy(true);
        Ok(Self {
            people,
            hostile: Hostile::new(
                template.hostile(),
                template.dwelling(),
                Die::new(seed, "hostile"),
            ),
            network,
            clock,
            die: Die::new(seed, "storm"),
            ledger: Ledger::default(),
            grids: template.grids(),
            houses: template.houses(),
            restored: 0,
        })
    }

    async fn step(&mut self) -> Result<(), String> {
        let minute = i64::try_from(self.die.below(60_000)).unwrap_or(0);
        self.clock.pass(minute);
        let who = self.die.below(self.people.len());
        let person = &mut self.people[who];
        if self.die.chance(12) {
            person.device.doom(self.die.below(6));
        }
        match self.die.below(100) {
            0..=51 => person.act(&self.die, &mut self.ledger).await,
            52..=59 => person.save_meanwhile(&self.die, &mut self.ledger).await,
            60..=81 => person.device.sync().await.map(|_| ()),
            82..=85 => person.crash(),
            86..=87 => self.network.office.lock().await.back_up(),
            88 => {
                let lost = self.network.office.lock().await.lose_the_disk()?;
                self.restored += usize::from(lost);
                Ok(())
            }
            89..=90 => self.network.office.lock().await.crash(),
            91..=93 => {
                let month = usize::try_from(MONTH_MS).unwrap_or(0);
                let off = i64::try_from(self.die.below(2 * month)).unwrap_or(0) - MONTH_MS;
                person.device.sky.set_off(off);
                Ok(())
            }
            94..=95 => {
                let suspended = self.die.chance(50);
                let office = self.network.office.lock().await;
                office.suspend(person.owner, suspended)
            }
            96 => {
                self.network.deliver_late().await;
                Ok(())
            }
            97 if WORKERS.contains(&person.device.name.as_str()) => {
                let grid = self.die.pick(&self.grids).cloned().unwrap_or_default();
                let office = self.network.office.lock().await;
                office.post(person.owner, &grid)
            }
            98 if self.die.chance(50) => {
                let grid = self.die.pick(&self.grids).cloned().unwrap_or_default();
                let house = self.die.pick(&self.houses).cloned().unwrap_or_default();
                let office = self.network.office.lock().await;
                office.cut_grids(&house, &grid)
            }
            98 => self.erase(who).await,
            _ => {
                self.hostile.act(&self.network).await;
                Ok(())
            }
        }
    }

    /// Somebody whom one of the phones shows wants to be forgotten.
    async fn erase(&mut self, who: usize) -> Result<(), String> {
        let person = &mut self.people[who];
        if let Some((household, resident)) = person.somebody(&self.die).await? {
            let office = self.network.office.lock().await;
            self.ledger
                .erased
                .extend(office.erase(household, resident)?);
        }
        Ok(())
    }

    /// No more faults: everybody syncs until all have the same.
    async fn calm(&mut self) -> Result<(), String> {
        self.network.set_stormy(false);
        for person in &self.people {
            person.device.sky.spare();
            let office = self.network.office.lock().await;
            office.suspend(person.owner, false)?;
        }
        let mut restless = String::new();
        let mut calm = 0;
        for _ in 0..CALM {
            // Long enough for what was put off to be sent again.
            self.clock.pass(3_700_000);
            for person in &mut self.people {
                person.device.sync().await?;
            }
            restless = self.restless().await?;
            calm = if restless.is_empty() { calm + 1 } else { 0 };
            // The first round in which nobody has anything left brings all to the center, the
            // next brings it to everybody.
            if calm == 2 {
                return Ok(());
            }
        }
        Err(format!("never comes to rest: {restless}"))
    }

    /// Who has something left to send, or can't.
    async fn restless(&mut self) -> Result<String, String> {
        for person in &mut self.people {
            let status = person.device.asks("status", json!({})).await?;
            let sync = &status["sync"];
            let waits = sync["records"] != 0 || sync["restoring"] == true;
            if sync["phase"] != "online" || waits {
                return Ok(format!("{}: {sync}", person.device.name));
            }
        }
        Ok(String::new())
    }

    async fn judge(self) -> Fate {
        let database = self.network.office.lock().await.database();
        let truth = check::of_center(&database)?;
        let gone = check::erased_words(&self.ledger, &truth);
        check::nowhere_at_center(&database, &gone)?;
        let mut trays = BTreeMap::new();
        for person in self.people {
            let (name, folder) = (
                person.device.name.clone(),
                person.device.folder().to_owned(),
            );
            // Closed first: the check changes the file.
            drop(person);
            let tray = check::of_phone(&folder, &truth, &gone)
                .map_err(|what| format!("{name}: {what}"))?;
            trays.insert(name, tray);
        }
        check::of_people(&self.ledger, &truth, &trays)?;
        Ok(Tally {
            written: self.ledger.edits.len() + self.ledger.words.len(),
            given_back: trays.values().map(std::collections::BTreeSet::len).sum(),
            docs: truth.docs(),
            erased: gone.len(),
            restored: self.restored,
        })
    }
}
