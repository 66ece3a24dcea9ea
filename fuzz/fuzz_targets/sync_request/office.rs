//! The center under fire, and the phones it knows. Its folder is copied from one that is made at
//! the start, again and again, so that it stays small and fast.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use linli_center::config::Config;
use linli_center::limits::Limits;
use linli_center::{Center, World, enrol, keys, load};
use linli_model::document::Document;
use linli_model::ids::PersonId;
use linli_protocol::enrol::{Enrol, Enrolled};
use linli_protocol::sync::SyncRequest;
use linli_protocol::{VERSION, decode, encode};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::county::{self, CHIEF, LEAD, OTHER_WORKER, WORKER, care, household};
use crate::seeds;

/// Whose phones fire, by the lowest bits of an input's first byte.
pub(crate) const PEOPLE: [PersonId; 4] = [WORKER, LEAD, CHIEF, OTHER_WORKER];

/// Time stands still, and what is random is the same in every run: a phone's enrolment is part of
/// every change in the corpus.
struct Still(AtomicU64);

impl World for Still {
    fn now(&self) -> i64 {
        1_800_000_000_000
    }
    fn random(&self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            let digest = Sha256::digest(number.to_be_bytes());
            part.copy_from_slice(&digest[..part.len()]);
        }
    }
}

pub(crate) struct Office {
    /// In memory: what is measured is the center, not a disk.
    _folder: TempDir,
    template: PathBuf,
    data: PathBuf,
    runtime: tokio::runtime::Runtime,
    world: Arc<Still>,
    router: Router,
    /// A look at the tables from beside.
    pub(crate) tables: Connection,
    pub(crate) phones: Vec<Enrolled>,
    /// Documents as every life of the center begins with them.
    pub(crate) known: Vec<Document>,
    /// Requests that honest phones send, to mutate.
    pub(crate) seeds: Vec<SyncRequest>,
    /// Inputs since the last fresh start.
    pub(crate) fired: u32,
    pub(crate) lives: u32,
    /// Changes that were accepted, in all lives.
    pub(crate) accepted: usize,
    /// What the tables that no phone writes to held at first.
    pub(crate) untouched: Option<[u8; 32]>,
}

impl Office {
    pub(crate) fn found() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir()
        }
        .expect("folder");
        let template = folder.path().join("template");
        let data = folder.path().join("center");
        std::fs::create_dir_all(&template).expect("folder");
        std::fs::create_dir_all(&data).expect("folder");
        let world = Arc::new(Still(AtomicU64::new(0)));
        keys::create(&template, "127.0.0.1:7643", &*world).expect("keys");
        // What comes later is the same whatever making keys took.
        world.0.store(1_000_000, Ordering::SeqCst);
        let mut config = Config::new("栖云县", "127.0.0.1:7643");
        config.limits = Limits {
            calls: u32::MAX,
            calls_per_second: 1_000,
            refused: i64::MAX as u64,
            refused_bytes: i64::MAX as u64,
            changes: i64::MAX as u64,
            ..Limits::default()
        };
        config.save(&template).expect("config");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("runtime");
        let mut phones = Vec::new();
        {
            let center = Center::open(&template, world.clone()).expect("center");
            let bundle = folder.path().join("county.bundle");
            county::write(&bundle, &county::records());
            load::load(&center, &bundle, Box::new(|_, _| {})).expect("load");
            let router = linli_center::devices(center.clone());
            for person in PEOPLE {
                let secret = enrol::new_code(&center, person)
                    .expect("written")
                    .expect("known");
                let body = encode(&Enrol {
                    secret,
                    version: VERSION,
                    device: "fuzz".into(),
                    clock: 0,
                    before: None,
                });
                let (status, answer) = ask(&runtime, &router, "/v1/enrol", None, body);
                assert_eq!(status, 200, "enrolled");
                phones.push(decode(&answer).expect("enrolled"));
            }
        }
        let (router, tables) = open(&template, &data, &world);
        let mut office = Self {
            _folder: folder,
            template,
            data,
            runtime,
            world,
            router,
            tables,
            phones,
            known: Vec::new(),
            seeds: Vec::new(),
            accepted: 0,
            fired: 0,
            lives: 1,
            untouched: None,
        };
        for (id, kind) in [
            (care(), linli_model::kind::Kind::Care),
            (household(), linli_model::kind::Kind::Household),
        ] {
            let changes = crate::check::changes(&office.tables, id);
            let changes = changes.iter().map(Vec::as_slice);
            let document = Document::from_changes(kind, id, changes).expect("a document");
            office.known.push(document);
        }
        office.seeds = seeds::all(&office)
            .iter()
            .filter_map(|seed| decode(&seed[1..]).ok())
            .collect();
        office
    }

    /// A fresh start: the center as it was founded.
    pub(crate) fn renew(&mut self) {
        // The old one goes first: it closes its files.
        self.router = Router::new();
        self.tables = Connection::open_in_memory().expect("memory");
        (self.router, self.tables) = open(&self.template, &self.data, &self.world);
        self.fired = 0;
        self.lives += 1;
    }

    /// Sends a body as somebody's phone; status and answer.
    pub(crate) fn fire(&mut self, phone: usize, body: Vec<u8>) -> (u16, Vec<u8>) {
        self.fired += 1;
        let token = self.phones[phone].token;
        ask(&self.runtime, &self.router, "/v1/sync", Some(token), body)
    }
}

fn open(template: &Path, data: &Path, world: &Arc<Still>) -> (Router, Connection) {
    std::fs::remove_dir_all(data).expect("old center");
    copy(template, data);
    let center = Center::open(data, world.clone()).expect("center");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let tables = Connection::open_with_flags(data.join("center.db"), flags).expect("tables");
    (linli_center::devices(center), tables)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("folder");
    for entry in std::fs::read_dir(from).expect("folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("copied");
        }
    }
}

fn ask(
    runtime: &tokio::runtime::Runtime,
    router: &Router,
    path: &str,
    token: Option<[u8; 32]>,
    body: Vec<u8>,
) -> (u16, Vec<u8>) {
    let mut request = Request::post(path);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {}", hex::encode(token)));
    }
    let from = SocketAddr::from(([127, 0, 0, 1], 7));
    let request = request
        .extension(ConnectInfo(from))
        .body(Body::from(body))
        .expect("a request");
    runtime.block_on(async {
        let response = router.clone().oneshot(request).await.expect("answered");
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), 64 << 20)
            .await
            .expect("a body");
        (status, body.to_vec())
    })
}
