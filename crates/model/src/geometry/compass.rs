//! Eight directions, for words like "north of building 3".

use std::fmt;

/// One of eight directions. Screens look its word up by [`Compass::code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compass {
    /// North.
    N,
    /// North-east.
    Ne,
    /// East.
    E,
    /// South-east.
    Se,
    /// South.
    S,
    /// South-west.
    Sw,
    /// West.
    W,
    /// North-west.
    Nw,
}

impl Compass {
    const ROUND: [Self; 8] = [
        Self::N,
        Self::Ne,
        Self::E,
        Self::Se,
        Self::S,
        Self::Sw,
        Self::W,
        Self::Nw,
    ];

    /// The direction of something so many metres east and north; `None` for no distance.
    pub fn towards(east: f64, north: f64) -> Option<Self> {
        let length = east.hypot(north);
        if length.is_nan() || length == 0.0 {
            return None;
        }
        let eighths = (east.atan2(north).to_degrees() / 45.0)
            .round()
            .rem_euclid(8.0);
        Self::ROUND
            .into_iter()
            .zip(0_u8..)
            .find(|(_, n)| f64::from(*n) == eighths)
            .map(|(c, _)| c)
    }

    /// `n`, `ne`, `e`, `se`, `s`, `sw`, `w`, `nw`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::N => "n",
            Self::Ne => "ne",
            Self::E => "e",
            Self::Se => "se",
            Self::S => "s",
            Self::Sw => "sw",
            Self::W => "w",
            Self::Nw => "nw",
        }
    }
}

impl fmt::Display for Compass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_round() {
        let code = |east, north| Compass::towards(east, north).map(Compass::code);
        assert_eq!(code(0.0, 1.0), Some("n"));
        assert_eq!(code(-0.1, 1.0), Some("n"));
        assert_eq!(code(1.0, 1.0), Some("ne"));
        assert_eq!(code(1.0, 0.0), Some("e"));
        assert_eq!(code(1.0, -1.0), Some("se"));
        assert_eq!(code(0.0, -1.0), Some("s"));
        assert_eq!(code(-1.0, -1.0), Some("sw"));
        assert_eq!(code(-1.0, 0.0), Some("w"));
        assert_eq!(code(-1.0, 1.0), Some("nw"));
        assert_eq!(code(0.0, 0.0), None);
        assert_eq!(code(f64::NAN, 0.0), None);
    }
}
