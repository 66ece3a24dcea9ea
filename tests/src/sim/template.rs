//! The town as every run finds it: a center that has loaded it and phones that are enrolled and
//! in step. Made once, copied for each run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use linli_field::wire::{CONTENT_TYPE, Call, Method};
use linli_model::ids::PersonId;
use linli_protocol::enrol::{Enrol, Enrolled, parse_secret};
use linli_protocol::{CBOR, VERSION, decode, encode};

use super::death::copy_database;
use super::die::{Clock, Die, Sky};
use super::network::{Antenna, Network};
use super::office::{ADDRESS, Office};
use super::phone::Device;
use super::town::{self, Town};

/// The town, ready to be copied.
#[derive(Debug)]
pub struct Template {
    folder: PathBuf,
    town: Town,
    /// A phone in the wrong hands: the neighbour's second one.
    hostile: Enrolled,
    /// A dwelling where that phone may log visits.
    dwelling: String,
    /// Buildings that phones know.
    houses: Vec<String>,
}

impl Template {
    /// Makes the town in `folder` out of the county in `bundle`.
    ///
    /// # Errors
    /// Says in words what failed.
    pub async fn make(folder: &Path, bundle: &Path) -> Result<Self, String> {
        crate::power::watch();
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        let cut = folder.join("town.bundle");
        let town = town::cut(bundle, &cut)?;
        let clock = Clock::at(town.now);
        let sky = |part: &str| Sky::new(clock.clone(), Die::new(0, part));
        let office = Office::found(&folder.join("center"), &cut, &sky("center"))?;
        let network = Network::new(office, Die::new(0, "network"), clock.clone());
        let mut dwelling = String::new();
        let mut houses = BTreeSet::new();
        for (name, person) in &town.phones {
            let own_sky = sky(name);
            let antenna = Antenna::new(network.clone(), own_sky.clone());
            let mut device = Device::open(name, folder.join(name), antenna, own_sky);
            let code = network.office.lock().await.code(*person)?;
            let request = serde_json::json!({ "code": code, "address": ADDRESS });
            device.asks("enrol", request).await?;
            device.sync().await?;
            // The last is the neighbour's, whose second phone is in the wrong hands.
            dwelling = a_dwelling(&mut device).await?;
            houses.extend(buildings(&mut device).await?);
        }
        let hostile = enrol(&network, &town).await?;
        Ok(Self {
            folder: folder.to_owned(),
            town,
            hostile,
            dwelling,
            houses: houses.into_iter().collect(),
        })
    }

    /// When a run begins, milliseconds.
    pub(super) fn now(&self) -> i64 {
        // An hour after the phones came in step.
        self.town.now + 3_600_000
    }

    /// The credentials of a phone in the wrong hands.
    pub(super) fn hostile(&self) -> Enrolled {
        self.hostile.clone()
    }

    /// A dwelling where that phone may log visits.
    pub(super) fn dwelling(&self) -> &str {
        &self.dwelling
    }

    /// Grids a worker may be posted to.
    pub(super) fn grids(&self) -> [String; 2] {
        self.town.grids.clone()
    }

    /// Buildings that may come to another grid.
    pub(super) fn houses(&self) -> Vec<String> {
        self.houses.clone()
    }

    /// The phones: name and owner.
    pub(super) fn phones(&self) -> &[(String, PersonId)] {
        &self.town.phones
    }

    /// Copies one part of it (`center`, or a phone's name).
    pub(super) fn copy(&self, part: &str, to: &Path) -> Result<PathBuf, String> {
        let target = to.join(part);
        copy_database(&self.folder.join(part), &target)?;
        Ok(target)
    }
}

/// Buildings a phone knows; none on a building lead's.
async fn buildings(device: &mut Device) -> Result<Vec<String>, String> {
    let lines = device.shows("buildings", serde_json::json!({})).await?;
    let ids = lines.as_array().into_iter().flatten();
    Ok(ids
        .filter_map(|line| line["id"].as_str().map(str::to_owned))
        .collect())
}

/// Some dwelling on a phone; none on a building lead's, which has no list of buildings.
async fn a_dwelling(device: &mut Device) -> Result<String, String> {
    let json = |id: &serde_json::Value| serde_json::json!({ "id": id });
    let lines = device.shows("buildings", serde_json::json!({})).await?;
    for line in lines.as_array().into_iter().flatten() {
        let building = device.shows("building", json(&line["id"])).await?;
        if let Some(dwelling) = building["rooms"][0]["dwelling"].as_str() {
            return Ok(dwelling.to_owned());
        }
    }
    Ok(String::new())
}

/// Enrols a phone that runs no program of ours.
async fn enrol(network: &Network, town: &Town) -> Result<Enrolled, String> {
    let (_, person) = town.phones.last().ok_or("a town without phones")?;
    let office = network.office.lock().await;
    let message = Enrol {
        secret: parse_secret(&office.code(*person)?).ok_or("no code")?,
        version: VERSION,
        device: "hostile".to_owned(),
        clock: 0,
        before: None,
    };
    let call = Call {
        address: ADDRESS.to_owned(),
        pins: Vec::new(),
        method: Method::Post,
        path: "/v1/enrol".to_owned(),
        token: None,
        headers: vec![(CONTENT_TYPE, CBOR.to_owned())],
        body: encode(&message),
    };
    let answer = office
        .answer(&call)
        .await
        .map_err(|error| error.to_string())?;
    decode(&answer.body).map_err(|error| error.to_string())
}
