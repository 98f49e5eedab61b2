//! Sweden: the act on public holidays (SFS 1989:253).

use chrono::{Datelike, NaiveDate};

use super::{Holiday, easter::days_after_easter, shared};

/// The year in which the national day took the place of Whit Monday.
const NATIONAL_DAY_SINCE: i32 = 2005;

pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    let since = date.year() >= NATIONAL_DAY_SINCE;
    match (date.month(), date.day()) {
        (6, 6) if since => Some(Holiday::NationalDay),
        _ if !since && days_after_easter(date) == 50 => Some(Holiday::WhitMonday),
        _ => shared::holiday(date),
    }
}
