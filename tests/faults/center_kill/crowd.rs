//! The phones: each writes, pushes what it wrote in small batches, and pushes a batch again after
//! every restart until it has heard what became of it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use linli_model::actor::{Actor, EnrolmentId, Hlc};
use linli_model::document::Document;
use linli_model::ids::{DocId, EntryId, GroupId, IntentId};
use linli_model::intent::{Action, Group, Intent, Target};
use linli_model::kind::Kind;
use linli_model::kinds::remark;
use linli_model::kinds::visit::Visit;
use linli_model::value::{Hash, Write};
use linli_protocol::enrol::{Enrol, Enrolled};
use linli_protocol::sync::{Sent, SyncAnswer, SyncRequest, Verdict};
use linli_protocol::{CBOR, VERSION, decode, encode};
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::sync::watch;

use crate::town::Resident;

/// How the center stands, as far as the phones are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Life {
    /// Not begun.
    None,
    /// Running, for the n-th time. That it was killed nobody tells them.
    Up(u32),
    /// Running, and there will be no more kills: finish.
    Last,
}

/// Something the center has acknowledged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heard {
    pub(crate) enrolment: EnrolmentId,
    pub(crate) intent: IntentId,
    pub(crate) change: Hash,
    pub(crate) seq: u64,
}

/// What the phones and the test share.
pub(crate) struct Crowd {
    life: watch::Sender<Life>,
    /// Pushes between their first byte and the last of the answer.
    pub(crate) flying: AtomicU32,
    /// Intents of which an acceptance was read.
    accepted: watch::Sender<u64>,
    heard: Mutex<Vec<Heard>>,
    /// Intents that stand and fall together.
    groups: Mutex<Vec<(EnrolmentId, [IntentId; 2])>>,
}

impl Default for Crowd {
    fn default() -> Self {
        Self {
            life: watch::Sender::new(Life::None),
            flying: AtomicU32::new(0),
            accepted: watch::Sender::new(0),
            heard: Mutex::default(),
            groups: Mutex::default(),
        }
    }
}

impl Crowd {
    /// Tells the phones how the center stands.
    pub(crate) fn live(&self, life: Life) {
        self.life.send_replace(life);
    }

    /// Waits until so many more intents were accepted; a minute is far more than it takes.
    pub(crate) async fn accepts(&self, more: u64) {
        let mut accepted = self.accepted.subscribe();
        let goal = *accepted.borrow() + more;
        let reached = accepted.wait_for(|accepted| *accepted >= goal);
        drop(
            tokio::time::timeout(Duration::from_secs(60), reached)
                .await
                .expect("pushes are accepted"),
        );
    }

