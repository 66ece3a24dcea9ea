//! One demo at a time in one folder.

use std::fs::File;
use std::io;
use std::path::Path;

use linli_rig::RigError;

/// Holds `folder` for this program until the file is dropped.
pub(crate) fn hold(folder: &Path) -> Result<File, RigError> {
    let failed = |reason| RigError::Io {
        what: format!("a demo already runs in {}", folder.display()),
        reason,
    };
    let parent = folder.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(failed)?;
    // Beside the folder, not in it: an unfinished start is cleared away.
    let file = File::create(folder.with_extension("lock")).map_err(failed)?;
    file.try_lock().map_err(|e| failed(io::Error::from(e)))?;
    Ok(file)
}
