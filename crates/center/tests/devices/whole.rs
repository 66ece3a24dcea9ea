//! A photo sent at once: an upload that comes whole with its creation.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use linli_model::ids::MediaId;
use sha2::{Digest, Sha256};

use crate::phone::{Phone, Refused, answer};

/// Sends a photo; whether it is verified.
pub(crate) async fn send(phone: &Phone, id: MediaId, photo: Vec<u8>) -> Result<bool, Refused> {
    let hash = hex::encode(Sha256::digest(&photo));
    let [id, hash] = [id.to_string(), hash].map(|text| STANDARD.encode(text));
    let response = phone
        .http
        .post(format!("{}/v1/uploads", phone.base))
        .header("authorization", phone.token())
        .header("tus-resumable", "1.0.0")
        .header("content-type", "application/offset+octet-stream")
        .header("upload-length", photo.len())
        .header("upload-metadata", format!("id {id},sha256 {hash}"))
        .body(photo)
        .send()
        .await
        .expect("reachable");
    let stored = response.headers().get("linli-stored").cloned();
    answer(response).await?;
    Ok(stored.expect("all of it came") == "verified")
}
