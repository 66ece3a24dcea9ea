//! A real center behind a link that can be cut, somebody enrolled there, and photos to send.

use std::path::PathBuf;

use image::codecs::jpeg::JpegEncoder;
use linli_protocol::enrol::{Enrol, Enrolled, Secret, parse_secret};
use linli_protocol::{VERSION, decode, encode};
use linli_rig::center::Center;
use linli_rig::link::Link;
use linli_tests::stage;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

use crate::clients::{Job, Photo};

/// Photos of different sizes: width and height in pixels of noise.
const SIZES: [(u32, u32); 4] = [(300, 200), (1600, 1200), (800, 600), (1200, 900)];

/// Bytes a second of the link.
const SPEED: u64 = 2_000_000;

pub(crate) struct Stand {
    folder: tempfile::TempDir,
    pub(crate) center: Center,
    pub(crate) link: Link,
    pub(crate) job: Job,
}

impl Stand {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let mut center = stage::center(folder.path()).await;
        center.start().await.expect("it starts");
        let link = Link::open(0, center.devices()).await.expect("a link");
        link.narrow(SPEED);
        let code = center.code("worker").await.expect("a code");
        let secret = parse_secret(&code.secret).expect("a secret");
        let me = enrol(&folder.path().join("center/keys/ca.pem"), &center, secret).await;
        let job = Job {
            endpoint: format!("https://127.0.0.1:{}/v1/uploads", link.port()),
            token: format!("Bearer {}", hex::encode(me.token)),
            storage: folder.path().join("urls"),
            chunk: None,
            creation: false,
            checksum: false,
            photos: photos(folder.path()),
        };
        Self {
            folder,
            center,
            link,
            job,
        }
    }

    /// The center's own authority.
    pub(crate) fn ca(&self) -> PathBuf {
        self.folder.path().join("center/keys/ca.pem")
    }

    /// Bytes of all photos.
    pub(crate) fn bytes(&self) -> u64 {
        let length = |photo: &Photo| std::fs::metadata(&photo.path).expect("a photo").len();
        self.job.photos.iter().map(length).sum()
    }

    /// Every photo lies at the center, and is what was sent; nothing is left of how it came.
    pub(crate) fn has_all(&self) {
        let data = self.folder.path().join("center");
        for photo in &self.job.photos {
            let name = format!("media/{}/{}.jpg", &photo.sha256[..2], photo.sha256);
            let kept = std::fs::read(data.join(name)).expect("kept");
            assert_eq!(hex::encode(Sha256::digest(&kept)), photo.sha256);
            assert!(kept == std::fs::read(&photo.path).expect("a photo"));
        }
        let left = std::fs::read_dir(data.join("uploads")).map_or(0, Iterator::count);
        assert_eq!(left, 0);
    }
}

fn photos(folder: &std::path::Path) -> Vec<Photo> {
    let mut dice = ChaCha8Rng::seed_from_u64(20_261_127);
    let mut make = |(number, (width, height)): (usize, &(u32, u32))| {
        let noise = image::RgbImage::from_fn(*width, *height, |_, _| image::Rgb(dice.random()));
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 85)
            .encode_image(&noise)
            .expect("jpeg");
        let path = folder.join(format!("{number}.jpg"));
        std::fs::write(&path, &jpeg).expect("written");
        Photo {
            path,
            id: format!("01900000-0000-7000-8000-00000000000{number}"),
            sha256: hex::encode(Sha256::digest(&jpeg)),
        }
    };
    SIZES.iter().enumerate().map(&mut make).collect()
}

async fn enrol(ca: &std::path::Path, center: &Center, secret: Secret) -> Enrolled {
    let mut roots = rustls::RootCertStore::empty();
    let ca = CertificateDer::from_pem_file(ca).expect("ca");
    roots.add(ca).expect("root");
    let ring = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let http = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .build()
        .expect("client");
    let asked = Enrol {
        secret,
        version: VERSION,
        device: "a standard client".into(),
        clock: 0,
        before: None,
    };
    let answer = http
        .post(format!("https://{}/v1/enrol", center.devices()))
        .body(encode(&asked))
        .send()
        .await
        .expect("reachable");
    decode(&answer.bytes().await.expect("body")).expect("enrolled")
}
