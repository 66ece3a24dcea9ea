//! Somebody with a phone of their own and bad intentions: overhears what others send, sends it
//! again as their own, changed in every way, and writes changes that say one thing and do
//! another.

use linli_field::wire::{CONTENT_TYPE, Call, Method};
use linli_model::actor::{Actor, Hlc};
use linli_model::document::Document;
use linli_model::ids::{DocId, IntentId};
use linli_model::intent::{Action, Intent, Target};
use linli_model::kind::Kind;
use linli_model::value::{Value, Write};
use linli_protocol::enrol::Enrolled;
use linli_protocol::sync::{Sent, SyncRequest};
use linli_protocol::{CBOR, VERSION, encode};

use super::die::Die;
use super::network::Network;
use super::office::ADDRESS;

/// What the hostile phone tries to bring in: it must not be found anywhere afterwards.
pub(super) const EVIL: &str = "恶";

/// The hostile phone: a real enrolment, no honest program.
pub(super) struct Hostile {
    me: Enrolled,
    /// Where it may log visits.
    dwelling: String,
    die: Die,
    number: u64,
}

impl Hostile {
    pub(super) fn new(me: Enrolled, dwelling: &str, die: Die) -> Self {
        Self {
            me,
            dwelling: dwelling.to_owned(),
            die,
            number: 0,
        }
    }

    /// Tries one thing.
    pub(super) async fn act(&mut self, network: &Network) {
        let overheard = network.overheard();
        let sent = match (self.die.below(4), overheard) {
            (0, _) | (_, None) => self.says_one_thing_and_does_another(),
            (1, Some(sent)) => sent,
            (2, Some(sent)) => self.in_the_victims_name(&sent),
            (_, Some(sent)) => self.changed(sent),
        };
        self.send(network, sent).await;
    }

    /// A visit that claims good words and writes evil ones.
    fn says_one_thing_and_does_another(&mut self) -> Sent {
        self.number += 1;
        let doc = DocId::new(self.number, self.random());
        let hlc = Hlc {
            ms: 1_700_000_000_000 + self.number,
            count: 0,
        };
        let dwelling = self.dwelling.clone();
        let writes = |words: &str| {
            vec![
                Write::new("type", "V01"),
                Write::new("dwelling", dwelling.clone()),
                Write::new("result", 1),
                Write::new("at", 1_700_000_000_000_i64),
                Write::new("words", words),
            ]
        };
        let actor = Actor {
            enrolment: self.me.enrolment,
            counter: 1,
        };
        let evil = format!("{EVIL}{}", self.number);
        let change = Document::new(Kind::Visit, doc)
            .and_then(|mut visit| visit.edit(&[], actor, hlc.seconds(), &writes(&evil)))
            .ok();
        let intent = Intent {
            id: IntentId::new(self.number, self.random()),
            seq: self.number,
            hlc,
            action: Action::VisitLog,
            writes: writes("好"),
            target: change.as_ref().map(|change| Target {
                doc,
                kind: Kind::Visit,
                epoch: 0,
                seen: Vec::new(),
                change: change.hash,
                counter: 1,
            }),
            group: None,
        };
        Sent {
            intent,
            change: change.map(|change| change.bytes).unwrap_or_default(),
        }
    }

    /// A visit like the one overheard, executed with care, but under the actor of whoever was
    /// overheard: a change that is right in itself and somebody else's.
    fn in_the_victims_name(&mut self, overheard: &Sent) -> Sent {
        let mut sent = self.says_one_thing_and_does_another();
        let victim = linli_model::chunk::header_of(&overheard.change)
            .ok()
            .and_then(|header| Actor::from_bytes(&header.actor));
        let (Some(victim), Some(target)) = (victim, sent.intent.target.as_mut()) else {
            return sent;
        };
        for write in &mut sent.intent.writes {
            if write.path == "words" {
                write.value = Value::Text(format!("{EVIL}{}", self.number));
            }
        }
        let actor = Actor {
            counter: 1,
            ..victim
        };
        let change = Document::new(Kind::Visit, target.doc)
            .and_then(|mut visit| {
                visit.edit(&[], actor, sent.intent.hlc.seconds(), &sent.intent.writes)
            })
            .ok();
        if let Some(change) = change {
            target.change = change.hash;
            sent.change = change.bytes;
        }
        sent
    }

    /// Something overheard, with one thing changed.
    fn changed(&self, mut sent: Sent) -> Sent {
        let evil = Value::Text(EVIL.to_owned());
        match self.die.below(4) {
            0 => {
                let at = self.die.below(sent.change.len());
                if let Some(byte) = sent.change.get_mut(at) {
                    *byte ^= 1 << self.die.below(8);
                }
            }
            1 => {
                for write in &mut sent.intent.writes {
                    write.value = evil.clone();
                }
            }
            2 => {
                if let Some(target) = &mut sent.intent.target {
                    target.doc = DocId::new(1, self.random());
                }
            }
            _ => {
                sent.intent.id = IntentId::new(1, self.random());
                if let Some(target) = &mut sent.intent.target {
                    target.seen.clear();
                }
            }
        }
        sent
    }

    async fn send(&self, network: &Network, sent: Sent) {
        let request = SyncRequest {
            version: VERSION,
            generation: self.me.generation,
            through: u64::MAX / 2,
            page: 0,
            intents: vec![sent],
            ..SyncRequest::default()
        };
        let call = Call {
            address: ADDRESS.to_owned(),
            pins: Vec::new(),
            method: Method::Post,
            path: "/v1/sync".to_owned(),
            token: Some(self.me.token),
            headers: vec![(CONTENT_TYPE, CBOR.to_owned())],
            body: encode(&request),
        };
        // Whatever the center says to that.
        let _answer = network.office.lock().await.answer(&call).await;
    }

    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.die.fill(&mut bytes);
        bytes
    }
}
