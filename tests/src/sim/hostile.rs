//! Somebody with a phone of their own and bad intentions: overhears what others send, sends it
//! again as their own, changed in every way, and writes changes that say one thing and do
//! another.

use linli_field::wire::{Call, Method};
use linli_model::actor::{Actor, Hlc};
use linli_model::document::Document;
use linli_model::ids::{DocId, IntentId};
use linli_model::intent::{Action, Intent, Target};
use linli_model::kind::Kind;
use linli_model::value::{Value, Write};
use linli_protocol::enrol::Enrolled;
use linli_protocol::sync::{Sent, SyncRequest};
use linli_protocol::{VERSION, encode};

use super::die::Die;
use super::network::Network;
use super::office::ADDRESS;

/// What the hostile phone tries to bring in: it must not be found anywhere afterwards.
pub(super) const EVIL: &str = "恶";

/// The hostile phone: a real enrolment, no honest program.
pub(super) struct Hostile {
    me: Enrolled,
    die: Die,
    number: u64,
}

impl Hostile {
    pub(super) fn new(me: Enrolled, die: Die) -> Self {
        Self { me, die, number: 0 }
    }

    /// Tries one thing.
    pub(super) async fn act(&mut self, network: &Network) {
        let overheard = network.overheard();
        let sent = match (self.die.below(3), overheard) {
            (0, _) | (_, None) => self.says_one_thing_and_does_another(),
            (1, Some(sent)) => sent,
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
        let writes = |words: &str| {
            vec![
                Write::new("type", "V01"),
                Write::new("result", 1),
                Write::new("remarks/a/words", words),
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
