//! The center as a program; everything happens in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    linli_center::cli::run(std::env::args_os())
}
