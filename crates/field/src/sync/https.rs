//! The only place where a phone speaks HTTP.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use linli_protocol::enrol::Pin;
use linli_protocol::limits::MAX_ANSWER;
use reqwest::{Client, Response, header};

use super::tls;
use super::wire::{Answer, Answering, Call, Method, Wire, WireError, is_heard};

/// HTTPS to a center whose key is pinned (see [`tls::config`]). Connections are kept: a phone
/// that asks every now and then shouldn't pay for a handshake each time.
#[derive(Debug)]
pub struct Https {
    /// How long the center may say nothing.
    patience: Duration,
    /// The client of the pins last used.
    client: Mutex<Option<(Vec<Pin>, Client)>>,
}

impl Default for Https {
    fn default() -> Self {
        Self::patient(PATIENCE)
    }
}

impl Https {
    /// One that waits so long for a center that says nothing.
    pub fn patient(patience: Duration) -> Self {
        Self {
            patience,
            client: Mutex::default(),
        }
    }

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

impl Https {
    /// The body of an answer, unless it is longer than any answer or slower than any link: then
    /// it is left where it is.
    async fn body(&self, response: &mut Response) -> Result<Vec<u8>, WireError> {
        if response
            .content_length()
            .is_some_and(|length| length > MAX_ANSWER as u64)
        {
            return Err(WireError::Broken);
        }
        let mut body = Vec::new();
        let begun = Instant::now();
        loop {
            let most = self.patience + Duration::from_millis(body.len() as u64);
            let left = most.saturating_sub(begun.elapsed()).min(self.patience);
            let Some(part) = timely(left, response.chunk()).await? else {
                return Ok(body);
            };
            if body.len() + part.len() > MAX_ANSWER {
                return Err(WireError::Broken);
            }
            body.extend_from_slice(&part);
        }
    }
}

impl Wire for Https {
    fn send(&self, call: Call) -> Answering<'_> {
        Box::pin(async move {
            let client = self.client(call.pins)?;
            let url = format!("https://{}{}", call.address, call.path);
            let mut request = match call.method {
                Method::Get => client.get(url),
                Method::Post => client.post(url),
                Method::Patch => client.patch(url),
            };
            for (name, value) in call.headers {
                request = request.header(name, value);
            }
            // A byte a millisecond is the slowest link that is waited for.
            let up = call.body.len() as u64;
            if call.method != Method::Get {
                request = request.body(call.body);
            }
            if let Some(token) = call.token {
                let bearer = format!("Bearer {}", hex::encode(token));
                request = request.header(header::AUTHORIZATION, bearer);
            }
            let patience = self.patience + Duration::from_millis(up);
            let mut response = timely(patience.min(LONGEST), request.send()).await?;
            let status = response.status().as_u16();
            let heard = response
                .headers()
                .iter()
                .filter(|(name, _)| is_heard(name.as_str()));
            let headers = heard
                .filter_map(|(name, value)| {
                    Some((name.to_string(), value.to_str().ok()?.to_owned()))
                })
                .collect();
            let body = self.body(&mut response).await?;
            Ok(Answer {
                status,
                headers,
                body,
            })
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
