//! Sizes both sides keep to.

/// Largest body of a sync request, bytes.
pub const MAX_REQUEST: usize = 512 * 1024;
/// Largest page of operations before compression, bytes (DESIGN §4.4: adaptive 16–256 KB).
pub const MAX_PAGE: u32 = 256 * 1024;
/// Smallest page a phone may ask for.
pub const MIN_PAGE: u32 = 16 * 1024;
/// Largest change, bytes.
pub const MAX_CHANGE: usize = 64 * 1024;
/// Largest intent without a document, bytes: whose number was looked at, and how.
pub const MAX_AUDIT: usize = 1024;
/// Most intents in one request.
pub const MAX_INTENTS: usize = 500;
/// Most ids of what was erased in one answer.
pub const MAX_ERASED: usize = 500;
/// How long a phone goes on showing people's data without having met the center, seconds
/// (DESIGN §4.11): usually…
pub const LEASE_S: u32 = 7 * 86_400;
/// …and in an emergency.
pub const LEASE_EMERGENCY_S: u32 = 30 * 86_400;
/// Largest photo, bytes.
pub const MAX_PHOTO: usize = 8 * 1024 * 1024;
/// Largest answer after decompression, bytes: a page and one big document.
pub const MAX_PLAIN: usize = 8 * 1024 * 1024;
/// Largest answer as it travels, bytes.
pub const MAX_ANSWER: usize = MAX_PLAIN + 1024 * 1024;
