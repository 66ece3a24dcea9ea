//! How long a person waits for what they typed, and for a list, on a phone that holds everybody.
//!
//! Timed from outside the phone's process, over its loopback HTTP: a little more than a screen
//! would wait.

use std::time::Instant;

use linli_model::search::{KeyKind, keys_for_name};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Value, json};

use crate::Outcome;
use crate::linli::LinliPhone;

/// Questions of each sort.
const ASKED: usize = 400;

/// How one sort of question did.
#[derive(Debug, Serialize)]
pub(crate) struct Latency {
    what: String,
    p50_ms: f64,
    p95_ms: f64,
    max_ms: f64,
    count: usize,
    /// Answers without a hit.
    empty: usize,
}

/// What to ask for: taken from the phone itself, spread over all it holds.
pub(crate) struct People {
    pub(crate) residents: u64,
    names: Vec<String>,
    /// Building, unit, floor's room.
    rooms: Vec<(String, String, String)>,
    numbers: Vec<String>,
    buildings: Vec<String>,
    households: Vec<String>,
}

impl People {
    pub(crate) fn read(database: &Connection) -> Outcome<Self> {
        let residents = database.query_row(
            "SELECT count(*) FROM resident WHERE ended IS NULL",
            [],
            |row| row.get(0),
        )?;
        let texts = |sql: &str| -> Outcome<Vec<Vec<String>>> {
            let mut statement = database.prepare(sql)?;
            let columns = statement.column_count();
            let rows = statement.query_map([], |row| {
                (0..columns).map(|column| row.get(column)).collect()
            })?;
            let all: Vec<Vec<String>> = rows.collect::<Result<_, _>>()?;
            let step = (all.len() / ASKED).max(1);
            Ok(all.into_iter().step_by(step).take(ASKED).collect())
        };
        let first = |rows: Vec<Vec<String>>| rows.into_iter().flatten().collect::<Vec<_>>();
        Ok(Self {
            residents,
            names: first(texts(
                "SELECT name FROM resident WHERE ended IS NULL ORDER BY id",
            )?),
            rooms: texts(
                "SELECT p.name, r.unit, r.room FROM room r JOIN place p ON p.doc = r.building
                 WHERE r.occupied ORDER BY r.dwelling",
            )?
            .into_iter()
            .filter_map(|row| <[String; 3]>::try_from(row).ok())
            .map(|[building, unit, room]| (building, unit, room))
            .collect(),
            numbers: first(texts("SELECT number FROM phone ORDER BY id")?),
            buildings: ids(texts(
                "SELECT lower(hex(doc)) FROM place WHERE type = 'building'",
            )?),
            households: ids(texts("SELECT lower(hex(doc)) FROM household ORDER BY doc")?),
        })
    }
}

/// Ids as the commands take them.
fn ids(rows: Vec<Vec<String>>) -> Vec<String> {
    let plain = rows.into_iter().flatten();
    plain
        .map(|hex| {
            let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default().to_owned();
            [
                part(0, 8),
                part(8, 12),
                part(12, 16),
                part(16, 20),
                part(20, 32),
            ]
            .join("-")
        })
        .collect()
}

/// Asks everything.
pub(crate) async fn run(phone: &LinliPhone, people: &People) -> Outcome<Vec<Latency>> {
    let mut all = Vec::new();
    let names = || people.names.iter();
    let digits = |length: usize| {
        let numbers = people.numbers.iter();
        numbers
            .map(move |number| last(number, length))
            .collect::<Vec<_>>()
    };
    let rooms = |writing: fn(&str, &str, &str) -> String| {
        let rooms = people.rooms.iter();
        rooms.map(|(b, u, r)| writing(b, u, r)).collect::<Vec<_>>()
    };
    let sorts: Vec<(&str, Vec<String>)> = vec![
        ("find: a whole name", names().cloned().collect()),
        (
            "find: one character of a surname",
            names().map(|n| n.chars().take(1).collect()).collect(),
        ),
        (
            "find: full pinyin",
            names().filter_map(|n| typed(n, KeyKind::Full)).collect(),
        ),
        (
            "find: initials",
            names()
                .filter_map(|n| typed(n, KeyKind::Initials))
                .collect(),
        ),
        (
            "find: one letter",
            names()
                .filter_map(|n| Some(typed(n, KeyKind::Initials)?.get(..1)?.to_owned()))
                .collect(),
        ),
        (
            "find: address as 3栋2单元501",
            rooms(|b, u, r| format!("{b}{u}{r}")),
        ),
        (
            "find: address as 3-2-501",
            rooms(|b, u, r| [number(b), number(u), r.to_owned()].join("-")),
        ),
        ("find: a room number alone", rooms(|_, _, r| r.to_owned())),
        ("find: last four digits of a phone", digits(4)),
        ("find: last two digits of a phone", digits(2)),
    ];
    for (what, typed) in sorts {
        let asked = typed
            .iter()
            .map(|typed| ("find", json!({ "query": typed, "limit": 20 })))
            .collect();
        all.push(ask(phone, what, asked).await?);
    }
    let buildings = people.buildings.iter();
    let rooms = buildings
        .map(|id| ("building", json!({ "id": id })))
        .collect();
    all.push(ask(phone, "open: the rooms of a building", rooms).await?);
    let households = people.households.iter();
    let households = households
        .map(|id| ("household", json!({ "household": id, "dwelling": "" })))
        .collect();
    all.push(ask(phone, "open: a household", households).await?);
    for (what, command) in [
        ("open: all buildings", "buildings"),
        ("open: today", "today"),
        ("open: tasks", "tasks"),
        ("open: notices", "notices"),
        ("open: my reports", "my_reports"),
        ("open: the map", "map"),
        ("open: emergency", "emergency"),
        ("open: nothing but the status", "status"),
    ] {
        all.push(ask(phone, what, vec![(command, json!({})); 20]).await?);
    }
    Ok(all)
}

async fn ask(phone: &LinliPhone, what: &str, asked: Vec<(&str, Value)>) -> Outcome<Latency> {
    let mut times = Vec::with_capacity(asked.len());
    let mut empty = 0;
    for (command, request) in asked {
        let start = Instant::now();
        let answer = phone.call(command, request).await?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        empty += usize::from(answer["hits"].as_array().is_some_and(Vec::is_empty));
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| {
        let index = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times.get(index).copied().unwrap_or(0.0)
    };
    let latency = Latency {
        what: what.to_owned(),
        p50_ms: at(50),
        p95_ms: at(95),
        max_ms: at(100),
        count: times.len(),
        empty,
    };
    println!(
        "{what:40} p50 {:>7.2}  p95 {:>7.2}  max {:>7.2} ms  {empty} of {} without a hit",
        latency.p50_ms, latency.p95_ms, latency.max_ms, latency.count,
    );
    Ok(latency)
}

fn last(number: &str, length: usize) -> String {
    number
        .get(number.len().saturating_sub(length)..)
        .unwrap_or_default()
        .to_owned()
}

fn number(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What somebody types for a name, from what the index holds: the key less its tag.
fn typed(name: &str, kind: KeyKind) -> Option<String> {
    let key = keys_for_name(name)
        .into_iter()
        .find(|key| key.kind == kind)?;
    Some(key.text.chars().skip(1).collect())
}
