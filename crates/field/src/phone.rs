//! A phone: one database, one person, one center.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use linli_model::ids::MediaId;
use linli_store::{Store, Transaction};
use serde_json::Value;
use tokio::sync::{Notify, broadcast};

use crate::api::change::{Changed, Event, Topic};
use crate::api::start::{Boot, SyncState};
use crate::boot;
use crate::command;
use crate::desk::Desk;
use crate::env::{Env, random};
use crate::error::Outcome;
use crate::keystore::KeyStore;
use crate::lease::Lease;
use crate::media::shown::Shown;
use crate::media::vault::Vault;
use crate::media::{incoming, look, pipeline};
use crate::session::Session;
use crate::sync::photos::pace::Pace;
use crate::sync::wire::Wire;
use crate::sync::{self, Engine};
use crate::{EdgeError, lock};

/// What a phone needs from its host.
#[derive(Debug, Clone)]
pub struct PhoneConfig {
    /// Folder for the database, photos and incoming files.
    pub data_dir: PathBuf,
    /// Where the database key lives.
    pub keystore: Arc<dyn KeyStore>,
    /// Time and randomness.
    pub env: Arc<dyn Env>,
    /// The way to the center.
    pub wire: Arc<dyn Wire>,
    /// Version of the app, for "about".
    pub version: String,
    /// What kind of device, for the list at the console; nothing personal.
    pub device: String,
}

/// A phone without a window. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Phone {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub config: PhoneConfig,
    state: RwLock<State>,
    pub events: broadcast::Sender<Value>,
    pub wake: Notify,
    pub sync: RwLock<SyncState>,
    /// Decides what the sync does next; whoever holds it is the one sync that runs.
    pub engine: tokio::sync::Mutex<Engine>,
    /// How long people's data may be shown without meeting the center.
    pub lease: Lease,
    /// A photo has something to be done.
    pub develop: Notify,
    /// Whoever holds it works on a picture.
    pub darkroom: Arc<tokio::sync::Mutex<()>>,
    /// Thumbnails that were shown lately.
    pub shown: Shown,
    /// Bytes of a photo's next piece.
    pub pace: Pace,
    /// The link costs by the byte, as far as the host knows.
    pub metered: AtomicBool,
}

/// How the phone stands.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub boot: Boot,
    pub store: Option<Arc<Store>>,
    pub session: Option<Arc<Session>>,
    pub vault: Option<Arc<Vault>>,
    pub kept_as: Option<String>,
    /// Why it can't come up.
    pub hindrance: Option<EdgeError>,
    pub locked: bool,
}

impl Phone {
    /// Opens the phone. Never fails: a lost key or a damaged database is a state with its own
    /// screen, and loses nothing.
    pub fn open(config: PhoneConfig) -> Self {
        let state = boot::boot(&config);
        let (events, _) = broadcast::channel(64);
        let phone = Self {
            inner: Arc::new(Inner {
                config,
                state: RwLock::new(state),
                events,
                wake: Notify::new(),
                sync: RwLock::new(SyncState::default()),
                engine: tokio::sync::Mutex::default(),
                lease: Lease::default(),
                develop: Notify::new(),
                darkroom: Arc::default(),
                shown: Shown::default(),
                pace: Pace::default(),
                metered: AtomicBool::new(false),
            }),
        };
        phone.resume_lease();
        phone.recount();
        phone
    }

    /// Starts syncing by itself: now, after every change, and when asked. Call once, inside a
    /// Tokio runtime.
    pub fn start(&self) {
        tokio::spawn(sync::keep_in_step(self.clone()));
        tokio::spawn(pipeline::keep_developing(self.clone()));
    }

    /// Gets in step as far as it goes now, for a host that runs no loop of its own (a job of
    /// the system, a simulator); how long to rest before the next try.
    pub async fn sync_once(&self) -> Duration {
        sync::until_rest(self).await
    }

    /// Runs a command by name.
    ///
    /// # Errors
    /// `{code, params}` for the UI; `unknown_command` for a name that isn't on the list.
    pub async fn call(&self, name: &str, request: Value) -> Result<Value, EdgeError> {
        command::dispatch(self, name, request).await
    }

