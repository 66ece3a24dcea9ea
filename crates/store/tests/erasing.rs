//! Somebody is erased: documents begin anew, what waits goes on or comes back, and nothing of the
//! person is left on the phone.
#![allow(clippy::expect_used, reason = "a test may stop")]

#[allow(dead_code, reason = "each test file uses its part of the kit")]
mod kit;

use kit::erasure::{forget, hear};
use kit::{
    Center, KEY, NUMBER, Phone, ZHANG, care_id, household_id, number_path, phone, plan, seed,
};
use linli_model::erase::{Erasure, TAKEN_OUT, renew};
use linli_model::ids::{DocId, EntryId, MediaId};
use linli_model::intent::{Action, Intent};
use linli_model::kind::Kind;
use linli_model::kinds::household::{self, Resident};
use linli_model::kinds::remark;
use linli_model::value::Write;
use linli_store::media;
use linli_store::outbox::{self, Line, Outcome, State};
use linli_store::page::{self, Incoming, What};
use linli_store::record::Plan;
use linli_store::renew::NewEpoch;
use linli_store::{Store, StoreError, document, erase, meta};
use rusqlite::types::ValueRef;

const LI: EntryId = EntryId::from_bytes([6; 16]);
const REMARK: EntryId = EntryId::from_bytes([7; 16]);
const NAME: &str = "单守田";
const TELEPHONE: &str = "12900000452";

fn name(of: EntryId, name: &str) -> Plan {
    let writes = vec![Write::new(format!("residents/{of}/name"), name)];
    plan(household_id(), Kind::Household, Action::FieldSet, writes)
}

/// A phone in step: 单守田 lives with 李秀兰, and somebody has remarked on him.
fn in_step() -> (Phone, Center) {
    let (mut a, mut center) = (phone(1), Center::default());
    seed(&mut a);
    let li = Resident {
        name: "李秀兰".into(),
        ..Resident::default()
    };
    let added = household::add_resident(LI, &li);
    let said = remark::add(REMARK, "单守田常不在家", 5);
    a.write(&[
        plan(household_id(), Kind::Household, Action::ResidentAdd, added),
        plan(household_id(), Kind::Household, Action::RemarkAdd, said),
    ])
    .expect("written");
    center.sync(&a, |_| false);
    (a, center)
}

fn line(phone: &Phone, intent: &Intent) -> Line {
    let lines = phone.store.read(|tx| outbox::lines(tx, 99)).expect("lines");
    let found = lines.into_iter().find(|line| line.intent.id == intent.id);
    found.expect("in the outbox")
}

/// Every cell of every table.
fn nowhere(phone: &Phone, words: &str) {
    let found = phone.store.read(|tx| {
        let tables: Vec<String> = tx
            .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for table in tables {
            let mut statement = tx.prepare(&format!("SELECT * FROM \"{table}\""))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for at in 0..columns {
                    let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = row.get_ref(at)? else {
                        continue;
                    };
                    if String::from_utf8_lossy(bytes).contains(words) {
                        return Ok(Some(table));
                    }
                }
            }
        }
        Ok::<_, StoreError>(None)
    });
    assert_eq!(found.expect("read"), None, "{words}");
}

