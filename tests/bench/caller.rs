//! The least a phone can be: it enrols, asks for pages, hashes what it gets, and forgets it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use linli_model::actor::EnrolmentId;
use linli_protocol::enrol::{Enrol, Enrolled, Secret};
use linli_protocol::limits::{MAX_PAGE, MAX_PLAIN, MIN_PAGE};
use linli_protocol::sync::{Page, Sent, SyncAnswer, SyncRequest, Verdict, What};
use linli_protocol::{CBOR, VERSION, decode, encode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use sha2::{Digest, Sha256};

use crate::Outcome;

/// TLS that trusts the center's own authority.
pub(crate) fn tls(center: &Path) -> Outcome<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(center.join("keys/ca.pem"))?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    // Phones begin every sync with a whole handshake.
    tls.resumption = rustls::client::Resumption::disabled();
    Ok(tls)
}

/// One enrolled phone.
#[derive(Clone)]
pub(crate) struct Caller {
    base: String,
    tls: ClientConfig,
    token: String,
    enrolment: EnrolmentId,
    generation: u64,
    through: u64,
}

impl Caller {
    pub(crate) async fn enrol(
        center: SocketAddr,
        tls: &ClientConfig,
        secret: Secret,
    ) -> Outcome<Self> {
        let mut caller = Self {
            base: format!("https://{center}"),
            tls: tls.clone(),
            token: String::new(),
            enrolment: EnrolmentId([0; 8]),
            generation: 0,
            through: 0,
        };
        let call = Enrol {
            secret,
            version: VERSION,
            device: "bench".into(),
            clock: 0,
            before: None,
        };
        let answer = caller
            .post(&caller.http()?, "/v1/enrol", encode(&call))
            .await?;
        let enrolled: Enrolled = decode(&answer).map_err(|error| error.to_string())?;
        caller.token = format!("Bearer {}", hex::encode(enrolled.token));
        caller.enrolment = enrolled.enrolment;
        caller.generation = enrolled.generation;
        Ok(caller)
    }

    /// First half of its actors.
    pub(crate) fn enrolment(&self) -> EnrolmentId {
        self.enrolment
    }

    /// A request that pushes these and asks for nothing new, as it travels.
    pub(crate) fn push(&self, intents: Vec<Sent>) -> Vec<u8> {
        encode(&SyncRequest {
            version: VERSION,
            generation: self.generation,
            // As if it had read everything there will ever be.
            through: u64::MAX >> 1,
            page: MIN_PAGE,
            intents,
            ..SyncRequest::default()
        })
    }

    /// Sends what [`Self::push`] made, over one connection; all of it must be accepted.
    pub(crate) async fn deliver(&self, bodies: Vec<Vec<u8>>) -> Outcome<()> {
        let http = self.http()?;
        for body in bodies {
            let answer = self.post(&http, "/v1/sync", body).await?;
            let answer: SyncAnswer = decode(&answer).map_err(|error| error.to_string())?;
            for (_, verdict) in answer.verdicts {
                if !matches!(verdict, Verdict::Accepted { .. }) {
                    return Err(format!("not accepted: {verdict:?}").into());
                }
            }
        }
        Ok(())
    }

    /// The same phone with no connection.
    pub(crate) fn afresh(&self) -> Self {
        self.clone()
    }

    /// Asks until there is no more, over one new connection; gives the bytes of the answers.
    pub(crate) async fn catch_up(&mut self) -> Outcome<u64> {
        let http = self.http()?;
        let mut bytes = 0;
        loop {
            let request = SyncRequest {
                version: VERSION,
                generation: self.generation,
                through: self.through,
                page: MAX_PAGE,
                ..SyncRequest::default()
            };
            let answer = self.post(&http, "/v1/sync", encode(&request)).await?;
            bytes += answer.len() as u64;
            let answer: SyncAnswer = decode(&answer).map_err(|error| error.to_string())?;
            if !answer.page.is_empty() {
                hash(&answer.page)?;
            }
            self.through = answer.through;
            if !answer.more {
                return Ok(bytes);
            }
        }
    }

    fn http(&self) -> Outcome<reqwest::Client> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            .no_proxy();
        Ok(client.build()?)
    }

    async fn post(&self, http: &reqwest::Client, path: &str, body: Vec<u8>) -> Outcome<Vec<u8>> {
        let request = http
            .post(format!("{}{path}", self.base))
            .header("content-type", CBOR)
            .header("authorization", &self.token)
            .body(body);
        let answer = request.send().await?.error_for_status()?;
        Ok(answer.bytes().await?.into())
    }
}

/// What a phone must do at the least: unpack, and take no name on trust.
fn hash(page: &[u8]) -> Outcome<()> {
    let plain = zstd::bulk::decompress(page, MAX_PLAIN)?;
    let page: Page = decode(&plain).map_err(|error| error.to_string())?;
    for op in &page.ops {
        if let What::Put { change, .. } = &op.what {
            std::hint::black_box(Sha256::digest(change));
        }
    }
    Ok(())
}
