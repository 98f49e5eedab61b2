//! Hours, days and seasons in words: of opening, and of prices.

use chrono::{NaiveDate, NaiveTime, TimeDelta, Weekday};
use vayla_domain::{
    Language,
    space::{Condition, Dates, Holidays, Weekdays, YearDay, Yearly},
};
use vayla_locales::{format, words};

/// Days of the week are numbers, as ISO has them: Monday is 1.
#[must_use]
pub fn weekday_name(language: Language, weekday: u32) -> String {
    let weekday = u8::try_from(weekday - 1).ok().and_then(|day| Weekday::try_from(day).ok());
    weekday.map_or_else(String::new, |weekday| format::weekday_name(language, weekday))
}

/// `måndag–fredag`, `tisdag, torsdag`.
#[must_use]
pub fn weekdays(language: Language, days: Weekdays) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for day in days.iter() {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let name = |day| weekday_name(language, day);
    let run = |(first, last): &(u32, u32)| match first == last {
        true => name(*first),
        false => format!("{}–{}", name(*first), name(*last)),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

/// `16:00–22:00`, `20.00–2.00`.
#[must_use]
pub fn range(language: Language, from: i64, to: i64) -> String {
    let time = |minute: i64| match (minute, language) {
        (1440, Language::Sv) => "24:00".to_owned(),
        (1440, Language::Fi) => "24.00".to_owned(),
        _ => format::time(language, NaiveTime::MIN + TimeDelta::minutes(minute)),
    };
    format!("{}–{}", time(from), time(to))
}

#[must_use]
pub fn holidays(language: Language, which: Holidays) -> String {
    let w = words(language);
    match which {
        Holidays::Public => w.facility_public_holidays(),
        Holidays::Eve => w.facility_eves(),
        Holidays::Named(holiday) => format::holiday(language, holiday),
    }
}

/// `15 aug.–10 apr.`, `23.12.`, in the year of a date.
#[must_use]
pub fn yearly(language: Language, days: Yearly, year_of: NaiveDate) -> String {
    let day = |day: YearDay| {
        day.in_year(year_of).map_or_else(String::new, |date| format::month_day(language, date))
    };
    if days.from == days.to { day(days.from) } else { format!("{}–{}", day(days.from), day(days.to)) }
}

/// `2026-12-17–2026-12-18`.
#[must_use]
pub fn dates(language: Language, dates: Dates) -> String {
    let day = |date| format::date_short(language, date);
    if dates.from == dates.to { day(dates.from) } else { format!("{}–{}", day(dates.from), day(dates.to)) }
}

/// On which dates; nothing where on all.
#[must_use]
pub fn condition(language: Language, on: &Condition, year_of: NaiveDate) -> String {
    match on {
        Condition::Always => String::new(),
        Condition::Season(days) | Condition::Yearly(days) => yearly(language, *days, year_of),
        Condition::Holidays(which) => {
            which.iter().map(|one| holidays(language, *one)).collect::<Vec<_>>().join(", ")
        }
        Condition::Dates(which) => dates(language, *which),
    }
}
