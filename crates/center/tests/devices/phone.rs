//! A small phone: enrols, keeps documents, edits, syncs.

use std::collections::HashMap;
use std::sync::Arc;

use linli_model::actor::{Actor, Hlc};
use linli_model::chunk::name_of;
use linli_model::document::{Document, DocumentError};
use linli_model::ids::{DocId, EntryId, IntentId, PersonId};
use linli_model::intent::{Action, Group, Intent, Target};
use linli_model::kind::Kind;
use linli_model::value::{Hash, Write};
use linli_protocol::enrol::{Before, Enrol, Enrolled, Secret};
use linli_protocol::error::Refusal;
use linli_protocol::hand_back::{Contents, Leaf};
use linli_protocol::sync::{Page, Sent, SyncAnswer, SyncRequest, Verdict, What};
use linli_protocol::{VERSION, decode, encode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::office::Office;

/// TLS that trusts the office's own authority and nobody else.
pub(crate) fn tls(office: &Office) -> rustls::ClientConfig {
    let mut roots = rustls::RootCertStore::empty();
    let ca = CertificateDer::from_pem_file(office.data().join("keys/ca.pem")).expect("ca");
    roots.add(ca).expect("root");
    rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

pub(crate) fn http(office: &Office) -> reqwest::Client {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls(office))
        .no_proxy()
        .build()
        .expect("client")
}

/// Status and body of a refusal.
pub(crate) type Refused = (u16, Refusal);

pub(crate) async fn answer(response: reqwest::Response) -> Result<Vec<u8>, Refused> {
    let status = response.status();
    let bytes = response.bytes().await.expect("body").to_vec();
    if status.is_success() {
        Ok(bytes)
    } else {
        Err((status.as_u16(), decode(&bytes).expect("refusal")))
    }
}

pub(crate) async fn enrol(office: &Office, secret: Secret) -> Result<Enrolled, Refused> {
    enrol_again(office, secret, None).await
}

/// The same of a phone that was enrolled before.
pub(crate) async fn enrol_again(
    office: &Office,
    secret: Secret,
    before: Option<Before>,
) -> Result<Enrolled, Refused> {
    let body = encode(&Enrol {
        secret,
        version: VERSION,
        device: "test phone".into(),
        clock: 0,
        before,
    });
    let response = http(office)
        .post(format!("https://{}/v1/enrol", office.devices))
        .body(body)
        .send()
        .await
        .expect("reachable");
    answer(response)
        .await
        .map(|bytes| decode(&bytes).expect("enrolled"))
}

pub(crate) struct Phone {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) me: Enrolled,
    pub(crate) docs: HashMap<DocId, Document>,
    pub(crate) through: u64,
    pub(crate) page: u32,
    pub(crate) own: Vec<Hash>,
    pub(crate) authors: Vec<String>,
    /// What desks decided about intents that had come back.
    pub(crate) decided: Vec<(IntentId, Verdict)>,
    pub(crate) requests: u32,
    /// Epochs of documents that began anew.
    epochs: HashMap<DocId, u32>,
    /// What stands for changes of before.
    replaced: HashMap<Hash, Vec<Hash>>,
    /// Positions of the buckets of each document.
    pub(crate) buckets: HashMap<DocId, Vec<u16>>,
    /// What is on the pages that came, with the center's MAC.
    pub(crate) proofs: Vec<(Contents, [u8; 32])>,
    number: u64,
    counter: u32,
}

impl Phone {
    pub(crate) async fn new(office: &Office, person: PersonId) -> Self {
        let me = enrol(office, office.code(person).await)
            .await
            .expect("enrolled");
        Self {
            http: http(office),
            base: format!("https://{}", office.devices),
            me,
            docs: HashMap::new(),
            through: 0,
            page: 256 * 1024,
            own: Vec::new(),
            authors: Vec::new(),
            decided: Vec::new(),
            requests: 0,
            epochs: HashMap::new(),
            replaced: HashMap::new(),
            buckets: HashMap::new(),
            proofs: Vec::new(),
            number: 0,
            counter: 1,
        }
    }

