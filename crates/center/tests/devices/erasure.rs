//! A resident is erased: what phones are told then, and what is left of it.

use std::process::{Command, Output};

use linli_center::erase::{self, Asked, EraseError, Erased};
use linli_center::post::post;
use linli_model::digests::{Digest, of_doc, over};
use linli_model::erase::TAKEN_OUT;
use linli_model::ids::{DocId, EntryId};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::care;
use linli_model::kinds::household::{self as homes, Resident};
use linli_model::value::{Value, Write};
use linli_protocol::repair::{Repair, Repaired};
use linli_protocol::sync::{Page, Verdict, What};
use linli_protocol::{decode, encode};

use crate::county::{
    CHIEF, DWELLING, GRID, LEAD, OTHER_WORKER, PHONE, RESIDENT, WORKER, care, household, visit,
};
use crate::office::Office;
use crate::phone::{Phone, code, is_accepted};
use crate::rounds::number;

/// Known to the center from the beginning.
pub(crate) const NAME: &str = "杨秀英";
const NUMBER: &str = "12900000452";
pub(crate) const OTHER: EntryId = EntryId::from_bytes([0x44; 16]);

fn asked(resident: EntryId) -> Asked {
    Asked {
        household: household(),
        resident,
        reason: "asked for it".into(),
    }
}

pub(crate) async fn erase(office: &Office, resident: EntryId) -> Result<Erased, EraseError> {
    let center = office.center.clone();
    tokio::task::spawn_blocking(move || erase::erase(&center, &asked(resident)))
        .await
        .expect("ran")
}

/// Somebody else lives there as well.
pub(crate) async fn one_more(phone: &mut Phone) {
    let resident = Resident {
        name: "杨小宝".into(),
        ..Resident::default()
    };
    let writes = homes::add_resident(OTHER, &resident);
    let sent = phone.edit(
        Action::ResidentAdd,
        Kind::Household,
        household(),
        None,
        writes,
    );
    assert!(is_accepted(&phone.send(sent).await));
}

pub(crate) fn name(of: EntryId, name: &str) -> Vec<Write> {
    vec![Write::new(format!("residents/{of}/name"), name)]
}

