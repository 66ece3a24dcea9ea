//! Boot, enrolment, lock, settings, drafts.

mod again;

use std::sync::atomic::Ordering;

use linli_protocol::enrol::{
    Before, Enrol as EnrolCall, Enrolled, Hello, Pin, Proof, Secret, code_id, parse_qr,
    parse_secret, proof, same_mac,
};
use linli_protocol::key::{Recover, Recovery};
use linli_store::{Store, StoreError, access, meta};

use crate::api::Empty;
use crate::api::start::{
    Boot, Draft, DraftKey, Enrol, Me, Network, SetPin, SetSettings, Settings, Status, Unlock,
};
use crate::boot::{self, MAIN_KEY, STAND_IN_KEY};
use crate::command::today::me;
use crate::error::Outcome;
use crate::lock::Try;
use crate::media::pipeline::stamp_settings;
use crate::phone::Phone;
use crate::session::Session;
use crate::sync::photos::sends_metered;
use crate::sync::wire::{Link, LinkError, WireError};
use crate::{EdgeError, lock as pin, seal, wipe};

/// Everything the shell of the UI needs.
pub(crate) async fn status(phone: &Phone, _: Empty) -> Outcome<Status> {
    let state = phone.state();
    let mut status = Status {
        boot: match state.boot {
            Boot::Ready if phone.lapsed() => Boot::Lapsed,
            boot => boot,
        },
        me: None,
        sync: phone.sync_state(),
        settings: Settings {
            language: "zh-CN".into(),
            large: false,
            pin_set: false,
            theme: "system".into(),
            stamp: true,
            stamp_name: false,
            photos_metered: true,
        },
        kept_as: state.kept_as,
        hindrance: state.hindrance,
        clock_off_min: None,
        version: phone.inner.config.version.clone(),
        center_name: String::new(),
    };
    if let Some(session) = state.session {
        status.center_name.clone_from(&session.enrolled.center);
        let (who, settings, off): (Me, Settings, i64) = phone
            .read(|tx, desk| {
                let lead = desk.is_lead();
                let stamp = stamp_settings(tx)?;
                let settings = Settings {
                    language: meta::text(tx, "language")?.unwrap_or_else(|| "zh-CN".into()),
                    large: meta::number(tx, "large")? > 0
                        || (lead && meta::text(tx, "large_chosen")?.is_none()),
                    pin_set: pin::is_set(tx)?,
                    theme: meta::text(tx, "theme")?.unwrap_or_else(|| "system".into()),
                    stamp: stamp.on,
                    stamp_name: stamp.name,
                    photos_metered: sends_metered(tx)?,
                };
                Ok((me(tx, desk)?, settings, meta::number(tx, "clock_off_ms")?))
            })
            .await?;
        status.me = Some(who);
        status.settings = settings;
        // Promise 6 and DESIGN §4.15: beyond two minutes the phone says so.
        status.clock_off_min = (off.abs() > 120_000).then_some(off / 60_000);
    }
    Ok(status)
}

/// What was scanned or typed, read.
fn read_code(request: &Enrol) -> Outcome<(String, Secret, Vec<Pin>)> {
    if let Some(found) = parse_qr(&request.code) {
        return Ok(found);
    }
    let secret = parse_secret(&request.code).ok_or_else(|| EdgeError::code("enrol_code_bad"))?;
    let address = request
        .address
        .as_deref()
        .unwrap_or_default()
        .trim()
        .to_owned();
    if address.is_empty() || address.contains('/') || !address.contains(':') {
        return Err(EdgeError::bad_input("address"));
    }
    Ok((address, secret, Vec::new()))
}

fn link_error(error: LinkError) -> EdgeError {
    match error {
        LinkError::Wire(WireError::WrongCertificate) => EdgeError::code("center_wrong_certificate"),
        LinkError::Wire(WireError::Unreachable | WireError::Broken) => {
            EdgeError::code("center_unreachable")
        }
        LinkError::Refused(code) if code.starts_with("enrol_") || code == "revoked" => {
            EdgeError::code(&code)
        }
        LinkError::Refused(_)
        | LinkError::Busy(_)
        | LinkError::Nonsense
        | LinkError::Wire(WireError::Misconfigured) => EdgeError::code("center_refused"),
    }
}

async fn ask_to_enrol(
    phone: &Phone,
    address: &str,
    secret: Secret,
    mut pins: Vec<Pin>,
    before: Option<Before>,
) -> Outcome<Session> {
    let wire = phone.inner.config.wire.clone();
    if pins.is_empty() {
        let hello = Hello {
            code_id: code_id(&secret),
            nonce: phone.random(),
        };
        let link = Link::new(wire.clone(), address, Vec::new());
        let answer: Proof = link
            .post("/v1/enrol/hello", &hello)
            .await
            .map_err(link_error)?;
        pins = answer.pins.iter().map(|pin| **pin).collect();
        if pins.is_empty() || !same_mac(&answer.mac, &proof(&secret, &hello.nonce, &pins)) {
            return Err(EdgeError::code("center_wrong_certificate"));
        }
    }
    let link = Link::new(wire, address, pins);
    let call = EnrolCall {
        secret,
        version: linli_protocol::VERSION,
        device: phone.inner.config.device.clone(),
        clock: phone.now_ms(),
        before,
    };
    let enrolled: Enrolled = link.post("/v1/enrol", &call).await.map_err(link_error)?;
    Ok(Session {
        address: address.to_owned(),
        enrolled,
    })
}