#[test]
fn nothing_of_the_person_is_left_and_the_rest_is_as_it_was() {
    let (a, _) = in_step();
    let draft = r#"{"words":"单守田家的灯"}"#;
    a.store
        .transact(|tx| {
            meta::keep_draft(tx, "report:x", Some(draft))?;
            meta::keep_draft(tx, "report:y", Some(r#"{"words":"路灯"}"#))
        })
        .expect("drafts");
    forget(&a, &a);
    for words in [NAME, TELEPHONE, &ZHANG.to_string()] {
        nowhere(&a, words);
    }
    let fields = a.fields(household_id());
    assert_eq!(fields.text(&format!("residents/{LI}/name")), "李秀兰");
    assert_eq!(
        fields.text(&format!("remarks/{REMARK}/words")),
        format!("{TAKEN_OUT}常不在家")
    );
    assert!(a.fields(care_id()).keys("phones").is_empty());
    // The search index doesn't lead to anybody.
    for table in ["name_key", "resident"] {
        let column = if table == "resident" {
            "id"
        } else {
            "resident"
        };
        let sql = format!("SELECT count(*) FROM {table} WHERE {column} = ?1");
        let left: i64 = a
            .store
            .read(|tx| Ok::<_, StoreError>(tx.query_row(&sql, [ZHANG.as_bytes()], |r| r.get(0))?))
            .expect("count");
        assert_eq!(left, 0, "{table}");
    }
    let drafts = a.store.read(|tx| {
        Ok::<_, StoreError>((meta::draft(tx, "report:x")?, meta::draft(tx, "report:y")?))
    });
    let (gone, stays) = drafts.expect("drafts");
    assert_eq!(gone, None);
    assert!(stays.is_some());
    // It is opened again, and goes on.
    let path = a.folder.path().join("linli.db");
    let Phone {
        store,
        enrolment,
        folder,
        ..
    } = a;
    drop(store);
    let store = Store::open(&path, &KEY).expect("opens");
    let heads = store
        .read(|tx| document::load_known(tx, household_id()).map(|doc| doc.heads()))
        .expect("document");
    assert!(!heads.is_empty());
    drop((enrolment, folder));
}

#[test]
fn what_waits_goes_on_at_what_its_author_had_seen() {
    let (a, mut center) = in_step();
    let mut b = phone(2);
    center.sync(&b, |_| false);
    // Both write the same field apart, and the center has one of them when it begins anew.
    let waiting = b.write(&[name(LI, "李秀岚")]).expect("edit")[0].clone();
    let mut a = a;
    a.write(&[name(LI, "李秀蓝")]).expect("edit");
    center.sync(&a, |_| false);
    forget(&b, &a);
    let fields = b.fields(household_id());
    assert_eq!(fields.clashes.len(), 1, "{:?}", fields.clashes);
    assert_eq!(fields.clashes[0].values.len(), 2);
    let after = line(&b, &waiting);
    assert_eq!(after.state, State::Here);
    let (was, is) = (
        waiting.target.expect("target"),
        after.intent.target.expect("target"),
    );
    assert_eq!(is.epoch, 1);
    assert_ne!(is.counter, was.counter, "a fresh actor");
    // It is what is sent.
    let unsent = b
        .store
        .read(|tx| outbox::unsent(tx, 0, 9, usize::MAX))
        .expect("outbox");
    assert_eq!(unsent.len(), 1);
    let mut center_has = b
        .store
        .read(|tx| document::load_accepted(tx, Kind::Household, household_id()))
        .expect("accepted");
    center_has
        .apply([unsent[0].1.as_slice()])
        .expect("builds on the new epoch");
    nowhere(&b, NAME);
}

#[test]
fn what_waits_about_the_person_comes_back_empty() {
    let (mut a, _) = in_step();
    let mut edit = name(ZHANG, "单守天");
    edit.about = "5栋 单守田".into();
    let gone = a.write(&[edit]).expect("edit")[0].clone();
    let other = a.write(&[name(LI, "李兰")]).expect("edit")[0].clone();
    forget(&a, &a);
    let back = line(&a, &gone);
    assert_eq!(
        (back.state, back.code.as_str()),
        (State::Attention, "erased")
    );
    assert!(back.intent.writes.is_empty());
    assert_eq!(line(&a, &other).state, State::Here);
    assert_eq!(
        a.fields(household_id())
            .text(&format!("residents/{LI}/name")),
        "李兰"
    );
    for words in [NAME, "单守天", &ZHANG.to_string()] {
        nowhere(&a, words);
    }
}

#[test]
fn what_would_replace_something_that_reads_otherwise_comes_back_whole() {
    let (mut a, _) = in_step();
    let path = format!("remarks/{REMARK}/words");
    let writes = vec![Write::new(path.as_str(), "常不在家,晚上在")];
    let edit = plan(household_id(), Kind::Household, Action::FieldSet, writes);
    let id = a.write(&[edit]).expect("edit")[0].clone();
    forget(&a, &a);
    let back = line(&a, &id);
    assert_eq!(
        (back.state, back.code.as_str()),
        (State::Attention, "stale_epoch")
    );
    assert_eq!(back.intent.writes[0].value.text(), "常不在家,晚上在");
    assert_eq!(
        a.fields(household_id()).text(&path),
        format!("{TAKEN_OUT}常不在家")
    );
    // Its author looks at it and sends it once more.
    let again = a.mend(id.id, &[]).expect("mended");
    assert_eq!(again[0].target.as_ref().expect("target").epoch, 1);
    assert_eq!(a.fields(household_id()).text(&path), "常不在家,晚上在");
    nowhere(&a, NAME);
}

#[test]
fn an_answer_that_was_lost_is_found_in_the_new_epoch() {
    let (mut a, _) = in_step();
    let mut log = phone(9);
    let mut center = Center::default();
    // What the center accepted, and the phone never heard of.
    let sent = a.write(&[name(LI, "李兰")]).expect("edit")[0].clone();
    let changes = a
        .store
        .read(|tx| document::load_known(tx, household_id()).map(|doc| doc.changes()))
        .expect("document");
    seed(&mut log);
    center.sync(&log, |_| false);
    let puts: Vec<Incoming> = (500..)
        .zip(changes)
        .map(|(seq, change)| Incoming {
            seq,
            doc: household_id(),
            kind: Kind::Household,
            buckets: vec![0],
            what: What::Put {
                epoch: 0,
                received_at: seq,
                change: change.bytes,
            },
        })
        .collect();
    let fresh = phone(8);
    fresh
        .store
        .transact(|tx| page::apply(tx, fresh.enrolment, &puts, 600))
        .expect("page");
    let mut erasure = Erasure::of([ZHANG]);
    let document = fresh
        .store
        .read(|tx| document::load_accepted(tx, Kind::Household, household_id()))
        .expect("accepted");
    erasure.follow(&document);
    let all = document.changes();
    let renewed = renew(
        Kind::Household,
        household_id(),
        all.iter().map(|change| change.bytes.as_slice()),
        &erasure,
    )
    .expect("renewed");
    let new = NewEpoch {
        epoch: 1,
        snapshot: renewed.document.save(),
        received: Vec::new(),
        replaced: renewed
            .became
            .iter()
            .map(|one| (one.was, one.by.clone()))
            .collect(),
        erased: vec![ZHANG],
    };
    let again = What::Reset(Box::new(new.clone()));
    hear(
        &a,
        900,
        household_id(),
        Kind::Household,
        What::Reset(Box::new(new)),
    );
    assert_eq!(line(&a, &sent).state, State::Accepted);
    assert_eq!(a.heads(household_id()), renewed.document.heads());
    // Heard twice, it is the same.
    hear(&a, 901, household_id(), Kind::Household, again);
    assert_eq!(a.heads(household_id()), renewed.document.heads());
    // A page of before that was long on its way brings nothing back.
    for put in puts {
        hear(&a, 902, household_id(), Kind::Household, put.what);
    }
    assert_eq!(a.heads(household_id()), renewed.document.heads());
    nowhere(&a, NAME);
}

#[test]
fn a_form_that_lay_open_is_saved_on_what_it_showed() {
    let (mut a, _) = in_step();
    let seen = Some(a.heads(household_id()));
    let care_seen = Some(a.heads(care_id()));
    forget(&a, &a);
    let edit = Plan {
        seen: seen.clone(),
        ..name(LI, "李兰")
    };
    a.write(&[edit]).expect("saved");
    assert!(a.fields(household_id()).clashes.is_empty());
    let about = Plan {
        seen,
        ..name(ZHANG, "单守天")
    };
    let writes = vec![Write::new(number_path(), "12900000009")];
    let number = Plan {
        seen: care_seen,
        ..plan(care_id(), Kind::Care, Action::FieldSet, writes)
    };
    for plan in [about, number] {
        assert!(matches!(a.write(&[plan]), Err(StoreError::Erased)));
    }
    nowhere(&a, "单守天");
}

#[test]
fn an_erased_document_goes_with_its_photos_and_all_that_waited() {
    let (mut a, mut center) = in_step();
    let writes = vec![Write::new(number_path(), "12900000009")];
    let number = plan(care_id(), Kind::Care, Action::FieldSet, writes);
    let with = name(LI, "李兰");
    let group = a.write_together(&[number, with]).expect("edit");
    let id = MediaId::from_bytes([9; 16]);
    kit::photo(&a.store, id);
    // Households have no photos yet; those that get some are to lose them too.
    a.store
        .transact(|tx| {
            tx.execute(
                "UPDATE media SET doc = ?1 WHERE id = ?2",
                [care_id().as_bytes(), id.as_bytes()],
            )?;
            Ok::<_, StoreError>(())
        })
        .expect("photo");
    hear(&a, 900, care_id(), Kind::Care, What::Erase);
    let kind = a.store.read(|tx| document::kind(tx, care_id()));
    assert!(matches!(kind, Err(StoreError::NotFound)));
    let orphans = a.store.read(media::orphans).expect("orphans");
    assert_eq!(orphans, [id], "though nobody else has it");
    let back = line(&a, &group[0]);
    assert_eq!(
        (back.state, back.code.as_str()),
        (State::Attention, "erased")
    );
    assert!(back.intent.writes.is_empty());
    // What was done as one came back as one, whole.
    let fellow = line(&a, &group[1]);
    assert_eq!(fellow.code, "group_returned");
    assert_eq!(fellow.intent.writes[0].value.text(), "李兰");
    for words in [TELEPHONE, "12900000009", &NUMBER.to_string()] {
        nowhere(&a, words);
    }
    // Its id is taken for ever.
    let birth = plan(
        care_id(),
        Kind::Care,
        Action::Found,
        vec![Write::new("cycle_days", 7)],
    );
    assert!(matches!(a.write(&[birth]), Err(StoreError::Erased)));
    center.sync(&a, |_| false);
}

#[test]
fn a_verdict_alone_is_enough() {
    // The center erased somebody of whom this document said nothing yet: it never begins anew.
    let (mut a, _) = in_step();
    let writes = vec![
        Write::new(format!("phones/{LI}/number"), "12900000777"),
        Write::new(format!("phones/{LI}/whose"), ZHANG.to_string()),
        Write::new("cycle_days", 3),
    ];
    let paths: Vec<String> = vec![writes[1].path.clone(), ZHANG.to_string()];
    let edit = plan(care_id(), Kind::Care, Action::FieldSet, writes);
    let id = a.write(&[edit]).expect("edit")[0].clone();
    let next = vec![Write::new("cycle_days", 5)];
    let next = plan(care_id(), Kind::Care, Action::FieldSet, next);
    let next = a.write(&[next]).expect("edit")[0].clone();
    a.settle(id.id, &Outcome::Erased(paths));
    let back = line(&a, &id);
    assert_eq!(back.code, "erased");
    let [left] = back.intent.writes.as_slice() else {
        panic!("{:?}", back.intent.writes);
    };
    assert_eq!(left.path, "cycle_days");
    assert_eq!(
        line(&a, &next).state,
        State::Here,
        "what else was written goes on"
    );
    nowhere(&a, "12900000777");
}

#[test]
fn what_is_erased_where_this_phone_no_longer_reads_is_heard_of_all_the_same() {
    let (mut a, mut center) = in_step();
    let edit = a.write(&[name(ZHANG, "单守天")]).expect("edit")[0].clone();
    let other = a.write(&[name(LI, "李兰")]).expect("edit")[0].clone();
    let number = vec![Write::new(number_path(), "12900000009")];
    let care = plan(care_id(), Kind::Care, Action::FieldSet, number);
    let care = a.write(&[care]).expect("edit")[0].clone();
    center.sync(&a, |intent| intent.id == other.id);
    for (doc, kind) in [(household_id(), Kind::Household), (care_id(), Kind::Care)] {
        hear(&a, 900, doc, kind, What::Remove);
    }
    // A center that comes out of a backup may need them again.
    for one in [&edit, &care, &other] {
        let kept = a.store.read(|tx| {
            let sql = "SELECT instr(body, CAST(?2 AS BLOB)) FROM intent WHERE id = ?1";
            let words = one.writes[0].value.text().to_owned();
            let found = tx.query_row(sql, (one.id.as_bytes(), words), |row| row.get(0));
            Ok::<i64, StoreError>(found?)
        });
        assert!(kept.expect("there") > 0, "{:?}", one.writes);
    }

    let entry = |doc: DocId| EntryId::from_bytes(*doc.as_bytes());
    let told = [ZHANG, entry(care_id())];
    let hear_of = || a.store.transact(|tx| erase::heard(tx, &told));
    assert!(hear_of().expect("heard"));
    for words in [NAME, "单守天", TELEPHONE, "12900000009"] {
        nowhere(&a, words);
    }
    assert_eq!(line(&a, &other).intent.writes[0].value.text(), "李兰");
    assert!(!hear_of().expect("heard"), "nothing new the second time");
}

#[test]
fn what_came_back_keeps_no_name_of_before_either_once_its_household_leaves() {
    let (mut a, mut center) = in_step();
    let mut b = phone(2);
    center.sync(&b, |_| false);
    let mut edit = name(LI, "李兰");
    edit.about = format!("5栋 {NAME}");
    let edit = b.write(&[edit]).expect("edit")[0].clone();
    center.sync(&b, |intent| intent.id == edit.id);
    a.write(&[name(ZHANG, "单守天")]).expect("edit");
    center.sync(&a, |_| false);
    center.sync(&b, |_| false);
    hear(&b, 900, household_id(), Kind::Household, What::Remove);
    let back = line(&b, &edit);
    assert_eq!((back.about.as_str(), back.state), ("5栋", State::Attention));
    assert_eq!(back.intent.writes[0].value.text(), "李兰");
}
