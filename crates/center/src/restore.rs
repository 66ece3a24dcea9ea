//! A center out of a backup: a new generation, in a folder of its own. Whatever is wrong with
//! the backup or the keys is found before anything has the new center's name.

mod photos;

use std::path::{Path, PathBuf};

use crate::backup::{DATABASE, Manifest, aside, copy_hashed, settle};
use crate::config::{Config, ConfigError};
use crate::erase::{self, EraseError};
use crate::keys::{self, KeysError};
use crate::ledger;
use crate::media::{Contents, MediaError};
use crate::revoke;
use crate::store::{Copy, Store, StoreError};
use crate::world::World;

/// Name of the list of generations that restorings gave: phones follow no number that is lower
/// than one they know, whatever a server's clock says.
const GENERATIONS: &str = "generations";

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A center is never restored over another.
    #[error("{0} is not empty: a backup is restored into a new folder")]
    NotEmpty(PathBuf),
    /// There is no backup, or one that was never finished.
    #[error("{0} is no finished backup, or one of a newer version")]
    Unfinished(PathBuf),
    /// Something in it is not what it was.
    #[error("the backup is damaged: {0} is missing or not what it was")]
    Damaged(PathBuf),
    /// Phones would not know this center.
    #[error("the keys in {0} are those of another center than the backup")]
    OtherKeys(PathBuf),
    /// The configuration in it.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Where photos lie.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// A file can't be written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The database can't be opened or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Who was erased since the backup could not be erased again.
    #[error(transparent)]
    Erase(#[from] EraseError),
}

/// What came of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Number of the new generation.
    pub generation: u64,
    /// Everything up to this number is in it.
    pub base: u64,
    /// When the backup was made, milliseconds: what the center was told since is to be told it
    /// again.
    pub at: i64,
    /// Photos in it.
    pub photos: u64,
    /// Photos that its bucket doesn't have any more: whoever has them sends them again.
    pub lacking: u64,
    /// Residents who had been erased, and were erased again.
    pub erased: usize,
    /// Phones that are shut out, as was written down.
    pub shut_out: usize,
}

/// Makes a center in `data` out of the backup `from` and the keys in `keys`.
///
/// # Errors
/// See [`RestoreError`]; nothing of it stays then.
pub fn restore(
    from: &Path,
    keys: &Path,
    data: &Path,
    world: &dyn World,
) -> Result<Restored, RestoreError> {
    let empty = match std::fs::read_dir(data) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    if !empty {
        return Err(RestoreError::NotEmpty(data.to_owned()));
    }
    let part = aside(data);
    let restored = write(from, keys, &part, world).and_then(|restored| {
        let named = if data.exists() {
            std::fs::remove_dir(data)
        } else {
            Ok(())
        };
        named
            .and_then(|()| settle(&part, data))
            .map_err(|error| RestoreError::File(data.to_owned(), error))?;
        Ok(restored)
    });
    if restored.is_err() {
        // Nothing to add to the failure itself.
        let _gone = std::fs::remove_dir_all(&part);
    }
    restored
}

fn write(
    from: &Path,
    keys: &Path,
    part: &Path,
    world: &dyn World,
) -> Result<Restored, RestoreError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| RestoreError::File(path, error)
    };
    let manifest = Manifest::read(from).ok_or_else(|| RestoreError::Unfinished(from.to_owned()))?;
    // Left by a restoring that was cut off.
    if part.exists() {
        std::fs::remove_dir_all(part).map_err(failed(part))?;
    }
    std::fs::create_dir_all(part).map_err(failed(part))?;
    keys::private_folder(part)?;
    let copied = |name: &Path| {
        let source = from.join(name);
        match copy_hashed(&source, &part.join(name)) {
            Ok(hash) => Ok(hash),
            Err(_) if !source.is_file() => Err(RestoreError::Damaged(source)),
            Err(error) => Err(RestoreError::File(source, error)),
        }
    };
    if hex::encode(copied(Path::new(DATABASE))?) != manifest.database {
        return Err(RestoreError::Damaged(from.join(DATABASE)));
    }
    copied(&Config::path(Path::new("")))?;
    let copy =
        Copy::open(&part.join(DATABASE)).map_err(|_| RestoreError::Damaged(from.join(DATABASE)))?;
    keys::take_along(keys, part)?;
    keys::complete(part, world)?;
    let contents = Contents::open(part, Config::load(part)?.media.as_ref())?;
    let lacking = photos::bring(&copy, &contents, from, part)?;
    drop(copy);
    let pins: Vec<String> = keys::load(part)?.pins.iter().map(hex::encode).collect();
    if pins != manifest.pins {
        return Err(RestoreError::OtherKeys(keys.to_owned()));
    }
    let now = world.now();
    let seconds = u64::try_from(now / 1000).unwrap_or(0);
    let store = Store::open(&part.join(DATABASE))?;
    let given = ledger::read(part, GENERATIONS, |line| line.parse().ok()).map_err(failed(keys))?;
    let before = given.into_iter().max().unwrap_or(0);
    let (generation, base) = store.write_now(move |turn| {
        let begun = turn.tables.begin_generation(seconds, before)?;
        turn.tables
            .note(now, None, "restore", &begun.1.to_be_bytes())?;
        Ok(begun)
    })?;
    ledger::append(part, GENERATIONS, &generation.to_string()).map_err(failed(part))?;
    let erased = erase::again(&store, &contents, part, now)?;
    let shut_out = revoke::again(&store, part)?;
    Ok(Restored {
        generation,
        base,
        erased,
        shut_out,
        at: manifest.at,
        photos: manifest.photos.saturating_sub(lacking),
        lacking,
    })
}
