//! Photos (and later voice notes) from the file that comes in to the finished picture that goes
//! out.
//!
//! A row comes before the picture ([`pipeline::begin`]). A file lies in the clear only in the
//! [incoming] folder; it leaves it encrypted, at the latest when the phone is opened the next
//! time ([`incoming::sweep`]), before anything is shown. Then it is [developed](develop) to an
//! upright, scaled picture, which waits for its position; then stamped, given its facts, and
//! finished: its hash never changes again. One picture is worked on at a time, off the async
//! threads, and what was cut short goes on at the next start.

pub(crate) mod capture;
mod develop;
pub(crate) mod incoming;
pub(crate) mod look;
pub(crate) mod pipeline;
pub(crate) mod shown;
pub(crate) mod vault;
mod words;
