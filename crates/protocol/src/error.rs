//! Refusals: the body of every answer that is no success.

use minicbor::{Decode, Encode};

/// Why the center refused a call. The code is stable; words are the phone's business.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Refusal {
    /// Such as `enrol_code_used`, `revoked`, `too_large`, `version`, `bad_request`.
    #[n(0)]
    pub code: String,
    /// Seconds to wait before trying again, when that may help.
    #[n(1)]
    pub wait_s: Option<u32>,
}
