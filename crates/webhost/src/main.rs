//! A phone for a plain browser: `linli-webhost --data DIR`.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use linli_field::{FileKeyStore, Https, Phone, PhoneConfig, SystemEnv};
use linli_webhost::{Server, ServerConfig, Token};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Shows a phone in a plain browser, on this machine only. For the demo and for tests.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Folder for the phone's database, key and photos; made when missing
    #[arg(long)]
    data: PathBuf,
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Folder with the built screens
    #[arg(long, default_value = "ui/dist/field")]
    ui: PathBuf,
    /// Page that may show this one in a frame, such as http://127.0.0.1:7600 (may be repeated)
    #[arg(long = "frame-ancestor", value_name = "ORIGIN")]
    frame_ancestors: Vec<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    // It would write down what it is called with.
    if let Ok(silent) = "automerge=off".parse() {
        filter = filter.add_directive(silent);
    }
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("linli-webhost: {e}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    if !args.ui.join("index.html").is_file() {
        return Err(format!("no built screens in {} (make ui)", args.ui.display()).into());
    }
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let config = PhoneConfig {
        keystore: Arc::new(FileKeyStore::new(args.data.join("key"))),
        data_dir: args.data,
        env: Arc::new(SystemEnv),
        wire: Arc::new(Https::default()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        device: "browser".to_owned(),
    };
    // Opening migrates and may derive keys: not on a thread that others wait for.
    let phone = tokio::task::spawn_blocking(move || Phone::open(config)).await?;
    let server = Server::bind(
        Arc::new(phone.clone()),
        ServerConfig {
            port: args.port,
            ui: args.ui,
            frame_ancestors: args.frame_ancestors,
            token: Token::new(rand::random()),
        },
    )
    .await?;
    phone.start();
    println!("ready {}", server.address());
    std::io::stdout().flush()?;
    server
        .serve(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
        .await?;
    Ok(())
}
