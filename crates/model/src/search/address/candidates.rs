//! From pieces to doors: which number is the building, which the unit, which the room.

use super::AddressQuery;
use super::scan::{Mark, Number, Token};

/// Words that are a room of their own.
const ROOM_WORDS: [&str; 6] = ["阁楼", "顶楼", "门面", "商铺", "车库", "门卫"];

/// Longest number of a building and of a room, in digits.
const BUILDING_DIGITS: usize = 3;
const ROOM_DIGITS: usize = 5;

/// An address sorted by its marks.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) place: String,
    pub(super) building: Option<Number>,
    pub(super) unit: Option<Number>,
    pub(super) floor: Option<Number>,
    /// A number before 楼: a floor, or a building when a unit or a room's number follows.
    pub(super) lou: Option<Number>,
    /// Numbers that nothing or only a room's mark stands behind.
    pub(super) bare: Vec<Number>,
    /// Whether the first of them has a room's mark.
    room_marked: bool,
    /// Everything so far as it was written, in case it turns out to be the place.
    raw: String,
}

impl Parts {
    /// Sorts the pieces.
    pub(super) fn of(tokens: &[Token]) -> Self {
        let mut parts = Self::default();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                Token::Number(number) => {
                    let mark = match tokens.get(index + 1) {
                        Some(Token::Mark(mark, _)) => Some(*mark),
                        _ => None,
                    };
                    parts.number(number, mark);
                }
                Token::Mark(_, text) => parts.raw.push_str(text),
                Token::Divider => parts.raw.push('-'),
                Token::Words(words) => parts.words(words),
            }
        }
        parts
    }

    fn number(&mut self, number: &Number, mark: Option<Mark>) {
        match mark {
            Some(Mark::Building) => {
                // What came before the building is where the building is.
                let place = std::mem::take(&mut self.raw);
                *self = Self {
                    place: place.trim_matches('-').to_owned(),
                    building: Some(number.clone()),
                    raw: place,
                    ..Self::default()
                };
            }
            Some(Mark::Unit) => self.unit = Some(number.clone()),
            Some(Mark::Floor) => self.floor = Some(number.clone()),
            Some(Mark::Lou) => self.lou = Some(number.clone()),
            Some(Mark::Room) | None => {
                self.room_marked |= mark.is_some() && self.bare.is_empty();
                self.bare.push(number.clone());
            }
        }
        self.raw.push_str(&number.raw);
    }

    fn words(&mut self, words: &str) {
        self.raw.push_str(words);
        let placed = self.building.is_some() || self.unit.is_some();
        if ROOM_WORDS.contains(&words) && (placed || !self.place.is_empty()) {
            self.bare.push(Number {
                text: words.to_owned(),
                raw: words.to_owned(),
                below: false,
            });
            self.room_marked = true;
        } else if !placed {
            // Numbers in front of a word belong to it: 580小区, 中山路12号锦绣苑.
            *self = Self {
                place: self.raw.clone(),
                raw: std::mem::take(&mut self.raw),
                ..Self::default()
            };
        }
    }
}

/// The doors that the pieces may mean.
pub(super) fn candidates(tokens: &[Token]) -> Vec<AddressQuery> {
    let mut parts = Parts::of(tokens);
    if let Some(lou) = parts.lou.take() {
        let room_follows = parts.bare.iter().any(|number| number.digits() >= 3);
        if parts.building.is_none() && (parts.unit.is_some() || room_follows) {
            parts.building = Some(lou);
        } else {
            parts.floor = Some(lou);
        }
    }
    let place = Some(parts.place.trim_matches('-').to_owned()).filter(|place| !place.is_empty());
    let mut made: Vec<AddressQuery> = Vec::new();
    for [building, unit, room] in doors(&parts, place.is_some()) {
        let door = AddressQuery {
            place: place.clone(),
            building,
            unit: unit.filter(|unit| unit != "0"),
            room,
        };
        let empty = door.building.is_none() && door.unit.is_none() && door.room.is_none();
        if !empty && !made.contains(&door) {
            made.push(door);
        }
    }
    made
}

