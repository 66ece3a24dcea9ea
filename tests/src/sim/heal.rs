//! A phone that holds something else than the center and doesn't know it: it finds out, and
//! mends itself.

use std::path::Path;

use linli_model::digests::Digest;
use rusqlite::Connection;
use serde_json::json;

use super::check;
use super::die::{Clock, Die, Sky};
use super::network::{Antenna, Network};
use super::office::Office;
use super::phone::Device;
use super::template::Template;

/// Breaks the center's feed behind its back, so that the chief's phone misses one document, and
/// keeps one that it should have left.
///
/// # Errors
/// Says in words what is wrong.
pub async fn heals(template: &Template, folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let clock = Clock::at(template.now());
    let sky = |part: &str| Sky::new(clock.clone(), Die::new(1, part));
    let office = Office::open(template.copy("center", folder)?, sky("center"))?;
    let network = Network::new(office, Die::new(1, "network"), clock.clone());
    let device = |name: &str| {
        let own_sky = sky(name);
        let antenna = Antenna::new(network.clone(), own_sky.clone());
        let own = template.copy(name, folder)?;
        Ok::<_, String>(Device::open(name, own, antenna, own_sky))
    };
    let (mut worker, mut chief) = (device("worker")?, device("chief")?);

    let buildings = worker.shows("buildings", json!({})).await?;
    let place = buildings[0]["id"]
        .as_str()
        .ok_or("a town of no buildings")?;
    let report = json!({ "category": "0302", "words": "路灯不亮", "place": place,
        "position": null, "media": [], "household": "" });
    worker.asks("report_problem", report).await?;
    worker.sync().await?;
    let database = network.office.lock().await.database();
    break_the_feed(&database).map_err(|error| error.to_string())?;

    chief.sync().await?;
    // Twice, so that what it mended is compared once more.
    chief.sync().await?;
    let truth = check::of_center(&database)?;
    let own = chief.folder().to_owned();
    drop(chief);
    check::of_mended_phone(&own, &truth)
}

/// The newest operation is shown to nobody, and a household leaves its buckets without a word.
fn break_the_feed(database: &Path) -> rusqlite::Result<()> {
    let conn = Connection::open(database)?;
    let hidden = conn.execute(
        "DELETE FROM op_bucket WHERE seq = (SELECT max(seq) FROM op)",
        [],
    )?;
    assert!(hidden > 0, "nobody would have seen it anyway");
    let household: i64 = conn.query_row(
        "SELECT min(d.no) FROM doc d JOIN membership m ON m.doc = d.no WHERE d.kind = 3",
        [],
        |row| row.get(0),
    )?;
    let digest: [u8; 16] =
        conn.query_row("SELECT digest FROM doc WHERE no = ?1", [household], |row| {
            row.get(0)
        })?;
    let buckets: Vec<i64> = conn
        .prepare("SELECT bucket FROM membership WHERE doc = ?1")?
        .query_map([household], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for bucket in buckets {
        let mut sum = conn.query_row(
            "SELECT sum, docs FROM bucket WHERE id = ?1",
            [bucket],
            |row| Ok(Digest::new(row.get(0)?, row.get(1)?)),
        )?;
        sum.take(u128::from_be_bytes(digest));
        conn.execute(
            "UPDATE bucket SET sum = ?2, docs = ?3 WHERE id = ?1",
            rusqlite::params![bucket, sum.sum(), sum.docs()],
        )?;
    }
    conn.execute("DELETE FROM membership WHERE doc = ?1", [household])?;
    Ok(())
}
