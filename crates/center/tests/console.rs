//! The console, from outside: a center on a free port, desks that log in, phones that report.

#![allow(clippy::expect_used, reason = "a test that cannot go on says where")]

#[path = "console/browser.rs"]
mod browser;
#[path = "console/cases.rs"]
mod cases;
#[path = "console/county.rs"]
mod county;
#[path = "console/doors.rs"]
mod doors;
#[path = "console/gallery.rs"]
mod gallery;
#[path = "console/keys.rs"]
mod keys;
#[path = "console/live.rs"]
mod live;
#[path = "devices/office.rs"]
mod office;
#[allow(dead_code, reason = "the devices' own tests use the rest of it")]
#[path = "devices/phone.rs"]
mod phone;
#[path = "console/returned.rs"]
mod returned;
#[path = "devices/whole.rs"]
mod whole;
