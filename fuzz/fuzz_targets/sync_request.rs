//! Bytes as the body of `POST /v1/sync` of an enrolled phone, against a real center in this
//! process. Whatever they are: nothing panics that isn't caught where it should be, every
//! document loads and takes one more edit, and nothing beyond the phone's rights changes.
//!
//! The first byte of an input says whose phone it is and whether the rest goes as it stands or is
//! sealed first: names, checksums and claims that anybody can compute are made to fit, so that
//! inputs get past the first checks.

#![no_main]

#[path = "sync_request/check.rs"]
mod check;
#[allow(dead_code, reason = "the center's tests use the rest of it")]
#[path = "../../crates/center/tests/devices/county.rs"]
mod county;
#[allow(dead_code, reason = "the center's tests use the rest of it")]
#[path = "../../crates/center/tests/devices/forge.rs"]
mod forge;
#[path = "sync_request/mutate.rs"]
mod mutate;
#[path = "sync_request/office.rs"]
mod office;
#[path = "sync_request/panics.rs"]
mod panics;
#[path = "sync_request/seal.rs"]
mod seal;
#[path = "sync_request/seeds.rs"]
mod seeds;

use std::cell::RefCell;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

use office::Office;

thread_local! {
    static OFFICE: RefCell<Option<Office>> = const { RefCell::new(None) };
}

/// Runs `work` with the center, which is founded when it is first needed.
fn with_office<T>(work: impl FnOnce(&mut Office) -> T) -> T {
    OFFICE.with_borrow_mut(|office| work(office.get_or_insert_with(Office::found)))
}

fuzz_target!(
    init: {
        panics::count_quietly();
        if let Ok(folder) = std::env::var("LINLI_SEEDS") {
            with_office(|office| seeds::write(office, folder.as_ref()));
            std::process::exit(0);
        }
    },
    |data: &[u8]| {
        with_office(|office| check::one(office, data));
    }
);

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    with_office(|office| mutate::mutate(office, data, size, max_size, seed))
});
