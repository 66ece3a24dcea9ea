//! A center that was restored from a backup: it has lost what came after, and this phone may hold
//! some of it. Pages are kept with the center's MAC until a backup reaches them, and given back
//! (`POST /v1/return`) before anything else is sent.

use linli_model::chunk;
use linli_model::ids::IntentId;
use linli_protocol::encode;
use linli_protocol::hand_back::{Back, Contents, GONE, HandBack, HandedBack, Held, Leaf, OVER};
use linli_protocol::limits::MAX_REQUEST;
use linli_protocol::sync::{Page, SyncAnswer, What};
use linli_store::generation::{self, Begun};
use linli_store::proof::{self, Proof};
use linli_store::{StoreError, Transaction, meta, outbox};

use super::SyncError;
use super::exchange::signed;
use super::wire::{Link, LinkError};
use crate::EdgeError;
use crate::api::change::Topic;
use crate::phone::Phone;
use crate::session::Session;

/// What else is in a request, about.
const OVERHEAD: usize = 256;
/// A change beside its bytes, about.
const HELD: usize = 48;

/// The center is another generation than this phone knew: takes that in, in one transaction.
/// `newly` had been marked as sent, and nobody has looked at it.
pub(super) async fn begin(
    phone: &Phone,
    answer: &SyncAnswer,
    newly: Vec<IntentId>,
) -> Result<(), SyncError> {
    let (number, base) = (answer.generation, signed(answer.base.unwrap_or(0)));
    let news = answer.access.clone();
    phone
        .transact(move |tx, desk| {
            outbox::mark_here(tx, &newly)?;
            let mut session = Session::clone(&desk.session);
            let from = session.enrolled.generation;
            // Generations only rise: that is an older center, or a copy of one.
            let (Some(news), true) = (news, number > from) else {
                return Err(EdgeError::code("center_older"));
            };
            let begun = Begun {
                number: signed(number),
                from: signed(from),
                base,
                granted: u16::try_from(news.read.len()).unwrap_or(u16::MAX),
                closed: &news.closed,
            };
            generation::begin(tx, &begun)?;
            session.enrolled.generation = number;
            session.enrolled.person = news.person;
            session.enrolled.read = news.read;
            session.enrolled.write = news.write;
            session.save(tx)?;
            Ok(meta::set(tx, "access", i64::from(news.revision))?)
        })
        .await?;
    tracing::warn!(generation = number, "the center was restored from a backup");
    phone.renew_session()?;
    phone.recount();
    phone.tell(Topic::ALL.to_vec());
    Ok(())
}

/// Keeps what proves a page, until a backup reaches it.
pub(super) fn keep(
    tx: &Transaction<'_>,
    generation: u64,
    page: &Page,
    mac: &[u8],
    backed_up: i64,
) -> Result<(), EdgeError> {
    let Some(last) = page.ops.iter().map(|op| signed(op.seq)).max() else {
        return Ok(());
    };
    if last <= backed_up {
        return Ok(());
    }
    let contents = Contents {
        generation,
        leaves: leaves(page)?,
        authors: (page.authors.iter())
            .map(|author| (author.enrolment, author.person.id))
            .collect(),
    };
    Ok(proof::keep(
        tx,
        signed(generation),
        last,
        &encode(&contents),
        mac,
    )?)
}

/// The accepted changes on a page, by name.
fn leaves(page: &Page) -> Result<Vec<Leaf>, StoreError> {
    let mut leaves = Vec::with_capacity(page.ops.len());
    for op in &page.ops {
        let leaf = |epoch, received_at, change| Leaf {
            seq: op.seq,
            doc: op.doc,
            kind: op.kind,
            epoch,
            received_at,
            change,
        };
        match &op.what {
            What::Put {
                epoch,
                received_at,
                change,
            } => leaves.push(leaf(*epoch, *received_at, chunk::name_of(change)?)),
            What::Own {
                epoch,
                received_at,
                change,
            } => leaves.push(leaf(*epoch, *received_at, *change)),
            What::Reset {
                epoch, received, ..
            } => {
                let received = received.iter().flatten();
                leaves.extend(received.map(|(change, at)| leaf(*epoch, *at, *change)));
            }
            What::Remove { .. } | What::Erase => {}
        }
    }
    Ok(leaves)
}

