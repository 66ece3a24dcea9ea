//! What a client says in headers, and what it is told in them.

use std::time::{Duration, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use linli_model::ids::MediaId;
use linli_protocol::upload;
use ring::digest;

use super::refuse;
use crate::failure::Failure;

const OVERRIDE: &str = "x-http-method-override";
/// Longest metadata that is looked at: an id, a hash and a file name are a few hundred bytes.
const MOST_METADATA: usize = 4096;

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Failure> {
    let value = headers.get(name).map(HeaderValue::to_str).transpose();
    value.map_err(|_| Failure::BAD_REQUEST)
}

/// A number, digits only.
fn number(headers: &HeaderMap, name: &str) -> Result<u64, Failure> {
    text(headers, name)?
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|digits| digits.parse().ok())
        .ok_or(Failure::BAD_REQUEST)
}

/// The client speaks our tus.
pub(super) fn version(headers: &HeaderMap) -> Result<(), Failure> {
    match headers.get(upload::RESUMABLE) {
        Some(said) if said == upload::VERSION => Ok(()),
        _ => Err(refuse::VERSION),
    }
}

/// The method that is meant: some networks let nothing but GET and POST through.
pub(super) fn method(method: &Method, headers: &HeaderMap) -> Method {
    match headers
        .get(OVERRIDE)
        .map(|name| Method::from_bytes(name.as_bytes()))
    {
        Some(Ok(meant)) if method == Method::POST => meant,
        _ => method.clone(),
    }
}

/// Bytes of the whole. Parts of an upload that are uploads themselves, and lengths that come
/// later, are not offered.
pub(super) fn length(headers: &HeaderMap) -> Result<u64, Failure> {
    if headers.contains_key("upload-defer-length") || headers.contains_key("upload-concat") {
        return Err(Failure::BAD_REQUEST);
    }
    number(headers, upload::LENGTH)
}

/// Where the client wants to go on.
pub(super) fn offset(headers: &HeaderMap) -> Result<u64, Failure> {
    number(headers, upload::OFFSET)
}

/// The body is a piece.
pub(super) fn is_piece(headers: &HeaderMap) -> Result<(), Failure> {
    match headers.get(header::CONTENT_TYPE) {
        Some(said) if said == upload::PIECE => Ok(()),
        _ => Err(refuse::NOT_A_PIECE),
    }
}

/// Id and hash of the photo.
pub(super) fn photo(headers: &HeaderMap) -> Result<(MediaId, [u8; 32]), Failure> {
    let said = text(headers, upload::METADATA)?
        .filter(|said| said.len() <= MOST_METADATA)
        .ok_or(Failure::BAD_REQUEST)?;
    let value = |name: &str| {
        said.split(',')
            .filter_map(|pair| pair.trim().split_once(' '))
            .find(|(key, _)| *key == name)
            .and_then(|(_, value)| STANDARD.decode(value.trim()).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
    };
    let id = value("id").and_then(|id| id.parse().ok());
    let mut sha256 = [0; 32];
    let read = value("sha256")
        .filter(|digits| !digits.bytes().any(|byte| byte.is_ascii_uppercase()))
        .and_then(|digits| hex::decode_to_slice(digits, &mut sha256).ok());
    id.zip(read)
        .map(|(id, ())| (id, sha256))
        .ok_or(Failure::BAD_REQUEST)
}

/// Hash of a piece.
pub(super) struct Checksum {
    pub(super) algorithm: &'static digest::Algorithm,
    pub(super) is: Vec<u8>,
}

/// The hash the client says its piece has, if it says one.
pub(super) fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Failure> {
    let Some(said) = text(headers, upload::CHECKSUM)? else {
        return Ok(None);
    };
    let (name, value) = said.split_once(' ').ok_or(Failure::BAD_REQUEST)?;
    let algorithm = match name {
        "sha1" => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        "sha256" => &digest::SHA256,
        _ => return Err(Failure::BAD_REQUEST),
    };
    let is = STANDARD.decode(value.trim()).ok();
    let is = is
        .filter(|is| is.len() == algorithm.output_len())
        .ok_or(Failure::BAD_REQUEST)?;
    Ok(Some(Checksum { algorithm, is }))
}

/// Headers of an answer.
#[derive(Default)]
pub(super) struct Told(HeaderMap);

impl Told {
    pub(super) fn text(mut self, name: &'static str, text: &str) -> Self {
        // Ours are digits, dates and ids.
        if let Ok(value) = HeaderValue::from_str(text) {
            self.0.insert(HeaderName::from_static(name), value);
        }
        self
    }

    pub(super) fn offset(self, offset: u64) -> Self {
        self.text(upload::OFFSET, &offset.to_string())
    }

    /// When it is forgotten, milliseconds since 1970.
    pub(super) fn expires(self, at: i64) -> Self {
        let since = Duration::from_millis(u64::try_from(at).unwrap_or(0));
        // Beyond the year 9999 there is no date to tell.
        match UNIX_EPOCH
            .checked_add(since)
            .filter(|_| since.as_secs() < 253_402_300_800)
        {
            Some(at) => self.text(upload::EXPIRES, &httpdate::fmt_http_date(at)),
            None => self,
        }
    }

    pub(super) fn stored(self, verified: bool) -> Self {
        let word = if verified {
            upload::VERIFIED
        } else {
            upload::UNCLAIMED
        };
        self.text(upload::STORED, word)
    }

    pub(super) fn done(self) -> HeaderMap {
        self.0
    }
}
