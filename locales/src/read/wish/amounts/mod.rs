//! How long, how much of a hall, how many people.

mod length;
mod people;
mod share;
mod units;

pub(super) use units::{Unit, unit};

use super::{
    dictionary::{self, Table},
    readings::{Found, Meaning},
    tokens::Token,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    AtMost,
    Other,
}

/// Words after which a number isn't the amount that is wanted.
const BOUNDS: &Table<Bound> = &[
    (Bound::AtMost, "högst max maximalt maks enintään korkeintaan upp_till jopa"),
    (Bound::Other, "över under yli alle mer_än fler_än mindre_än färre_än enemmän_kuin vähemmän_kuin"),
];

/// The amount that the tokens begin with.
pub(super) fn amount(tokens: &[Token<'_>]) -> Option<Found> {
    bounded(tokens).or_else(|| plain(tokens))
}

fn plain(tokens: &[Token<'_>]) -> Option<Found> {
    people::people(tokens).or_else(|| length::length(tokens)).or_else(|| share::share(tokens))
}

/// "At most 20 people" asks for room for 20; of a length or a share it says nothing that is searched by.
fn bounded(tokens: &[Token<'_>]) -> Option<Found> {
    let (taken, bound) = dictionary::look_up(BOUNDS, tokens)?;
    let (more, meaning) = plain(&tokens[taken..])?;
    let clear = bound == Bound::AtMost && matches!(meaning, Meaning::People(_));
    Some((taken + more, if clear { meaning } else { Meaning::Unclear }))
}
