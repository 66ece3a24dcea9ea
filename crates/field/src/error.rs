//! From errors inside to `{code, params}` at the edge. The UI maps a code to words.

use linli_model::document::DocumentError;
use linli_model::schema::SchemaError;
use linli_store::StoreError;
use serde_json::json;

use crate::api::EdgeError;

/// What commands return.
pub(crate) type Outcome<T> = Result<T, EdgeError>;

impl EdgeError {
    /// An error without parameters.
    pub fn code(code: &str) -> Self {
        Self {
            code: code.into(),
            params: json!({}),
        }
    }

    /// A field that can't be taken as typed.
    pub fn bad_input(field: &str) -> Self {
        Self {
            code: "bad_input".into(),
            params: json!({ "field": field }),
        }
    }
}

impl std::fmt::Display for EdgeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)
    }
}

impl std::error::Error for EdgeError {}

impl From<StoreError> for EdgeError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::WrongKey => Self::code("key_lost"),
            StoreError::Damaged => Self::code("database_damaged"),
            StoreError::TooNew => Self::code("app_too_old"),
            StoreError::DiskFull => Self::code("disk_full"),
            StoreError::NotFound => Self::code("not_found"),
            StoreError::BaseGone => Self::code("base_gone"),
            StoreError::Erased => Self::code("erased"),
            StoreError::Retired => Self::code(crate::wipe::FORGETTING),
            StoreError::Document(error) => error.into(),
            StoreError::Sqlite(error) => {
                tracing::error!(%error, "database");
                Self::code("internal")
            }
            StoreError::Row(what) => {
                tracing::error!(what, "stored row does not decode");
                Self::code("internal")
            }
        }
    }
}

impl From<DocumentError> for EdgeError {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::Nothing => Self::code("nothing_changed"),
            DocumentError::Schema(SchemaError::BadValue(path)) => {
                Self::bad_input(path.rsplit('/').next().unwrap_or_default())
            }
            DocumentError::UnknownHeads => Self::code("form_outdated"),
            other => {
                tracing::error!(error = %other, "document");
                Self::code("internal")
            }
        }
    }
}
