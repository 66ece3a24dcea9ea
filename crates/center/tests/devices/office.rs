//! A center that runs on free ports in a folder of its own. Several suites share it, and not
//! each uses all of it.

#![allow(dead_code, reason = "shared by suites")]

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use linli_center::config::Config;
use linli_center::limits::Limits;
use linli_center::{Center, Listeners, System, World, keys, load, restore};
use linli_model::ids::PersonId;
use linli_protocol::enrol::Secret;
use tokio::sync::oneshot;

use crate::county;

/// A clock that only tests move.
pub(crate) struct Clock(AtomicI64);

impl World for Clock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
    fn random(&self, bytes: &mut [u8]) {
        System.random(bytes);
    }
}

pub(crate) struct Office {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) center: Arc<Center>,
    pub(crate) devices: SocketAddr,
    pub(crate) console: SocketAddr,
    clock: Arc<Clock>,
    stop: Option<oneshot::Sender<()>>,
    running: Option<tokio::task::JoinHandle<std::io::Result<()>>>,
}

impl Office {
    /// A center that has loaded the little county, and serves.
    pub(crate) async fn open() -> Self {
        Self::open_with(Limits::default()).await
    }

    /// The same with other limits.
    pub(crate) async fn open_with(limits: Limits) -> Self {
        Self::open_in(tempfile::tempdir().expect("folder"), limits).await
    }

    /// The same in this folder.
    pub(crate) async fn open_in(folder: tempfile::TempDir, limits: Limits) -> Self {
        Self::open_set(folder, |config, _| config.limits = limits).await
    }

    /// The same, set as an operator likes.
    pub(crate) async fn open_set(
        folder: tempfile::TempDir,
        set: impl FnOnce(&mut Config, &Path),
    ) -> Self {
        let clock = Arc::new(Clock(AtomicI64::new(1_800_000_000_000)));
        keys::create(folder.path(), "127.0.0.1:7643", &System).expect("keys");
        let mut config = Config::new("栖云县网格中心", "127.0.0.1:7643");
        set(&mut config, folder.path());
        config.save(folder.path()).expect("config");
        let center = Center::open(folder.path(), clock.clone()).expect("center");
        let bundle = folder.path().join("county.bundle");
        county::write(&bundle, &county::records());
        let (loading, from) = (center.clone(), bundle);
        tokio::task::spawn_blocking(move || {
            load::load(&loading, &from, Box::new(|_, _| {})).expect("load")
        })
        .await
        .expect("load");
        Self::serve(folder, center, clock)
    }

    fn serve(folder: tempfile::TempDir, center: Arc<Center>, clock: Arc<Clock>) -> Self {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let listeners = Listeners::bind(any, any).expect("ports");
        let (devices, console) = listeners.addresses().expect("addresses");
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = center.clone();
        let running = tokio::spawn(async move {
            linli_center::serve(serving, listeners, async {
                let _dropped = stopped.await;
            })
            .await
        });
        Self {
            folder,
            center,
            devices,
            console,
            clock,
            stop: Some(stop),
            running: Some(running),
        }
    }

    /// Ends it and starts it again on the same data, on other ports.
    pub(crate) async fn again(mut self) -> Self {
        self.close().await;
        let Self {
            folder,
            center,
            clock,
            ..
        } = self;
        drop(center);
        let center = Center::open(folder.path(), clock.clone()).expect("opens again");
        Self::serve(folder, center, clock)
    }

    /// Its disk is lost, but for the keys: a new center out of a backup, on other ports.
    pub(crate) async fn out_of(mut self, backup: &Path) -> Self {
        self.close().await;
        let folder = tempfile::tempdir().expect("folder");
        let (keys, data) = (self.data().join("keys"), folder.path());
        let clock = self.clock.clone();
        restore::restore(backup, &keys, data, &*clock).expect("restored");
        let center = Center::open(data, clock.clone()).expect("opens");
        Self::serve(folder, center, clock)
    }

    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) async fn code(&self, person: PersonId) -> Secret {
        let center = self.center.clone();
        tokio::task::spawn_blocking(move || {
            linli_center::enrol::new_code(&center, person)
                .expect("written")
                .expect("known person")
        })
        .await
        .expect("code")
    }

    /// Stops serving and waits for it.
    pub(crate) async fn close(&mut self) {
        drop(self.stop.take());
        if let Some(running) = self.running.take() {
            running.await.expect("joined").expect("served");
        }
    }
}
