//! Code tables behind coded fields: sex, relation to the head, dwelling, needs, mobility.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Every code table a field of ours uses.
#[derive(Debug, Deserialize)]
pub struct Codes {
    /// Sex, GB/T 2261.1.
    pub sex: CodeTable,
    /// Relation to the head of the household, GB/T 4761, one digit.
    pub relation1: CodeTable,
    /// How a dwelling is held.
    pub dwelling: CodeTable,
    /// What help somebody needs; never why.
    pub need: CodeTable,
    /// What moving somebody to safety takes.
    pub mobility: CodeTable,
}

/// One table: code → Chinese words.
#[derive(Debug, Deserialize)]
pub struct CodeTable {
    /// The standard it follows; `own` = this project's.
    pub std: String,
    /// Words by code.
    pub v: BTreeMap<String, String>,
}

impl CodeTable {
    /// The Chinese words of a code; `None` for a code from a newer version.
    pub fn zh(&self, code: &str) -> Option<&str> {
        self.v.get(code).map(String::as_str)
    }

    /// Whether the code belongs to the table.
    pub fn contains(&self, code: &str) -> bool {
        self.v.contains_key(code)
    }
}
