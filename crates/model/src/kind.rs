//! Kinds of documents and the classes that decide who may see them (DESIGN §3).

use minicbor::{Decode, Encode};

/// What a document is. The code travels and is stored: never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Org node, grid, estate, building, shop, hazard point, shelter. Written by the center.
    Place,
    /// The doors of one building: room, dwelling id, occupancies, surname. Written by the center.
    Door,
    /// Residents of one family in one dwelling.
    Household,
    /// Phones, contacts, needs, mobility and visit cycle of one household.
    Care,
    /// The same for one child, or one person whom only named people may see.
    CareNamed,
    /// A visit.
    Visit,
    /// A reported problem.
    Case,
    /// What one department is asked to do about a case.
    Order,
    /// What a reporter may know of a case that the reporter may not follow.
    Receipt,
    /// Work with a due date.
    Task,
    /// Read by all of a scope.
    Notice,
    /// An emergency roll-call.
    Muster,
    /// A kind from a newer version: kept and passed on, never interpreted.
    Unknown(u8),
}

impl Kind {
    /// Every kind this version understands.
    pub const ALL: [Self; 12] = [
        Self::Place,
        Self::Door,
        Self::Household,
        Self::Care,
        Self::CareNamed,
        Self::Visit,
        Self::Case,
        Self::Order,
        Self::Receipt,
        Self::Task,
        Self::Notice,
        Self::Muster,
    ];

    /// The number that travels.
    pub const fn code(self) -> u8 {
        match self {
            Self::Place => 1,
            Self::Door => 2,
            Self::Household => 3,
            Self::Care => 4,
            Self::CareNamed => 5,
            Self::Visit => 6,
            Self::Case => 7,
            Self::Order => 8,
            Self::Receipt => 9,
            Self::Task => 10,
            Self::Notice => 11,
            Self::Muster => 12,
            Self::Unknown(code) => code,
        }
    }

    /// From the number that travels.
    pub fn from_code(code: u8) -> Self {
        Self::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
            .unwrap_or(Self::Unknown(code))
    }

    /// Name as in DESIGN §3; `unknown` for kinds of newer versions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Door => "door",
            Self::Household => "household",
            Self::Care => "care",
            Self::CareNamed => "care_named",
            Self::Visit => "visit",
            Self::Case => "case",
            Self::Order => "order",
            Self::Receipt => "receipt",
            Self::Task => "task",
            Self::Notice => "notice",
            Self::Muster => "muster",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Documents of these kinds have derived ids and a deterministic genesis: two phones that
    /// create the same one make the same document. All others begin with a change that carries
    /// their id.
    pub const fn has_genesis(self) -> bool {
        matches!(self, Self::Household | Self::Care | Self::CareNamed)
    }

    /// The class of a document of this kind. A visit to a `care_named` subject and a sealed
    /// case are the center's to move.
    pub const fn class(self) -> Class {
        match self {
            Self::Place | Self::Notice | Self::Unknown(_) => Class::Base,
            Self::Door => Class::Door,
            Self::Household => Class::Roster,
            Self::Care => Class::Care,
            Self::CareNamed => Class::CareNamed,
            Self::Order => Class::Order,
            Self::Visit | Self::Case | Self::Receipt | Self::Task | Self::Muster => Class::Work,
        }
    }
}

impl<C> Encode<C> for Kind {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(self.code())?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Kind {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.u8().map(Self::from_code)
    }
}

/// Who may see a document, together with a scope. The code travels: never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Class {
    /// Places and notices.
    #[n(1)]
    Base,
    /// Doors: rooms and surnames.
    #[n(2)]
    Door,
    /// Residents.
    #[n(3)]
    Roster,
    /// Phones and needs.
    #[n(4)]
    Care,
    /// Care for named people's eyes only.
    #[n(5)]
    CareNamed,
    /// Visits, cases, tasks, roll-calls.
    #[n(6)]
    Work,
    /// Department orders.
    #[n(7)]
    Order,
    /// Restricted cases, for desk roles.
    #[n(8)]
    Sealed,
}

impl Class {
    /// Every class with its name in the reference data.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Base, "base"),
        (Self::Door, "door"),
        (Self::Roster, "roster"),
        (Self::Care, "care"),
        (Self::CareNamed, "care_named"),
        (Self::Work, "work"),
        (Self::Order, "order"),
        (Self::Sealed, "sealed"),
    ];

    /// From its name in the reference data.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, n)| *n == name)
            .map(|(class, _)| class)
    }

    /// Its name in the reference data.
    pub fn name(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(class, _)| *class == self)
            .map_or("", |(_, name)| name)
    }
}
