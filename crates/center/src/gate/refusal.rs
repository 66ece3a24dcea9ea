//! Why an intent is not accepted.

use linli_model::value::Hash;
use linli_protocol::sync::{Sent, Verdict};

/// A verdict other than acceptance; a step of the gate ends with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused(pub(crate) Verdict);

impl Refused {
    /// Given back to the author, who can mend it.
    pub(crate) fn code(code: &str) -> Self {
        Self::fields(code, [])
    }

    /// Not now, and nothing against it: a phone sends what the center misses again, later.
    pub(crate) fn later(sent: &Sent) -> Self {
        let target = sent.intent.target.as_ref();
        Self(Verdict::Missing {
            change: target.map_or(Hash([0; 32]), |target| target.change),
        })
    }

    /// The same, naming field paths.
    pub(crate) fn fields<'a>(code: &str, fields: impl IntoIterator<Item = &'a str>) -> Self {
        Self(Verdict::Rejected {
            code: code.to_owned(),
            fields: fields.into_iter().map(str::to_owned).collect(),
        })
    }
}