    /// What changed without a command, as [`Event`] JSON.
    pub fn events(&self) -> broadcast::Receiver<Value> {
        self.inner.events.subscribe()
    }

    /// The app came to the front, or the network came back.
    pub fn resumed(&self) {
        self.inner.wake.notify_one();
    }

    /// Where a `MediaSource` (camera, album, file dialog) has to put the picture of the photo
    /// `id`, as the command `take_media` gave it: the only folder where pictures may lie in the
    /// clear, made if need be. The file may be written piece by piece; what a kill leaves of it
    /// is encrypted by the next start. It is the source's job that only its owner can read it.
    ///
    /// # Errors
    /// `bad_input` when it is no photo's id, so no name with parts of a path either;
    /// `not_enrolled`; what the disk says.
    pub fn incoming_file(&self, id: &str) -> Result<PathBuf, EdgeError> {
        let id: MediaId = id.parse().map_err(|_| EdgeError::bad_input("id"))?;
        if self.state().session.is_none() {
            // A camera that is still open while the phone is emptied has nobody to bring it to.
            return Err(EdgeError::code("not_enrolled"));
        }
        let data = &self.inner.config.data_dir;
        std::fs::create_dir_all(incoming::folder(data)).map_err(|error| incoming::io(&error))?;
        Ok(incoming::file(data, id))
    }

    /// A picture as JPEG: `width` up to 320 gives the thumbnail. A larger one that isn't on this
    /// phone is fetched from the center, if there is a link.
    ///
    /// # Errors
    /// `not_enrolled`, or `not_found` when there is nothing to show.
    pub async fn photo(&self, id: &str, width: u32) -> Result<Vec<u8>, EdgeError> {
        let id: MediaId = id.parse().map_err(|_| EdgeError::code("not_found"))?;
        look::look(self, id, width).await
    }

    pub(crate) fn state(&self) -> State {
        self.inner
            .state
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_state(&self, state: State) {
        *self
            .inner
            .state
            .write()
            .unwrap_or_else(PoisonError::into_inner) = state;
    }

    pub(crate) fn set_locked(&self, locked: bool) {
        // In place: a phone that is being emptied meanwhile stays so.
        let mut state = self
            .inner
            .state
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if matches!(state.boot, Boot::Ready | Boot::Locked) {
            state.boot = if locked { Boot::Locked } else { Boot::Ready };
            state.locked = locked;
        }
    }

    /// Whether the link costs by the byte.
    pub(crate) fn is_metered(&self) -> bool {
        self.inner.metered.load(Ordering::Relaxed)
    }

    /// Photos wait for a link that costs nothing, or no longer do.
    pub(crate) fn photos_wait(&self, wait: bool) {
        if self.sync_state().photos_wait != wait {
            self.update_sync(|state| state.photos_wait = wait);
        }
    }

    /// Goes on counting how long the center hasn't been met.
    pub(crate) fn resume_lease(&self) {
        if let Some(store) = self.state().store
            && let Err(error) = self
                .inner
                .lease
                .resume(&store, self.inner.config.env.as_ref())
        {
            tracing::error!(%error, "the lease can't be read");
        }
    }

    /// People's data is hidden until the center is met again.
    pub(crate) fn lapsed(&self) -> bool {
        // A phone that is nobody's shows nobody's data.
        self.state().session.is_some() && self.inner.lease.is_over(self.inner.config.env.as_ref())
    }

    /// What this phone may see and change was changed in the database.
    pub(crate) fn renew_session(&self) -> Outcome<()> {
        if let Some(store) = self.state().store
            && let Some(session) = store.read(Session::load)?
        {
            // In place: what else changed meanwhile, such as the lock, stays as it is.
            self.inner
                .state
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .session = Some(Arc::new(session));
        }
        Ok(())
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.inner.config.env.now_ms()
    }

    /// The database and what a command works with.
    pub(crate) fn desk(&self) -> Outcome<(Arc<Store>, Desk)> {
        let state = self.state();
        let (Some(store), Some(session)) = (state.store, state.session) else {
            return Err(EdgeError::code(match state.boot {
                Boot::KeyLost | Boot::Recovering => "key_lost",
                Boot::Damaged => "database_damaged",
                _ => "not_enrolled",
            }));
        };
        let desk = Desk {
            session,
            vault: state.vault.ok_or_else(|| EdgeError::code("not_enrolled"))?,
            now_ms: self.now_ms(),
            env: self.inner.config.env.clone(),
            locked: state.locked || self.lapsed(),
            sync: self.sync_state(),
        };
        Ok((store, desk))
    }

    /// Reads one consistent state off the async threads.
    pub(crate) async fn read<T, F>(&self, work: F) -> Outcome<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>, &Desk) -> Outcome<T> + Send + 'static,
    {
        let (store, desk) = self.desk()?;
        tokio::task::spawn_blocking(move || store.read(|tx| work(tx, &desk)))
            .await
            .map_err(|_| EdgeError::code("internal"))?
    }

