//! Operations come out of columns as they went in, to the last byte; nonsense comes out as
//! nothing.
#![allow(clippy::expect_used, reason = "a test may stop")]

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::document::Document;
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Phone};
use linli_model::kinds::case::Case;
use linli_model::kinds::notice::Notice;
use linli_model::value::Write;
use linli_protocol::columns::Columns;
use linli_protocol::limits::MAX_PLAIN;
use linli_protocol::sync::{Op, Page, What};
use linli_protocol::{decode, encode};

/// Changes of three kinds of document, some built on each other, some side by side.
fn ops() -> Vec<Op> {
    let mut ops = Vec::new();
    for number in 0..40_u8 {
        let dwelling = DocId::from_bytes([number; 16]);
        let care = DocId::of_occupancy(Kind::Care, dwelling, 1);
        let entry = EntryId::from_bytes([number; 16]);
        let phone = Phone {
            number: format!("129000000{number:02}"),
            ..Phone::default()
        };
        let first = [care::found(dwelling, 1), care::add_phone(entry, &phone)].concat();
        let edit = |text: &str| vec![Write::new(format!("phones/{entry}/number"), text)];
        document(
            &mut ops,
            Kind::Care,
            care,
            number,
            vec![first, edit("1"), edit("2")],
        );
        let notice = Notice {
            title: format!("通知 {number}"),
            org: "519901".into(),
            at: i64::from(number),
            ..Notice::default()
        };
        let id = DocId::from_bytes([100 + number; 16]);
        document(&mut ops, Kind::Notice, id, number, vec![notice.create()]);
        let case = Case {
            category: "0301".into(),
            org: "519901002002003".into(),
            at: 5,
            ..Case::default()
        };
        let id = DocId::from_bytes([200 + number % 50; 16]);
        document(&mut ops, Kind::Case, id, number, vec![case.report(entry)]);
    }
    ops
}

fn document(ops: &mut Vec<Op>, kind: Kind, id: DocId, number: u8, edits: Vec<Vec<Write>>) {
    let mut document = Document::new(kind, id).expect("blank");
    let before = document.heads();
    for (at, writes) in (0..).zip(edits) {
        let actor = Actor {
            enrolment: EnrolmentId([number; 8]),
            counter: at,
        };
        // Every other one was written by somebody who saw no more than the birth.
        let seen = if at % 2 == 0 {
            before.clone()
        } else {
            document.heads()
        };
        let edit = document
            .edit(&seen, actor, 1_700_000_000 + i64::from(at), &writes)
            .expect("edit");
        ops.push(Op {
            seq: 7 + 3 * ops.len() as u64,
            doc: id,
            kind,
            buckets: vec![u16::from(number % 3), 300],
            what: What::Put {
                epoch: u32::from(number % 2),
                received_at: 1_700_000_000_000 - i64::from(number) * 7_777,
                change: edit.bytes,
            },
        });
    }
}

fn page(ops: Vec<Op>) -> Page {
    Page {
        ops,
        ..Page::default()
    }
}

fn packed(page: &Page) -> usize {
    zstd::bulk::compress(&encode(page), 3)
        .expect("packed")
        .len()
}

#[test]
fn everything_comes_out_as_it_went_in_and_smaller() {
    let plain = page(ops());
    let columns = plain.clone().in_columns();
    let travelled: Page = decode(&encode(&columns)).expect("columns");
    assert_eq!(travelled.one_by_one().as_ref(), Some(&plain));
    assert_eq!(
        columns
            .columns
            .as_ref()
            .map(|c| c.tags.iter().filter(|t| **t != 0).count()),
        Some(0)
    );
    let (was, is) = (packed(&plain), packed(&columns));
    assert!(is * 10 < was * 8, "{is} of {was} bytes");
    // A change that isn't one goes as it stands.
    let mut odd = plain;
    if let What::Put { change, .. } = &mut odd.ops[0].what {
        change[20] ^= 1;
    }
    assert_eq!(odd.clone().in_columns().one_by_one(), Some(odd));
}

#[test]
fn columns_that_do_not_fit_together_are_nothing() {
    let whole = page(ops()).in_columns();
    let bytes = encode(&whole);
    let mut refused = 0;
    for at in 0..bytes.len() {
        let mut torn = bytes.clone();
        torn[at] ^= 0x41;
        if let Ok(page) = decode::<Page>(&torn)
            && page.one_by_one().is_none()
        {
            refused += 1;
        }
    }
    assert!(refused > 100, "{refused}");
    let shorter = |cut: fn(&mut Columns)| {
        let mut page = whole.clone();
        page.columns.iter_mut().for_each(cut);
        page.one_by_one()
    };
    assert_eq!(shorter(|c| c.bodies.truncate(c.bodies.len() - 1)), None);
    assert_eq!(shorter(|c| c.docs.truncate(16)), None);
    assert_eq!(shorter(|c| c.lists.clear()), None);
    assert_eq!(shorter(|c| c.tags.push(9)), None);
}

#[test]
fn a_few_bytes_that_say_a_great_deal_are_nothing() {
    let lists = Columns {
        docs: vec![1; 16],
        kinds: vec![1],
        lists: vec![vec![0; 60_000]],
        tags: vec![5; 100_000],
        seqs: vec![1; 100_000],
        which: [vec![0], vec![1; 99_999]].concat(),
        list: vec![0; 100_000],
        ..Columns::default()
    };
    let bomb = |columns| Page {
        columns: Some(columns),
        ..Page::default()
    };
    assert!(encode(&bomb(lists.clone())).len() < MAX_PLAIN);
    assert_eq!(bomb(lists).one_by_one(), None);
    let bases = Columns {
        docs: vec![1; 16],
        kinds: vec![Kind::Care.code()],
        lists: vec![Vec::new()],
        tags: vec![0],
        seqs: vec![1],
        which: vec![0],
        list: vec![0],
        epochs: vec![0],
        times: vec![0],
        // A million times the birth of its document.
        bases: [vec![0xc0, 0x84, 0x3d], vec![0; 1_000_000]].concat(),
        lengths: vec![0],
        ..Columns::default()
    };
    assert_eq!(bomb(bases).one_by_one(), None);
}
