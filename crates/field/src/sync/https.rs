//! The only place where a phone speaks HTTP.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use linli_protocol::CBOR;
use linli_protocol::enrol::Pin;
use reqwest::{Client, header};

use super::tls;
use super::wire::{Answer, Answering, Call, Method, Wire, WireError};

/// HTTPS to a center whose key is pinned (see [`tls::config`]). Connections are kept: a phone
/// that asks every now and then shouldn't pay for a handshake each time.
#[derive(Debug, Default)]
pub struct Https {
    /// The client of the pins last used.
    client: Mutex<Option<(Vec<Pin>, Client)>>,
}

impl Https {
    fn client(&self, pins: Vec<Pin>) -> Result<Client, WireError> {
        let mut kept = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, client)) = kept.as_ref()
            && *known == pins
        {
            return Ok(client.clone());
        }
        let tls = tls::config(pins.clone()).map_err(|_| WireError::Misconfigured)?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(Duration::from_secs(10))
            .pool_idle_timeout(Duration::from_secs(60))
            .https_only(true)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| WireError::Misconfigured)?;
        *kept = Some((pins, client.clone()));
        Ok(client)
    }
}

impl Wire for Https {
    fn send(&self, call: Call) -> Answering<'_> {
        Box::pin(async move {
            let client = self.client(call.pins)?;
            let url = format!("https://{}{}", call.address, call.path);
            let mut request = match call.method {
                Method::Get => client.get(url),
                Method::Post => client.post(url).header(header::CONTENT_TYPE, CBOR),
                Method::Put => client.put(url).header(header::CONTENT_TYPE, "image/jpeg"),
            };
            // A byte a millisecond is the slowest link that is waited for.
            let up = call.body.len() as u64;
            if call.method != Method::Get {
                request = request.body(call.body);
            }
            if let Some(token) = call.token {
                let bearer = format!("Bearer {}", hex::encode(token));
                request = request.header(header::AUTHORIZATION, bearer);
            }
            let patience = PATIENCE + Duration::from_millis(up);
            let mut response = timely(patience.min(LONGEST), request.send()).await?;
            let status = response.status().as_u16();
            let mut body = Vec::new();
            while let Some(part) = timely(PATIENCE, response.chunk()).await? {
                body.extend_from_slice(&part);
            }
            Ok(Answer { status, body })
        })
    }
}

/// How long the center may say nothing.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long anything may take to go up: the center waits no longer either.
const LONGEST: Duration = Duration::from_secs(300);

/// Waits for a part of an answer, but not for ever: a link can die without a word.
async fn timely<T>(
    patience: Duration,
    part: impl Future<Output = reqwest::Result<T>>,
) -> Result<T, WireError> {
    tokio::time::timeout(patience, part)
        .await
        .map_err(|_| WireError::Broken)?
        .map_err(|error| why(&error))
}

/// Tells a foreign certificate from a missing center, looking through the chain of causes.
fn why(error: &reqwest::Error) -> WireError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(tls) = current.downcast_ref::<rustls::Error>() {
            return match tls {
                rustls::Error::InvalidCertificate(_) => WireError::WrongCertificate,
                _ => WireError::Broken,
            };
        }
        cause = current
            .downcast_ref::<std::io::Error>()
            .and_then(|io| io.get_ref())
            .map(|inner| inner as &(dyn std::error::Error + 'static))
            .or_else(|| current.source());
    }
    if error.is_connect() {
        WireError::Unreachable
    } else {
        WireError::Broken
    }
}
