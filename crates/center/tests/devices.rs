//! The devices' port, from outside: a center on a free port, and phones that speak the
//! protocol to it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that can't set its scene has failed"
)]

#[path = "devices/access.rs"]
mod access;
#[path = "devices/bits.rs"]
mod bits;
#[path = "content/bucket.rs"]
mod bucket;
#[path = "devices/contents.rs"]
mod contents;
#[path = "devices/county.rs"]
mod county;
#[path = "devices/enrol.rs"]
mod enrol;
#[path = "devices/erased_since.rs"]
mod erased_since;
#[path = "devices/erasure.rs"]
mod erasure;
#[path = "devices/forge.rs"]
mod forge;
#[path = "devices/full_disk.rs"]
mod full_disk;
#[path = "devices/generation.rs"]
mod generation;
#[path = "devices/group.rs"]
mod group;
#[path = "devices/hostile.rs"]
mod hostile;
#[path = "devices/keys.rs"]
mod keys;
#[path = "devices/leaving.rs"]
mod leaving;
#[path = "devices/limits.rs"]
mod limits;
#[path = "devices/named.rs"]
mod named;
#[path = "devices/office.rs"]
mod office;
#[path = "devices/phone.rs"]
mod phone;
#[path = "devices/photos.rs"]
mod photos;
#[path = "devices/raw.rs"]
mod raw;
#[path = "devices/regrid.rs"]
mod regrid;
#[path = "devices/rounds.rs"]
mod rounds;
#[path = "devices/rules.rs"]
mod rules;
#[allow(
    dead_code,
    unreachable_pub,
    reason = "made for the tests of the phone as well"
)]
#[path = "../../../tests/src/small_disk.rs"]
mod small_disk;
#[path = "devices/uploads.rs"]
mod uploads;
#[path = "devices/whole.rs"]
mod whole;
