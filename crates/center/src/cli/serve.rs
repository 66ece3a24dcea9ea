//! `linli-center serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use tracing_subscriber::EnvFilter;

use super::{At, Outcome};
use crate::center::Center;
use crate::config::Config;
use crate::serve::{Listeners, serve};
use crate::world::System;

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    at: At,
    /// Where to listen for devices (TLS); port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Where to listen for the console (plain HTTP); port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    console: Option<SocketAddr>,
    /// Folder with the built console pages
    #[arg(long, value_name = "DIR")]
    console_files: Option<PathBuf>,
    /// Log lines as JSON
    #[arg(long)]
    log_json: bool,
}

impl Serve {
    pub(super) fn run(self) -> Outcome {
        log_to_stderr(self.log_json);
        let mut config = Config::load(&self.at.data)?;
        config.listen = self.listen.unwrap_or(config.listen);
        config.console = self.console.unwrap_or(config.console);
        config.console_files = self.console_files.or(config.console_files);
        let listeners = Listeners::bind(config.listen, config.console)?;
        let (devices, console) = listeners.addresses()?;
        let center = Center::open_with(&self.at.data, config, Arc::new(System))?;
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?
            .block_on(async {
                println!("ready devices={devices} console={console}");
                tracing::info!(%devices, %console, "ready");
                serve(center, listeners, interrupted()).await
            })?;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Structured logs on stderr; `LINLI_LOG` narrows or widens them. They never hold user data: the
/// document engine would write down what it is called with, so it isn't heard at all. (Its spans
/// also cost a twelfth of the gate's time.)
fn log_to_stderr(json: bool) {
    let mut filter = EnvFilter::try_from_env("LINLI_LOG").unwrap_or_else(|_| "info".into());
    if let Ok(silent) = "automerge=off".parse() {
        filter = filter.add_directive(silent);
    }
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false);
    if json {
        lines.json().init();
    } else {
        lines.init();
    }
}

/// Ready on SIGINT or SIGTERM.
async fn interrupted() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _interrupted = interrupt.await;
}
