//! `import-org`: the county's real tree of counties, streets and towns, from CSV files.
//!
//! A sheet is read whole and every wrong line is named; one wrong line and nothing is
//! imported. The tree is then compared with what the center already has, so that the same
//! sheets can be imported again: known nodes stay, renamed ones are renamed, none is removed.

mod check;
mod plan;
mod problem;
mod sheet;
mod write;

pub use check::{Node, check};
pub use plan::{Known, Plan, Step};
pub use problem::{Problem, What};
pub use sheet::Sheet;
pub use write::{ImportError, Imported, import};
