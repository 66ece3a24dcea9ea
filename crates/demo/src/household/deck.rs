//! The deck of households: how many of which sort, so that all counts come out.

use crate::dice::Dice;
use crate::totals::Totals;

/// Sorts of households.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A person over 65 living alone.
    ElderAlone,
    /// A couple over 65, children gone.
    EmptyNest,
    /// Grandparents with a child whose parents work elsewhere.
    Skipped,
    /// One adult.
    Single,
    /// A couple under 65.
    Couple,
    /// A couple with a child.
    CoupleChild,
    /// A couple with two children.
    CoupleTwo,
    /// A parent with a child.
    LoneParent,
    /// One elder, a couple, a child.
    ThreeGen,
    /// Two elders, a couple, a child.
    ThreeGenBoth,
    /// An elder with a grown-up child.
    ElderChild,
    /// A migrant alone.
    MigrantSingle,
    /// A migrant couple.
    MigrantCouple,
    /// A migrant family.
    MigrantFamily,
    /// So many migrants sharing a flat.
    MigrantShare(u8),
    /// A lodger with a flat of their own for a while.
    LodgerAlone,
    /// A foreigner alone.
    AbroadAlone,
}

impl Kind {
    /// Registered residents at home (P10).
    pub fn at_home(self) -> usize {
        use Kind::*;
        match self {
            ElderAlone | Single => 1,
            EmptyNest | Couple | LoneParent | ElderChild => 2,
            Skipped | CoupleChild => 3,
            CoupleTwo | ThreeGen => 4,
            ThreeGenBoth => 5,
            _ => 0,
        }
    }

    /// Elders whose age may be beyond 80.
    fn elders(self) -> usize {
        match self {
            Kind::ElderAlone | Kind::ThreeGen | Kind::ElderChild => 1,
            Kind::EmptyNest | Kind::ThreeGenBoth => 2,
            _ => 0,
        }
    }
}

/// One household to be dealt to a dwelling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Card {
    pub(crate) kind: Kind,
    /// Registered members who are away (P11).
    pub(crate) away: usize,
    /// A lodger lives with them (P13).
    pub(crate) lodger: bool,
    /// The spouse is from abroad (P14).
    pub(crate) abroad: bool,
    /// Somebody has no household registration (P15).
    pub(crate) unregistered: bool,
    /// The elders are beyond 80 (P22).
    pub(crate) old: bool,
}

fn card(kind: Kind) -> Card {
    Card {
        kind,
        away: 0,
        lodger: false,
        abroad: false,
        unregistered: false,
        old: false,
    }
}

/// The shuffled deck.
pub(crate) fn deck(totals: &Totals, dice: &mut Dice) -> Vec<Card> {
    let mut deck = Vec::with_capacity(totals.households);
    let mut add = |kind: Kind, n: usize| deck.extend((0..n).map(|_| card(kind)));
    add(Kind::ElderAlone, totals.persons("P20"));
    add(Kind::EmptyNest, totals.persons("P21") / 2);
    add(Kind::Skipped, totals.persons("P28"));
    add(Kind::LodgerAlone, totals.persons("P13") / 2);
    add(Kind::AbroadAlone, totals.persons("P14") / 3);
    migrants(&mut deck, totals.persons("P12"), dice);
    let at_home: usize = deck.iter().map(|c| c.kind.at_home()).sum();
    let start = deck.len();
    let families = totals.households.saturating_sub(start);
    deck.extend((0..families).map(|_| card(dice.weighted(&FAMILIES))));
    settle(
        &mut deck[start..],
        totals.persons("P10").saturating_sub(at_home),
        dice,
    );
    extras(&mut deck, totals, dice);
    dice.shuffle(&mut deck);
    let mut old = totals.persons("P22");
    for card in &mut deck {
        let elders = card.kind.elders();
        if elders > 0 && elders <= old {
            card.old = true;
            old -= elders;
        }
    }
    dice.shuffle(&mut deck);
    deck
}

const FAMILIES: [(Kind, u32); 8] = [
    (Kind::Single, 20),
    (Kind::Couple, 25),
    (Kind::CoupleChild, 23),
    (Kind::CoupleTwo, 6),
    (Kind::LoneParent, 4),
    (Kind::ThreeGen, 8),
    (Kind::ThreeGenBoth, 5),
    (Kind::ElderChild, 9),
];

