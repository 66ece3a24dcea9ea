//! `linli-center passwd`.

use std::io::{BufRead, IsTerminal, Write};

use super::{At, Outcome};
use crate::console::set_password;

#[derive(Debug, clap::Args)]
pub(super) struct Passwd {
    #[command(flatten)]
    at: At,
    /// Name the person logs in with at the console (see `people`)
    #[arg(long, value_name = "NAME")]
    login: String,
    /// Read the password from standard input instead of asking twice
    #[arg(long)]
    password_stdin: bool,
}

impl Passwd {
    pub(super) fn run(self) -> Outcome {
        let center = self.at.open()?;
        let password = if self.password_stdin {
            line()?
        } else {
            if !std::io::stdin().is_terminal() {
                return Err("no terminal to ask at; use --password-stdin".into());
            }
            // Without switching the terminal's echo off: say so rather than surprise.
            eprintln!("What you type is shown; look over your shoulder first.");
            let first = ask("Password: ")?;
            if first != ask("Again:    ")? {
                return Err("the two are not the same; nothing was changed".into());
            }
            first
        };
        set_password(&center, &self.login, &password)?;
        println!("{} can log in; other sessions have ended.", self.login);
        Ok(())
    }
}

fn ask(what: &str) -> std::io::Result<String> {
    eprint!("{what}");
    std::io::stderr().flush()?;
    line()
}

fn line() -> std::io::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
