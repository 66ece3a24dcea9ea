//! A phone that was enrolled after the backup its center came back from: the center doesn't know
//! it any more.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use super::check;
use super::die::{Clock, Die, Sky};
use super::network::{Antenna, Network};
use super::office::{ADDRESS, Office};
use super::phone::Device;
use super::template::Template;

/// A phone enrols after the backup, writes something that is accepted and something that isn't
/// sent yet; then the center loses its disk. The phone is told to enrol again, does, and nothing
/// is lost.
///
/// # Errors
/// Says in words what is wrong.
pub async fn forgotten(template: &Template, folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let clock = Clock::at(template.now());
    let sky = |part: &str| Sky::new(clock.clone(), Die::new(1, part));
    let office = Office::open(template.copy("center", folder)?, sky("center"))?;
    let network = Network::new(office, Die::new(1, "network"), clock.clone());
    let antenna = Antenna::new(network.clone(), sky("new"));
    let mut phone = Device::open("new", folder.join("new"), antenna, sky("new"));
    let (_, owner) = template.phones().first().ok_or("a town without phones")?;
    let code = async || network.office.lock().await.code(*owner);
    let enrol = |code: String| json!({ "code": code, "address": ADDRESS });

    network.office.lock().await.back_up()?;
    phone.asks("enrol", enrol(code().await?)).await?;
    phone.sync().await?;
    let report = |words: &str, place: &str| {
        json!({ "category": "0302", "words": words, "place": place,
            "position": null, "media": [], "household": "" })
    };
    let buildings = phone.shows("buildings", json!({})).await?;
    let place = buildings[0]["id"]
        .as_str()
        .ok_or("a town of no buildings")?;
    phone
        .asks("report_problem", report("收下过的", place))
        .await?;
    phone.sync().await?;
    phone
        .asks("report_problem", report("还没送的", place))
        .await?;

    network.office.lock().await.lose_the_disk()?;
    phone.sync().await?;
    let sync = phone.asks("status", json!({})).await?["sync"].clone();
    if sync["error"]["code"] != "enrol_again" {
        return Err(format!("it isn't told to enrol again: {sync}"));
    }
    if sync["records"] != 1 {
        return Err(format!("its outbox isn't what it was: {sync}"));
    }
    phone.asks("enrol", enrol(code().await?)).await?;
    for _ in 0..3 {
        clock.pass(3_700_000);
        phone.sync().await?;
    }
    let sync = phone.asks("status", json!({})).await?["sync"].clone();
    if sync["records"] != 0 || sync["attention"] != 0 || sync["restoring"] != false {
        return Err(format!("it never comes to rest: {sync}"));
    }
    let truth = check::of_center(&network.office.lock().await.database())?;
    for words in ["收下过的", "还没送的"] {
        if !truth.says(words) {
            return Err(format!("{words} is lost"));
        }
    }
    let own = phone.folder().to_owned();
    drop(phone);
    check::of_phone(&own, &truth, &BTreeSet::new()).map(|_| ())
}
