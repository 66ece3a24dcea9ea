//! Mutations that know what a request is made of. Blind ones come in between, from the fuzzer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use libfuzzer_sys::fuzzer_mutate;
use linli_model::actor::Actor;
use linli_model::document::Document;
use linli_model::ids::{DocId, GroupId, IntentId};
use linli_model::intent::{Action, Group, Intent};
use linli_model::kind::Kind;
use linli_model::value::{Value, Write};
use linli_protocol::enrol::Enrolled;
use linli_protocol::sync::{Sent, SyncRequest};
use linli_protocol::{decode, encode};

use crate::county::{BUILDING, DWELLING, EMPTY_DWELLING, GRID, OTHER_GRID, PHONE, RESIDENT};
use crate::forge;
use crate::office::Office;
use crate::seal::{self, SEALED};

/// Most intents in a mutated request: more only makes it slow.
const MOST: usize = 12;

/// A small die of its own, so that an input comes out the same under the same seed.
struct Die(u64);

impl Die {
    fn next(&mut self) -> u64 {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % most.max(1)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next().to_be_bytes()[0])
    }
}

/// Changes an input in place; its new length.
pub(crate) fn mutate(
    office: &Office,
    data: &mut [u8],
    size: usize,
    max_size: usize,
    seed: u32,
) -> usize {
    let mut die = Die((u64::from(seed) << 1 | 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let request = data[..size]
        .split_first()
        .and_then(|(_, body)| decode::<SyncRequest>(body).ok());
    let Some(mut request) = request.filter(|_| die.below(8) > 0) else {
        return fuzzer_mutate(data, size, max_size);
    };
    if die.below(16) == 0 {
        data[0] = (data[0] & SEALED) | u8::try_from(die.below(4)).unwrap_or(0);
    }
    let me = &office.phones[usize::from(data[0] & 3)];
    for _ in 0..=die.below(3) {
        once(office, me, &mut die, &mut request);
    }
    request.intents.truncate(MOST);
    if die.below(8) > 0 {
        data[0] |= SEALED;
    }
    let body = encode(&request);
    if body.len() + 1 > max_size {
        return fuzzer_mutate(data, size, max_size);
    }
    data[1..=body.len()].copy_from_slice(&body);
    body.len() + 1
}

fn once(office: &Office, me: &Enrolled, die: &mut Die, request: &mut SyncRequest) {
    if request.intents.is_empty() || die.below(10) == 0 {
        // Something an honest phone sends, to go on from.
        let honest = die.of(&office.seeds);
        request.intents.extend(honest.intents.iter().cloned());
        return;
    }
    let at = die.below(request.intents.len());
    match die.below(12) {
        0 => request.intents.swap(at, 0),
        1 => {
            let copy = request.intents[at].clone();
            request.intents.push(copy);
        }
        2 if request.intents.len() > 1 => {
            request.intents.remove(at);
        }
        3 => {
            let group = Group {
                id: GroupId::new(1, die.bytes()),
                size: u8::try_from(die.below(10)).unwrap_or(2),
                atomic: die.below(4) > 0,
            };
            for sent in request.intents.iter_mut().skip(at).take(2) {
                sent.intent.group = Some(group);
            }
        }
        4 => {
            request.through = die.next() >> die.below(64);
            request.page = u32::try_from(die.next() >> 32).unwrap_or(0);
        }
        5..=6 => bytes_of_change(die, &mut request.intents[at]),
        7 => bytes_of_intent(&mut request.intents[at]),
        _ => {
            claim(die, &mut request.intents[at].intent);
            if die.below(6) > 0 {
                // The engine may panic on what was mutated before.
                let _panicked = catch_unwind(AssertUnwindSafe(|| {
                    carry_out(office, me, die, &mut request.intents, at);
                }));
            }
        }
    }
    // Under a name of its own: else it is only the echo of one before.
    request.intents[0].intent.id = IntentId::new(1, die.bytes());
    if let Some(sent) = request.intents.get_mut(at) {
        sent.intent.id = IntentId::new(1, die.bytes());
    }
}

/// Changes the bytes of a change inside its envelope, and seals it.
fn bytes_of_change(die: &mut Die, sent: &mut Sent) {
    if die.below(6) == 0 {
        let start = *die.of(&[
            0,
            1,
            u64::from(u32::MAX),
            u64::from(u32::MAX) - 1,
            10_020,
            1 << 40,
        ]);
        if let Some(forged) = forge::with_start_op(&sent.change, start) {
            sent.change = forged;
        }
    } else if let Some(inside) = forge::inside(&sent.change) {
        let mut buffer = inside.to_vec();
        let length = buffer.len();
        buffer.resize(length + 64, 0);
        let length = fuzzer_mutate(&mut buffer, length, length + 64);
        sent.change = forge::sealed(&buffer[..length]);
    }
    seal::seal(sent);
}

fn bytes_of_intent(sent: &mut Sent) {
    let mut buffer = encode(&sent.intent);
    let length = buffer.len();
    buffer.resize(length + 32, 0);
    let length = fuzzer_mutate(&mut buffer, length, length + 32);
    if let Ok(intent) = decode::<Intent>(&buffer[..length]) {
        sent.intent = intent;
    }
}

/// Claims something else.
fn claim(die: &mut Die, intent: &mut Intent) {
    match die.below(8) {
        0 => intent.action = die.of(&Action::ALL).0,
        1 => {
            if let Some(target) = &mut intent.target {
                target.kind = *die.of(&Kind::ALL);
                if target.kind.has_genesis() {
                    let number = u32::try_from(die.below(4)).unwrap_or(1);
                    target.doc = DocId::of_occupancy(target.kind, DWELLING, number);
                }
            }
        }
        2 => {
            if let Some(target) = &mut intent.target {
                target.doc = match die.below(3) {
                    0 => DocId::of_occupancy(target.kind, DWELLING, 1),
                    1 => DocId::new(1, die.bytes()),
                    _ => BUILDING,
                };
                if die.below(2) == 0 {
                    target.seen.clear();
                }
            }
        }
        3 if intent.writes.len() > 1 => {
            let at = die.below(intent.writes.len());
            intent.writes.remove(at);
        }
        4 => {
            let write = Write::new(path(die), value(die));
            let at = die.below(intent.writes.len() + 1);
            intent.writes.insert(at, write);
        }
        _ if !intent.writes.is_empty() => {
            let at = die.below(intent.writes.len());
            if die.below(3) == 0 {
                intent.writes[at].path = path(die);
            } else {
                intent.writes[at].value = value(die);
            }
        }
        _ => {}
    }
}

/// Makes the change that the intent claims, as an honest phone would: then only the rules stand
/// between it and the log.
fn carry_out(office: &Office, me: &Enrolled, die: &mut Die, intents: &mut [Sent], at: usize) {
    let (before, rest) = intents.split_at_mut(at);
    let Some(sent) = rest.first_mut() else { return };
    let Some(target) = &mut sent.intent.target else {
        sent.change.clear();
        return;
    };
    let begun = before
        .iter()
        .any(|other| other.intent.target.as_ref().map(|other| other.doc) == Some(target.doc));
    if target.seen.is_empty() && !begun && die.below(3) > 0 {
        // A document that is born under this id can be born once only.
        target.doc = DocId::new(1, die.bytes());
    }
    let known = office.known.iter().find(|known| known.id() == target.doc);
    let Some(mut document) = known
        .cloned()
        .or_else(|| Document::new(target.kind, target.doc).ok())
    else {
        return;
    };
    for other in before {
        let same = other.intent.target.as_ref().map(|other| other.doc) == Some(target.doc);
        if same && document.apply([other.change.as_slice()]).is_err() {
            break;
        }
    }
    target.seen = document.heads();
    target.kind = document.kind();
    let actor = Actor {
        enrolment: me.enrolment,
        counter: if die.below(3) == 0 {
            1
        } else {
            u32::from_be_bytes(die.bytes())
        },
    };
    let seen = target.seen.clone();
    let time = sent.intent.hlc.seconds();
    if let Ok(edit) = document.edit(&seen, actor, time, &sent.intent.writes) {
        target.counter = actor.counter;
        target.change = edit.hash;
        sent.change = edit.bytes;
    }
}

fn path(die: &mut Die) -> String {
    const ROOT: [&str; 24] = [
        "cycle_days",
        "dwelling",
        "occupancy",
        "resident",
        "type",
        "household",
        "place",
        "result",
        "mood",
        "utilities",
        "words",
        "at",
        "named",
        "category",
        "address",
        "org",
        "anonymous",
        "title",
        "state",
        "drill",
        "id",
        "lon_e7",
        "lat_e7",
        "diagnosis",
    ];
    const INSIDE: [&str; 12] = [
        "phones",
        "contacts",
        "flags",
        "mobility",
        "remarks",
        "media",
        "events",
        "tips",
        "residents",
        "status",
        "more",
        "rooms",
    ];
    const FIELD: [&str; 18] = [
        "number",
        "whose",
        "note",
        "ended",
        "name",
        "words",
        "at",
        "to",
        "after",
        "reason",
        "dept",
        "no",
        "sha256",
        "bytes",
        "kind",
        "value",
        "state",
        "birth_year",
    ];
    if die.below(3) == 0 {
        return (*die.of(&ROOT)).to_owned();
    }
    let entry = match die.below(6) {
        0 => PHONE.to_string(),
        1 => RESIDENT.to_string(),
        2 => format!("{RESIDENT}:{}", die.of(&["N01", "P01", "P11", "L3", "C08"])),
        3 => format!("r:{DWELLING}"),
        4 => format!("p:{RESIDENT}"),
        _ => linli_model::ids::EntryId::new(1, die.bytes()).to_string(),
    };
    match die.below(4) {
        0 => format!("{}/{entry}", die.of(&INSIDE)),
        _ => format!("{}/{entry}/{}", die.of(&INSIDE), die.of(&FIELD)),
    }
}

fn value(die: &mut Die) -> Value {
    match die.below(9) {
        0 => Value::Null,
        1 => Value::Bool(die.below(2) == 0),
        2 => Value::Int(*die.of(&[0, 1, -1, 5, i64::MIN, i64::MAX, 1 << 53, 2_000])),
        3 => Value::Bytes(die.bytes::<32>().to_vec()),
        4 => Value::Text(die.of(&[DWELLING, EMPTY_DWELLING, BUILDING]).to_string()),
        5 => Value::Text((*die.of(&[GRID, OTHER_GRID, "519901", "", "-"])).to_owned()),
        6 => Value::Text("长".repeat(die.below(2_100))),
        _ => {
            const WORDS: [&str; 16] = [
                "V01",
                "V12",
                "0301",
                "0805",
                "withdrawn",
                "accepted",
                "closed",
                "need_info",
                "reported",
                "moved",
                "safe_home",
                "deceased",
                "phone",
                "adopted",
                "aside",
                "好",
            ];
            Value::Text((*die.of(&WORDS)).to_owned())
        }
    }
}