    /// A phone that has everything there is for it.
    pub(crate) async fn synced(office: &Office, person: PersonId) -> Self {
        let mut phone = Self::new(office, person).await;
        phone.sync(&[]).await;
        phone
    }

    pub(crate) fn token(&self) -> String {
        format!("Bearer {}", hex::encode(self.me.token))
    }

    pub(crate) fn fresh(&mut self) -> [u8; 10] {
        self.number += 1;
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.number.to_be_bytes());
        bytes[8..].copy_from_slice(&self.me.enrolment.0[..2]);
        bytes
    }

    pub(crate) fn epoch(&self, doc: DocId) -> u32 {
        self.epochs.get(&doc).copied().unwrap_or(0)
    }

    /// What a change is called now.
    pub(crate) fn now(&self, hash: Hash) -> Vec<Hash> {
        self.replaced.get(&hash).cloned().unwrap_or(vec![hash])
    }

    pub(crate) fn new_doc(&mut self) -> DocId {
        DocId::new(1_800_000_000_000, self.fresh())
    }

    pub(crate) fn new_entry(&mut self) -> EntryId {
        EntryId::new(1_800_000_000_000, self.fresh())
    }

    /// Edits a document at its newest heads, or at those a form was opened on.
    pub(crate) fn edit(
        &mut self,
        action: Action,
        kind: Kind,
        doc: DocId,
        seen: Option<Vec<Hash>>,
        writes: Vec<Write>,
    ) -> Sent {
        let enrolment = self.me.enrolment;
        self.edit_as(enrolment, action, kind, doc, seen, writes)
    }

    pub(crate) fn edit_as(
        &mut self,
        enrolment: linli_model::actor::EnrolmentId,
        action: Action,
        kind: Kind,
        doc: DocId,
        seen: Option<Vec<Hash>>,
        writes: Vec<Write>,
    ) -> Sent {
        let id = IntentId::new(1_800_000_000_000, self.fresh());
        let document = self
            .docs
            .entry(doc)
            .or_insert_with(|| Document::new(kind, doc).expect("blank"));
        let seen = seen.unwrap_or_else(|| document.heads());
        let mut actor = Actor {
            enrolment,
            counter: self.counter,
        };
        let time = 1_800_000_000_000 + self.number;
        let hlc = Hlc { ms: time, count: 0 };
        let edit = loop {
            match document.edit(&seen, actor, hlc.seconds(), &writes) {
                Err(DocumentError::ActorUsed) => actor.counter += 1,
                other => break other.expect("edit"),
            }
        };
        self.counter = actor.counter;
        Sent {
            intent: Intent {
                id,
                seq: self.number,
                hlc,
                action,
                writes,
                target: Some(Target {
                    doc,
                    kind,
                    epoch: self.epoch(doc),
                    seen,
                    change: edit.hash,
                    counter: actor.counter,
                }),
                group: None,
            },
            change: edit.bytes,
        }
    }

    pub(crate) fn request(&self, intents: &[Sent]) -> SyncRequest {
        SyncRequest {
            version: VERSION,
            generation: self.me.generation,
            through: self.through,
            page: self.page,
            intents: intents.to_vec(),
            clock: 1_800_000_000_000,
            capabilities: None,
            digest: None,
            access: None,
            behind: None,
            erased: None,
        }
    }

    pub(crate) async fn post(&self, body: Vec<u8>) -> Result<SyncAnswer, Refused> {
        let response = self
            .http
            .post(format!("{}/v1/sync", self.base))
            .header("authorization", self.token())
            .body(body)
            .send()
            .await
            .expect("reachable");
        answer(response)
            .await
            .map(|bytes| decode(&bytes).expect("answer"))
    }

    /// Sends and reads until there is no more; the verdicts in order.
    pub(crate) async fn sync(&mut self, intents: &[Sent]) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        let mut body = encode(&self.request(intents));
        loop {
            self.requests += 1;
            let answer = self.post(body).await.expect("accepted");
            self.keep(&answer.page);
            if let Some(mac) = &answer.mac {
                let contents = contents(&answer);
                let mac = mac.as_slice().try_into().expect("a MAC");
                self.proofs.push((contents, mac));
            }
            verdicts.extend(answer.verdicts.into_iter().map(|(_, verdict)| verdict));
            self.decided.extend(answer.decided.into_iter().flatten());
            self.through = answer.through;
            if !answer.more {
                return verdicts;
            }
            body = encode(&self.request(&[]));
        }
    }

    /// One intent, one verdict.
    pub(crate) async fn send(&mut self, sent: Sent) -> Verdict {
        self.sync(std::slice::from_ref(&sent)).await.remove(0)
    }

    pub(crate) fn keep(&mut self, packed: &[u8]) {
        if packed.is_empty() {
            return;
        }
        let plain = zstd::bulk::decompress(packed, 8 << 20).expect("zstd");
        let page: Page = decode(&plain).expect("page");
        self.authors
            .extend(page.authors.into_iter().map(|author| author.person.name));
        for op in page.ops {
            assert!(!op.buckets.is_empty());
            for position in op.buckets {
                assert!(usize::from(position) < self.me.read.len());
                let positions = self.buckets.entry(op.doc).or_default();
                if !positions.contains(&position) {
                    positions.push(position);
                }
            }
            match op.what {
                What::Put { change, .. } => {
                    let document = self
                        .docs
                        .entry(op.doc)
                        .or_insert_with(|| Document::new(op.kind, op.doc).expect("blank"));
                    document.apply([change.as_slice()]).expect("applies");
                }
                What::Own { change, .. } => {
                    assert!(self.docs[&op.doc].has(change));
                    self.own.push(change);
                }
                What::Remove { .. } | What::Erase => {
                    self.docs.remove(&op.doc);
                }
                What::Reset {
                    epoch,
                    snapshot,
                    replaced,
                    ..
                } => {
                    let document = Document::load(op.kind, op.doc, &snapshot).expect("saved");
                    self.docs.insert(op.doc, document);
                    self.epochs.insert(op.doc, epoch);
                    for one in replaced.into_iter().flatten() {
                        self.replaced.insert(one.was, one.by);
                    }
                }
            }
        }
    }
}

