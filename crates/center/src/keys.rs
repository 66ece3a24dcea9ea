//! The center's keys: its certificate authority, a backup of one, its certificate, the key that
//! phones seal their database keys to, and the key of the MACs over pages. None is ever in a
//! backup.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crypto_box::SecretKey;
use linli_protocol::enrol::Pin;
use linli_protocol::hand_back::Key;
use linli_protocol::order::{self, Order, Signed};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData, SigningKey,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};

use crate::world::{World, random};

/// Name every center's certificate carries, whatever its address.
pub const NAME: &str = "center.linli";

/// Why keys can't be made or read.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// There are keys already; making new ones would lock out every phone.
    #[error("there are keys in {0} already; they are left as they are")]
    Exist(PathBuf),
    /// A file can't be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// A certificate can't be made.
    #[error("certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A file holds something else.
    #[error("{0} is damaged")]
    Damaged(PathBuf),
    /// The certificate can't be served.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
}

/// What serving needs of the keys. The authorities' own keys are not read: they may be kept
/// elsewhere.
pub struct Keys {
    /// Pins of the authority and of its backup.
    pub pins: Vec<Pin>,
    /// X25519 key that phones seal to.
    pub(crate) seal: SecretKey,
    /// Key of the MACs over pages.
    pub(crate) page: Key,
    /// TLS of the devices' port.
    pub(crate) tls: Arc<ServerConfig>,
}

/// Folder of the keys.
pub fn folder(data: &Path) -> PathBuf {
    data.join("keys")
}

/// Makes all keys. `address` is the `host:port` phones will use.
///
/// # Errors
/// Keys exist already, or a file can't be written.
pub fn create(data: &Path, address: &str, world: &dyn World) -> Result<(), KeysError> {
    let folder = folder(data);
    if folder.exists() {
        return Err(KeysError::Exist(folder));
    }
    std::fs::create_dir_all(&folder).map_err(|error| KeysError::File(folder.clone(), error))?;
    // The database beside them holds what nobody else on this machine may read.
    private_folder(data)?;
    private_folder(&folder)?;
    let (ca_key, backup_key, leaf_key) = (
        KeyPair::generate()?,
        KeyPair::generate()?,
        KeyPair::generate()?,
    );
    let (ca, backup) = (authority("Linli center"), authority("Linli center, backup"));
    let (ca_cert, backup_cert) = (ca.self_signed(&ca_key)?, backup.self_signed(&backup_key)?);
    let leaf = leaf(address)?.signed_by(&leaf_key, &Issuer::from_params(&ca, &ca_key))?;
    let pins = [&ca_key, &backup_key].map(|key| hex::encode(pin_of(key)));

    let write = |name: &str, text: &str| private_file(&folder.join(name), text.as_bytes());
    write("ca.key", &ca_key.serialize_pem())?;
    write("ca.pem", &ca_cert.pem())?;
    write("backup-ca.key", &backup_key.serialize_pem())?;
    write("backup-ca.pem", &backup_cert.pem())?;
    write("leaf.key", &leaf_key.serialize_pem())?;
    // The authority goes with the certificate: phones look for its pin in the chain.
    write("leaf.pem", &format!("{}{}", leaf.pem(), ca_cert.pem()))?;
    write("pins", &pins.join("\n"))?;
    write("seal.key", &hex::encode(random::<32>(world)))?;
    write(PAGE, &hex::encode(random::<32>(world)))
}

/// Key of the MACs over pages. Whoever restores a backup needs it: it proves what phones bring
/// back.
const PAGE: &str = "page.key";
/// Folder of documents as erasures left them.
pub(crate) const ANEW: &str = "anew";

/// Makes keys that a center of before didn't have yet.
///
/// # Errors
/// A file can't be written.
pub(crate) fn complete(data: &Path, world: &dyn World) -> Result<(), KeysError> {
    let path = folder(data).join(PAGE);
    if path.exists() || !folder(data).exists() {
        return Ok(());
    }
    // Linked once it is whole: another program may be opening the center too.
    let aside = path.with_extension(hex::encode(random::<8>(world)));
    private_file(&aside, hex::encode(random::<32>(world)).as_bytes())?;
    let linked = std::fs::hard_link(&aside, &path);
    let gone = std::fs::remove_file(&aside);
    match linked {
        Err(_) if path.exists() => Ok(()),
        linked => linked.and(gone),
    }
    .map_err(|error| KeysError::File(path, error))
}