    /// Writes in one transaction off the async threads.
    pub(crate) async fn transact<T, F>(&self, work: F) -> Outcome<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>, &Desk) -> Outcome<T> + Send + 'static,
    {
        let (store, desk) = self.desk()?;
        tokio::task::spawn_blocking(move || store.transact(|tx| work(tx, &desk)))
            .await
            .map_err(|_| EdgeError::code("internal"))?
    }

    /// After something was erased: nothing of it is left beside the database either. Where that
    /// can't be done now, the next page does it.
    pub(crate) async fn empty_journal(&self) {
        if let Some(store) = self.state().store {
            let emptied = tokio::task::spawn_blocking(move || store.empty_journal()).await;
            if !matches!(emptied, Ok(Ok(true))) {
                tracing::warn!("the journal could not be emptied yet");
            }
        }
    }

    /// Writes what a person did, tells the screens, and wakes the sync.
    pub(crate) async fn act<F>(&self, work: F) -> Outcome<Changed>
    where
        F: FnOnce(&Transaction<'_>, &Desk) -> Outcome<Changed> + Send + 'static,
    {
        let mut changed = self.transact(work).await?;
        changed.topics.push(Topic::Outbox);
        changed.topics.sort_unstable();
        changed.topics.dedup();
        self.tell(changed.topics.clone());
        self.recount();
        self.inner.wake.notify_one();
        Ok(changed)
    }

    pub(crate) fn tell(&self, topics: Vec<Topic>) {
        self.emit(&Event::Changed { topics });
    }

    pub(crate) fn emit(&self, event: &Event) {
        if let Ok(value) = serde_json::to_value(event) {
            // Nobody listening is fine: the next screen reads afresh.
            let _nobody = self.inner.events.send(value);
        }
    }

    pub(crate) fn sync_state(&self) -> SyncState {
        self.inner
            .sync
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Changes the sync pill and tells the screens when it looks different.
    pub(crate) fn update_sync(&self, change: impl FnOnce(&mut SyncState)) {
        let state = {
            let mut state = self
                .inner
                .sync
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            change(&mut state);
            state.clone()
        };
        self.emit(&Event::Sync { state });
    }

    /// Counts afresh what waits.
    pub(crate) fn recount(&self) {
        let Some(store) = self.state().store else {
            return;
        };
        let counted = store.read(|tx| {
            let (records, attention) = linli_store::outbox::counts(tx)?;
            // "All sent" must not be said while a photo can't be.
            let attention = attention + linli_store::media::stuck(tx)?;
            let (photos, photo_bytes) = linli_store::media::waiting(tx)?;
            let last_ok = linli_store::meta::number(tx, "last_ok")?;
            let restoring = linli_store::generation::is_restoring(tx)?;
            Ok::<_, linli_store::StoreError>((
                (records, attention),
                (photos, photo_bytes),
                (last_ok, restoring),
            ))
        });
        if let Ok(((records, attention), (photos, photo_bytes), (last_ok, restoring))) = counted {
            self.update_sync(|state| {
                state.records = records;
                state.attention = attention;
                state.photos = photos;
                state.photo_bytes = photo_bytes;
                state.last_ok = (last_ok > 0).then_some(last_ok);
                state.restoring = restoring;
            });
        }
    }

    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        random(self.inner.config.env.as_ref())
    }

    /// A PIN is set, so the phone comes up locked.
    pub(crate) fn starts_locked(store: &Store) -> bool {
        store.read(lock::is_set).unwrap_or(false)
    }
}
