//! The TypeScript types of the console are those of this crate.

use std::path::PathBuf;

/// With `LINLI_BINDINGS=write` (`make bindings`) the file is written, else compared.
#[test]
fn the_console_s_types_are_up_to_date() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings/center.ts");
    let text = linli_center::console::api::typescript();
    if std::env::var_os("LINLI_BINDINGS").is_some_and(|mode| mode == "write") {
        std::fs::write(&file, text).expect("the file can be written");
        return;
    }
    let there = std::fs::read_to_string(&file).expect("bindings exist");
    assert_eq!(there, text, "run `make bindings`");
}
