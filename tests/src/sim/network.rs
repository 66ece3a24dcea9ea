//! The network of a run: it loses, doubles, delays and tears what it carries, and sometimes a
//! phone or the center dies in the middle of a call.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use linli_field::wire::{Answer, Answering, Call, Wire, WireError};
use linli_field::{EdgeError, Phone};
use linli_protocol::sync::{Sent, SyncRequest};
use serde_json::Value;
use tokio::sync::{Mutex as AsyncMutex, Notify};

use super::die::{Clock, Die, Sky};
use super::office::Office;

/// Intents that are overheard, at most.
const OVERHEARD: usize = 12;
/// Calls kept for a later moment, at most.
const LATE: usize = 8;

/// What all phones of a run share.
pub(super) struct Network {
    pub(super) office: AsyncMutex<Office>,
    die: Die,
    clock: Clock,
    stormy: AtomicBool,
    /// Calls that arrive when nobody expects them any more.
    late: Mutex<Vec<Call>>,
    /// What somebody hostile has overheard last.
    overheard: Mutex<Vec<Sent>>,
}

impl Network {
    pub(super) fn new(office: Office, die: Die, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            office: AsyncMutex::new(office),
            die,
            clock,
            stormy: AtomicBool::new(false),
            late: Mutex::default(),
            overheard: Mutex::default(),
        })
    }

    /// Faults on or off. When they go off, what was under way is lost for good.
    pub(super) fn set_stormy(&self, stormy: bool) {
        self.stormy.store(stormy, Ordering::SeqCst);
        self.late().clear();
    }

    /// Delivers one of the calls that are late.
    pub(super) async fn deliver_late(&self) {
        let call = {
            let mut late = self.late();
            let index = self.die.below(late.len());
            (index < late.len()).then(|| late.swap_remove(index))
        };
        if let Some(call) = call {
            // Whoever sent it has given it up.
            let _nobody = self.office.lock().await.answer(&call).await;
        }
    }

    /// One of the things that were overheard.
    pub(super) fn overheard(&self) -> Option<Sent> {
        let overheard = self
            .overheard
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        self.die.pick(&overheard).cloned()
    }

    fn overhear(&self, call: &Call) {
        if let Ok(request) = linli_protocol::decode::<SyncRequest>(&call.body) {
            let mut overheard = self
                .overheard
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            overheard.extend(request.intents);
            let surplus = overheard.len().saturating_sub(OVERHEARD);
            overheard.drain(..surplus);
        }
    }

    fn late(&self) -> std::sync::MutexGuard<'_, Vec<Call>> {
        self.late.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What happens to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Luck {
    Fine,
    /// It never leaves the phone.
    NoSignal,
    /// It arrives, and the answer is lost.
    AnswerLost,
    /// It arrives twice.
    Twice,
    /// It is lost, and arrives later all the same.
    Late,
    /// The answer is torn.
    Torn,
    /// The phone dies before it leaves.
    PhoneDiesBefore,
    /// The phone dies while the answer is on its way.
    PhoneDiesAfter,
    /// The center dies once it has answered; the answer is lost.
    CenterDies,
}

/// Out of a hundred calls in a storm.
const ODDS: [(Luck, u32); 8] = [
    (Luck::NoSignal, 12),
    (Luck::AnswerLost, 10),
    (Luck::Twice, 5),
    (Luck::Late, 5),
    (Luck::Torn, 4),
    (Luck::PhoneDiesBefore, 4),
    (Luck::PhoneDiesAfter, 5),
    (Luck::CenterDies, 4),
];

/// One phone's way into the network.
pub(super) struct Antenna {
    network: Arc<Network>,
    sky: Sky,
    dead: Notify,
    distraction: Mutex<Option<Distraction>>,
    said: Mutex<Option<Result<Value, EdgeError>>>,
}

/// What the phone's owner does while a call is on its way.
struct Distraction {
    phone: Phone,
    command: String,
    request: Value,
}

impl std::fmt::Debug for Antenna {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Antenna")
    }
}

impl Antenna {
    pub(super) fn new(network: Arc<Network>, sky: Sky) -> Arc<Self> {
        Arc::new(Self {
            network,
            sky,
            dead: Notify::new(),
            distraction: Mutex::default(),
            said: Mutex::default(),
        })
    }

    /// Lets the owner of `phone` run a command while its next call is on its way.
    pub(super) fn distract(&self, phone: &Phone, command: &str, request: Value) {
        *lock(&self.said) = None;
        *lock(&self.distraction) = Some(Distraction {
            phone: phone.clone(),
            command: command.to_owned(),
            request,
        });
    }

    /// What the command said; nothing when no call was made.
    pub(super) fn hear(&self) -> Option<Result<Value, EdgeError>> {
        *lock(&self.distraction) = None;
        lock(&self.said).take()
    }

    /// Ends when the phone dies in the middle of a call.
    pub(super) async fn death(&self) {
        self.dead.notified().await;
    }

    fn luck(&self) -> Luck {
        if !self.network.stormy.load(Ordering::SeqCst) {
            return Luck::Fine;
        }
        let mut dice = u32::try_from(self.network.die.below(100)).unwrap_or(0);
        for (luck, odds) in ODDS {
            if dice < odds {
                return luck;
            }
            dice -= odds;
        }
        Luck::Fine
    }

    async fn die(&self) -> Result<Answer, WireError> {
        self.dead.notify_one();
        // The phone is dropped here and never hears of it.
        std::future::pending().await
    }

    async fn carry(&self, call: Call) -> Result<Answer, WireError> {
        if self.sky.has_struck() {
            return self.die().await;
        }
        let network = &self.network;
        if call.path == "/v1/sync" {
            network.overhear(&call);
        }
        let distraction = lock(&self.distraction).take();
        if let Some(owner) = distraction {
            let outcome = owner.phone.call(&owner.command, owner.request).await;
            *lock(&self.said) = Some(outcome);
        }
        let luck = self.luck();
        let took = i64::try_from(network.die.below(3_000)).unwrap_or(0);
        network.clock.pass(took);
        match luck {
            Luck::NoSignal => return Err(WireError::Unreachable),
            Luck::PhoneDiesBefore => return self.die().await,
            Luck::Late => {
                let mut late = network.late();
                if late.len() < LATE {
                    late.push(call);
                }
                return Err(WireError::Broken);
            }
            _ => {}
        }
        let mut office = network.office.lock().await;
        let mut answer = office.answer(&call).await?;
        match luck {
            Luck::AnswerLost => return Err(WireError::Broken),
            Luck::Twice => answer = office.answer(&call).await?,
            Luck::Torn => answer.body.truncate(answer.body.len() / 2),
            Luck::CenterDies => {
                // A center that doesn't come up again is a fault of its own.
                return match office.crash() {
                    Ok(()) => Err(WireError::Broken),
                    Err(_) => Err(WireError::Misconfigured),
                };
            }
            Luck::PhoneDiesAfter => {
                drop(office);
                return self.die().await;
            }
            _ => {}
        }
        Ok(answer)
    }
}

fn lock<T>(slot: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Wire for Antenna {
    fn send(&self, call: Call) -> Answering<'_> {
        Box::pin(self.carry(call))
    }
}