/// Enrols this phone; with a lost key, asks the center to open the sealed one.
pub(crate) async fn enrol(phone: &Phone, request: Enrol) -> Outcome<Status> {
    let boot = phone.state().boot;
    if boot == Boot::Ready && again::is_due(phone) {
        return again::enrol(phone, request).await;
    }
    if !matches!(
        boot,
        Boot::Fresh | Boot::KeyLost | Boot::Recovering | Boot::Damaged | Boot::Wiped
    ) {
        return Err(EdgeError::code("already_enrolled"));
    }
    let (address, secret, pins) = read_code(&request)?;
    let session = ask_to_enrol(phone, &address, secret, pins, None).await?;
    let config = &phone.inner.config;
    std::fs::create_dir_all(&config.data_dir)
        .map_err(|error| crate::media::incoming::io(&error))?;
    let key: [u8; 32] = phone.random();
    if matches!(boot, Boot::KeyLost | Boot::Recovering) {
        keep_key(phone, STAND_IN_KEY, &key)?;
        let path = boot::stand_in(&config.data_dir);
        remove_database(&path);
        let store = Store::open(&path, &key)?;
        store.transact(|tx| session.save(tx))?;
        let mut state = phone.state();
        state.boot = Boot::Recovering;
        phone.set_state(state);
        return recover(phone, Empty {}).await;
    }
    let path = boot::database(&config.data_dir);
    // First: or the next start would wipe what begins here.
    wipe::over(&config.data_dir).map_err(|error| crate::media::incoming::io(&error))?;
    // A file without credentials is left from a try that was cut off: nothing is in it. A
    // damaged one was put aside at the start, or the phone doesn't come this far.
    remove_database(&path);
    keep_key(phone, MAIN_KEY, &key)?;
    seal::write(&path, &key, &session.enrolled.seal_key)
        .map_err(|error| crate::media::incoming::io(&error))?;
    let store = Store::open(&path, &key)?;
    store.transact(|tx| session.save(tx))?;
    come_up(phone, store, &key);
    status(phone, Empty {}).await
}

fn keep_key(phone: &Phone, name: &str, key: &[u8; 32]) -> Outcome<()> {
    phone.inner.config.keystore.set(name, key).map_err(|error| {
        tracing::error!(%error, "keystore");
        EdgeError::code("keystore_failed")
    })
}

fn come_up(phone: &Phone, store: Store, key: &[u8; 32]) {
    let kept_as = phone.state().kept_as;
    let mut state = boot::ready(&phone.inner.config, store, key);
    state.kept_as = kept_as;
    phone.set_state(state);
    phone.resume_lease();
    phone.recount();
    phone.resumed();
}

fn remove_database(path: &std::path::Path) {
    for extension in ["db", "db-wal", "db-shm", "keycheck"] {
        // Only ever a database without credentials; not being there is the usual case.
        let _gone = std::fs::remove_file(path.with_extension(extension));
    }
}

/// Asks again whether a desk has approved giving the key back.
pub(crate) async fn recover(phone: &Phone, _: Empty) -> Outcome<Status> {
    let config = &phone.inner.config;
    let stand_in = boot::stand_in(&config.data_dir);
    let path = boot::database(&config.data_dir);
    if phone.state().boot != Boot::Recovering {
        return status(phone, Empty {}).await;
    }
    let new_key = config
        .keystore
        .get(STAND_IN_KEY)
        .ok()
        .flatten()
        .ok_or_else(|| EdgeError::code("key_lost"))?;
    let mut session = {
        let store = Store::open(&stand_in, &new_key)?;
        store
            .read(Session::load)?
            .ok_or_else(|| EdgeError::code("key_lost"))?
    };
    let sealed =
        std::fs::read(seal::path(&path)).map_err(|_| EdgeError::code("sealed_key_missing"))?;
    let wire = config.wire.clone();
    let link =
        Link::new(wire, &session.address, session.pins()).with_token(&session.enrolled.token);
    let answer: Recovery = link
        .post("/v1/key", &Recover { sealed })
        .await
        .map_err(link_error)?;
    if answer.state == "refused" {
        return Err(EdgeError::code("recovery_refused"));
    }
    let Some(key) = answer.key.and_then(|key| <[u8; 32]>::try_from(key).ok()) else {
        return status(phone, Empty {}).await;
    };
    let store = match Store::open(&path, &key) {
        Err(StoreError::WrongKey) => return Err(EdgeError::code("recovery_wrong_key")),
        other => other?,
    };
    store.transact(|tx| {
        access::begin_anew(tx)?;
        // What is in here belongs to the generation it was read from.
        if let Some(old) = Session::load(tx)? {
            session.enrolled.generation = old.enrolled.generation;
        }
        session.save(tx)
    })?;
    keep_key(phone, MAIN_KEY, &key)?;
    seal::write(&path, &key, &session.enrolled.seal_key)
        .map_err(|error| crate::media::incoming::io(&error))?;
    remove_database(&stand_in);
    if let Err(error) = config.keystore.forget(STAND_IN_KEY) {
        tracing::warn!(%error, "the stand-in key stays behind");
    }
    come_up(phone, store, &key);
    status(phone, Empty {}).await
}

