//! Photos: taken in, upright and scaled, encrypted at rest, uploaded after the records.

pub(crate) mod import;
pub(crate) mod vault;
