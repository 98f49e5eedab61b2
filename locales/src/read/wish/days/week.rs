//! Weeks by their ISO numbers, as both countries count them.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::read::wish::{
    amounts, dictionary, numbers,
    readings::{Found, Meaning},
    tokens::Token,
};

const WEEK: &str = "vecka veckorna v viikko viikolla viikot viikoilla vko vk";
const AND: &str = "och eller ja tai";
const WEEKS_MAX: i64 = 53;
const LAST_DAY: Days = Days::new(6);

/// `vecka 48`, `v 48–50`, `viikolla 48`: the next such that isn't over.
pub(super) fn week(tokens: &[Token<'_>], today: NaiveDate) -> Option<Found> {
    let (taken, (first, last)) = numbered(tokens)?;
    Some((taken, days(first, last, today).unwrap_or(Meaning::Unclear)))
}

/// Whether the tokens begin with a week and its number.
pub(in crate::read::wish) fn is_week(tokens: &[Token<'_>]) -> bool {
    numbered(tokens).is_some()
}

/// The numbers of the first and the last week.
fn numbered(tokens: &[Token<'_>]) -> Option<(usize, (i64, i64))> {
    let week = dictionary::find(WEEK, tokens)?;
    let (taken, (first, last)) = numbers::range(&tokens[week..])?;
    let (more, last) = next(&tokens[week + taken..], last)?;
    let is_a_week = |number: i64| number % 100 == 0 && (1..=WEEKS_MAX).contains(&(number / 100));
    (is_a_week(first) && is_a_week(last)).then_some((week + taken + more, (first / 100, last / 100)))
}

/// `49 och 50`: the second, if it follows the first; of others none is the last.
fn next(tokens: &[Token<'_>], first: i64) -> Option<(usize, i64)> {
    let second = dictionary::find(AND, tokens).and_then(|and| {
        let (taken, second) = numbers::number(&tokens[and..])?;
        amounts::unit(&tokens[and + taken..]).is_none().then_some((and + taken, second))
    });
    match second {
        None => Some((0, first)),
        Some((taken, second)) => (second == first + 100).then_some((taken, second)),
    }
}

/// From the Monday of the first week to the Sunday of the last.
fn days(first: i64, last: i64, today: NaiveDate) -> Option<Meaning> {
    let year = today.iso_week().year();
    let to = [year, year + 1].into_iter().find_map(|year| {
        let sunday = monday(year, last)?.checked_add_days(LAST_DAY)?;
        (sunday >= today).then_some(sunday)
    })?;
    let year = to.iso_week().year() - i32::from(first > last); // over the turn of the year
    Some(Meaning::Days { from: Some(monday(year, first)?), to: Some(to) })
}

fn monday(year: i32, week: i64) -> Option<NaiveDate> {
    NaiveDate::from_isoywd_opt(year, week.try_into().ok()?, Weekday::Mon)
}
