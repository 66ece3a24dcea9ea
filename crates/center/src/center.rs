//! What everything that serves shares.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, header};
use linli_model::actor::EnrolmentId;
use linli_model::ids::{DocId, IntentId};
use sha2::{Digest, Sha256};
use tokio::sync::broadcast;

use crate::config::{Config, ConfigError};
use crate::failure::Failure;
use crate::flood::Meter;
use crate::keys::{self, Keys, KeysError};
use crate::limiter::Limiter;
use crate::media::tus::Holds;
use crate::media::{self, Contents, MediaError};
use crate::store::{EnrolmentRow, Presence, Store, StoreError, Tables};
use crate::world::World;

/// Why a center can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Its keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// Where photos lie.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// Its database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Something happened that a desk may be looking at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Live {
    /// A case was reported or changed.
    Case(DocId),
    /// A device enrolled or synced.
    Device(EnrolmentId),
    /// Something was given back to a phone, or a desk decided about it.
    Returned(EnrolmentId, IntentId),
    /// A phone asks for its key, or got an answer.
    Recovery(i64),
}

/// An open center.
pub struct Center {
    pub(crate) data: PathBuf,
    /// As configured.
    pub config: Config,
    /// Its keys.
    pub keys: Keys,
    pub(crate) store: Store,
    /// Where photos lie.
    pub(crate) contents: Arc<Contents>,
    pub(crate) world: Arc<dyn World>,
    pub(crate) live: broadcast::Sender<Live>,
    /// Wrong enrolment codes.
    pub(crate) limiter: Limiter,
    /// Tokens that nobody has.
    pub(crate) strangers: Limiter,
    pub(crate) meter: Meter,
    /// Uploads that somebody works on.
    pub(crate) holds: Holds,
    pub(crate) generation: u64,
    presence: Mutex<HashMap<EnrolmentId, Presence>>,
}

impl Center {
    /// Opens the center of a data folder.
    ///
    /// # Errors
    /// There is none, or a part of it can't be read.
    pub fn open(data: &Path, world: Arc<dyn World>) -> Result<Arc<Self>, OpenError> {
        Self::open_with(data, Config::load(data)?, world)
    }

    /// The same with another configuration than that in the folder.
    ///
    /// # Errors
    /// A part of the center can't be read.
    pub fn open_with(
        data: &Path,
        config: Config,
        world: Arc<dyn World>,
    ) -> Result<Arc<Self>, OpenError> {
        keys::complete(data, &*world)?;
        let keys = keys::load(data)?;
        let store = Store::open(&data.join("center.db"))?;
        let contents = Arc::new(Contents::open(data, config.media.as_ref())?);
        media::move_all(&store, &contents)?;
        let generation = store.read_now(|tables| tables.generation())?;
        let strangers = config.limits.strangers;
        Ok(Arc::new(Self {
            data: data.to_owned(),
            config,
            keys,
            store,
            contents,
            world,
            live: broadcast::channel(256).0,
            limiter: Limiter::default(),
            strangers: Limiter::of(strangers),
            meter: Meter::default(),
            holds: Holds::default(),
            generation,
            presence: Mutex::default(),
        }))
    }

    /// Milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.world.now()
    }

    /// Photos are late whose records were received until then.
    pub(crate) fn late_before(&self) -> i64 {
        self.now() - i64::from(self.config.photos_late_h) * 3_600_000
    }

    /// How many rows the audit log has.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn audit_length(&self) -> Result<u64, StoreError> {
        self.store.read(|tables| tables.audit_length()).await
    }

    /// Number of the first row of the audit log that doesn't follow from the one before; none
    /// when the log is whole.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn audit_break(&self) -> Result<Option<i64>, StoreError> {
        self.store.read(|tables| tables.audit_break()).await
    }

    /// Tells whoever listens.
    pub(crate) fn tell(&self, live: Live) {
        // An error only says that nobody listens.
        let _nobody = self.live.send(live);
    }

    /// Notes that a device was here. Kept in memory and written now and then: a sync with
    /// nothing to do must not wait for the disk.
    pub(crate) fn met(&self, enrolment: EnrolmentId, presence: Presence) {
        self.presence
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(enrolment, presence);
        self.tell(Live::Device(enrolment));
    }

    /// Writes down which devices were here.
    pub(crate) async fn settle_presence(&self) -> Result<(), StoreError> {
        let met =
            std::mem::take(&mut *self.presence.lock().unwrap_or_else(PoisonError::into_inner));
        if met.is_empty() {
            return Ok(());
        }
        self.store
            .write(move |turn| {
                for (enrolment, presence) in met {
                    turn.tables.set_presence(enrolment, presence)?;
                }
                Ok(())
            })
            .await
    }
}

/// The hash a token is stored as.
pub(crate) fn token_hash(token: &[u8; 32]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"linli-token-1")
        .chain_update(token)
        .finalize()
        .into()
}

/// The hash of the bearer token in a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<[u8; 32], Failure> {
    let mut token = [0; 32];
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.strip_prefix("Bearer "))
        .and_then(|text| hex::decode_to_slice(text, &mut token).ok())
        .ok_or(Failure::REVOKED)?;
    Ok(token_hash(&token))
}

/// The enrolment behind a token hash; refused when it is unknown, forgotten or revoked.
pub(crate) fn device(
    tables: Tables<'_>,
    token_hash: [u8; 32],
) -> Result<Result<EnrolmentRow, Failure>, StoreError> {
    Ok(match tables.enrolment_by_token(token_hash)? {
        Some(row) if !row.revoked => Ok(row),
        Some(_) => Err(Failure::REVOKED),
        None => Err(nobodys(tables)?),
    })
}

/// What to say to a token that nobody has: a restored center may have forgotten whose it was.
pub(crate) fn nobodys(tables: Tables<'_>) -> Result<Failure, StoreError> {
    Ok(if tables.was_restored()? {
        Failure::FORGOTTEN
    } else {
        Failure::REVOKED
    })
}
