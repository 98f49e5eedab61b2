//! Words that bend what their neighbour means: "from Torneå", "in two hours", "after the hockey".
//! What the two mean together can't be searched by, so neither is taken.

use std::ops::RangeInclusive;

use super::{
    dictionary::{self, Table},
    edges,
    readings::{Found, Meaning, Reading},
    tokens::Token,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bend {
    side: Side,
    reach: Reach,
    /// Whether it says nothing where it bends nothing.
    silent: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Next,
    Previous,
    Either,
}

/// Which neighbours it bends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    All,
    /// Days and times of day.
    Time,
    /// And lengths.
    TimeAndLength,
}

/// As what binds a time does to something else.
const LEADING: Bend = Bend { side: Side::Next, reach: Reach::All, silent: false };
const TRAILING: Bend = Bend { side: Side::Previous, reach: Reach::All, silent: false };

const BENDS: &Table<Bend> = &[
    (Bend { side: Side::Next, reach: Reach::Time, silent: true }, "till"), // but "till 10 personer"
    (Bend { side: Side::Next, reach: Reach::TimeAndLength, silent: true }, "om"),
    (Bend { side: Side::Next, reach: Reach::TimeAndLength, silent: false }, "hela koko"),
    (LEADING, "bor asun asumme nära utanför utom förutom paitsi + < >"),
    (Bend { side: Side::Previous, reach: Reach::TimeAndLength, silent: false }, "päästä kuluttua sitten"),
    (Bend { side: Side::Either, reach: Reach::All, silent: false }, "lähellä lähistöllä"),
];

/// The bending word that the tokens begin with, where it isn't part of a phrase: a `från` too that no
/// time or date follows.
pub(super) fn find(tokens: &[Token<'_>]) -> Option<Found> {
    let leading = || edges::leading(tokens).map(|(taken, _)| (taken, LEADING));
    let trailing = || edges::trailing(tokens).map(|(taken, _)| (taken, TRAILING));
    let bend = dictionary::look_up(BENDS, tokens).or_else(trailing).or_else(leading);
    bend.map(|(taken, bend)| (taken, Meaning::Bends(bend)))
}

impl Reach {
    const fn covers(self, meaning: Meaning) -> bool {
        match meaning {
            Meaning::Nothing | Meaning::Unclear | Meaning::Bends(_) => false,
            Meaning::Minutes(_) | Meaning::AnHour => !matches!(self, Self::Time),
            Meaning::Weekdays(_) | Meaning::Except(_) | Meaning::Day(_) | Meaning::Days { .. } => true,
            Meaning::Part(_) | Meaning::Hours(_) => true,
            _ => matches!(self, Self::All),
        }
    }
}

/// Joins bending words with the neighbours that they bend.
pub(super) fn bend(mut readings: Vec<Reading>, tokens: &[Token<'_>]) -> Vec<Reading> {
    let mut at = 0;
    while at < readings.len() {
        if let Meaning::Bends(bend) = readings[at].meaning {
            let bent = bent(&readings, at, bend, tokens);
            let (first, last) = (*bent.start(), *bent.end());
            let meaning = if first == last && bend.silent { Meaning::Nothing } else { Meaning::Unclear };
            let joined = Reading { first: readings[first].first, end: readings[last].end, meaning };
            readings.splice(bent, [joined]);
            at = first;
        }
        at += 1;
    }
    readings
}

/// The readings from the bending one at `at` to its neighbour, or it alone.
fn bent(readings: &[Reading], at: usize, bend: Bend, tokens: &[Token<'_>]) -> RangeInclusive<usize> {
    let pauses = |reading: &Reading| tokens[reading.first].pause;
    let covers = |at: usize| bend.reach.covers(readings[at].meaning);
    let previous = at.checked_sub(1).filter(|_| bend.side != Side::Next && !pauses(&readings[at]));
    if let Some(previous) = previous.filter(|&previous| covers(previous)) {
        return previous..=at;
    }
    let mut next = (at + 1..readings.len()).take_while(|&next| !pauses(&readings[next]));
    let next = next.find(|&next| readings[next].meaning != Meaning::Nothing);
    next.filter(|&next| bend.side != Side::Previous && covers(next)).map_or(at..=at, |next| at..=next)
}
