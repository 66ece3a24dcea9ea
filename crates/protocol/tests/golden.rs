//! The bytes of every message of version 1, as they were when it was released. Phones keep
//! intents for weeks and the center for ever: a file in `golden/v1` is never edited. A message
//! that has to look different is a new version beside it.
#![allow(clippy::expect_used, reason = "a test may stop")]

use std::fmt::Debug;
use std::path::PathBuf;

use linli_model::actor::{EnrolmentId, Hlc};
use linli_model::ids::{DocId, EntryId, GroupId, IntentId, PersonId};
use linli_model::intent::{Action, Group, Intent, Target};
use linli_model::kind::{Class, Kind};
use linli_model::value::{Hash, Value, Write};
use linli_protocol::digest::{Digest, of_doc, part_of};
use linli_protocol::enrol::{Before, Bucket, Enrol, Enrolled, Hello, Person, Proof};
use linli_protocol::error::Refusal;
use linli_protocol::hand_back::{self, Back, Contents, HandBack, HandedBack, Held, Leaf};
use linli_protocol::key::{Recover, Recovery};
use linli_protocol::order::{Order, Signed};
use linli_protocol::repair::{DocDigest, Repair, Repaired};
use linli_protocol::sync::{
    Access, Author, Behind, Erased, Op, Page, Replaced, Sent, SyncAnswer, SyncRequest, Verdict,
    What,
};
use linli_protocol::{decode, encode};

/// Holds a message to its golden bytes, both ways, and to what a newer version may add.
fn golden<T>(name: &str, message: &T)
where
    T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()> + PartialEq + Debug,
{
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v1/{name}.hex"));
    let bytes = encode(message);
    if !file.exists() && std::env::var("LINLI_GOLDEN").is_ok_and(|word| word == "new") {
        std::fs::create_dir_all(file.parent().expect("folder")).expect("folder");
        std::fs::write(&file, lines(&bytes)).expect("written");
    }
    let text = std::fs::read_to_string(&file).expect("a golden file; LINLI_GOLDEN=new makes one");
    let released: Vec<u8> = text
        .split_whitespace()
        .flat_map(|line| (0..line.len() / 2).map(move |at| &line[2 * at..2 * at + 2]))
        .map(|byte| u8::from_str_radix(byte, 16).expect("hex"))
        .collect();
    assert_eq!(
        lines(&bytes),
        lines(&released),
        "{name} is written otherwise"
    );
    assert_eq!(&decode::<T>(&released).expect(name), message, "{name}");
    if let Some(newer) = with_one_more_field(&released) {
        assert_eq!(&decode::<T>(&newer).expect(name), message, "{name}, newer");
    }
}

