//! The fictional county Qiyun (栖云县), seeded and deterministic.
//!
//! [`County::build`] makes plain structs: the org tree, outlines that tile,
//! buildings, households with their awkward cases, post-holders and six months of
//! history. The same seed, size and date give the same county down to the byte:
//! every random choice comes from a [`dice::Dice`] with its own stream, no clock is
//! read, no hash map is iterated, and no platform-dependent trigonometry is used.
//!
//! Names and places are invented; telephone numbers begin with 129, which is no
//! mobile range, and the county code 519901 is not allocated.

pub mod awkward;
pub mod county;
pub mod date;
pub mod dice;
pub mod geometry;
pub mod history;
pub mod household;
pub mod housing;
pub mod id;
pub mod names;
pub mod org;
pub mod people;
pub mod picture;
pub mod places;
pub mod staff;
pub mod tags;
pub mod totals;
pub mod write;

pub use awkward::Awkward;
pub use county::County;
pub use date::Date;
pub use id::Id;
pub use totals::Size;
