//! The secret of one run: whoever shows it is the page that this host was started for.

use std::fmt;

use subtle::ConstantTimeEq;

/// 128 random bits as hexadecimal text.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// Makes a token of random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(hex::encode(random))
    }

    /// The text that the page shows.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether `shown` is this token, in the same time wherever it differs.
    pub fn is(&self, shown: &str) -> bool {
        self.0.as_bytes().ct_eq(shown.as_bytes()).into()
    }
}

/// Never shown by accident.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_fits() {
        let token = Token::new([7; 16]);
        assert!(token.is(&"07".repeat(16)));
        assert!(!token.is(&"07".repeat(15)));
        assert!(!token.is(""));
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
