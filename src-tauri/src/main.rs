//! The desktop program. On a phone the same library is loaded by the activity.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    linli_app_lib::run();
}
