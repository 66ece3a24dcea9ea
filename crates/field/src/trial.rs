//! An enrolled phone with no center in reach, for tests of boot and commands.

use std::path::Path;
use std::sync::Arc;

use linli_model::actor::EnrolmentId;
use linli_model::ids::{DocId, PersonId};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::value::{Hash, Write};
use linli_protocol::enrol::{Enrolled, Person};
use linli_store::Store;
use linli_store::outbox::{self, Outcome};
use linli_store::record::Plan;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::boot::{MAIN_KEY, database};
use crate::keystore::FileKeyStore;
use crate::session::Session;
use crate::{Https, Phone, PhoneConfig, SystemEnv};

/// Key of its database.
pub(crate) const KEY: [u8; 32] = [3; 32];

/// How it is opened.
pub(crate) fn config(folder: &Path) -> PhoneConfig {
    PhoneConfig {
        data_dir: folder.to_owned(),
        keystore: Arc::new(FileKeyStore::new(folder.join("keys"))),
        env: Arc::new(SystemEnv),
        wire: Arc::new(Https::default()),
        version: "0".into(),
        device: "test".into(),
    }
}

/// The folder of a worker's phone that was enrolled and never synced.
pub(crate) fn enrolled_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("temp folder");
    config(folder.path())
        .keystore
        .set(MAIN_KEY, &KEY)
        .expect("key");
    let store = Store::open(&database(folder.path()), &KEY).expect("open");
    let person = Person {
        id: PersonId::from_bytes([1; 16]),
        name: "樊小青".into(),
        role: "R01".into(),
        org: "519901002002003".into(),
        building: None,
        phone: String::new(),
    };
    let enrolled = Enrolled {
        enrolment: EnrolmentId([1; 8]),
        token: [2; 32],
        person,
        seal_key: [4; 32],
        pins: vec![[5; 32].into()],
        generation: 1,
        center: "栖云县".into(),
        clock: 0,
        read: Vec::new(),
        write: Vec::new(),
        phones: vec![("fire".into(), "119".into())],
        ticket: None,
    };
    let session = Session {
        address: "127.0.0.1:1".into(),
        enrolled,
    };
    store.transact(|tx| session.save(tx)).expect("session");
    folder
}

/// Calls a command that must succeed.
pub(crate) async fn ask<T: DeserializeOwned>(
    phone: &Phone,
    name: &str,
    request: impl Serialize,
) -> T {
    let request = serde_json::to_value(request).expect("json");
    let answer = phone.call(name, request).await.expect(name);
    serde_json::from_value(answer).expect(name)
}

/// Puts a document on the phone, as if the center had sent it.
pub(crate) async fn put(phone: &Phone, kind: Kind, doc: DocId, writes: Vec<Write>) {
    let plan = Plan {
        doc,
        kind,
        seen: None,
        action: Action::CenterWrite,
        writes,
        about: String::new(),
    };
    phone
        .act(move |tx, desk| desk.write(tx, &[plan], false, &[]))
        .await
        .expect("a document that fits");
}

/// Settles everything that waits, as if the center had answered; the verdict is told the change
/// it is about.
pub(crate) async fn settle(
    phone: &Phone,
    verdict: impl Fn(Option<Hash>) -> Outcome + Send + 'static,
) {
    phone
        .transact(move |tx, desk| {
            for (intent, _) in outbox::unsent(tx, desk.now_ms, usize::MAX, usize::MAX)? {
                let outcome = verdict(intent.target.map(|target| target.change));
                outbox::settle(tx, desk.session.enrolment(), intent.id, &outcome)?;
            }
            Ok(())
        })
        .await
        .expect("verdicts");
}
