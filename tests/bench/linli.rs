//! Linli on the bench: the real center and real phones, as processes.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::time::Duration;

use linli_rig::binaries::Binaries;
use linli_rig::center::Center;
use linli_rig::link::Link;
use linli_rig::phone::Phone;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::Outcome;
use crate::sample::Target;
use crate::system::Shown;

/// How often a phone is asked how it stands. More often would keep it busy with answering.
const GLANCE: Duration = Duration::from_millis(20);

/// A center filled with a bundle, running.
pub(crate) async fn center(binaries: &Binaries, folder: &Path, bundle: &Path) -> Outcome<Center> {
    std::fs::create_dir_all(folder)?;
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
    let mut center = Center::new(binaries.clone(), folder, folder, free);
    center.fill(bundle).await?;
    center.start().await?;
    Ok(center)
}

/// A phone that reaches its center by a port of the bench's choice.
pub(crate) struct LinliPhone {
    phone: Phone,
    port: u16,
    code: String,
}

impl LinliPhone {
    /// A phone for the demo's `example` person; enrols nothing yet.
    pub(crate) async fn start(
        binaries: &Binaries,
        folder: &Path,
        center: &Center,
        example: &str,
        port: u16,
    ) -> Outcome<Self> {
        // Nothing of the screens is needed but that they exist.
        std::fs::create_dir_all(folder.join("field"))?;
        std::fs::write(folder.join("field/index.html"), "<!doctype html>")?;
        let unused = Link::open(0, center.devices()).await?;
        let mut phone = Phone::new(example, binaries.clone(), folder, folder, 0, unused);
        phone.start().await?;
        let code = center.code(example).await?.secret;
        Ok(Self { phone, port, code })
    }

    pub(crate) fn id(&self) -> Option<u32> {
        self.phone.id()
    }

    pub(crate) fn data(&self) -> &Path {
        self.phone.data()
    }

    pub(crate) async fn call(&self, command: &str, request: Value) -> Outcome<Value> {
        Ok(self.phone.call(command, request).await?)
    }

    /// Enrols and waits until the first sync is over, photos' thumbnails included.
    pub(crate) async fn first(&self) -> Outcome<()> {
        self.enrol().await?;
        self.in_step().await
    }

    /// Waits until the sync that runs is over.
    pub(crate) async fn in_step(&self) -> Outcome<()> {
        self.until(is_online).await
    }

    /// Documents in its database.
    pub(crate) fn docs(&self) -> Outcome<u64> {
        let count = "SELECT count(*) FROM doc";
        Ok(database(self.data())?.query_row(count, [], |row| row.get(0))?)
    }

    pub(crate) async fn enrol(&self) -> Outcome<()> {
        let address = format!("127.0.0.1:{}", self.port);
        let request = json!({ "code": self.code, "address": address });
        self.call("enrol", request).await?;
        Ok(())
    }

    /// Syncs once, from now on, until nothing waits on this phone.
    pub(crate) async fn sync(&self) -> Outcome<()> {
        let before = self.call("status", json!({})).await?["sync"]["last_ok"].as_i64();
        self.call("sync", json!({})).await?;
        self.until(|state| is_online(state) && state["last_ok"].as_i64() > before)
            .await
    }

    /// Tells it that the network is back.
    pub(crate) async fn nudge(&self) -> Outcome<()> {
        Ok(self.phone.network_changed().await?)
    }

    async fn until(&self, ready: impl Fn(&Value) -> bool) -> Outcome<()> {
        loop {
            let state = &self.call("status", json!({})).await?["sync"];
            if state["phase"] == "failed" || state["attention"].as_u64() > Some(0) {
                return Err(format!("the phone doesn't sync: {state}").into());
            }
            if ready(state) {
                return Ok(());
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Writes the visit cycles of some families, as their form would.
    pub(crate) async fn edit(&self, targets: &[Target], value: i64) -> Outcome<()> {
        for target in targets {
            let home = self.household(target).await?;
            let edit = json!({ "doc": home["care"], "field": "cycle_days", "value": value,
                "seen": home["care_seen"] });
            self.call("edit_field", edit).await?;
        }
        Ok(())
    }

    async fn household(&self, target: &Target) -> Outcome<Value> {
        let asked = json!({ "household": target.household.to_string(), "dwelling": "" });
        self.call("household", asked).await
    }

    /// What the screen of each family shows as its visit cycle, and what its history holds.
    pub(crate) async fn shown(&self, targets: &[Target]) -> Outcome<Shown> {
        let mut all = Shown::default();
        for target in targets {
            let home = self.household(target).await?;
            let clash = home["clashes"]
                .as_array()
                .and_then(|clashes| clashes.iter().find(|c| c["field"] == "cycle_days"));
            let values = match clash {
                Some(clash) => numbers(&clash["values"]),
                None => home["cycle_days"].as_i64().into_iter().collect(),
            };
            all.shown.push(values);
            let asked = json!({ "doc": target.care.to_string(), "field": "cycle_days" });
            let history = self.call("field_history", asked).await?;
            all.retrievable.push(numbers(&history));
        }
        Ok(all)
    }

    pub(crate) async fn stop(&mut self) {
        self.phone.stop().await;
    }
}

/// A phone's own database, read with the key that its desktop keystore holds.
pub(crate) fn database(data: &Path) -> Outcome<Connection> {
    let key = std::fs::read_to_string(data.join("key/linli.key"))?;
    let database = Connection::open(data.join("linli.db"))?;
    database.pragma_update(None, "key", format!("x'{}'", key.trim()))?;
    Ok(database)
}

fn is_online(state: &Value) -> bool {
    state["phase"] == "online" && state["records"] == 0 && state["photos"] == 0
}

fn numbers(list: &Value) -> Vec<i64> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(|item| item["value"].as_i64()).collect()
}
