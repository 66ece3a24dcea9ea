//! Every line of every sheet, judged; the tree only if all are right.

use std::collections::{HashMap, HashSet};

use linli_model::org::Level;

use super::problem::{Problem, What};
use super::sheet::{PREFIXES, Row, Sheet};

/// Longest name, bytes: what a place document holds.
const NAME_BYTES: usize = 180;

/// A node of the org tree. Its parent is the front of its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Division code: 6 digits for a county, 9 for a street or town.
    pub code: String,
    /// Name.
    pub name: String,
    /// Level.
    pub level: Level,
}

/// Reads the sheets, the upper level first. `known` says whether a code is at the center
/// already, so that streets can be added to a county that is.
///
/// # Errors
/// All wrong lines, in the order of the sheets.
pub fn check(
    sheets: &[Sheet<'_>],
    known: impl Fn(&str) -> bool,
) -> Result<Vec<Node>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut nodes = Vec::new();
    // Parents are looked for among all readable lines: a county with a bad name must not make
    // all of its streets wrong as well.
    let mut codes: HashSet<String> = HashSet::new();
    for sheet in sheets {
        let mut first: HashMap<String, u64> = HashMap::new();
        let before = problems.len();
        for row in sheet.rows(&mut problems) {
            codes.insert(row.code.clone());
            let mut wrong = |what| problems.push(sheet.problem(row.line, what));
            if let Some(what) = code_problem(sheet.level, &row) {
                wrong(what);
            } else if let Some(line) = first.get(&row.code) {
                wrong(What::Twice {
                    code: row.code.clone(),
                    line: *line,
                });
            } else if let Some(parent) = parent(sheet.level, &row.code)
                && !codes.contains(parent)
                && !known(parent)
            {
                wrong(What::UnknownParent(parent.to_owned()));
            }
            first.entry(row.code.clone()).or_insert(row.line);
            if let Some(what) = name_problem(&row.name) {
                wrong(what);
            }
            nodes.push(Node {
                code: row.code,
                name: row.name,
                level: sheet.level,
            });
        }
        problems[before..].sort_by_key(|problem| problem.line);
    }
    if problems.is_empty() {
        Ok(nodes)
    } else {
        Err(problems)
    }
}

fn code_problem(level: Level, row: &Row) -> Option<What> {
    let code = row.code.as_str();
    if code.is_empty() || !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return Some(What::NotDigits(code.to_owned()));
    }
    if code.len() != level.digits() {
        return Some(What::WrongLevel {
            code: code.to_owned(),
            digits: level.digits(),
        });
    }
    // GB/T 2260 numbers province, prefecture and county in pairs of digits; 00 stands for
    // none. GB/T 10114 adds three: 001–099 streets, 100–199 towns, 200–399 townships, 400–599
    // what a prefecture has set up besides.
    let none = |range| {
        code.get(range)
            .is_some_and(|part: &str| part.bytes().all(|b| b == b'0'))
    };
    if none(0..2) || none(2..4) || none(4..6) || (code.len() > 6 && none(6..code.len())) {
        return Some(What::LevelAbove(code.to_owned()));
    }
    if level == Level::Street && code.get(6..).is_some_and(|number| number > "599") {
        return Some(What::OutOfRange(code.to_owned()));
    }
    for (column, said) in PREFIXES.into_iter().zip(&row.prefixes) {
        if let Some(said) = said
            && !code.starts_with(said.as_str())
        {
            return Some(What::OtherParent {
                code: code.to_owned(),
                column,
                said: said.clone(),
            });
        }
    }
    None
}

fn parent(level: Level, code: &str) -> Option<&str> {
    match level {
        Level::County => None,
        Level::Street => code.get(..Level::County.digits()),
        Level::Community => code.get(..Level::Street.digits()),
        Level::Grid => code.get(..Level::Community.digits()),
    }
}

fn name_problem(name: &str) -> Option<What> {
    if name.is_empty() {
        Some(What::NoName)
    } else if name.len() > NAME_BYTES || name.chars().any(char::is_control) {
        Some(What::BadName)
    } else {
        None
    }
}
