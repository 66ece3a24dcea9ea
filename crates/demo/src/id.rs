//! Ids of things: UUIDv7, made from a moment and the dice.

use std::fmt;

use crate::dice::Dice;

/// A UUIDv7.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(
    /// The 16 bytes, big-endian as in the text form.
    pub [u8; 16],
);

impl Id {
    /// An id made at `at` (milliseconds since 1970 UTC) with random bits from `dice`.
    pub fn new(at: i64, dice: &mut Dice) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&at.to_be_bytes()[2..]);
        bytes[6..8].copy_from_slice(&(dice.bits() as u16).to_be_bytes());
        bytes[8..].copy_from_slice(&dice.bits().to_be_bytes());
        bytes[6] = 0x70 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Id(bytes)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, byte) in self.0.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