    /// All that was acknowledged so far.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// All groups that were made so far.
    pub(crate) fn groups(&self) -> Vec<(EnrolmentId, [IntentId; 2])> {
        self.groups
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// What a phone knows at the end.
#[derive(Debug)]
pub(crate) struct Ledger {
    pub(crate) enrolment: EnrolmentId,
    /// Every intent it made, with its change.
    pub(crate) made: BTreeMap<IntentId, Hash>,
    /// Intents whose acceptance was committed, and lost on the way here.
    pub(crate) unheard: usize,
    /// Intents that a kill left unjudged or undone.
    pub(crate) undone: usize,
}

/// A phone at work.
pub(crate) struct Phone {
    http: reqwest::Client,
    base: String,
    me: Enrolled,
    resident: Resident,
    dice: ChaCha8Rng,
    number: u64,
    /// The visit last logged, to add remarks to.
    visit: Option<Document>,
    ledger: Ledger,
}

impl Phone {
    /// Enrols a phone.
    pub(crate) async fn enrol(
        center: SocketAddr,
        data: &Path,
        resident: Resident,
        dice: ChaCha8Rng,
    ) -> Self {
        let http = client(data);
        let base = format!("https://{center}");
        let asked = Enrol {
            secret: resident.secret,
            version: VERSION,
            device: "test phone".into(),
            clock: 0,
            before: None,
        };
        let answer = http
            .post(format!("{base}/v1/enrol"))
            .body(encode(&asked))
            .send()
            .await
            .expect("reachable");
        assert_eq!(answer.status(), 200, "enrolled");
        let me: Enrolled = decode(&answer.bytes().await.expect("body")).expect("enrolled");
        Self {
            http,
            base,
            resident,
            dice,
            number: 0,
            visit: None,
            ledger: Ledger {
                enrolment: me.enrolment,
                made: BTreeMap::new(),
                unheard: 0,
                undone: 0,
            },
            me,
        }
    }

    /// Writes and pushes until the last life, and there once more.
    pub(crate) async fn work(mut self, crowd: Arc<Crowd>) -> Ledger {
        let mut life = crowd.life.subscribe();
        drop(life.wait_for(|life| *life != Life::None).await);
        loop {
            let begun = *life.borrow();
            let batch = self.compose(&crowd);
            let mut torn = false;
            loop {
                let now = *life.borrow();
                crowd.flying.fetch_add(1, Ordering::SeqCst);
                let answer = self.push(&batch).await;
                crowd.flying.fetch_sub(1, Ordering::SeqCst);
                if let Some(answer) = answer {
                    self.settle(&crowd, &batch, &answer, torn);
                    break;
                }
                torn = true;
                // It died under us; whether it had committed only the next life can tell.
                drop(life.wait_for(|life| *life != now).await);
            }
            if begun == Life::Last {
                return self.ledger;
            }
        }
    }

    /// An answer, or none when the link broke.
    async fn push(&self, batch: &[Sent]) -> Option<SyncAnswer> {
        let request = SyncRequest {
            version: VERSION,
            generation: self.me.generation,
            // It reads nothing: what others wrote is not what this is about.
            through: u64::MAX / 2,
            intents: batch.to_vec(),
            ..SyncRequest::default()
        };
        let response = self
            .http
            .post(format!("{}/v1/sync", self.base))
            .header("content-type", CBOR)
            .header(
                "authorization",
                format!("Bearer {}", hex::encode(self.me.token)),
            )
            .body(encode(&request))
            .send()
            .await
            .ok()?;
        let status = response.status();
        let body = response.bytes().await.ok()?;
        assert_eq!(status, 200, "a push is answered");
        Some(decode(&body).expect("an answer"))
    }

    /// Every intent must be accepted: now, or before the kill that tore the answer.
    fn settle(&mut self, crowd: &Crowd, batch: &[Sent], answer: &SyncAnswer, torn: bool) {
        assert_eq!(answer.verdicts.len(), batch.len());
        let mut heard = crowd.heard.lock().unwrap_or_else(PoisonError::into_inner);
        for (sent, (id, verdict)) in batch.iter().zip(&answer.verdicts) {
            assert_eq!(sent.intent.id, *id);
            let own = sent.intent.target.as_ref().expect("a target").change;
            let (change, seq) = match verdict {
                Verdict::Accepted { seq } => {
                    self.ledger.undone += usize::from(torn);
                    (own, *seq)
                }
                Verdict::Duplicate { change, seq } if torn => {
                    self.ledger.unheard += 1;
                    (*change, *seq)
                }
                other => panic!("{id}: {other:?}, after a kill: {torn}"),
            };
            assert_eq!(change, own, "accepted as what was sent");
            heard.push(Heard {
                enrolment: self.me.enrolment,
                intent: *id,
                change,
                seq,
            });
        }
        crowd
            .accepted
            .send_modify(|accepted| *accepted += batch.len() as u64);
    }

    /// A few things a worker does, each building on what was done before.
    fn compose(&mut self, crowd: &Crowd) -> Vec<Sent> {
        let mut batch = Vec::new();
        for _ in 0..self.dice.random_range(1..4) {
            match self.dice.random_range(0..5) {
                0 => {
                    let mut pair = [self.log_visit(), self.log_visit()];
                    self.bind(crowd, &mut pair);
                    batch.extend(pair);
                }
                1 => batch.push(self.mark_care()),
                2 | 3 if self.visit.is_some() => batch.push(self.remark()),
                _ => batch.push(self.log_visit()),
            }
        }
        batch
    }

    fn log_visit(&mut self) -> Sent {
        let dwellings = &self.resident.dwellings;
        let visit = Visit {
            dwelling: Some(dwellings[self.dice.random_range(0..dwellings.len())]),
            kind: "V01".into(),
            result: 1,
            at: 5,
            ..Visit::default()
        };
        let doc = DocId::new(1_800_000_000_000, self.fresh());
        let mut document = Document::new(Kind::Visit, doc).expect("blank");
        let sent = self.write(Action::VisitLog, &mut document, visit.create());
        self.visit = Some(document);
        sent
    }

    fn remark(&mut self) -> Sent {
        let mut visit = self.visit.take().expect("a visit");
        let entry = EntryId::new(1_800_000_000_000, self.fresh());
        let sent = self.write(
            Action::RemarkAdd,
            &mut visit,
            remark::add(entry, "下午再来", 6),
        );
        self.visit = Some(visit);
        sent
    }

    /// The same field as others of the grid, on what this phone has of it: a clash, not a loss.
    fn mark_care(&mut self) -> Sent {
        let mut care = self.resident.care.clone();
        // Never what stands there already.
        let days = i64::try_from(self.number).expect("small") + 1_000;
        let sent = self.write(
            Action::FieldSet,
            &mut care,
            vec![Write::new("cycle_days", days)],
        );
        self.resident.care = care;
        sent
    }

    fn bind(&mut self, crowd: &Crowd, pair: &mut [Sent; 2]) {
        let group = Group {
            id: GroupId::new(1_800_000_000_000, self.fresh()),
            size: 2,
            atomic: true,
        };
        for sent in pair.iter_mut() {
            sent.intent.group = Some(group);
        }
        crowd
            .groups
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((self.me.enrolment, [pair[0].intent.id, pair[1].intent.id]));
    }

    fn write(&mut self, action: Action, document: &mut Document, writes: Vec<Write>) -> Sent {
        let id = IntentId::new(1_800_000_000_000, self.fresh());
        let hlc = Hlc {
            ms: 1_800_000_000_000 + self.number,
            count: 0,
        };
        let actor = Actor {
            enrolment: self.me.enrolment,
            counter: 1,
        };
        let seen = document.heads();
        let edit = document
            .edit(&seen, actor, hlc.seconds(), &writes)
            .expect("an edit");
        self.ledger.made.insert(id, edit.hash);
        let target = Target {
            doc: document.id(),
            kind: document.kind(),
            epoch: 0,
            seen,
            change: edit.hash,
            counter: actor.counter,
        };
        let intent = Intent {
            id,
            seq: self.number,
            hlc,
            action,
            writes,
            target: Some(target),
            group: None,
        };
        Sent {
            intent,
            change: edit.bytes,
        }
    }

    fn fresh(&mut self) -> [u8; 10] {
        self.number += 1;
        let mut bytes = [0; 10];
        bytes[..6].copy_from_slice(&self.number.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&self.me.enrolment.0[..4]);
        bytes
    }
}

/// A client that trusts the center's own authority and nobody else.
fn client(data: &Path) -> reqwest::Client {
    let mut roots = rustls::RootCertStore::empty();
    let ca = CertificateDer::from_pem_file(data.join("keys/ca.pem")).expect("ca");
    roots.add(ca).expect("root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .build()
        .expect("client")
}
