//! The real window: WebKit, our page, our scheme and our grants, with a phone on a real
//! encrypted database behind them.
//!
//! `scripts/window-smoke.sh` builds the app as it ships (its own page inside, no
//! development server) and gives it a display.
#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test may stop, and so may its helpers"
)]

mod alone;
mod driver;
mod shared;
mod story;
