//! Whole months.

use chrono::{Datelike, Months, NaiveDate};

use crate::read::{
    month,
    wish::{
        amounts, dictionary, numbers,
        readings::{Found, Meaning},
        tokens::Token,
    },
};

/// They join months that follow each other.
const AND: &str = "och eller ja tai";

/// `december`, `joulukuussa`, `januari 2027`, `tammi–helmikuussa`: without a year the next such, the
/// current one included.
pub(super) fn month(tokens: &[Token<'_>], today: NaiveDate) -> Option<Found> {
    let (taken, (first, last)) = named(tokens)?;
    let year = year(&tokens[taken..]);
    let of_last = year.unwrap_or(today.year() + i32::from(last < today.month()));
    let of_first = of_last - i32::from(first > last);
    let days = || {
        let from = NaiveDate::from_ymd_opt(of_first, first, 1)?;
        Some(Meaning::Days { from: Some(from), to: Some(month_end(of_last, last)?) })
    };
    Some((taken + usize::from(year.is_some()), days().unwrap_or(Meaning::Unclear)))
}

/// The days from one until that month's end.
pub(super) fn rest_of_month(from: NaiveDate) -> Option<Meaning> {
    Some(Meaning::Days { from: Some(from), to: Some(month_end(from.year(), from.month())?) })
}

fn month_end(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The first and the last month, 1 to 12.
fn named(tokens: &[Token<'_>]) -> Option<(usize, (u32, u32))> {
    let first = &tokens.first()?.word;
    let to = dictionary::find(numbers::TO, &tokens[1..]);
    let and = || dictionary::find(AND, &tokens[1..]);
    let last = to.or_else(and).and_then(|to| Some((2 + to, month::by_itself(&tokens.get(1 + to)?.word)?)));
    match (month::by_itself(first), last) {
        (Some(first), Some((taken, last))) if to.is_some() || first % 12 + 1 == last => {
            Some((taken, (first, last)))
        }
        (Some(month), _) => Some((1, (month, month))),
        (None, Some((taken, last))) => to.and(month::beginning(first)).map(|first| (taken, (first, last))),
        (None, None) => None,
    }
}

fn year(tokens: &[Token<'_>]) -> Option<i32> {
    let (first, rest) = tokens.split_first()?;
    numbers::year(&first.word).filter(|_| amounts::unit(rest).is_none())
}