fn migrants(deck: &mut Vec<Card>, mut people: usize, dice: &mut Dice) {
    let kinds = [
        ((Kind::MigrantSingle, 1), 26),
        ((Kind::MigrantCouple, 2), 28),
        ((Kind::MigrantFamily, 3), 28),
        ((Kind::MigrantShare(3), 3), 10),
        ((Kind::MigrantShare(4), 4), 8),
    ];
    while people > 0 {
        let (kind, size) = dice.weighted(&kinds);
        if size <= people {
            deck.push(card(kind));
            people -= size;
        }
    }
}

/// Grows or shrinks families until they hold exactly `people`.
fn settle(families: &mut [Card], people: usize, dice: &mut Dice) {
    const CHAIN: [Kind; 4] = [
        Kind::Single,
        Kind::Couple,
        Kind::CoupleChild,
        Kind::CoupleTwo,
    ];
    let mut now: usize = families.iter().map(|c| c.kind.at_home()).sum();
    let mut tries = families.len() * 40;
    while now != people && tries > 0 {
        tries -= 1;
        let card = &mut families[dice.below(families.len().max(1))];
        let Some(at) = CHAIN.iter().position(|k| *k == card.kind) else {
            continue;
        };
        if now < people && at + 1 < CHAIN.len() {
            card.kind = CHAIN[at + 1];
            now += 1;
        } else if now > people && at > 0 {
            card.kind = CHAIN[at - 1];
            now -= 1;
        }
    }
}

/// Deals out those who are away, lodge, come from abroad or have no registration.
fn extras(deck: &mut [Card], totals: &Totals, dice: &mut Dice) {
    let mut away = totals.persons("P11");
    for card in deck.iter_mut() {
        let n = match card.kind {
            Kind::Skipped => 2,
            Kind::ElderAlone => usize::from(dice.chance(500)),
            Kind::EmptyNest => usize::from(dice.chance(450)),
            _ => 0,
        };
        card.away = n.min(away);
        away -= card.away;
    }
    let families: Vec<usize> = (0..deck.len())
        .filter(|&i| {
            let kind = deck[i].kind;
            kind.at_home() > 0
                && !matches!(kind, Kind::Skipped | Kind::ElderAlone | Kind::EmptyNest)
        })
        .collect();
    let mut order = families.clone();
    dice.shuffle(&mut order);
    let second: Vec<usize> = order.iter().rev().copied().collect();
    for i in order.iter().chain(&second) {
        if away == 0 {
            break;
        }
        deck[*i].away += 1;
        away -= 1;
    }
    mark(
        deck,
        &families,
        totals.persons("P13") - totals.persons("P13") / 2,
        dice,
        |c| std::mem::replace(&mut c.lodger, true),
    );
    let singles: Vec<usize> = families
        .iter()
        .copied()
        .filter(|&i| deck[i].kind == Kind::Single)
        .collect();
    mark(
        deck,
        &singles,
        totals.persons("P14") - totals.persons("P14") / 3,
        dice,
        |c| std::mem::replace(&mut c.abroad, true),
    );
    let pairs: Vec<usize> = families
        .iter()
        .copied()
        .filter(|&i| deck[i].kind == Kind::Couple)
        .collect();
    mark(deck, &pairs, totals.persons("P15"), dice, |c| {
        std::mem::replace(&mut c.unregistered, true)
    });
}

/// Marks `n` different cards; `set` tells whether a card was marked before.
fn mark(
    deck: &mut [Card],
    among: &[usize],
    n: usize,
    dice: &mut Dice,
    set: impl Fn(&mut Card) -> bool,
) {
    let mut left = n.min(among.len());
    while left > 0 {
        if !set(&mut deck[dice.pick(among)]) {
            left -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::totals::Size;

    #[test]
    fn the_deck_holds_exactly_the_people_of_the_county() {
        let totals = Totals::of(Size::M);
        let deck = deck(&totals, &mut Dice::new(1, "deck", 0));
        assert_eq!(deck.len(), totals.households);
        assert_eq!(
            deck.iter().map(|c| c.kind.at_home()).sum::<usize>(),
            totals.persons("P10")
        );
        assert_eq!(
            deck.iter().map(|c| c.away).sum::<usize>(),
            totals.persons("P11")
        );
        let old: usize = deck.iter().filter(|c| c.old).map(|c| c.kind.elders()).sum();
        assert_eq!(old, totals.persons("P22"));
    }
}
