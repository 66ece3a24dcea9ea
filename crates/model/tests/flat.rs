//! The fast reader says what the engine says: about documents of random histories, with forks,
//! merges, clashes, and settled clashes.
#![allow(clippy::expect_used, reason = "a test may stop")]

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::chunk::header_of;
use linli_model::chunk::{deps_of, heads_of, name_of};
use linli_model::document::{Document, hash_of};
use linli_model::flat;
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::value::{Hash, Value, Write};
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

const PEOPLE: u8 = 4;

/// A write of few fields and few values, so that people meet.
fn write(kind: Kind, dice: &mut ChaCha8Rng) -> Write {
    let entry = EntryId::from_bytes([dice.random_range(1..3); 16]);
    let value = match dice.random_range(0..4) {
        0 => Value::Null,
        n => Value::from(format!("值{n}")),
    };
    match (kind, dice.random_range(0..3)) {
        (Kind::Case, 0) => Write::new("words", value),
        (Kind::Case, 1) => Write::new("at", i64::from(dice.random_range(0..3))),
        (Kind::Case, _) => Write::new(format!("remarks/{entry}/words"), value),
        (_, 0) => Write::new("cycle_days", i64::from(dice.random_range(0..3))),
        (_, 1) => Write::new(format!("flags/{entry}:P20"), dice.random_bool(0.5)),
        (_, _) => Write::new(format!("phones/{entry}/number"), value),
    }
}

/// A document with a random history, and its changes in an order that respects dependencies.
fn history(kind: Kind, dice: &mut ChaCha8Rng) -> (Document, Vec<Vec<u8>>) {
    let mut document = Document::new(kind, DocId::from_bytes(dice.random())).expect("genesis");
    let mut seen: Vec<Vec<Hash>> = vec![document.heads()];
    let mut changes = Vec::new();
    for n in 0..dice.random_range(1..14_u32) {
        // A form that was opened now, or some time ago.
        let form = if dice.random_bool(0.5) {
            document.heads()
        } else {
            seen.choose(dice).expect("at least the birth").clone()
        };
        let actor = Actor {
            enrolment: EnrolmentId([dice.random_range(1..=PEOPLE); 8]),
            counter: n + 1,
        };
        let writes: Vec<Write> = (0..dice.random_range(1..4))
            .map(|_| write(kind, dice))
            .collect();
        // Some forms change nothing, or come too late to give birth.
        if let Ok(edit) = document.edit(&form, actor, i64::from(n), &writes) {
            changes.push(edit.bytes);
            seen.push(document.heads());
        }
    }
    (document, changes)
}

#[test]
fn it_says_what_the_engine_says() {
    let mut dice = ChaCha8Rng::seed_from_u64(20_261_126);
    let (mut clashes, mut written) = (0, 0);
    for round in 0..1_000 {
        let kind = [Kind::Care, Kind::Case][round % 2];
        let (document, changes) = history(kind, &mut dice);
        let flat = flat::read(kind, document.id(), changes.iter().map(Vec::as_slice));
        let flat = flat.expect("readable");
        assert_eq!(flat, document.fields(), "round {round}");
        clashes += flat.clashes.len();
        written += changes.len();
    }
    assert!(clashes > 150 && written > 3_000, "{clashes} of {written}");
}

#[test]
fn a_missing_or_late_dependency_is_the_engines_to_judge() {
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    let (document, changes) = loop {
        let (document, changes) = history(Kind::Case, &mut dice);
        if changes.len() > 4 {
            break (document, changes);
        }
    };
    let backwards = flat::read(
        Kind::Case,
        document.id(),
        changes.iter().rev().map(Vec::as_slice),
    );
    assert_eq!(backwards.expect("the engine sorts"), document.fields());
    let without_birth = changes[1..].iter().map(Vec::as_slice);
    assert!(flat::read(Kind::Case, document.id(), without_birth).is_err());
}

#[test]
fn the_quick_name_of_a_change_is_its_name() {
    let mut dice = ChaCha8Rng::seed_from_u64(2);
    let (document, changes) = history(Kind::Care, &mut dice);
    let named = changes
        .iter()
        .map(|bytes| (name_of(bytes).expect("name"), bytes.as_slice()));
    assert_eq!(heads_of(named).expect("heads"), document.heads());
    for bytes in &changes {
        let mut deps = deps_of(bytes).expect("deps");
        deps.sort_unstable();
        assert_eq!(deps, header_of(bytes).expect("header").deps);
        assert_eq!(name_of(bytes).expect("name"), hash_of(bytes).expect("hash"));
        let mut damaged = bytes.clone();
        let last = damaged.len() - 1;
        damaged[last] ^= 1;
        assert!(name_of(&damaged).is_err(), "the checksum tells");
    }
    assert!(name_of(b"").is_err());
    assert!(name_of(b"nothing of the kind").is_err());
    let first = &changes[0];
    for length in 0..first.len().min(80) {
        // Cut anywhere, it is refused or says less; it never reads beyond its end.
        let cut = deps_of(&first[..length]).unwrap_or_default();
        assert!(cut.len() <= deps_of(first).expect("deps").len());
    }
}
