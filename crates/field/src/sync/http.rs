//! The only place where a phone speaks HTTP.

use std::time::Duration;

use linli_protocol::CBOR;
use linli_protocol::enrol::Pin;
use linli_protocol::error::Refusal;
use reqwest::{Client, StatusCode, header};

use super::tls;

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinkError {
    /// No way to the center: no signal, wrong address, center down. Nothing got out.
    #[error("the center can't be reached")]
    Unreachable,
    /// The link broke under way: what was sent may have arrived.
    #[error("the link broke")]
    Broken,
    /// Somebody answered, with a certificate that isn't the center's.
    #[error("another certificate")]
    WrongCertificate,
    /// The center said no.
    #[error("the center refused: {0}")]
    Refused(String),
    /// The answer makes no sense.
    #[error("an answer that makes no sense")]
    Nonsense,
}

/// A connection to one center.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    client: Client,
    base: String,
    token: Option<String>,
}

impl Link {
    /// A link that trusts exactly these pins (see [`tls::config`]).
    pub(crate) fn new(address: &str, pins: Vec<Pin>) -> Result<Self, LinkError> {
        let tls = tls::config(pins).map_err(|_| LinkError::Nonsense)?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(30))
            .pool_idle_timeout(Duration::from_secs(60))
            .https_only(true)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| LinkError::Nonsense)?;
        Ok(Self {
            client,
            base: format!("https://{address}"),
            token: None,
        })
    }

    /// The same link with credentials.
    pub(crate) fn with_token(mut self, token: &[u8; 32]) -> Self {
        self.token = Some(format!("Bearer {}", hex::encode(token)));
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
        let request = self
            .client
            .post(format!("{}{path}", self.base))
            .header(header::CONTENT_TYPE, CBOR)
            .body(linli_protocol::encode(body));
        let bytes = self.send(request).await?;
        linli_protocol::decode(&bytes).map_err(|_| LinkError::Nonsense)
    }

    /// Puts a picture and reads the answer.
    pub(crate) async fn put_jpeg<A>(&self, path: &str, jpeg: Vec<u8>) -> Result<A, LinkError>
    where
        A: for<'b> minicbor::Decode<'b, ()>,
    {
        let request = self
            .client
            .put(format!("{}{path}", self.base))
            .header(header::CONTENT_TYPE, "image/jpeg")
            .body(jpeg);
        let bytes = self.send(request).await?;
        linli_protocol::decode(&bytes).map_err(|_| LinkError::Nonsense)
    }

    /// Gets bytes.
    pub(crate) async fn get(&self, path: &str) -> Result<Vec<u8>, LinkError> {
        self.send(self.client.get(format!("{}{path}", self.base)))
            .await
    }

    async fn send(&self, mut request: reqwest::RequestBuilder) -> Result<Vec<u8>, LinkError> {
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, token);
        }
        let response = request.send().await.map_err(|error| why(&error))?;
        let status = response.status();
        let bytes = response.bytes().await.map_err(|error| why(&error))?;
        if status.is_success() {
            return Ok(bytes.into());
        }
        let code = linli_protocol::decode::<Refusal>(&bytes).map_or_else(
            |_| match status {
                StatusCode::UNAUTHORIZED => "revoked".to_owned(),
                _ => format!("http_{}", status.as_u16()),
            },
            |refusal| refusal.code,
        );
        Err(LinkError::Refused(code))
    }
}

/// Tells a foreign certificate from a missing center, looking through the chain of causes.
fn why(error: &reqwest::Error) -> LinkError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(tls) = current.downcast_ref::<rustls::Error>() {
            return match tls {
                rustls::Error::InvalidCertificate(_) => LinkError::WrongCertificate,
                _ => LinkError::Broken,
            };
        }
        cause = current
            .downcast_ref::<std::io::Error>()
            .and_then(|io| io.get_ref())
            .map(|inner| inner as &(dyn std::error::Error + 'static))
            .or_else(|| current.source());
    }
    if error.is_connect() {
        LinkError::Unreachable
    } else {
        LinkError::Broken
    }
}
