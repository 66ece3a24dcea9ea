//! The shape of the project itself: who may depend on whom, and where some things may be done.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop")]

mod edges;
mod licences;
mod places;
mod sizes;
mod tree;
