//! Time and randomness, passed in so that tests can hold them still.

/// Where time and random bytes come from.
pub trait World: Send + Sync + 'static {
    /// Milliseconds since 1970.
    fn now(&self) -> i64;
    /// Fills `bytes` with bytes nobody can guess.
    fn random(&self, bytes: &mut [u8]);
}

/// The real one.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl World for System {
    fn now(&self) -> i64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
    }

    fn random(&self, bytes: &mut [u8]) {
        use rand::Rng;
        rand::rng().fill_bytes(bytes);
    }
}

/// An array of random bytes.
pub(crate) fn random<const N: usize>(world: &dyn World) -> [u8; N] {
    let mut bytes = [0; N];
    world.random(&mut bytes);
    bytes
}
