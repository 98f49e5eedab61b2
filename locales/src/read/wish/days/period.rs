//! Days counted from today.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{month, week};
use crate::read::wish::{
    amounts::{Unit, unit},
    dictionary::{self, Table},
    numbers,
    readings::{Found, Meaning},
    times,
    tokens::Token,
};

#[derive(Debug, Clone, Copy)]
enum Named {
    /// Days from today.
    In(u64),
    ThisWeek,
    NextWeek,
    ThisMonth,
    NextMonth,
}

const NAMED: &Table<Named> = &[
    (Named::In(0), "idag i_dag tänään"),
    (Named::In(1), "imorgon i_morgon imorron i_morron imorn huomenna huomen huomis huomiseksi"),
    (Named::In(2), "övermorgon i_övermorgon iövermorgon ylihuomenna"),
    (Named::ThisWeek, "den_här_veckan denna_vecka tällä_viikolla tämän_viikon_aikana"),
    (Named::NextWeek, "nästa_vecka ensi_viikolla ensi_viikko seuraavalla_viikolla"),
    (Named::ThisMonth, "den_här_månaden denna_månad tässä_kuussa tämän_kuun_aikana"),
    (Named::NextMonth, "nästa_månad ensi_kuussa"),
];

/// Before a part of the day they mean today's.
const TONIGHT: &str = "i tänä";

/// Before a number of weeks: that many from today.
const COMING: &str = "kommande nästa nästkommande närmaste inom seuraavat seuraavien seuraavan \
    tulevat tulevien lähimmät lähimpien";
/// These need no number.
const NEAREST: &str = "närmaste lähimmän";
const AHEAD: &str = "framåt eteenpäin sisällä sisään kuluessa aikana";
/// A longer time isn't clear any more.
const COUNT_MAX: u32 = 100;

/// `idag`, `i kväll`, `ensi viikolla`, `kommande tre veckor`, `vecka 48`, `joulukuussa`.
pub(in crate::read::wish) fn period(tokens: &[Token<'_>], today: NaiveDate) -> Option<Found> {
    let named = || {
        let (taken, named) = dictionary::look_up(NAMED, tokens)?;
        Some((taken, days(named, today).unwrap_or(Meaning::Unclear)))
    };
    named()
        .or_else(|| tonight(tokens, today))
        .or_else(|| counted(tokens, today))
        .or_else(|| week::week(tokens, today))
        .or_else(|| month::month(tokens, today))
}

fn days(named: Named, today: NaiveDate) -> Option<Meaning> {
    let from_monday = u64::from(today.weekday().num_days_from_monday());
    let sunday = today.checked_add_days(Days::new(6 - from_monday));
    match named {
        Named::In(days) => Some(Meaning::Day(today.checked_add_days(Days::new(days))?)),
        Named::ThisWeek => Some(Meaning::Days { from: Some(today), to: Some(sunday?) }),
        Named::NextWeek => {
            let (monday, sunday) = (sunday?.succ_opt()?, sunday?.checked_add_days(Days::new(7))?);
            Some(Meaning::Days { from: Some(monday), to: Some(sunday) })
        }
        Named::ThisMonth => month::rest_of_month(today),
        Named::NextMonth => month::rest_of_month(today.with_day(1)?.checked_add_months(Months::new(1))?),
    }
}

fn tonight(tokens: &[Token<'_>], today: NaiveDate) -> Option<Found> {
    let taken = dictionary::find(TONIGHT, tokens)?;
    times::part(&tokens[taken..]).map(|_| (taken, Meaning::Day(today)))
}

fn counted(tokens: &[Token<'_>], today: NaiveDate) -> Option<Found> {
    let coming = dictionary::find(COMING, tokens);
    let nearest = dictionary::find(NEAREST, tokens);
    let start = coming.or(nearest).unwrap_or(0);
    let number = numbers::whole(&tokens[start..]);
    let (more, count) = number.or(nearest.map(|_| (0, 1)))?;
    let taken = start + more;
    let (more, unit) = unit(&tokens[taken..])?;
    let taken = taken + more;
    let ahead = dictionary::find(AHEAD, &tokens[taken..]);
    if coming.or(nearest).or(ahead).is_none() || !matches!(unit, Unit::Day | Unit::Week | Unit::Month) {
        return None;
    }
    let to = last_day(count, unit, today);
    let meaning = to.map_or(Meaning::Unclear, |to| Meaning::Days { from: Some(today), to: Some(to) });
    Some((taken + ahead.unwrap_or(0), meaning))
}

/// The last of so many days, weeks or months that begin today.
fn last_day(count: i64, unit: Unit, today: NaiveDate) -> Option<NaiveDate> {
    let count = u32::try_from(count).ok().filter(|count| (1..=COUNT_MAX).contains(count))?;
    let after = match unit {
        Unit::Day => today.checked_add_days(Days::new(count.into())),
        Unit::Week => today.checked_add_days(Days::new(u64::from(count) * 7)),
        Unit::Month => today.checked_add_months(Months::new(count)),
        _ => None,
    };
    after?.pred_opt()
}