/// Copies all keys of `from` into a new center's folder.
///
/// # Errors
/// A file can't be read or written, or there are keys already.
pub(crate) fn take_along(from: &Path, data: &Path) -> Result<(), KeysError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| KeysError::File(path, error)
    };
    let to = folder(data);
    if to.exists() {
        return Err(KeysError::Exist(to));
    }
    std::fs::create_dir(&to).map_err(failed(&to))?;
    private_folder(&to)?;
    copy_files(from, &to)?;
    let anew = from.join(ANEW);
    if anew.is_dir() {
        let to = to.join(ANEW);
        std::fs::create_dir(&to).map_err(failed(&to))?;
        private_folder(&to)?;
        copy_files(&anew, &to)?;
    }
    Ok(())
}

fn copy_files(from: &Path, to: &Path) -> Result<(), KeysError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| KeysError::File(path, error)
    };
    for entry in std::fs::read_dir(from).map_err(failed(from))? {
        let entry = entry.map_err(failed(from))?;
        let path = entry.path();
        if path.is_file() {
            let bytes = std::fs::read(&path).map_err(failed(&path))?;
            private_file(&to.join(entry.file_name()), &bytes)?;
        }
    }
    Ok(())
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = rcgen::date_time_ymd(2024, 1, 1);
    params.not_after = rcgen::date_time_ymd(2064, 1, 1);
    params
}

fn leaf(address: &str) -> Result<CertificateParams, KeysError> {
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    let mut names: Vec<String> = [
        NAME,
        host.trim_matches(['[', ']']),
        "localhost",
        "127.0.0.1",
    ]
    .into_iter()
    .filter(|name| !name.is_empty())
    .map(str::to_owned)
    .collect();
    names.sort();
    names.dedup();
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, NAME);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.not_before = rcgen::date_time_ymd(2024, 1, 1);
    params.not_after = rcgen::date_time_ymd(2044, 1, 1);
    Ok(params)
}

fn pin_of(key: &KeyPair) -> Pin {
    Sha256::digest(key.subject_public_key_info()).into()
}

/// Reads what serving needs.
///
/// # Errors
/// A file is missing or damaged.
pub fn load(data: &Path) -> Result<Keys, KeysError> {
    let folder = folder(data);
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(|error| KeysError::File(path, error))
    };
    let damaged = |name: &str| KeysError::Damaged(folder.join(name));
    let pins = read("pins")?
        .lines()
        .map(|line| {
            let mut pin = [0; 32];
            hex::decode_to_slice(line.trim(), &mut pin).map(|()| pin)
        })
        .collect::<Result<Vec<Pin>, _>>()
        .map_err(|_| damaged("pins"))?;
    let secret = |name: &str| {
        let mut key = [0; 32];
        hex::decode_to_slice(read(name)?.trim(), &mut key)
            .map(|()| key)
            .map_err(|_| damaged(name))
    };
    let chain = CertificateDer::pem_slice_iter(read("leaf.pem")?.as_bytes())
        .map(|cert| cert.map(CertificateDer::into_owned))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| damaged("leaf.pem"))?;
    let key = PrivateKeyDer::from_pem_slice(read("leaf.key")?.as_bytes())
        .map_err(|_| damaged("leaf.key"))?;
    let mut tls =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Keys {
        pins,
        seal: SecretKey::from(secret("seal.key")?),
        page: secret(PAGE)?,
        tls: Arc::new(tls),
    })
}

/// Signs an order to a phone with the authority's key in `file` (PEM).
///
/// # Errors
/// The key isn't there (it may be kept elsewhere), or it is damaged.
pub fn sign(file: &Path, order: &Order) -> Result<Signed, KeysError> {
    let pem =
        std::fs::read_to_string(file).map_err(|error| KeysError::File(file.to_owned(), error))?;
    let key = KeyPair::from_pem(&pem).map_err(|_| KeysError::Damaged(file.to_owned()))?;
    let order = linli_protocol::encode(order);
    Ok(Signed {
        signature: key.sign(&order::signed_bytes(&order))?,
        key: key.subject_public_key_info(),
        order,
    })
}

pub(crate) fn private_folder(path: &Path) -> Result<(), KeysError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
            .map_err(|error| KeysError::File(path.to_owned(), error))?;
    }
    let _elsewhere_the_folder_is_the_owner_s = path;
    Ok(())
}

/// Writes a file that only its owner reads, and puts it on the disk for good.
fn private_file(path: &Path, bytes: &[u8]) -> Result<(), KeysError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
        .open(path)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .map_err(|error| KeysError::File(path.to_owned(), error))
}
