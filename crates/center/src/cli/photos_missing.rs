//! `linli-center photos-missing`: what records name and isn't here, and the other way round.

use super::{At, Outcome};
use crate::center::Center;
use crate::store::{AwaitedRow, StoreError, Tables};
use crate::utc::utc;
use crate::written::Written;

/// Rows read at once.
const PAGE: usize = 500;
const HOUR: i64 = 3_600_000;
/// Bytes that no record names are listed after so long: their record may still be on its way.
const UNNAMED: i64 = 7 * 24 * HOUR;

/// Ids only: whose a device is, `linli-center devices` says.
#[derive(Debug, clap::Args)]
pub(super) struct PhotosMissing {
    #[command(flatten)]
    at: At,
    /// Photos of records that the center has had for so many hours; as in center.toml unless said
    #[arg(long, value_name = "HOURS")]
    after: Option<u32>,
    /// List at most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000)]
    most: usize,
}

impl PhotosMissing {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        let before = match self.after {
            Some(hours) => center.now() - i64::from(hours) * HOUR,
            None => center.late_before(),
        };
        missing(&center, before, self.most)?;
        unnamed(&center)?;
        Ok(())
    }
}

fn missing(center: &Center, before: i64, most: usize) -> Result<(), StoreError> {
    let (mut last, mut listed): (Option<AwaitedRow>, usize) = (None, 0);
    loop {
        let wanted = PAGE.min(most.saturating_sub(listed).saturating_add(1));
        let lines = center.store.read_now(|tables| {
            let rows = tables.awaited(before, last, wanted)?;
            last = rows.last().copied().or(last);
            rows.into_iter()
                .map(|row| line(tables, row))
                .collect::<Result<Vec<_>, _>>()
        })?;
        let there = lines.len();
        for line in lines.iter().take(most - listed) {
            println!("{line}");
        }
        listed += there;
        if listed > most {
            println!("and more: --most {}", most.saturating_mul(10));
            return Ok(());
        }
        if there < wanted {
            println!("{listed} missing");
            return Ok(());
        }
    }
}

/// `case … photo … device … since …`
fn line(tables: Tables<'_>, row: AwaitedRow) -> Result<String, StoreError> {
    let doc = tables.doc_by_no(row.doc)?;
    let doc = doc.ok_or(StoreError::Damaged("photo of no record"))?;
    let written = Written::read(tables, &doc)?;
    let change = written.change(&format!("media/{}/sha256", row.id));
    let device = change.map_or_else(String::new, |change| change.actor.enrolment.to_string());
    let since = utc(row.since);
    Ok(format!(
        "{} {}  photo {}  device {device:<16}  since {since}",
        doc.kind.name(),
        doc.id,
        row.id
    ))
}

fn unnamed(center: &Center) -> Result<(), StoreError> {
    let before = center.now() - UNNAMED;
    for row in center.store.read_now(|tables| tables.unnamed(before))? {
        let device = row
            .enrolment
            .map_or_else(|| "-".into(), |id| id.to_string());
        let since = utc(row.since);
        println!(
            "named by no record  device {device:<16}  {} photos  {} bytes  since {since}",
            row.count, row.bytes
        );
    }
    Ok(())
}
