//! The seam to the network: one call to the center, and what may come of it. On a phone it is
//! HTTPS ([`super::https`]); the simulator puts a network with faults there.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use linli_model::ids::MediaId;
use linli_protocol::enrol::Pin as SpkiPin;
use linli_protocol::error::Refusal;
use linli_protocol::{CBOR, upload};

/// What a body is.
pub const CONTENT_TYPE: &str = "content-type";

/// One call, before it is bytes on a wire.
#[derive(Debug, Clone)]
pub struct Call {
    /// `host:port` of the center.
    pub address: String,
    /// Keys the center may show; with none, anybody may answer (the first call of a typed
    /// enrolment, which proves the pins).
    pub pins: Vec<SpkiPin>,
    /// What is asked.
    pub method: Method,
    /// Such as `/v1/sync`.
    pub path: String,
    /// Bearer token, once enrolled.
    pub token: Option<[u8; 32]>,
    /// Headers beside the usual ones, as uploads have them (`linli_protocol::upload`).
    pub headers: Vec<(&'static str, String)>,
    /// Body; empty for [`Method::Get`].
    pub body: Vec<u8>,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Bytes from the center.
    Get,
    /// A message to it, or the beginning of a picture.
    Post,
    /// More of a picture.
    Patch,
}

/// What the center answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Those of its headers that [`is_heard`] lets through, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// Whether a header of an answer says anything to a phone.
pub fn is_heard(name: &str) -> bool {
    matches!(name, upload::OFFSET | upload::STORED)
}

/// How far an upload is, as the center says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Far {
    /// Bytes that it has.
    pub offset: u64,
    /// Once it has them all, and their hash is right: whether an accepted record names them.
    pub verified: Option<bool>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn far(&self) -> Result<Far, LinkError> {
        let offset = self.header(upload::OFFSET).and_then(|at| at.parse().ok());
        Ok(Far {
            offset: offset.ok_or(LinkError::Nonsense)?,
            verified: self
                .header(upload::STORED)
                .map(|how| how == upload::VERIFIED),
        })
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// No way to the center: no signal, wrong address, center down. Nothing got out.
    #[error("the center can't be reached")]
    Unreachable,
    /// The link broke under way: what was sent may have arrived.
    #[error("the link broke")]
    Broken,
    /// Somebody answered, with a certificate that isn't the center's.
    #[error("another certificate")]
    WrongCertificate,
    /// The address or the pins can't be used.
    #[error("no such address")]
    Misconfigured,
}

impl WireError {
    /// True when nothing of the call can have reached the center.
    pub(crate) fn nothing_left(self) -> bool {
        self != Self::Broken
    }
}

/// An answer under way.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer, WireError>> + Send + 'a>>;

/// A way to the center.
pub trait Wire: Debug + Send + Sync {
    /// Makes a call and waits for the whole answer.
    fn send(&self, call: Call) -> Answering<'_>;
}

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinkError {
    /// There is no answer.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// The center said no.
    #[error("the center refused: {0}")]
    Refused(String),
    /// The center said: not before so many seconds.
    #[error("the center asks to wait {0} s")]
    Busy(u32),
    /// The answer makes no sense.
    #[error("an answer that makes no sense")]
    Nonsense,
}

/// A way to one center, with credentials.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    wire: Arc<dyn Wire>,
    address: String,
    pins: Vec<SpkiPin>,
    token: Option<[u8; 32]>,
}

impl Link {
    /// A link that trusts exactly these pins.
    pub(crate) fn new(wire: Arc<dyn Wire>, address: &str, pins: Vec<SpkiPin>) -> Self {
        Self {
            wire,
            address: address.to_owned(),
            pins,
            token: None,
        }
    }

    /// The same link with credentials.
    pub(crate) fn with_token(mut self, token: &[u8; 32]) -> Self {
        self.token = Some(*token);
        self
    }

    /// Posts a message and reads the answer.
    pub(crate) async fn post<A>(
        &self,
        path: &str,
        body: &impl minicbor::Encode<()>,
    ) -> Result<A, LinkError>
    where
        A: for<'b> minicbor::Decode<'b, ()>,
    {
        let body = linli_protocol::encode(body);
        let headers = vec![(CONTENT_TYPE, CBOR.to_owned())];
        let answer = self.send(Method::Post, path, headers, body).await?;
        linli_protocol::decode(&answer.body).map_err(|_| LinkError::Nonsense)
    }

    /// Begins to upload a photo of `whole` bytes, with its first ones; or finds out how much of
    /// it has arrived, then `first` is empty. Asking again is harmless.
    pub(crate) async fn begin_upload(
        &self,
        id: MediaId,
        sha256: &[u8; 32],
        whole: usize,
        first: Vec<u8>,
    ) -> Result<Far, LinkError> {
        let text = |words: &str| BASE64_STANDARD.encode(words);
        let about = format!(
            "id {},sha256 {}",
            text(&id.to_string()),
            text(&hex::encode(sha256))
        );
        let headers = vec![
            (upload::LENGTH, whole.to_string()),
            (upload::METADATA, about),
        ];
        self.upload(Method::Post, upload::PATH, headers, first)
            .await
    }

    /// Goes on with a photo at `offset`.
    pub(crate) async fn go_on_uploading(
        &self,
        id: MediaId,
        offset: u64,
        piece: Vec<u8>,
    ) -> Result<Far, LinkError> {
        let path = format!("{}/{id}", upload::PATH);
        let headers = vec![(upload::OFFSET, offset.to_string())];
        self.upload(Method::Patch, &path, headers, piece).await
    }

    async fn upload(
        &self,
        method: Method,
        path: &str,
        mut headers: Vec<(&'static str, String)>,
        piece: Vec<u8>,
    ) -> Result<Far, LinkError> {
        headers.push((upload::RESUMABLE, upload::VERSION.to_owned()));
        if !piece.is_empty() {
            headers.push((CONTENT_TYPE, upload::PIECE.to_owned()));
        }
        self.send(method, path, headers, piece).await?.far()
    }

    /// Gets bytes.
    pub(crate) async fn get(&self, path: &str) -> Result<Vec<u8>, LinkError> {
        let answer = self.send(Method::Get, path, Vec::new(), Vec::new());
        Ok(answer.await?.body)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    ) -> Result<Answer, LinkError> {
        let call = Call {
            address: self.address.clone(),
            pins: self.pins.clone(),
            method,
            path: path.to_owned(),
            token: self.token,
            headers,
            body,
        };
        let answer = self.wire.send(call).await?;
        if (200..300).contains(&answer.status) {
            return Ok(answer);
        }
        Err(match linli_protocol::decode::<Refusal>(&answer.body) {
            Ok(Refusal {
                wait_s: Some(wait), ..
            }) => LinkError::Busy(wait),
            Ok(refusal) => LinkError::Refused(refusal.code),
            Err(_) if answer.status == 401 => LinkError::Refused("revoked".to_owned()),
            Err(_) => LinkError::Refused(format!("http_{}", answer.status)),
        })
    }
}
