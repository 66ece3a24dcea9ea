//! An erasure has named an own edit anew, and then the center came out of a backup that is older.
#![allow(clippy::expect_used, reason = "a test may stop")]

#[allow(dead_code, reason = "each test file uses its part of the kit")]
mod kit;

use kit::erasure::forget;
use kit::{Center, care_id, phone, plan, seed};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::value::{Hash, Write};
use linli_store::generation::{self, Begun};
use linli_store::outbox::{self, Outcome, State};
use linli_store::{StoreError, document};

#[test]
fn a_verdict_by_the_name_it_was_sent_under_is_about_what_it_is_called_since() {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    let days = vec![Write::new("cycle_days", 9)];
    let edit = plan(care_id(), Kind::Care, Action::FieldSet, days);
    let edit = a.write(&[edit]).expect("edit").remove(0);
    center.sync(&a, |_| false);
    let sent = edit.target.as_ref().expect("target").change;
    forget(&a, &a);
    let now = || {
        let names = a.store.read(|tx| {
            let sql = "SELECT change FROM intent WHERE id = ?1";
            let name: Vec<u8> = tx.query_row(sql, [edit.id.as_bytes()], |row| row.get(0))?;
            let log = document::load_known(tx, care_id())?;
            Ok::<_, StoreError>((name, log.changes()))
        });
        let (name, log) = names.expect("read");
        let name = Hash(name.try_into().expect("32 bytes"));
        (name, log.iter().any(|change| change.hash == name))
    };
    let (anew, there) = now();
    assert!(anew != sent && there, "named anew by the erasure");

    // The center is asked again, and its backup has the edit under the name it was sent by.
    let begun = Begun {
        number: 2,
        from: 1,
        base: 0,
        granted: 1,
        closed: &[],
    };
    a.store
        .transact(|tx| generation::begin(tx, &begun))
        .expect("begun");
    let waits = a.store.read(|tx| outbox::unsent(tx, 0, 99, usize::MAX));
    let waits = waits.expect("outbox");
    assert!(waits.iter().any(|(intent, _)| intent.id == edit.id));
    a.settle(edit.id, &Outcome::Accepted(Some(sent), 77));
    assert_eq!(now(), (anew, true), "it is on the phone, and counts");
    let lines = a.store.read(|tx| outbox::lines(tx, 99)).expect("lines");
    let line = lines.iter().find(|line| line.intent.id == edit.id);
    assert_eq!(line.expect("a line").state, State::Accepted);
    assert_eq!(a.fields(care_id()).int("cycle_days"), 9);
}