/// No byte of the center's files has this.
pub(crate) fn nowhere(office: &Office, words: &str) {
    for file in ["center.db", "center.db-wal"] {
        let bytes = std::fs::read(office.data().join(file)).unwrap_or_default();
        let found = bytes
            .windows(words.len())
            .any(|part| part == words.as_bytes());
        assert!(!found, "{words} in {file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_goes_and_all_else_stays() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    one_more(&mut worker).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    // Two names side by side for one, another name for the other, a flag, a visit.
    let seen = Some(chief.docs[&household()].heads());
    let edit = |phone: &mut Phone, writes| {
        phone.edit(
            Action::FieldSet,
            Kind::Household,
            household(),
            seen.clone(),
            writes,
        )
    };
    let (one, two) = (
        edit(&mut worker, name(OTHER, "杨大宝")),
        edit(&mut chief, name(OTHER, "杨二宝")),
    );
    assert!(is_accepted(&worker.send(one).await));
    assert!(is_accepted(&chief.send(two).await));
    let renamed = worker.edit(
        Action::FieldSet,
        Kind::Household,
        household(),
        None,
        name(RESIDENT, "杨秀莹"),
    );
    assert!(is_accepted(&worker.send(renamed.clone()).await));
    let flag = worker.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        vec![care::flag(RESIDENT, "N03", true)],
    );
    assert!(is_accepted(&worker.send(flag).await));
    let visit = linli_model::kinds::visit::Visit {
        words: format!("{NAME}不在家,邻居在"),
        ..visit()
    };
    let doc = worker.new_doc();
    let visited = worker.edit(
        Action::VisitLog,
        Kind::Visit,
        doc,
        Some(Vec::new()),
        visit.create(),
    );
    assert!(is_accepted(&worker.send(visited).await));
    let before = worker.docs[&household()].clone();
    chief.sync(&[]).await;

    let looked = erase::look(&office.center, &asked(RESIDENT)).expect("looked");
    assert_eq!(looked.docs.len(), 3);
    assert!(looked.docs.iter().all(|one| !one.gone));
    let erased = erase(&office, RESIDENT).await.expect("erased");
    assert_eq!(erased.docs, looked.docs);
    assert!(!erased.traces_left);
    for words in [NAME, "杨秀莹"] {
        nowhere(&office, words);
    }

    // Who was in step and who comes anew hold the same, and none of it says who it was.
    let mut fresh = Phone::synced(&office, CHIEF).await;
    for phone in [&mut worker, &mut chief, &mut fresh] {
        phone.sync(&[]).await;
        let home = &phone.docs[&household()];
        assert_eq!(phone.epoch(household()), 1);
        assert!(!String::from_utf8_lossy(&home.save()).contains(NAME));
        assert_eq!(home.fields().keys("residents"), [OTHER.to_string()]);
        assert_eq!(
            phone.docs[&doc].fields().text("words"),
            format!("{TAKEN_OUT}不在家,邻居在")
        );
        assert!(phone.docs[&care()].fields().keys("flags").is_empty());
    }
    // People still disagree about the other one, each under the own name, and say who wrote what.
    let path = format!("residents/{OTHER}/name");
    let (old, new) = (before, &fresh.docs[&household()]);
    let history = |document: &linli_model::document::Document| {
        let all = document.history(&path).into_iter();
        all.map(|past| (past.value, past.actor, past.time, past.current))
            .collect::<Vec<_>>()
    };
    assert_eq!(new.fields().clashes.len(), 1);
    assert_eq!(history(&old), history(new));
    assert!(fresh.authors.iter().any(|author| author == "周桂兰"));
    in_step(&fresh).await;

    // An answer that was lost: the center still knows that it had been accepted.
    let again = worker.send(renamed).await;
    assert!(matches!(again, Verdict::Duplicate { .. }), "{again:?}");
    // Once more, and nothing changes.
    let again = erase(&office, RESIDENT).await.expect("harmless");
    assert!(again.docs.is_empty());
    worker.sync(&[]).await;
    assert_eq!(worker.epoch(household()), 1);
    // It goes on.
    let next = worker.edit(
        Action::FieldSet,
        Kind::Household,
        household(),
        None,
        name(OTHER, "杨三宝"),
    );
    assert!(is_accepted(&worker.send(next).await));
    chief.sync(&[]).await;
    assert_eq!(chief.docs[&household()].fields().text(&path), "杨三宝");
    let office = office.again().await;
    assert_eq!(office.center.audit_break().await.expect("read"), None);
}

/// The phone's digests are the center's.
async fn in_step(phone: &Phone) {
    let mut buckets = vec![Digest::default(); phone.me.read.len()];
    for (doc, positions) in &phone.buckets {
        let Some(document) = phone.docs.get(doc) else {
            continue;
        };
        for position in positions {
            let digest = of_doc(*doc, phone.epoch(*doc), &document.heads());
            buckets[usize::from(*position)].add(digest);
        }
    }
    let mut request = phone.request(&[]);
    request.digest = Some(over((0..).zip(buckets)).to_vec());
    let answer = phone.post(encode(&request)).await.expect("answered");
    assert_eq!(answer.digests, None, "in step");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lived_alone_takes_the_care_record_along() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let late = chief.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000777"),
    );
    let erased = erase(&office, RESIDENT).await.expect("erased");
    let gone: Vec<DocId> = erased
        .docs
        .iter()
        .filter(|one| one.gone)
        .map(|one| one.doc)
        .collect();
    assert_eq!(gone, [care()]);
    nowhere(&office, NAME);
    nowhere(&office, NUMBER);

    // A late edit, and a birth under the same id.
    assert_eq!(code(&chief.send(late).await), "erased");
    assert!(!chief.docs.contains_key(&care()));
    nowhere(&office, "12900000777");
    let birth = chief.edit(
        Action::Found,
        Kind::Care,
        care(),
        None,
        care::found(DWELLING, 1),
    );
    assert_eq!(code(&chief.send(birth).await), "erased");
    worker.sync(&[]).await;
    assert!(!worker.docs.contains_key(&care()));
    let fresh = Phone::synced(&office, WORKER).await;
    assert!(!fresh.docs.contains_key(&care()));
    in_step(&fresh).await;
    let home = fresh.docs[&household()].fields();
    assert!(home.keys("residents").is_empty());
    assert_eq!(home.text("dwelling"), DWELLING.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn late_edits_are_told_what_became_of_their_ground() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    one_more(&mut worker).await;
    let mut chief = Phone::synced(&office, CHIEF).await;
    let field = |phone: &mut Phone, writes| {
        phone.edit(Action::FieldSet, Kind::Household, household(), None, writes)
    };
    let about_gone = field(&mut chief, name(RESIDENT, "杨秀瑛"));
    let about_other = {
        let mut phone = Phone::synced(&office, WORKER).await;
        let sent = field(&mut phone, name(OTHER, "杨四宝"));
        (phone, sent)
    };
    erase(&office, RESIDENT).await.expect("erased");
    let Verdict::Rejected { code, fields } = chief.send(about_gone).await else {
        panic!("taken");
    };
    assert_eq!(code, "erased");
    let path = format!("residents/{RESIDENT}/name");
    assert_eq!(fields, [path, RESIDENT.to_string()]);
    nowhere(&office, "杨秀瑛");

    let (mut phone, sent) = about_other;
    let verdict = phone.send(sent.clone()).await;
    assert_eq!(verdict, Verdict::StaleEpoch { epoch: 1 });
    // At what its author had seen, by the names of now.
    let seen = &sent.intent.target.as_ref().expect("target").seen;
    let now: Vec<_> = seen.iter().flat_map(|hash| phone.now(*hash)).collect();
    let again = phone.edit(
        Action::FieldSet,
        Kind::Household,
        household(),
        Some(now),
        sent.intent.writes,
    );
    assert!(is_accepted(&phone.send(again).await));
    // Nobody comes back under the same id.
    let resident = Resident {
        name: NAME.into(),
        ..Resident::default()
    };
    let writes = homes::add_resident(RESIDENT, &resident);
    let back = phone.edit(
        Action::ResidentAdd,
        Kind::Household,
        household(),
        None,
        writes,
    );
    assert_eq!(crate::phone::code(&phone.send(back).await), "erased");
    nowhere(&office, NAME);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_epochs_later_old_ground_still_has_a_name() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    one_more(&mut worker).await;
    let third = EntryId::from_bytes([0x45; 16]);
    let resident = Resident {
        name: "杨老三".into(),
        ..Resident::default()
    };
    let writes = homes::add_resident(third, &resident);
    let sent = worker.edit(
        Action::ResidentAdd,
        Kind::Household,
        household(),
        None,
        writes,
    );
    assert!(is_accepted(&worker.send(sent).await));
    let mut asleep = Phone::synced(&office, CHIEF).await;
    let seen = asleep.docs[&household()].heads();
    erase(&office, RESIDENT).await.expect("erased");
    erase(&office, OTHER).await.expect("erased");
    nowhere(&office, "杨小宝");
    asleep.sync(&[]).await;
    assert_eq!(asleep.epoch(household()), 2);
    let now: Vec<_> = seen.iter().flat_map(|hash| asleep.now(*hash)).collect();
    let sent = asleep.edit(
        Action::FieldSet,
        Kind::Household,
        household(),
        Some(now),
        name(third, "杨三爷"),
    );
    assert!(is_accepted(&asleep.send(sent).await));
    in_step(&asleep).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_posted_there_later_or_mends_itself_gets_the_new_epoch() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    one_more(&mut worker).await;
    erase(&office, RESIDENT).await.expect("erased");
    // Somebody moves into the grid.
    let mut other = Phone::synced(&office, OTHER_WORKER).await;
    post(&office.center, OTHER_WORKER, GRID).expect("posted");
    let mut request = other.request(&[]);
    request.access = Some(1);
    let access = other.post(encode(&request)).await.expect("answered").access;
    let access = access.expect("a new list");
    let had = other.me.read.len();
    other.me.read = access.read;
    let mut request = other.request(&[]);
    request.access = Some(access.revision);
    request.behind = Some(
        (had..other.me.read.len())
            .map(|position| linli_protocol::sync::Behind {
                position: u16::try_from(position).expect("small"),
                through: 0,
            })
            .collect(),
    );
    let answer = other.post(encode(&request)).await.expect("answered");
    other.keep(&answer.page);
    assert_eq!(other.epoch(household()), 1);
    let home = other.docs[&household()].clone();
    worker.sync(&[]).await;
    assert_eq!(home.heads(), worker.docs[&household()].heads());

    // A phone that has fallen out of step asks for the document whole.
    let position = worker.buckets[&household()][0];
    let ask = Repair {
        position,
        parts: None,
        docs: Some(vec![household()]),
    };
    let response = worker
        .http
        .post(format!("{}/v1/repair", worker.base))
        .header("authorization", worker.token())
        .body(encode(&ask))
        .send()
        .await
        .expect("reachable");
    let answer: Repaired = decode(&response.bytes().await.expect("body")).expect("answer");
    let page = answer.page.expect("a page");
    let plain = zstd::bulk::decompress(&page, 8 << 20).expect("zstd");
    let page: Page = decode(&plain).expect("page");
    assert!(matches!(
        page.ops.first().expect("an operation").what,
        What::Reset { epoch: 1, .. }
    ));
    worker.docs.remove(&household());
    worker.keep(&answer_bytes(&page));
    assert_eq!(worker.docs[&household()].heads(), home.heads());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_get_the_document_is_told_the_ids_alone() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    one_more(&mut worker).await;
    let stranger = Phone::synced(&office, OTHER_WORKER).await;
    let told = async |heard| {
        let mut request = stranger.request(&[]);
        request.erased = heard;
        let answer = stranger.post(encode(&request)).await.expect("answered");
        assert!(answer.page.is_empty(), "nothing else concerns it");
        answer.erased
    };
    assert_eq!(told(Some(0)).await, None);
    erase(&office, RESIDENT).await.expect("erased");
    let first = told(Some(0)).await.expect("told");
    assert!(first.ids.contains(&RESIDENT));
    assert_eq!(told(Some(first.through)).await, None, "once");
    assert_eq!(told(None).await, None, "and not a client that is older");
    erase(&office, OTHER).await.expect("erased");
    let next = told(Some(first.through)).await.expect("told");
    assert!(next.ids.contains(&OTHER) && !next.ids.contains(&RESIDENT));
    // A phone that reads has to have read everything first.
    let mut request = worker.request(&[]);
    (request.erased, request.page) = (Some(0), 16 * 1024);
    request.through = 0;
    let answer = worker.post(encode(&request)).await.expect("answered");
    assert_eq!(answer.erased.is_some(), !answer.more);
}

fn answer_bytes(page: &Page) -> Vec<u8> {
    zstd::bulk::compress(&encode(page), 3).expect("zstd")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_had_been_given_back_is_not_kept_and_its_author_is_told() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    one_more(&mut worker).await;
    let mut lead = Phone::synced(&office, LEAD).await;
    // The lead knows no families; somebody who tries all the same is refused.
    lead.docs
        .insert(household(), worker.docs[&household()].clone());
    let sent = lead.edit(
        Action::FieldSet,
        Kind::Household,
        household(),
        None,
        name(RESIDENT, "杨修英"),
    );
    let id = sent.intent.id;
    assert_eq!(code(&lead.send(sent).await), "role");
    let looked = erase::look(&office.center, &asked(RESIDENT)).expect("looked");
    assert_eq!(looked.kept, 1);
    assert_eq!(
        erase(&office, RESIDENT).await.expect("erased").kept,
        looked.kept
    );
    nowhere(&office, "杨修英");
    lead.sync(&[]).await;
    let [(told, verdict)] = lead.decided.as_slice() else {
        panic!("{:?}", lead.decided);
    };
    assert_eq!((*told, code(verdict)), (id, "erased"));
}

/// A name in the bytes of a change, under an intent that says nothing of it: the bytes name the
/// person by a number of the engine's, so nobody can tell who that is.
#[tokio::test(flavor = "multi_thread")]
async fn late_bytes_that_say_more_than_their_intent_are_not_kept() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    one_more(&mut worker).await;
    let household = household();
    let mut late = |words| {
        let writes = name(RESIDENT, words);
        worker.edit(Action::FieldSet, Kind::Household, household, None, writes)
    };
    let (mut early, mut sent) = (late("杨修英"), late("杨绣英"));
    // Before anybody is erased all of it is kept; its bytes go when somebody is.
    early.intent.writes.clear();
    assert_eq!(code(&worker.send(early).await), "bad_intent");
    erase(&office, RESIDENT).await.expect("erased");
    nowhere(&office, "杨修英");

    sent.intent.writes.clear();
    for _ in 0..2 {
        assert_eq!(code(&worker.send(sent.clone()).await), "bad_intent");
    }
    nowhere(&office, "杨绣英");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_of_somebody_goes_wherever_it_stands() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    one_more(&mut worker).await;
    let whose = Write::new(format!("phones/{PHONE}/whose"), RESIDENT.to_string());
    let sent = worker.edit(Action::FieldSet, Kind::Care, care(), None, vec![whose]);
    assert!(is_accepted(&worker.send(sent).await));
    erase(&office, RESIDENT).await.expect("erased");
    nowhere(&office, NUMBER);
    worker.sync(&[]).await;
    let care_now = worker.docs[&care()].fields();
    assert!(care_now.keys("phones").is_empty());
    assert_eq!(care_now.get("occupancy"), &Value::Int(1));
    let late = worker.edit(
        Action::FieldSet,
        Kind::Care,
        care(),
        None,
        number("12900000888"),
    );
    assert_eq!(code(&worker.send(late).await), "erased");
}

