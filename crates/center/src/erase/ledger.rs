//! What was erased, written down beside the keys: no backup holds it, and a center that comes out
//! of an older backup erases it again before anybody sees it. Ids only, and no reasons.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use linli_model::ids::{DocId, EntryId};

use super::Asked;
use super::plan::{Fate, Plan};
use crate::keys;

/// One erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Who was to be erased.
    pub(crate) asked: Asked,
    /// Ids that are taken for ever: of entries, and of documents that went.
    pub(crate) ids: Vec<EntryId>,
    /// Documents that began anew, with the epochs they came to.
    pub(crate) anew: Vec<(DocId, u32)>,
}

/// Where it is.
fn path(data: &Path) -> PathBuf {
    keys::folder(data).join("erased")
}

/// What a plan will do, as it is written down.
pub(super) fn entry(asked: &Asked, plan: &Plan) -> Entry {
    let (mut ids, mut anew): (Vec<EntryId>, Vec<_>) = (plan.erasure.ids().collect(), Vec::new());
    for step in &plan.steps {
        match step.fate {
            Fate::Gone => ids.push(EntryId::from_bytes(*step.row.id.as_bytes())),
            Fate::Anew(_) => anew.push((step.row.id, step.row.epoch + 1)),
        }
    }
    Entry {
        asked: asked.clone(),
        ids,
        anew,
    }
}

/// Adds an erasure, durably, before it is carried out.
pub(super) fn write(data: &Path, entry: &Entry) -> std::io::Result<()> {
    let path = path(data);
    let new = !path.exists();
    let mut file = OpenOptions::new()
        .create(true)
        .read(true)
        .append(true)
        .open(&path)?;
    cut_off_unfinished(&mut file)?;
    let ids = entry.ids.iter().map(|id| format!(" {id}"));
    let anew = (entry.anew.iter()).map(|(doc, epoch)| format!(" {doc}:{epoch}"));
    let (household, resident) = (entry.asked.household, entry.asked.resident);
    let rest: String = ids.chain(anew).collect();
    file.write_all(format!("{household} {resident}{rest}\n").as_bytes())?;
    file.sync_all()?;
    if new && let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// A line without its end was never carried out; the next one must not be read as its end.
fn cut_off_unfinished(file: &mut File) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    let whole = end.map_or(0, |at| at + 1);
    if whole < bytes.len() {
        file.set_len(whole as u64)?;
    }
    Ok(())
}

/// Everything that was erased, in its order.
///
/// # Errors
/// The file can't be read, or isn't what this program wrote.
pub(crate) fn read(data: &Path) -> std::io::Result<Vec<Entry>> {
    let text = match std::fs::read_to_string(path(data)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        text => text?,
    };
    // Without its end, a line was never carried out.
    let lines = text
        .split_inclusive('\n')
        .filter_map(|line| line.strip_suffix('\n'));
    lines
        .map(|line| parse(line).ok_or_else(|| ErrorKind::InvalidData.into()))
        .collect()
}

fn parse(line: &str) -> Option<Entry> {
    let mut words = line.split(' ');
    let asked = Asked {
        household: words.next()?.parse().ok()?,
        resident: words.next()?.parse().ok()?,
        reason: "restore".to_owned(),
    };
    let (mut ids, mut anew) = (Vec::new(), Vec::new());
    for word in words {
        match word.split_once(':') {
            Some((doc, epoch)) => anew.push((doc.parse().ok()?, epoch.parse().ok()?)),
            None => ids.push(word.parse().ok()?),
        }
    }
    Some(Entry { asked, ids, anew })
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_was_cut_off_is_not() {
        let folder = tempfile::tempdir().expect("folder");
        let data = folder.path();
        std::fs::create_dir(keys::folder(data)).expect("keys");
        assert_eq!(read(data).expect("nothing"), []);
        let entry = Entry {
            asked: Asked {
                household: DocId::from_bytes([1; 16]),
                resident: EntryId::from_bytes([2; 16]),
                reason: "restore".to_owned(),
            },
            ids: vec![EntryId::from_bytes([2; 16]), EntryId::from_bytes([3; 16])],
            anew: vec![(DocId::from_bytes([1; 16]), 7)],
        };
        let none = Entry {
            ids: Vec::new(),
            anew: Vec::new(),
            ..entry.clone()
        };
        write(data, &entry).expect("written");
        write(data, &none).expect("written");
        assert_eq!(read(data).expect("two"), [entry.clone(), none]);
        let whole = std::fs::read_to_string(path(data)).expect("text");
        std::fs::write(path(data), &whole[..whole.len() - 30]).expect("cut");
        assert_eq!(read(data).expect("one"), slice::from_ref(&entry));
        write(data, &entry).expect("after what was cut off");
        assert_eq!(read(data).expect("two"), [entry.clone(), entry]);
        std::fs::write(path(data), "somebody\n").expect("other");
        assert_eq!(
            read(data).expect_err("not ours").kind(),
            ErrorKind::InvalidData
        );
    }
}
