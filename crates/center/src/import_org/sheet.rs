//! A CSV sheet as lines with named cells.

use csv::ByteRecord;
use linli_model::org::Level;

use super::problem::{Problem, What};

/// Columns that repeat the front of a code: every one that is there must agree with it.
pub(super) const PREFIXES: [&str; 3] = ["areaCode", "cityCode", "provinceCode"];

/// A sheet to import.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Name for messages.
    pub file: &'a str,
    /// What its lines are.
    pub level: Level,
    /// Its bytes: UTF-8, with or without a byte order mark; the first line is the heading.
    pub bytes: &'a [u8],
}

/// A line with the cells that matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) code: String,
    pub(super) name: String,
    /// What the prefix columns say, in the order of [`PREFIXES`]; none where there is none.
    pub(super) prefixes: [Option<String>; 3],
}

impl Sheet<'_> {
    /// A problem in this sheet.
    pub(super) fn problem(&self, line: u64, what: What) -> Problem {
        Problem {
            file: self.file.to_owned(),
            line,
            what,
        }
    }

    /// The lines that can be read; the others go to `problems`.
    pub(super) fn rows(&self, problems: &mut Vec<Problem>) -> Vec<Row> {
        let bytes = self.bytes;
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            problems.push(self.problem(1, What::Utf16));
            return Vec::new();
        }
        // Spreadsheets put a mark in front of UTF-8; one there is usual and harmless.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let heading = match reader.byte_headers() {
            Ok(heading) => heading.clone(),
            Err(_) => return Vec::new(),
        };
        let Some(columns) = self.columns(&heading, problems) else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for record in reader.byte_records() {
            // Reading from memory with ragged lines allowed has no other failure.
            let Ok(record) = record else { break };
            match row(&record, heading.len(), &columns) {
                Ok(row) => rows.push(row),
                Err(what) => problems.push(self.problem(line(&record), what)),
            }
        }
        rows
    }

    fn columns(&self, heading: &ByteRecord, problems: &mut Vec<Problem>) -> Option<Columns> {
        let at = |name: &str| {
            heading
                .iter()
                .position(|cell| cell.trim_ascii() == name.as_bytes())
        };
        let before = problems.len();
        for name in ["code", "name"] {
            if at(name).is_none() {
                problems.push(self.problem(1, What::NoColumn(name)));
            }
        }
        if problems.len() > before {
            return None;
        }
        Some(Columns {
            code: at("code")?,
            name: at("name")?,
            prefixes: PREFIXES.map(at),
        })
    }
}

struct Columns {
    code: usize,
    name: usize,
    prefixes: [Option<usize>; 3],
}

fn line(record: &ByteRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

fn row(record: &ByteRecord, expected: usize, columns: &Columns) -> Result<Row, What> {
    if record.len() != expected {
        return Err(What::Cells {
            expected,
            found: record.len(),
        });
    }
    let mut cells = Vec::with_capacity(record.len());
    for cell in record {
        let text = std::str::from_utf8(cell).map_err(|_| What::NotUtf8)?;
        if text.contains('\u{feff}') {
            return Err(What::ByteOrderMark);
        }
        cells.push(text.trim());
    }
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
    Ok(Row {
        line: line(record),
        code: cell(columns.code),
        name: cell(columns.name),
        prefixes: columns
            .prefixes
            .map(|at| at.map(cell).filter(|text| !text.is_empty())),
    })
}
