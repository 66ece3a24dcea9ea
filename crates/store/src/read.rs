//! What screens ask of the tables. Every list is bounded and comes from an index.

pub mod building;
pub mod find;
pub mod people;
pub mod place;
pub mod work;
