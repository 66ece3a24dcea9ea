//! Just enough of an HTTP client for loopback: one request, one connection.

use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::RigError;

/// Sends `request` to `address` and gives the answer as it comes in.
///
/// # Errors
/// Nobody listens there, or it speaks no HTTP.
pub async fn send<B>(
    address: SocketAddr,
    request: Request<B>,
) -> Result<Response<Incoming>, RigError>
where
    B: hyper::body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let who = address.to_string();
    let tcp = TcpStream::connect(address)
        .await
        .map_err(RigError::io(format!("connecting to {who}")))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(tcp))
        .await
        .map_err(|e| RigError::answer(&who, e))?;
    // Ends with the connection; what goes wrong there shows in the answer.
    tokio::spawn(connection);
    sender
        .send_request(request)
        .await
        .map_err(|e| RigError::answer(&who, e))
}

/// Posts JSON with extra `headers` and gives the JSON that comes back (null for
/// nothing), whatever its status.
///
/// # Errors
/// No answer, or one that isn't JSON.
pub async fn post(
    address: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> Result<(u16, Value), RigError> {
    post_bytes(
        address,
        path,
        "application/json",
        headers,
        body.to_string().into(),
    )
    .await
}

/// Posts `body` as `kind` and gives the JSON that comes back, as [`post`] does.
///
/// # Errors
/// No answer, or one that isn't JSON.
pub async fn post_bytes(
    address: SocketAddr,
    path: &str,
    kind: &str,
    headers: &[(&str, &str)],
    body: Bytes,
) -> Result<(u16, Value), RigError> {
    let who = format!("{address}{path}");
    let mut request = Request::post(path)
        .header(HOST, address.to_string())
        .header(CONTENT_TYPE, kind);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request
        .body(Full::new(body))
        .map_err(|e| RigError::answer(&who, e))?;
    let answer = send(address, request).await?;
    let status = answer.status().as_u16();
    let body = answer
        .into_body()
        .collect()
        .await
        .map_err(|e| RigError::answer(&who, e))?
        .to_bytes();
    if body.is_empty() {
        return Ok((status, Value::Null));
    }
    match serde_json::from_slice(&body) {
        Ok(value) => Ok((status, value)),
        Err(_) => Err(RigError::answer(&who, String::from_utf8_lossy(&body))),
    }
}