fn contents(answer: &SyncAnswer) -> Contents {
    let plain = zstd::bulk::decompress(&answer.page, 8 << 20).expect("zstd");
    let page: Page = decode(&plain).expect("page");
    let leaves = page.ops.iter().filter_map(|op| {
        let (epoch, received_at, change) = match &op.what {
            What::Put {
                epoch,
                received_at,
                change,
            } => (*epoch, *received_at, name_of(change).expect("a change")),
            What::Own {
                epoch,
                received_at,
                change,
            } => (*epoch, *received_at, *change),
            _ => return None,
        };
        Some(Leaf {
            seq: op.seq,
            doc: op.doc,
            kind: op.kind,
            epoch,
            received_at,
            change,
        })
    });
    Contents {
        generation: answer.generation,
        leaves: leaves.collect(),
        authors: (page.authors.iter())
            .map(|author| (author.enrolment, author.person.id))
            .collect(),
    }
}

/// The code of a rejection.
pub(crate) fn code(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Rejected { code, .. } => code,
        other => panic!("not rejected: {other:?}"),
    }
}

pub(crate) fn is_accepted(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Accepted { .. })
}

/// Makes intents one atomic group.
pub(crate) fn atomic(group: [u8; 10], sent: &mut [Sent]) {
    let size = u8::try_from(sent.len()).expect("small");
    for one in sent {
        one.intent.group = Some(Group {
            id: linli_model::ids::GroupId::new(1, group),
            size,
            atomic: true,
        });
    }
}
