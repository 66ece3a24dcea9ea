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
            .read_timeout(Duration::from_secs(30))
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
            if call.method != Method::Get {
                request = request.body(call.body);
            }
            if let Some(token) = call.token {
                let bearer = format!("Bearer {}", hex::encode(token));
                request = request.header(header::AUTHORIZATION, bearer);
            }
            let response = request.send().await.map_err(|error| why(&error))?;
            let status = response.status().as_u16();
            let body = response.bytes().await.map_err(|error| why(&error))?.into();
            Ok(Answer { status, body })
        })
    }
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
