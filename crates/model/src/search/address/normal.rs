//! The one form in which buildings, units and rooms are indexed and compared.

use super::candidates::{Parts, room_text};
use super::scan::{Mark, Token, scan};
use crate::search::fold::fold;

/// A building's label in normal form: `3号楼`, `第三栋`, `3#`, `03` → `3`; `A座` → `A`. A label
/// that is a name stays one, folded, in capitals.
pub fn normal_building(label: &str) -> String {
    match scan(label).as_slice() {
        [Token::Number(number)]
        | [
            Token::Number(number),
            Token::Mark(Mark::Building | Mark::Lou, _),
        ] => number.signed(),
        _ => plain(label),
    }
}

/// A unit's label in normal form: `2单元`, `二单元`, `2` → `2`; `None` for a block without units.
pub fn normal_unit(label: &str) -> Option<String> {
    let unit = match scan(label).as_slice() {
        [] => return None,
        [Token::Number(number)] | [Token::Number(number), Token::Mark(Mark::Unit, _)] => {
            number.signed()
        }
        _ => plain(label),
    };
    (!matches!(unit.as_str(), "" | "0" | "无" | "-" | "/")).then_some(unit)
}

/// A room's label in normal form: `５０１室`, `0501`, `五零一`, `5楼1号` → `501`; `501-a` →
/// `501A`; `负101`, `-101` → `B101`; `负一层` → `B1`; `五楼` → `5F`; `夹层` → `J`. A label that
/// is a name stays one, folded, in capitals.
pub fn normal_room(label: &str) -> String {
    // An odd label such as 一号001A comes to rest only at the second reading.
    let mut room = once(label);
    for _ in 0..3 {
        let again = once(&room);
        if again == room {
            break;
        }
        room = again;
    }
    room
}

fn once(label: &str) -> String {
    let parts = Parts::of(&scan(label));
    let room_only = parts.place.is_empty() && parts.building.is_none() && parts.unit.is_none();
    let lou = parts.lou.clone().or_else(|| parts.floor.clone());
    room_text(lou.as_ref(), &parts.bare)
        .filter(|_| room_only)
        .unwrap_or_else(|| plain(label))
}

/// A label that is no number: folded, in capitals, without blanks.
fn plain(label: &str) -> String {
    fold(label)
        .to_ascii_uppercase()
        .split_whitespace()
        .collect()
}
