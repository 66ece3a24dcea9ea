//! Deliberate faults, for asking whether the tests would notice. Only with the feature
//! `mutants`, which no program that is shipped has; without it [`is`] is always false and
//! costs nothing.

#[cfg(feature = "mutants")]
static ALIVE: std::sync::RwLock<&str> = std::sync::RwLock::new("");

/// Whether the fault `name` is alive.
#[cfg(feature = "mutants")]
pub fn is(name: &str) -> bool {
    *ALIVE
        .read()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        == name
        || std::env::var("LINLI_MUTANT").is_ok_and(|alive| alive == name)
}

/// Whether the fault `name` is alive: never, in a program without the feature.
#[cfg(not(feature = "mutants"))]
#[inline(always)]
pub const fn is(_name: &str) -> bool {
    false
}

/// Brings one fault to life in this process; an empty name none. `LINLI_MUTANT` in the
/// environment does the same for a test.
#[cfg(feature = "mutants")]
pub fn set(name: &'static str) {
    *ALIVE
        .write()
        .unwrap_or_else(std::sync::PoisonError::into_inner) = name;
}