fn lines(bytes: &[u8]) -> String {
    let line = |chunk: &[u8]| {
        chunk
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    bytes.chunks(32).map(|chunk| line(chunk) + "\n").collect()
}

/// The same map with a field 99 that this version doesn't know; none for what is no short map.
fn with_one_more_field(bytes: &[u8]) -> Option<Vec<u8>> {
    let fields = bytes
        .first()
        .filter(|first| (0xa0..0xb6).contains(*first))?;
    let mut newer = vec![fields + 1];
    newer.extend(&bytes[1..]);
    newer.extend([0x18, 99]);
    newer.extend(encode(&vec!["of a newer version".to_owned()]));
    Some(newer)
}

fn intent() -> Intent {
    Intent {
        id: IntentId::new(1_764_000_000_000, [1; 10]),
        seq: 7,
        hlc: Hlc {
            ms: 1_764_000_000_123,
            count: 2,
        },
        action: Action::FieldSet,
        writes: vec![
            Write::new("words", "停电"),
            Write::new("at", -1),
            Write::new("mocked", true),
            Write::new("outline", Value::Bytes(vec![0, 255])),
            Write::new("ended", Value::Null),
        ],
        target: Some(Target {
            doc: DocId::from_bytes([2; 16]),
            kind: Kind::Care,
            epoch: 1,
            seen: vec![Hash([3; 32]), Hash([4; 32])],
            change: Hash([5; 32]),
            counter: 300,
        }),
        group: Some(Group {
            id: GroupId::from_bytes([6; 16]),
            size: 2,
            atomic: true,
        }),
    }
}

fn person() -> Person {
    Person {
        id: PersonId::from_bytes([7; 16]),
        name: "樊小青".into(),
        role: "R01".into(),
        org: "519901002002003".into(),
        building: Some(DocId::from_bytes([8; 16])),
        phone: "12900000001".into(),
    }
}

fn bucket(class: Class) -> Bucket {
    Bucket {
        scope: "org:519901002002003".into(),
        class,
    }
}

#[test]
fn what_a_phone_writes_stays_readable_for_ever() {
    golden("intent", &intent());
    let audit = Intent {
        action: Action::Audit,
        target: None,
        group: None,
        ..intent()
    };
    golden("intent_audit", &audit);
    let unknown = Intent {
        action: Action::Unknown(999),
        ..intent()
    };
    golden("intent_of_a_newer_version", &unknown);
}

#[test]
fn a_sync() {
    let request = SyncRequest {
        version: 1,
        generation: 2,
        through: 3_000_000_000,
        page: 65_536,
        intents: vec![Sent {
            intent: intent(),
            change: vec![0x85, 0x6f, 0x4a, 0x83],
        }],
        clock: 1_764_000_000_456,
        capabilities: Some(vec!["later".into()]),
        digest: Some(vec![9; 32]),
        access: None,
        behind: None,
        erased: None,
    };
    golden("sync_request", &request);
    golden("sync_request_empty", &SyncRequest::default());
    let change = Hash([5; 32]);
    let verdicts = [
        Verdict::Accepted { seq: 10 },
        Verdict::Duplicate { change, seq: 11 },
        Verdict::Rejected {
            code: "scope".into(),
            fields: vec!["words".into()],
        },
        Verdict::Overtaken {
            head: "accepted".into(),
        },
        Verdict::Held {
            code: "review".into(),
        },
        Verdict::BlockedBy { change },
        Verdict::StaleEpoch { epoch: 2 },
        Verdict::Missing { change },
    ];
    let answer = SyncAnswer {
        verdicts: verdicts
            .into_iter()
            .map(|verdict| (IntentId::new(1, [1; 10]), verdict))
            .collect(),
        page: vec![0x28, 0xb5, 0x2f, 0xfd],
        through: 3_000_000_001,
        more: true,
        generation: 2,
        backed_up_through: 5,
        clock: 1_764_000_000_789,
        decided: None,
        access: None,
        reached: None,
        digests: None,
        order: None,
        base: None,
        mac: None,
        erased: None,
    };
    golden("sync_answer", &answer);
    let decided = SyncAnswer {
        verdicts: Vec::new(),
        page: Vec::new(),
        decided: Some(vec![
            (
                IntentId::new(1, [1; 10]),
                Verdict::Duplicate { change, seq: 12 },
            ),
            (
                IntentId::new(2, [1; 10]),
                Verdict::Rejected {
                    code: "refused".into(),
                    fields: vec!["不是这家的号码".into()],
                },
            ),
        ]),
        ..answer
    };
    golden("sync_answer_decided", &decided);
}

#[test]
fn a_sync_that_tells_what_was_erased() {
    let request = SyncRequest {
        version: 1,
        through: 7,
        erased: Some(2),
        ..SyncRequest::default()
    };
    golden("sync_request_erased", &request);
    let answer = SyncAnswer {
        verdicts: Vec::new(),
        page: Vec::new(),
        through: 7,
        more: false,
        generation: 1,
        backed_up_through: 0,
        clock: 1_764_000_000_789,
        decided: None,
        access: None,
        reached: None,
        digests: None,
        order: None,
        base: None,
        mac: None,
        erased: Some(Erased {
            through: 4,
            ids: vec![EntryId::from_bytes([3; 16]), EntryId::from_bytes([4; 16])],
        }),
    };
    golden("sync_answer_erased", &answer);
}

#[test]
fn a_sync_after_a_new_post() {
    let request = SyncRequest {
        version: 1,
        through: 7,
        access: Some(1),
        behind: Some(vec![Behind {
            position: 5,
            through: 3,
        }]),
        ..SyncRequest::default()
    };
    golden("sync_request_behind", &request);
    let answer = SyncAnswer {
        verdicts: Vec::new(),
        page: Vec::new(),
        through: 7,
        more: true,
        generation: 1,
        backed_up_through: 0,
        clock: 1_764_000_000_789,
        decided: None,
        access: Some(Access {
            revision: 2,
            person: person(),
            read: vec![bucket(Class::Base), bucket(Class::Care)],
            closed: vec![0],
            write: vec![bucket(Class::Work)],
        }),
        reached: Some(6),
        digests: Some(vec![(1, Digest::new([9; 16], 4))]),
        order: None,
        base: None,
        mac: None,
        erased: None,
    };
    golden("sync_answer_access", &answer);
}

#[test]
fn a_sync_of_a_phone_that_is_shut_out() {
    let order = Order {
        enrolment: EnrolmentId([7; 8]),
        stolen: true,
        at: 1_764_000_000_123,
    };
    golden("order", &order);
    let answer = SyncAnswer {
        verdicts: Vec::new(),
        page: Vec::new(),
        through: 7,
        more: false,
        generation: 1,
        backed_up_through: 0,
        clock: 1_764_000_000_789,
        decided: None,
        access: None,
        reached: None,
        digests: None,
        order: Some(Signed {
            order: encode(&order),
            key: vec![4; 91],
            signature: vec![5; 70],
        }),
        base: None,
        mac: None,
        erased: None,
    };
    golden("sync_answer_order", &answer);
}

#[test]
fn a_restored_center_and_what_comes_back() {
    let answer = SyncAnswer {
        verdicts: Vec::new(),
        page: vec![0x28, 0xb5, 0x2f, 0xfd],
        through: 7,
        more: true,
        generation: 1_764_000_000,
        backed_up_through: 7,
        clock: 1_764_000_000_789,
        decided: None,
        access: None,
        reached: None,
        digests: None,
        order: None,
        base: Some(7),
        mac: Some(vec![9; 32]),
        erased: None,
    };
    golden("sync_answer_generation", &answer);
    let contents = encode(&Contents {
        generation: 1,
        leaves: vec![Leaf {
            seq: 300,
            doc: DocId::from_bytes([2; 16]),
            kind: Kind::Care,
            epoch: 0,
            received_at: 1_764_000_000_000,
            change: Hash([5; 32]),
        }],
        authors: vec![(EnrolmentId([1; 8]), person().id)],
    });
    let mac = hand_back::mac(&[9; 32], &contents);
    assert_ne!(mac, hand_back::mac(&[8; 32], &contents));
    let asked = HandBack {
        contents,
        mac,
        changes: vec![Held {
            leaf: 0,
            change: vec![0x85, 0x6f, 0x4a, 0x83],
            intent: Some(IntentId::new(1, [1; 10])),
        }],
    };
    golden("hand_back", &asked);
    let outcomes = vec![
        Back::Taken { seq: 8 },
        Back::Had { seq: 9 },
        Back::Missing {
            change: Hash([5; 32]),
        },
        Back::Refused {
            code: "unknown_author".into(),
        },
    ];
    golden("handed_back", &HandedBack { outcomes });
}

#[test]
fn a_repair() {
    let doc = DocId::from_bytes([2; 16]);
    let asked = Repair {
        position: 3,
        parts: Some(vec![0, 255]),
        docs: Some(vec![doc]),
    };
    golden("repair", &asked);
    let answer = Repaired {
        parts: Some(vec![(7, Digest::new([1; 16], 2))]),
        docs: Some(vec![DocDigest {
            doc,
            digest: [3; 16],
        }]),
        page: Some(vec![0x28, 0xb5, 0x2f, 0xfd]),
        done: Some(1),
    };
    golden("repaired", &answer);
    assert_eq!(
        lines(&of_doc(doc, 1, &[Hash([5; 32])]).to_be_bytes()),
        "e838ff257622b5dccc7f1f7a68bf809b\n"
    );
    assert_eq!(part_of(doc), 172);
}

#[test]
fn a_page() {
    let whats = [
        What::Put {
            epoch: 0,
            received_at: 1,
            change: vec![1, 2, 3],
        },
        What::Own {
            epoch: 0,
            received_at: 2,
            change: Hash([5; 32]),
        },
        What::Remove {
            reason: "moved".into(),
        },
        What::Reset {
            epoch: 1,
            snapshot: vec![4],
            received: None,
            replaced: None,
            erased: None,
        },
        What::Erase,
    ];
    let page = Page {
        ops: (1..)
            .zip(whats)
            .map(|(seq, what)| Op {
                seq,
                doc: DocId::from_bytes([2; 16]),
                kind: Kind::Case,
                buckets: vec![0, 300],
                what,
            })
            .collect(),
        authors: vec![Author {
            enrolment: EnrolmentId([1; 8]),
            person: person(),
        }],
        columns: None,
    };
    golden("page", &page);
    let columns = page.clone().in_columns();
    golden("page_columns", &columns);
    assert_eq!(columns.one_by_one(), Some(page));
    golden("page_empty", &Page::default());
}

#[test]
fn a_document_that_begins_anew() {
    let page = Page {
        ops: vec![Op {
            seq: 9,
            doc: DocId::from_bytes([2; 16]),
            kind: Kind::Household,
            buckets: vec![1],
            what: What::Reset {
                epoch: 2,
                snapshot: vec![4, 5],
                received: Some(vec![(Hash([6; 32]), 1_764_000_000_000)]),
                replaced: Some(vec![Replaced {
                    was: Hash([7; 32]),
                    by: vec![Hash([6; 32])],
                }]),
                erased: Some(vec![EntryId::new(1_764_000_000_000, [8; 10])]),
            },
        }],
        authors: Vec::new(),
        columns: None,
    };
    golden("page_reset", &page);
}

#[test]
fn enrolment() {
    let hello = Hello {
        code_id: [1; 8],
        nonce: [2; 16],
    };
    golden("hello", &hello);
    let proof = Proof {
        pins: vec![[3; 32].into(), [4; 32].into()],
        mac: [5; 32],
    };
    golden("proof", &proof);
    let enrol = Enrol {
        secret: [6; 10],
        version: 1,
        device: "Android 10".into(),
        clock: 1_764_000_000_000,
        before: None,
    };
    golden("enrol", &enrol);
    let enrolled = Enrolled {
        enrolment: EnrolmentId([1; 8]),
        token: [7; 32],
        person: person(),
        seal_key: [8; 32],
        pins: vec![[3; 32].into()],
        generation: 1,
        center: "栖云县".into(),
        clock: 1_764_000_000_000,
        read: vec![bucket(Class::Base), bucket(Class::Care)],
        write: vec![bucket(Class::Work)],
        phones: vec![("duty".into(), "12900007600".into())],
        ticket: None,
    };
    golden("enrolled", &enrolled);
    let ticket = hand_back::ticket(&[9; 32], enrolled.enrolment, enrolled.person.id);
    golden(
        "enrolled_ticket",
        &Enrolled {
            ticket: Some(ticket.to_vec()),
            ..enrolled.clone()
        },
    );
    let again = Enrol {
        before: Some(Before {
            enrolment: enrolled.enrolment,
            person: enrolled.person.id,
            ticket: ticket.to_vec(),
        }),
        ..enrol
    };
    golden("enrol_again", &again);
}

#[test]
fn keys_and_refusals() {
    golden(
        "recover",
        &Recover {
            sealed: vec![2; 80],
        },
    );
    let recovery = Recovery {
        state: "approved".into(),
        key: Some(vec![3; 32]),
    };
    golden("recovery", &recovery);
    let refusal = Refusal {
        code: "too_many".into(),
        wait_s: Some(30),
    };
    golden("refusal", &refusal);
}