/// Gives back what can be given back now, in the order it came.
pub(super) async fn all(phone: &Phone, link: &Link) -> Result<(), SyncError> {
    let mut after = 0;
    while let Some(proof) = phone
        .read(move |tx, desk| {
            let generation = signed(desk.session.enrolled.generation);
            Ok(proof::due(tx, generation, after, desk.now_ms)?)
        })
        .await?
    {
        after = proof.id;
        page(phone, link, proof).await?;
    }
    Ok(())
}

/// Gives back what this phone holds of a page.
async fn page(phone: &Phone, link: &Link, proof: Proof) -> Result<(), SyncError> {
    let id = proof.id;
    let contents: Option<Contents> = linli_protocol::decode(&proof.contents).ok();
    let mac = <[u8; 32]>::try_from(proof.mac.as_slice()).ok();
    let (Some(contents), Some(mac)) = (contents, mac) else {
        // It never was one.
        return Ok(phone
            .transact(move |tx, _| Ok(proof::done(tx, id)?))
            .await?);
    };
    let leaves = contents.leaves;
    let (leaves, held) = phone
        .read(move |tx, _| {
            let mut held = Vec::new();
            for (at, leaf) in (0..).zip(&leaves) {
                if let Some(lost) = proof::lost(tx, leaf.change)? {
                    held.push(Held {
                        leaf: at,
                        change: lost.bytes,
                        intent: lost.intent,
                    });
                }
            }
            Ok((leaves, held))
        })
        .await?;
    let mut left = false;
    for changes in portions(
        held,
        MAX_REQUEST.saturating_sub(proof.contents.len() + OVERHEAD),
    ) {
        let asked = HandBack {
            contents: proof.contents.clone(),
            mac,
            changes,
        };
        let answer: HandedBack = match link.post("/v1/return", &asked).await {
            Ok(answer) => answer,
            Err(LinkError::Refused(code)) if matches!(code.as_str(), "not_proven" | "not_lost") => {
                tracing::warn!(code, "a page can't be given back");
                left = true;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        left |= answer.outcomes.len() < asked.changes.len()
            || answer.outcomes.iter().any(|outcome| match outcome {
                Back::Missing { .. } => true,
                Back::Refused { code } => code != OVER,
                Back::Taken { .. } | Back::Had { .. } => false,
            });
        let named: Vec<_> = (asked.changes.iter())
            .filter_map(|held| leaves.get(usize::try_from(held.leaf).ok()?))
            .map(|leaf| (leaf.doc, leaf.change))
            .zip(answer.outcomes)
            .collect();
        phone
            .transact(move |tx, desk| {
                let enrolment = desk.session.enrolment();
                for ((doc, change), outcome) in named {
                    match outcome {
                        Back::Taken { seq } | Back::Had { seq } => {
                            proof::regained(tx, enrolment, change, signed(seq))?;
                        }
                        Back::Refused { code } if code == GONE => {
                            proof::erased(tx, enrolment, doc)?;
                        }
                        Back::Missing { .. } | Back::Refused { .. } => {}
                    }
                }
                Ok(())
            })
            .await?;
    }
    phone
        .transact(move |tx, desk| {
            if left {
                proof::later(tx, id, desk.now_ms)?;
            } else {
                proof::done(tx, id)?;
            }
            Ok(())
        })
        .await?;
    phone.recount();
    phone.tell(vec![Topic::Outbox]);
    Ok(())
}

/// As many changes at once as fit, but at least one.
fn portions(held: Vec<Held>, most: usize) -> Vec<Vec<Held>> {
    let mut portions: Vec<Vec<Held>> = Vec::new();
    let mut size = most;
    for one in held {
        let cost = HELD + one.change.len();
        match portions.last_mut() {
            Some(last) if size + cost <= most => {
                size += cost;
                last.push(one);
            }
            _ => {
                size = cost;
                portions.push(vec![one]);
            }
        }
    }
    portions
}
