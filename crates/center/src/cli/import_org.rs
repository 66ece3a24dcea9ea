//! `linli-center import-org`.

use std::path::PathBuf;

use linli_model::org::Level;

use super::{At, Outcome};
use crate::import_org::{ImportError, Sheet, import};

#[derive(Debug, clap::Args)]
pub(super) struct ImportOrg {
    #[command(flatten)]
    at: At,
    /// CSV of counties: columns code (6 digits) and name
    #[arg(long, value_name = "FILE")]
    counties: PathBuf,
    /// CSV of streets and towns: columns code (9 digits), name and, if there, areaCode
    #[arg(long, value_name = "FILE")]
    streets: PathBuf,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
}

impl ImportOrg {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        let read = |path: &PathBuf| {
            std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let (counties, streets) = (read(&self.counties)?, read(&self.streets)?);
        let (first, second) = (
            self.counties.display().to_string(),
            self.streets.display().to_string(),
        );
        let sheets = [
            Sheet {
                file: &first,
                level: Level::County,
                bytes: &counties,
            },
            Sheet {
                file: &second,
                level: Level::Street,
                bytes: &streets,
            },
        ];
        match import(&center, &sheets, self.dry_run) {
            Ok(done) => {
                let would = if self.dry_run { "would be " } else { "" };
                println!(
                    "{} {would}added, {} {would}renamed, {} unchanged",
                    done.added, done.renamed, done.unchanged
                );
                Ok(())
            }
            Err(ImportError::Wrong(problems)) => {
                for problem in &problems {
                    eprintln!("{problem}");
                }
                Err(format!("{} wrong lines; nothing was imported", problems.len()).into())
            }
            Err(error) => Err(error.into()),
        }
    }
}
