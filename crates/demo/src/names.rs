//! Invented names of people and places.

pub mod given;
pub mod person;
pub mod places;
pub mod surnames;