fn center(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linli-center"))
        .args(args)
        .output()
        .expect("ran")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_says_what_it_does() {
    let office = Office::open().await;
    let mut worker = Phone::synced(&office, WORKER).await;
    let data = office.data().to_str().expect("text").to_owned();
    let (home, resident) = (household().to_string(), RESIDENT.to_string());
    let run = |household: &str, resident: &str, more: &[&str]| {
        let mut args = vec!["resident", "erase", "--data", &data];
        args.extend(["--household", household, "--resident", resident]);
        args.extend(more);
        let output = center(&args);
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        (output.status.success(), said)
    };
    let nobody = DWELLING.to_string();
    let (well, said) = run(&nobody, &resident, &[]);
    assert!(!well && said.contains("there is no household"), "{said}");
    let (well, said) = run(&home, &nobody, &[]);
    assert!(!well && said.contains("nobody in this household"), "{said}");

    let (well, said) = run(&home, &resident, &["--dry-run"]);
    assert!(well && said.contains("Nothing was changed"), "{said}");
    assert!(said.contains("would begin anew") && said.contains("would be erased"));
    worker.sync(&[]).await;
    assert_eq!(worker.epoch(household()), 0);

    // While the center serves: what it keeps in memory is of the old epoch.
    let sent = worker.edit(
        Action::FieldSet,
        Kind::Household,
        household(),
        None,
        name(RESIDENT, "杨秀"),
    );
    assert!(is_accepted(&worker.send(sent).await));
    let (well, said) = run(&home, &resident, &["--reason", "asked for it"]);
    assert!(well && said.contains("begins anew"), "{said}");
    assert!(!said.contains(NAME), "no names on the screen");
    worker.sync(&[]).await;
    assert_eq!(worker.epoch(household()), 1);
    one_more(&mut worker).await;
    nowhere(&office, NAME);
    let (well, said) = run(&home, &resident, &[]);
    assert!(well && said.contains("Was erased before"), "{said}");
}
