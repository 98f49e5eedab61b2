//! What the phrases of a text mean, each by itself.

use chrono::{NaiveDate, WeekdaySet};

use super::{
    Context, amounts, bends,
    clauses::{self, clauses},
    days, filler,
    kinds::{self, Kind},
    places,
    times::{self, Hours, PartOfDay},
    tokens::Token,
};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Minutes(i64),
    /// `tunniksi`: an hour, unless an unknown word before it says how many.
    AnHour,
    Percent(i64),
    People(i64),
    Kind(Kind),
    Weekdays(WeekdaySet),
    Except(WeekdaySet),
    Part(&'static PartOfDay),
    Hours(Hours),
    Day(NaiveDate),
    Days {
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    },
    /// The index of a place.
    Place(usize),
    AnyPlace,
    /// Bends what its neighbour means.
    Bends(bends::Bend),
    /// Understood, and nothing follows from it.
    Nothing,
    Unclear,
}

/// A phrase of the text: the tokens `first..end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub first: usize,
    pub end: usize,
    pub meaning: Meaning,
}

/// How many tokens of a clause a phrase takes, and what it means.
pub(super) type Found = (usize, Meaning);

/// Reads the text: the phrases cover all tokens, in order.
pub(super) fn read(tokens: &[Token<'_>], context: &Context<'_>) -> Vec<Reading> {
    let mut readings = Vec::new();
    for clause in clauses(tokens) {
        let negated = clauses::negated(&tokens[clause.clone()], context);
        let (mut first, end) = (clause.start, clause.end);
        while first < end {
            let found = negated.or_else(|| phrase(&tokens[first..end], context));
            let (taken, meaning) = found.unwrap_or((1, Meaning::Unclear));
            readings.push(Reading { first, end: first + taken, meaning });
            first += taken;
        }
    }
    readings
}

/// The phrase that the tokens begin with. Amounts come before dates: `1.5 h` is no day in May.
fn phrase(tokens: &[Token<'_>], context: &Context<'_>) -> Option<Found> {
    amounts::amount(tokens)
        .or_else(|| days::date(tokens, context))
        .or_else(|| times::time(tokens, context))
        .or_else(|| days::weekdays(tokens, context.language))
        .or_else(|| days::period(tokens, context.today))
        .or_else(|| times::part(tokens).map(|(taken, part)| (taken, Meaning::Part(part))))
        .or_else(|| places::place(tokens, context.places))
        .or_else(|| kinds::kind(tokens).map(|(taken, kind)| (taken, Meaning::Kind(kind))))
        .or_else(|| filler::filler(tokens).map(|taken| (taken, Meaning::Nothing)))
        .or_else(|| bends::find(tokens))
        .or_else(|| (tokens.first()?.word == "-").then_some((1, Meaning::Nothing)))
}
