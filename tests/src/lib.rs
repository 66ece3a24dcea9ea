//! Whatever needs phone and center together: stories, faults, boundaries.

pub mod desk;
pub mod hands;
pub mod peek;
pub mod power;
pub mod sim;
pub mod small_disk;
pub mod stage;
