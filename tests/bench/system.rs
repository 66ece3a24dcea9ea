//! The systems on the bench, behind one set of verbs.

use std::path::{Path, PathBuf};

use linli_rig::binaries::Binaries;
use linli_rig::center::Center;
use serde_json::{Value, json};

use crate::Outcome;
use crate::linli::{self, LinliPhone};
use crate::node::Node;
use crate::sample::Target;

/// Names in the results. Those but the first are scripts `peers/<name>-server.mjs` and
/// `-client.mjs`.
pub(crate) const NAMES: [&str; 4] = ["linli", "pouchdb", "automerge_repo", "yjs"];

/// What is needed to start a system.
pub(crate) struct Place<'a> {
    pub(crate) binaries: &'a Binaries,
    pub(crate) peers: &'a Path,
    /// Folder of this server and its clients.
    pub(crate) folder: PathBuf,
    /// The documents as JSON lines.
    pub(crate) docs: &'a Path,
    /// The documents as a bundle.
    pub(crate) bundle: &'a Path,
}

/// A server that holds all documents.
pub(crate) enum Server {
    Linli(Box<Center>),
    Peer(String, Box<Node>),
}

/// A phone.
pub(crate) enum Client {
    Linli(Box<LinliPhone>),
    Peer(Box<Node>),
}

/// What a client says of what it did.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) docs: u64,
    /// Silence at the end that is no part of the work, milliseconds.
    pub(crate) silence: f64,
    /// Messages up, where these are what there is instead of requests.
    pub(crate) messages: Option<u64>,
}

/// Values of the edited field, document by document.
#[derive(Default)]
pub(crate) struct Shown {
    /// The winner and what stands beside it.
    pub(crate) shown: Vec<Vec<i64>>,
    /// Whatever can still be found.
    pub(crate) retrievable: Vec<Vec<i64>>,
}

impl Server {
    pub(crate) async fn start(name: &str, place: &Place<'_>) -> Outcome<Self> {
        let folder = place.folder.join("server");
        std::fs::create_dir_all(&folder)?;
        if name == "linli" {
            let center = linli::center(place.binaries, &folder, place.bundle).await?;
            return Ok(Self::Linli(Box::new(center)));
        }
        let script = place.peers.join(format!("{name}-server.mjs"));
        let (docs, data) = (text(place.docs), text(&folder));
        let node = Node::start(&script, &[("docs", &docs), ("data", &data)]).await?;
        Ok(Self::Peer(name.to_owned(), Box::new(node)))
    }

    pub(crate) fn port(&self) -> u16 {
        match self {
            Self::Linli(center) => center.devices().port(),
            Self::Peer(_, node) => node.ready,
        }
    }

    pub(crate) fn id(&self) -> Option<u32> {
        match self {
            Self::Linli(center) => center.id(),
            Self::Peer(_, node) => node.id(),
        }
    }

    /// A client in a folder of its own that reaches this server by `port`.
    pub(crate) async fn client(&self, place: &Place<'_>, name: &str, port: u16) -> Outcome<Client> {
        let folder = place.folder.join(name);
        std::fs::create_dir_all(&folder)?;
        match self {
            Self::Linli(center) => {
                let binaries = place.binaries;
                let phone = LinliPhone::start(binaries, &folder, center, "chief", port).await?;
                Ok(Client::Linli(Box::new(phone)))
            }
            Self::Peer(system, _) => {
                let script = place.peers.join(format!("{system}-client.mjs"));
                let (port, data) = (port.to_string(), text(&folder));
                let (docs, server) = (text(place.docs), text(&place.folder.join("server")));
                let args = [
                    ("port", port.as_str()),
                    ("data", &data),
                    ("docs", &docs),
                    ("server", &server),
                ];
                Ok(Client::Peer(Box::new(Node::start(&script, &args).await?)))
            }
        }
    }

    pub(crate) async fn stop(&mut self) {
        match self {
            Self::Linli(center) => center.stop().await,
            Self::Peer(_, node) => node.stop().await,
        }
    }
}

impl Client {
    pub(crate) fn id(&self) -> Option<u32> {
        match self {
            Self::Linli(phone) => phone.id(),
            Self::Peer(node) => node.id(),
        }
    }

    /// Gets everything, into an empty phone.
    pub(crate) async fn first(&self) -> Outcome<Said> {
        match self {
            Self::Linli(phone) => {
                phone.first().await?;
                Ok(Said::default())
            }
            Self::Peer(node) => ask(node, json!({ "do": "first" })).await,
        }
    }

    /// What a system does once after its first sync so that later ones are cheap.
    pub(crate) async fn settle(&self) -> Outcome<()> {
        if let Self::Peer(node) = self {
            ask(node, json!({ "do": "settle" })).await?;
        }
        Ok(())
    }

    /// Pushes what was written here and gets what others wrote.
    pub(crate) async fn sync(&self) -> Outcome<Said> {
        match self {
            Self::Linli(phone) => {
                phone.sync().await?;
                Ok(Said::default())
            }
            Self::Peer(node) => ask(node, json!({ "do": "sync" })).await,
        }
    }

    /// Writes one value to one field of each target.
    pub(crate) async fn edit(&self, targets: &[Target], value: i64) -> Outcome<()> {
        match self {
            Self::Linli(phone) => phone.edit(targets, value).await,
            Self::Peer(node) => {
                let values = vec![value; targets.len()];
                ask(
                    node,
                    json!({ "do": "edit", "ids": ids(targets), "values": values }),
                )
                .await?;
                Ok(())
            }
        }
    }

    pub(crate) async fn shown(&self, targets: &[Target]) -> Outcome<Shown> {
        match self {
            Self::Linli(phone) => phone.shown(targets).await,
            Self::Peer(node) => {
                let said = node
                    .ask(&json!({ "do": "shown", "ids": ids(targets) }))
                    .await?;
                let lists = |key: &str| serde_json::from_value(said[key].clone());
                Ok(Shown {
                    shown: lists("shown")?,
                    retrievable: lists("retrievable")?,
                })
            }
        }
    }

    /// The network is back. The others notice by themselves.
    pub(crate) async fn nudge(&self) -> Outcome<()> {
        match self {
            Self::Linli(phone) => phone.nudge().await,
            Self::Peer(_) => Ok(()),
        }
    }

    /// Documents here: counted, or as it last told.
    pub(crate) async fn docs(&self) -> u64 {
        match self {
            Self::Linli(phone) => phone.docs().unwrap_or(0),
            Self::Peer(node) => node.docs().await,
        }
    }

    pub(crate) async fn stop(&mut self) {
        match self {
            Self::Linli(phone) => phone.stop().await,
            Self::Peer(node) => node.stop().await,
        }
    }
}

async fn ask(node: &Node, what: Value) -> Outcome<Said> {
    let said = node.ask(&what).await?;
    Ok(Said {
        docs: said["docs"].as_u64().unwrap_or(0),
        silence: said["silence"].as_f64().unwrap_or(0.0),
        messages: said["messages_up"].as_u64(),
    })
}

fn ids(targets: &[Target]) -> Vec<String> {
    targets
        .iter()
        .map(|target| target.care.to_string())
        .collect()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
