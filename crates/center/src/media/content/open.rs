//! What an operator sets of where photos lie: `[media]` in `center.toml`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::{Certificate, ClientOptions, ObjectStore, RetryConfig};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use super::Contents;
use crate::keys;

/// Environment variable with the secret key of the bucket.
const SECRET: &str = "LINLI_MEDIA_SECRET";
/// File with it, beside the other keys.
const SECRET_FILE: &str = "media.secret";
/// How long one request to a bucket may take, and all attempts at it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A bucket of an S3-compatible store, `[media]` in `center.toml`. Without one, photos lie in the
/// data folder. The secret key is in the environment (`LINLI_MEDIA_SECRET`) or in
/// `keys/media.secret`, never here: backups hold this file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bucket {
    /// Its name.
    pub bucket: String,
    /// Region it is in; many stores don't care.
    #[serde(default = "anywhere")]
    pub region: String,
    /// Address of the store, such as `https://minio.example:9000`; Amazon's own without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// Allows an address without TLS: on the same machine, or a network of its own.
    #[serde(default)]
    pub allow_http: bool,
    /// Id of the access key.
    pub key_id: String,
    /// File with a certificate authority of one's own (PEM), besides those the system trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca: Option<PathBuf>,
}

fn anywhere() -> String {
    "us-east-1".to_owned()
}

/// Why photos can't be reached. Whether a bucket answers is found out when it is asked.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// A file or folder.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// No secret key.
    #[error("the key of the bucket is neither in the variable {SECRET} nor in {0}")]
    NoSecret(PathBuf),
    /// Others may read the secret key.
    #[error("{0} can be read by others: chmod 600 it")]
    NotPrivate(PathBuf),
    /// What is set makes no sense.
    #[error("[media] in center.toml: {0}")]
    Bad(String),
}

impl Contents {
    /// Opens what is set for this data folder.
    pub(crate) fn open(data: &Path, bucket: Option<&Bucket>) -> Result<Self, MediaError> {
        let objects = match bucket {
            Some(bucket) => reach(data, bucket)?,
            None => folder(data)?,
        };
        let failed = |error| MediaError::File(data.to_owned(), error);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("contents")
            .enable_all()
            .build()
            .map_err(failed)?;
        Ok(Self {
            objects,
            data: data.to_owned(),
            bucket: bucket.is_some(),
            runtime: Some(runtime),
            making: Semaphore::new(2),
        })
    }
}

fn folder(data: &Path) -> Result<Arc<dyn ObjectStore>, MediaError> {
    let folder = data.join("media");
    std::fs::create_dir_all(&folder).map_err(|error| MediaError::File(folder.clone(), error))?;
    let files = LocalFileSystem::new_with_prefix(&folder).map_err(bad)?;
    Ok(Arc::new(files.with_fsync(true)))
}

fn reach(data: &Path, bucket: &Bucket) -> Result<Arc<dyn ObjectStore>, MediaError> {
    // Where nobody has chosen one yet, TLS to the bucket is ours too.
    let _chosen_before = rustls::crypto::ring::default_provider().install_default();
    let mut options = ClientOptions::new()
        .with_allow_http(bucket.allow_http)
        .with_timeout(PATIENCE);
    if let Some(path) = &bucket.ca {
        let failed = |error| MediaError::File(path.clone(), error);
        let pem = std::fs::read(path).map_err(failed)?;
        for one in Certificate::from_pem_bundle(&pem).map_err(bad)? {
            options = options.with_root_certificate(one);
        }
    }
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&bucket.bucket)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.key_id)
        .with_secret_access_key(secret(data)?)
        .with_client_options(options)
        .with_retry(RetryConfig {
            max_retries: 3,
            retry_timeout: PATIENCE,
            ..RetryConfig::default()
        });
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    Ok(Arc::new(builder.build().map_err(bad)?))
}

fn bad(error: object_store::Error) -> MediaError {
    MediaError::Bad(error.to_string())
}

fn secret(data: &Path) -> Result<String, MediaError> {
    if let Ok(secret) = std::env::var(SECRET) {
        return Ok(secret);
    }
    let path = keys::folder(data).join(SECRET_FILE);
    if !path.exists() {
        return Err(MediaError::NoSecret(path));
    }
    let failed = |error| MediaError::File(path.clone(), error);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path)
            .map_err(failed)?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            return Err(MediaError::NotPrivate(path));
        }
    }
    let secret = std::fs::read_to_string(&path).map_err(failed)?;
    Ok(secret.trim().to_owned())
}
