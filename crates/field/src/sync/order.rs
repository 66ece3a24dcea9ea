//! The center shut this phone out: what isn't sent is handed in, then everything goes
//! (DESIGN §4.11). Obeyed only when the center's own authority has signed it for this phone.

use linli_protocol::decode;
use linli_protocol::enrol::Pin;
use linli_protocol::order::{Order, Signed, signed_bytes};
use linli_store::{StoreError, Transaction, media, meta, outbox};
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use crate::desk::Desk;
use crate::error::Outcome;
use crate::phone::Phone;
use crate::session::Session;
use crate::{EdgeError, wipe};

/// Key of the order in the database.
const ORDER: &str = "order";
/// An uncompressed point on P-256: what an SPKI ends with.
const POINT: usize = 65;

/// Keeps an order that is one. True when it is news.
pub(super) fn keep(
    tx: &Transaction<'_>,
    session: &Session,
    signed: &Signed,
) -> Result<bool, StoreError> {
    let known = standing(tx, session)?;
    match checked(signed, &session.pins()) {
        Some(order) if order.enrolment == session.enrolment() && known.as_ref() != Some(&order) => {
            meta::set(tx, ORDER, &signed.order[..])?;
            Ok(true)
        }
        Some(_) => Ok(false),
        None => {
            tracing::warn!("an order that the center's authority didn't sign");
            Ok(false)
        }
    }
}

/// Whether this phone is shut out.
pub(crate) fn stands(tx: &Transaction<'_>, session: &Session) -> Result<bool, StoreError> {
    Ok(standing(tx, session)?.is_some())
}

/// The order for this enrolment; one for an earlier, from before the key was lost, is nobody's.
fn standing(tx: &Transaction<'_>, session: &Session) -> Result<Option<Order>, StoreError> {
    let order: Option<Order> = meta::bytes(tx, ORDER)?.and_then(|bytes| decode(&bytes).ok());
    Ok(order.filter(|order| order.enrolment == session.enrolment()))
}

/// Forgets everything, once it is time: at once for a stolen phone, else when nothing that a
/// person entered is here alone. Whether it did.
pub(super) async fn obey(phone: &Phone) -> Outcome<bool> {
    let ordered = |tx: &Transaction<'_>, desk: &Desk| Ok(standing(tx, &desk.session)?);
    let Some(order) = phone.read(ordered).await? else {
        return Ok(false);
    };
    let phone = phone.clone();
    tokio::task::spawn_blocking(move || {
        wipe::wipe(&phone, order.stolen, |tx| {
            // It may have been enrolled again meanwhile.
            let Some(session) = Session::load(tx)? else {
                return Ok(false);
            };
            let stands = standing(tx, &session)?.as_ref() == Some(&order);
            Ok(stands && (order.stolen || is_handed_in(tx)?))
        })
    })
    .await
    .map_err(|_| EdgeError::code("internal"))?
}

/// Whether nothing that a person entered is here alone.
fn is_handed_in(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    Ok(outbox::counts(tx)?.0 == 0 && media::to_upload(tx, true)?.is_empty())
}

/// What is ordered, if one of the authorities behind `pins` signed it.
fn checked(signed: &Signed, pins: &[Pin]) -> Option<Order> {
    let pin: Pin = Sha256::digest(&signed.key).into();
    let point = signed.key.get(signed.key.len().checked_sub(POINT)?..)?;
    if !pins.contains(&pin) {
        return None;
    }
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
        .verify(&signed_bytes(&signed.order), &signed.signature)
        .ok()?;
    decode(&signed.order).ok()
}

#[cfg(test)]
mod tests {
    use linli_model::actor::EnrolmentId;
    use linli_protocol::encode;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

    use super::*;

    /// A key, its SPKI and its pin.
    fn authority() -> (EcdsaKeyPair, Vec<u8>, Pin) {
        let (alg, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(alg, &random).expect("key");
        let key = EcdsaKeyPair::from_pkcs8(alg, pkcs8.as_ref(), &random).expect("key");
        let head = hex::decode("3059301306072a8648ce3d020106082a8648ce3d030107034200");
        let spki = [head.expect("hex"), key.public_key().as_ref().to_vec()].concat();
        let pin = Sha256::digest(&spki).into();
        (key, spki, pin)
    }

    fn signed(key: &EcdsaKeyPair, spki: &[u8], order: &Order) -> Signed {
        let order = encode(order);
        let signature = key.sign(&SystemRandom::new(), &signed_bytes(&order));
        Signed {
            key: spki.to_vec(),
            signature: signature.expect("signed").as_ref().to_vec(),
            order,
        }
    }

    #[test]
    fn only_what_the_centers_own_authority_signed_is_an_order() {
        let (key, spki, pin) = authority();
        let (other_key, other_spki, _) = authority();
        let order = Order {
            enrolment: EnrolmentId([1; 8]),
            stolen: false,
            at: 5,
        };
        let good = signed(&key, &spki, &order);
        assert_eq!(checked(&good, &[[7; 32], pin]).as_ref(), Some(&order));
        assert_eq!(checked(&good, &[[7; 32]]), None, "not pinned");
        let forged = signed(&other_key, &other_spki, &order);
        assert_eq!(checked(&forged, &[pin]), None, "another authority");
        let mixed = Signed {
            key: spki.clone(),
            ..forged
        };
        assert_eq!(checked(&mixed, &[pin]), None, "another's signature");
        let stolen = Order {
            stolen: true,
            ..order
        };
        let changed = Signed {
            order: encode(&stolen),
            ..good.clone()
        };
        assert_eq!(checked(&changed, &[pin]), None, "another order");
        let short = Signed {
            key: vec![4; 10],
            ..good
        };
        let pin_of_short = Sha256::digest(&short.key).into();
        assert_eq!(checked(&short, &[pin_of_short]), None, "no key");
    }
}
