//! What both countries keep on the same dates.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Holiday, easter::days_after_easter};

pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    let falling = [on_fixed_date(date), on_weekday_between_dates(date), by_easter(date)];
    falling.into_iter().flatten().min_by_key(|holiday| holiday.rank())
}

fn on_fixed_date(date: NaiveDate) -> Option<Holiday> {
    match (date.month(), date.day()) {
        (1, 1) => Some(Holiday::NewYearsDay),
        (1, 5) => Some(Holiday::EpiphanyEve),
        (1, 6) => Some(Holiday::Epiphany),
        (4, 30) => Some(Holiday::WalpurgisEve),
        (5, 1) => Some(Holiday::MayDay),
        (12, 24) => Some(Holiday::ChristmasEve),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::BoxingDay),
        (12, 31) => Some(Holiday::NewYearsEve),
        _ => None,
    }
}

fn on_weekday_between_dates(date: NaiveDate) -> Option<Holiday> {
    match (date.weekday(), date.month(), date.day()) {
        (Weekday::Fri, 6, 19..=25) => Some(Holiday::MidsummerEve),
        (Weekday::Sat, 6, 20..=26) => Some(Holiday::MidsummerDay),
        (Weekday::Fri, 10, 30..) | (Weekday::Fri, 11, ..=5) => Some(Holiday::AllSaintsEve),
        (Weekday::Sat, 10, 31) | (Weekday::Sat, 11, ..=6) => Some(Holiday::AllSaintsDay),
        _ => None,
    }
}

fn by_easter(date: NaiveDate) -> Option<Holiday> {
    match days_after_easter(date) {
        -3 => Some(Holiday::MaundyThursday),
        -2 => Some(Holiday::GoodFriday),
        -1 => Some(Holiday::EasterEve),
        0 => Some(Holiday::EasterDay),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::AscensionDay),
        48 => Some(Holiday::WhitEve),
        49 => Some(Holiday::WhitSunday),
        _ => None,
    }
}
