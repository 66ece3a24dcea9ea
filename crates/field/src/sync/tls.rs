//! TLS pinned to the center's own certificate authority.
//!
//! Only the authority's public key counts. The name in the certificate is always
//! `center.linli`, so a center may change its address without touching a phone; and time is
//! not checked against this phone's clock, which decides nothing.

use std::sync::Arc;

use linli_protocol::enrol::Pin;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use sha2::{Digest, Sha256};

/// The name every center's certificate carries.
const NAME: &str = "center.linli";

/// A configuration that trusts exactly these pins; none at all trusts anybody, for the one
/// call of a typed enrolment whose answer is proven otherwise.
pub(crate) fn config(pins: Vec<Pin>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Arc::new(Pinned {
        pins,
        provider: provider.clone(),
    });
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}

#[derive(Debug)]
struct Pinned {
    pins: Vec<Pin>,
    provider: Arc<CryptoProvider>,
}

/// Pin of a certificate: SHA-256 of its SubjectPublicKeyInfo in DER.
fn pin_of(certificate: &CertificateDer<'_>) -> Option<Pin> {
    let anchor = webpki::anchor_from_trusted_cert(certificate).ok()?;
    let value: &[u8] = anchor.subject_public_key_info.as_ref();
    // The anchor holds the inside of the SEQUENCE; pins are over the whole of it.
    let mut hash = Sha256::new();
    hash.update([0x30]);
    match value.len() {
        short @ 0..=0x7f => hash.update([u8::try_from(short).ok()?]),
        long => {
            let length = u16::try_from(long).ok()?.to_be_bytes();
            if length[0] == 0 {
                hash.update([0x81, length[1]]);
            } else {
                hash.update([0x82, length[0], length[1]]);
            }
        }
    }
    hash.update(value);
    Some(hash.finalize().into())
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.pins.is_empty() {
            return Ok(ServerCertVerified::assertion());
        }
        let authority = chain
            .iter()
            .find(|certificate| pin_of(certificate).is_some_and(|pin| self.pins.contains(&pin)))
            .ok_or(Error::InvalidCertificate(CertificateError::UnknownIssuer))?;
        let mut roots = RootCertStore::empty();
        roots.add(authority.clone().into_owned())?;
        let verifier =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), self.provider.clone())
                .build()
                .map_err(|error| Error::General(error.to_string()))?;
        let name = ServerName::try_from(NAME)
            .map_err(|_| Error::General("the fixed name is no name".into()))?;
        match verifier.verify_server_cert(leaf, &[], &name, ocsp, now) {
            // The signature was checked first; only this phone's clock disagrees.
            Err(Error::InvalidCertificate(
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. },
            )) => self.again_at_issue(&verifier, leaf, &name, ocsp),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

impl Pinned {
    /// Checks everything once more at a moment the certificate itself names as valid.
    fn again_at_issue(
        &self,
        verifier: &WebPkiServerVerifier,
        leaf: &CertificateDer<'_>,
        name: &ServerName<'_>,
        ocsp: &[u8],
    ) -> Result<ServerCertVerified, Error> {
        let probe = verifier.verify_server_cert(
            leaf,
            &[],
            name,
            ocsp,
            UnixTime::since_unix_epoch(std::time::Duration::from_secs(0)),
        );
        match probe {
            Err(Error::InvalidCertificate(CertificateError::NotValidYetContext {
                not_before,
                ..
            })) => verifier.verify_server_cert(leaf, &[], name, ocsp, not_before),
            other => other,
        }
    }
}
