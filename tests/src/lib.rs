//! Whatever needs phone and center together: stories, faults, boundaries.

pub mod hands;
pub mod peek;
pub mod stage;