/// Building, unit, room.
type Door = [Option<String>; 3];

fn doors(parts: &Parts, placed: bool) -> Vec<Door> {
    let building = parts.building.as_ref().map(Number::signed);
    let unit = parts.unit.as_ref().map(Number::signed);
    let room = || room_text(parts.floor.as_ref(), &parts.bare);
    let floored = parts.floor.is_some();
    match (&building, &unit) {
        (_, Some(_)) => vec![[building, unit, room()]],
        (Some(_), None) if floored || parts.room_marked => vec![[building, None, room()]],
        (Some(_), None) => in_building(&building, &parts.bare),
        (None, None) if floored => vec![[None, None, room()]],
        (None, None) => unmarked(parts, placed),
    }
}

/// Numbers after a building: a room, or a unit and a room.
fn in_building(building: &Option<String>, bare: &[Number]) -> Vec<Door> {
    let room = room_text(None, bare);
    match bare {
        [] => vec![[building.clone(), None, None]],
        [one] if one.digits() <= 2 && one.is_plain() => vec![
            [building.clone(), Some(one.signed()), None],
            [building.clone(), None, room],
        ],
        [one] => {
            let mut doors = vec![[building.clone(), None, room]];
            doors.extend(split_unit(one).map(|(u, r)| [building.clone(), Some(u), Some(r)]));
            doors
        }
        [unit, rest @ ..] if is_unit(unit) => {
            vec![[building.clone(), Some(unit.signed()), room_text(None, rest)]]
        }
        _ => vec![[building.clone(), None, room]],
    }
}

/// Numbers without a mark among them.
fn unmarked(parts: &Parts, placed: bool) -> Vec<Door> {
    match parts.bare.as_slice() {
        [] => Vec::new(),
        [one] => alone(one, parts.room_marked, placed),
        [first, ..] if first.below || !is_building(first) => {
            let room = room_text(None, &parts.bare);
            room.filter(|_| parts.bare.iter().all(|n| n.digits() <= 3))
                .map_or_else(Vec::new, |room| vec![[None, None, Some(room)]])
        }
        [first, second] => {
            let building = Some(first.signed());
            let mut doors = in_building(&building, std::slice::from_ref(second));
            if second.digits() >= 3 && is_unit(first) {
                doors.push([None, building, Some(second.signed())]);
            } else if second.digits() == 0 {
                doors.insert(0, [None, None, room_text(None, &parts.bare)]);
            }
            doors.retain(|door| {
                door[2]
                    .as_ref()
                    .is_none_or(|room| room.len() <= ROOM_DIGITS + 1)
            });
            doors
        }
        [first, rest @ ..] => {
            if !is_unit(&rest[0]) || rest.iter().any(|n| n.digits() > ROOM_DIGITS) {
                return Vec::new();
            }
            in_building(&Some(first.signed()), rest)
        }
    }
}

/// One number and nothing else: a room, or building, unit and room written together.
fn alone(number: &Number, room_marked: bool, placed: bool) -> Vec<Door> {
    let room = [None, None, Some(number.signed())];
    if number.below || room_marked || number.text == "J" {
        return vec![room];
    }
    let small = number.digits() <= 2;
    if small && placed {
        return vec![[Some(number.signed()), None, None], room];
    }
    if number.digits() > 7 || small {
        return Vec::new();
    }
    if let Some(letter) = number.text.chars().next().filter(char::is_ascii_alphabetic) {
        // A1201: room 1201 of building A, or a room called so.
        let building = Some(letter.to_string());
        let inner = number.text[1..].to_owned();
        return vec![[building, None, Some(inner)], room];
    }
    let mut doors = Vec::new();
    for building_digits in 1..=2 {
        let (building, rest) = number.text.split_at(building_digits);
        let rest = Number {
            text: rest.to_owned(),
            ..number.clone()
        };
        let building = Some(building.to_owned());
        doors.extend(split_unit(&rest).map(|(u, r)| [building.clone(), Some(u), Some(r)]));
        if is_room(&rest.text) {
            doors.push([building, None, Some(rest.text)]);
        }
    }
    // The usual three-digit room speaks for itself, before rooms of higher floors.
    doors.sort_by_key(|door| {
        let digits = door[2]
            .as_ref()
            .map_or(0, |r| r.bytes().filter(u8::is_ascii_digit).count());
        (digits > 3, door[1].is_none())
    });
    if number.digits() <= 4 {
        doors.insert(0, room);
    } else {
        doors.push(room);
    }
    doors
}

