//! Finding people and doors by what somebody types with one thumb.
//!
//! A name is indexed under [`keys_for_name`]; what was typed becomes a [`Query`], whose probes
//! are prefixes of such keys, so that an ordinary B-tree answers it. What comes back is checked
//! and ordered by [`NameQuery::rank`]. Addresses are brought to one form on both sides.

pub mod address;
pub mod fold;
pub mod keys;
pub mod name_query;
pub mod phone;
pub mod query;
pub mod readings;
pub mod spelling;
mod surnames;
mod syllables;

pub use address::{AddressQuery, normal_building, normal_room, normal_unit, parse_address};
pub use fold::fold;
pub use keys::{Key, KeyKind, keys_for_name, prefix_end};
pub use name_query::{NameQuery, Rank};
pub use phone::phone_key;
pub use query::{Query, Typed};
