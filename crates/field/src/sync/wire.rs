//! The seam to the network: one call to the center, and what may come of it. On a phone it is
//! HTTPS ([`super::https`]); the simulator puts a network with faults there.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use linli_protocol::enrol::Pin as SpkiPin;
use linli_protocol::error::Refusal;

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
    /// Body; empty for [`Method::Get`].
    pub body: Vec<u8>,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Bytes from the center.
    Get,
    /// A message to it.
    Post,
    /// A picture to it.
    Put,
}

/// What the center answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
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
        let bytes = self.send(Method::Post, path, body).await?;
        linli_protocol::decode(&bytes).map_err(|_| LinkError::Nonsense)
    }

    /// Puts a picture and reads the answer.
    pub(crate) async fn put_jpeg<A>(&self, path: &str, jpeg: Vec<u8>) -> Result<A, LinkError>
    where
        A: for<'b> minicbor::Decode<'b, ()>,
    {
        let bytes = self.send(Method::Put, path, jpeg).await?;
        linli_protocol::decode(&bytes).map_err(|_| LinkError::Nonsense)
    }

    /// Gets bytes.
    pub(crate) async fn get(&self, path: &str) -> Result<Vec<u8>, LinkError> {
        self.send(Method::Get, path, Vec::new()).await
    }

    async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        let call = Call {
            address: self.address.clone(),
            pins: self.pins.clone(),
            method,
            path: path.to_owned(),
            token: self.token,
            body,
        };
        let answer = self.wire.send(call).await?;
        if (200..300).contains(&answer.status) {
            return Ok(answer.body);
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