/// Opens the lock.
pub(crate) async fn unlock(phone: &Phone, request: Unlock) -> Outcome<Status> {
    let outcome = phone
        .transact(move |tx, desk| Ok(pin::try_pin(tx, desk.now_ms, &request.pin)?))
        .await?;
    match outcome {
        Try::Right => phone.set_locked(false),
        Try::Wrong(wait) => {
            return Err(EdgeError {
                code: "pin_wrong".into(),
                params: serde_json::json!({ "wait_s": wait }),
            });
        }
    }
    status(phone, Empty {}).await
}

/// Closes the lock, if a PIN is set.
pub(crate) async fn lock(phone: &Phone, _: Empty) -> Outcome<Status> {
    if phone.read(|tx, _| Ok(pin::is_set(tx)?)).await? {
        phone.set_locked(true);
    }
    status(phone, Empty {}).await
}

/// Sets, changes or removes the PIN.
pub(crate) async fn set_pin(phone: &Phone, request: SetPin) -> Outcome<Status> {
    let salt = phone.random();
    let right = phone
        .transact(move |tx, desk| {
            if pin::is_set(tx)?
                && let Try::Wrong(wait) =
                    pin::try_pin(tx, desk.now_ms, request.old.as_deref().unwrap_or_default())?
            {
                return Ok(Err(wait));
            }
            pin::set(tx, salt, request.new.as_deref())?;
            Ok(Ok(()))
        })
        .await?;
    if let Err(wait) = right {
        return Err(EdgeError {
            code: "pin_wrong".into(),
            params: serde_json::json!({ "wait_s": wait }),
        });
    }
    status(phone, Empty {}).await
}

/// Changes settings.
pub(crate) async fn set_settings(phone: &Phone, request: SetSettings) -> Outcome<Status> {
    phone
        .transact(move |tx, _| {
            if let Some(language) = &request.language {
                if !matches!(language.as_str(), "zh-CN" | "en") {
                    return Err(EdgeError::bad_input("language"));
                }
                meta::set(tx, "language", language)?;
            }
            if let Some(large) = request.large {
                meta::set(tx, "large", large)?;
                meta::set(tx, "large_chosen", "yes")?;
            }
            if let Some(theme) = &request.theme {
                if !matches!(theme.as_str(), "light" | "dark" | "system") {
                    return Err(EdgeError::bad_input("theme"));
                }
                meta::set(tx, "theme", theme)?;
            }
            for (key, value) in [
                ("stamp", request.stamp),
                ("stamp_name", request.stamp_name),
                ("photos_metered", request.photos_metered),
            ] {
                if let Some(on) = value {
                    meta::set(tx, key, if on { "on" } else { "off" })?;
                }
            }
            Ok(())
        })
        .await?;
    // Photos may go now.
    phone.inner.wake.notify_one();
    status(phone, Empty {}).await
}

/// The network changed.
pub(crate) async fn network(phone: &Phone, request: Network) -> Outcome<Empty> {
    let before = phone.inner.metered.swap(request.metered, Ordering::Relaxed);
    if before != request.metered {
        phone.inner.wake.notify_one();
    }
    Ok(Empty {})
}

/// Keeps a draft on each keystroke.
pub(crate) async fn save_draft(phone: &Phone, request: Draft) -> Outcome<Empty> {
    phone
        .transact(move |tx, _| {
            let text = (!request.data.is_null()).then(|| request.data.to_string());
            Ok(meta::keep_draft(tx, &request.key, text.as_deref())?)
        })
        .await?;
    Ok(Empty {})
}

/// Brings a draft back.
pub(crate) async fn load_draft(phone: &Phone, request: DraftKey) -> Outcome<Draft> {
    phone
        .read(move |tx, _| {
            let text = meta::draft(tx, &request.key)?;
            let data = text
                .and_then(|text| serde_json::from_str(&text).ok())
                .unwrap_or(serde_json::Value::Null);
            Ok(Draft {
                key: request.key,
                data,
            })
        })
        .await
}