/// `2501` as unit 2, room 501.
fn split_unit(number: &Number) -> Option<(String, String)> {
    let (unit, room) = number.text.split_at_checked(1)?;
    let fits = !number.below && ("1"..="9").contains(&unit) && is_room(room);
    fits.then(|| (unit.to_owned(), room.to_owned()))
}

/// Whether digits look like floor and door: 101 to 6060, perhaps with a letter.
fn is_room(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let number: u32 = digits.parse().unwrap_or(0);
    let door = number % 100;
    matches!(digits.len(), 3 | 4)
        && text.len() <= digits.len() + 1
        && !digits.starts_with('0')
        && (1..=60).contains(&(number / 100))
        && (1..=60).contains(&door)
}

fn is_building(number: &Number) -> bool {
    !number.below && number.digits() <= BUILDING_DIGITS && number.text != "J"
}

fn is_unit(number: &Number) -> bool {
    !number.below && number.digits() <= 2 && number.raw.len() <= 3 && number.text != "J"
}

/// A room from its floor, if one was named, and the numbers after it.
pub(super) fn room_text(floor: Option<&Number>, bare: &[Number]) -> Option<String> {
    match (floor, bare) {
        (None, []) => None,
        (Some(floor), []) if floor.below => Some(floor.signed()),
        (Some(floor), []) => Some(format!("{}F", floor.text)),
        (Some(floor), [first, ..]) if first.text == "J" => {
            Some(format!("{}{}", floor.signed(), joined(bare)))
        }
        (Some(floor), [door, rest @ ..]) => Some(door_on(floor, door, rest)),
        (None, [floor, door]) if is_unit(door) => Some(door_on(floor, door, &[])),
        _ => Some(joined(bare)),
    }
}

/// A door on a floor, or all numbers joined where the two don't go together.
fn door_on(floor: &Number, door: &Number, rest: &[Number]) -> String {
    let front = match on_floor(floor, door) {
        Some(door) => vec![door],
        // 5楼501: the number says the floor again.
        None if door.digits() >= 3 => vec![door.clone()],
        None => vec![floor.clone(), door.clone()],
    };
    joined(&[front.as_slice(), rest].concat())
}

/// Floor 5, door 3 → `503`; floor −1 → `B103`.
fn on_floor(floor: &Number, door: &Number) -> Option<Number> {
    let digits = door.text.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let number = |text: &str| text.parse().ok().filter(|n: &u32| (1..100).contains(n));
    let (level, behind) = (
        number(&floor.text)?,
        number(digits).filter(|_| !door.below)?,
    );
    Some(Number {
        text: format!("{}{}", level * 100 + behind, &door.text[digits.len()..]),
        ..floor.clone()
    })
}

/// `501`, `A` → `501A`; `501`, `1` → `501-1`; `J`, `2` → `J2`.
fn joined(numbers: &[Number]) -> String {
    let mut text = String::new();
    for number in numbers {
        let number = number.signed();
        let digit = number.starts_with(|c: char| c.is_ascii_digit());
        if digit && text.ends_with(|c: char| c.is_ascii_digit()) {
            text.push('-');
        }
        text.push_str(&number);
    }
    text
}
