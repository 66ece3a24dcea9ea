//! Addresses in whatever way they are written: `3栋2单元501`, `3-2-501`, `3#2-501`,
//! `三栋二单元五零一`, `32501`.
//!
//! A door is indexed in its normal form ([`normal_building`], [`normal_unit`], [`normal_room`]);
//! what is typed becomes one or more [`AddressQuery`], the likeliest first, in the same form.

mod candidates;
mod normal;
mod scan;

pub use normal::{normal_building, normal_room, normal_unit};

/// A door, or as much of it as was typed, in normal form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AddressQuery {
    /// What stood before the building, folded: an estate, a street number, a nickname such as
    /// 老供销社宿舍. Whoever asks resolves it.
    pub place: Option<String>,
    /// `3`, `A`, `3A`.
    pub building: Option<String>,
    /// `2`; `None` when none was typed, and in a block without units.
    pub unit: Option<String>,
    /// `501`, `501A`, `B101` below ground, `5F` a whole floor, `J` a mezzanine. May be the
    /// beginning of a room's number.
    pub room: Option<String>,
}

/// Reads a typed text as an address. Several answers when it can be read in several ways
/// (`32501` is 3-2-501, 32-501, 3-2501 or a room of that number), the likeliest first; none
/// when nothing in it is an address. A name of a place alone is none.
pub fn parse_address(typed: &str) -> Vec<AddressQuery> {
    candidates::candidates(&scan::scan(typed))
}

#[cfg(test)]
mod tests;
