//! Where the other programs are: beside this one.

use std::path::{Path, PathBuf};

use crate::RigError;

/// The folder that holds the built programs.
#[derive(Debug, Clone)]
pub struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// Programs in `folder`.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Programs beside the running one; a test lies one folder deeper, in `deps`.
    ///
    /// # Errors
    /// When the system doesn't tell where this program is.
    pub fn beside_me() -> Result<Self, RigError> {
        let me = std::env::current_exe().map_err(RigError::io("where am I"))?;
        let folder = me.parent().unwrap_or(Path::new("."));
        let folder = match folder.file_name() {
            Some(name) if name == "deps" => folder.parent().unwrap_or(folder),
            _ => folder,
        };
        Ok(Self::in_folder(folder))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Path of the program `name`.
    ///
    /// # Errors
    /// [`RigError::NotBuilt`] when it isn't there.
    pub fn find(&self, name: &str) -> Result<PathBuf, RigError> {
        let path = self.folder.join(name);
        if path.is_file() {
            Ok(path)
        } else {
            Err(RigError::NotBuilt(path))
        }
    }
}
