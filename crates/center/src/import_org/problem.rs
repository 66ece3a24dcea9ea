//! What can be wrong with a line, in words for whoever mends the sheet.

use std::fmt;

/// One wrong line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// File as named on the command line.
    pub file: String,
    /// Line in it, from 1.
    pub line: u64,
    /// What is wrong there.
    pub what: What,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// The file is in UTF-16: a spreadsheet's "Unicode text".
    #[error("the file is UTF-16; save it as CSV in UTF-8")]
    Utf16,
    /// Bytes that are no UTF-8, such as GBK.
    #[error("not UTF-8; save the sheet as CSV in UTF-8")]
    NotUtf8,
    /// A byte order mark inside the file: two files were glued together.
    #[error("a byte order mark in the middle of the file")]
    ByteOrderMark,
    /// The heading lacks a column.
    #[error("the heading has no column {0:?}")]
    NoColumn(&'static str),
    /// The line has fewer or more cells than the heading.
    #[error("{found} cells where the heading has {expected}")]
    Cells {
        /// Cells of the heading.
        expected: usize,
        /// Cells of this line.
        found: usize,
    },
    /// Something else than digits in a code.
    #[error("{0:?} is no division code: digits only")]
    NotDigits(String),
    /// A code of another level, by its length.
    #[error("{code} has {} digits, this sheet holds codes of {digits}", code.len())]
    WrongLevel {
        /// The code.
        code: String,
        /// Digits that a code of this sheet has.
        digits: usize,
    },
    /// Zeros where GB/T 2260 or GB/T 10114 number a node: the code names the level above.
    #[error("{0} ends in zeros: it names the level above")]
    LevelAbove(String),
    /// A number outside the ranges of the standard.
    #[error("{0} is outside the numbers of GB/T 10114 (001–599)")]
    OutOfRange(String),
    /// A column of the line says another parent than its code does.
    #[error("{code} is not below {column} {said}")]
    OtherParent {
        /// The code.
        code: String,
        /// Heading of the column.
        column: &'static str,
        /// What it says.
        said: String,
    },
    /// The parent is neither in the sheets nor at the center.
    #[error("no county {0} in the sheets or at the center")]
    UnknownParent(String),
    /// The code stands twice.
    #[error("{code} again; it stands in line {line} already")]
    Twice {
        /// The code.
        code: String,
        /// Where it stood first.
        line: u64,
    },
    /// No name.
    #[error("no name")]
    NoName,
    /// A name too long, or with control characters.
    #[error("no usable name: too long, or line breaks in it")]
    BadName,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}
