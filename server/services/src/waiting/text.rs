//! What somebody waits for, in words.

use chrono::{NaiveTime, TimeDelta, Weekday};
use vayla_domain::{Language, space::Weekdays};
use vayla_locales::{format, words};

use super::Wanted;
use crate::{catalogue::Catalogue, occupancy::Wish, wording};

/// What, when and at what hours, a phrase each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedText {
    /// `Tornion jäähalli – Koko jää`, `Is, minst halva, Haparanda`.
    pub what: String,
    /// `torsdag 5 november 2026`, `2026-11-02–2026-11-27, tis, tors`.
    pub days: String,
    /// `17:00–21:00, 1 timme`.
    pub hours: String,
}

/// Says what is wanted.
#[must_use]
pub fn describe(language: Language, catalogue: &Catalogue, wanted: &Wanted) -> WantedText {
    WantedText {
        what: what(language, catalogue, wanted),
        days: days(language, &wanted.wish),
        hours: hours(language, &wanted.wish),
    }
}

fn what(language: Language, catalogue: &Catalogue, wanted: &Wanted) -> String {
    let (w, wish) = (words(language), &wanted.wish);
    if let Some(space) = &wanted.space {
        return wording::place(language, space);
    }
    let kind = wish.kind.as_ref().map_or_else(|| w.waiting_any_kind(), |kind| wording::kind(language, kind));
    let share = (wish.share_percent > 0).then(|| w.waiting_share(wish.share_percent));
    let town = wish.municipality.as_ref().and_then(|code| catalogue.municipality(code));
    let town = town.map_or_else(|| w.waiting_any_town(), |town| town.name.get(language).to_owned());
    [Some(kind), share, Some(town)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn days(language: Language, wish: &Wish) -> String {
    if wish.from == wish.to {
        return format::date_long(language, wish.from);
    }
    let dates =
        format!("{}–{}", format::date_short(language, wish.from), format::date_short(language, wish.to));
    let weekdays = (wish.weekdays != Weekdays::ALL).then(|| weekdays(language, wish.weekdays));
    [Some(dates), weekdays].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn weekdays(language: Language, days: Weekdays) -> String {
    let day = |number: u32| Weekday::try_from(u8::try_from(number).ok()? - 1).ok();
    let names = days.iter().filter_map(day).map(|day| format::weekday_name(language, day));
    names.collect::<Vec<_>>().join(", ")
}

fn hours(language: Language, wish: &Wish) -> String {
    let w = words(language);
    let clock = |minute: u32| format::time(language, NaiveTime::MIN + TimeDelta::minutes(minute.into()));
    let length = format::duration(language, u32::try_from(wish.minutes).unwrap_or_default());
    let hours = match (wish.minute_from, wish.minute_to) {
        (0, None) => w.waiting_any_hour(),
        (from, None) => w.waiting_from_hour(clock(from)),
        (from, Some(to)) => format!("{}–{}", clock(from), clock(to)),
    };
    format!("{hours}, {length}")
}
