//! Photos in pieces: what `/v1/uploads` answers to whom, and that nothing is lost on the way.

#[path = "uploads/apart.rs"]
mod apart;
#[path = "uploads/cut.rs"]
mod cut;
#[path = "uploads/kept.rs"]
mod kept;
#[path = "uploads/kill.rs"]
mod kill;
#[path = "uploads/table.rs"]
mod table;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use linli_model::ids::MediaId;
use linli_protocol::decode;
use linli_protocol::error::Refusal;
use reqwest::header::HeaderMap;
use sha2::{Digest, Sha256};

use crate::office::Office;
use crate::phone::{Phone, http};

/// What the center said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: HeaderMap,
    /// Code of a refusal.
    code: String,
}

impl Answer {
    pub(crate) fn says(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str());
        value.unwrap_or(Ok("")).expect("text")
    }

    pub(crate) fn offset(&self) -> usize {
        self.says("upload-offset").parse().expect("a number")
    }

    pub(crate) fn is(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status, self.code.as_str()),
            (status, code),
            "{self:?}"
        );
    }
}

const PIECE: (&str, &str) = ("content-type", "application/offset+octet-stream");

/// A call as a client makes it.
async fn call(
    phone: &Phone,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let method = method.parse().expect("method");
    let url = format!("{}{path}", phone.base);
    let mut request = phone.http.request(method, url).body(body.to_vec());
    // What is given here stands in the place of what every client sends.
    for (name, value) in [
        ("tus-resumable", "1.0.0"),
        ("authorization", &phone.token()),
    ] {
        if !headers.iter().any(|(other, _)| *other == name) {
            request = request.header(name, value);
        }
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    let response = request.send().await.expect("reachable");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.expect("body");
    let answer = Answer {
        status,
        headers,
        code: decode::<Refusal>(&bytes).map_or_else(|_| String::new(), |refusal| refusal.code),
    };
    assert_eq!(answer.says("tus-resumable"), "1.0.0", "{answer:?}");
    let later = matches!(status, 423 | 503 | 507);
    assert_eq!(later, !answer.says("retry-after").is_empty(), "{answer:?}");
    answer
}

/// The same phone after its center was started again.
pub(crate) fn again_at(office: &Office, mut phone: Phone) -> Phone {
    phone.base = format!("https://{}", office.devices);
    phone.http = http(office);
    phone
}

pub(crate) fn id(number: u8) -> MediaId {
    MediaId::new(number.into(), [number; 10])
}

fn place(id: MediaId) -> String {
    format!("/v1/uploads/{id}")
}

fn base64(text: &[u8]) -> String {
    STANDARD.encode(text)
}

/// What says which photo it is.
fn metadata(id: MediaId, photo: &[u8]) -> String {
    let hash = hex::encode(Sha256::digest(photo));
    let (id, hash) = (base64(id.to_string().as_bytes()), base64(hash.as_bytes()));
    format!(
        "filename {},id {id},sha256 {hash}",
        base64("照片.jpg".as_bytes())
    )
}

/// Begins an upload, without a body.
pub(crate) async fn create(phone: &Phone, id: MediaId, photo: &[u8]) -> Answer {
    let (length, metadata) = (photo.len().to_string(), metadata(id, photo));
    let headers = [
        ("upload-length", length.as_str()),
        ("upload-metadata", &metadata),
    ];
    call(phone, "POST", "/v1/uploads", &headers, b"").await
}

pub(crate) async fn head(phone: &Phone, id: MediaId) -> Answer {
    call(phone, "HEAD", &place(id), &[], b"").await
}

pub(crate) async fn patch(phone: &Phone, id: MediaId, offset: usize, piece: &[u8]) -> Answer {
    let offset = offset.to_string();
    let headers = [PIECE, ("upload-offset", offset.as_str())];
    call(phone, "PATCH", &place(id), &headers, piece).await
}
