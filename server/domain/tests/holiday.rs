//! The holidays equal those of PyPI's `holidays`: `holiday.csv`, written by `holiday.py`.
//!
//! Finland has more eves here on purpose: the library knows only its two days off among them.

use std::{collections::BTreeMap, ops::RangeInclusive};

use chrono::{Datelike, NaiveDate, Weekday};
use vayla_domain::holiday::{Holiday, Rank, holiday, holidays, is_working_day};

const COUNTRIES: [&str; 2] = ["SE", "FI"];
const YEARS: RangeInclusive<i32> = 1990..=2100;

/// The library's names and ours. A squeeze day is one that many take off, and no holiday.
const NAMES: [(&str, Option<Holiday>); 25] = [
    ("New Year's Day", Some(Holiday::NewYearsDay)),
    ("Twelfth Night (from 2pm)", Some(Holiday::EpiphanyEve)),
    ("Epiphany", Some(Holiday::Epiphany)),
    ("Maundy Thursday (from 2pm)", Some(Holiday::MaundyThursday)),
    ("Good Friday", Some(Holiday::GoodFriday)),
    ("Holy Saturday", Some(Holiday::EasterEve)),
    ("Easter Sunday", Some(Holiday::EasterDay)),
    ("Easter Monday", Some(Holiday::EasterMonday)),
    ("Walpurgis Night (from 2pm)", Some(Holiday::WalpurgisEve)),
    ("May Day", Some(Holiday::MayDay)),
    ("Ascension Day", Some(Holiday::AscensionDay)),
    ("Squeeze day", None),
    ("Pentecost Eve", Some(Holiday::WhitEve)),
    ("Pentecost", Some(Holiday::WhitSunday)),
    ("Pentecost Monday", Some(Holiday::WhitMonday)),
    ("National Day", Some(Holiday::NationalDay)),
    ("Midsummer Eve", Some(Holiday::MidsummerEve)),
    ("Midsummer Day", Some(Holiday::MidsummerDay)),
    ("All Saints' Eve (from 2pm)", Some(Holiday::AllSaintsEve)),
    ("All Saints' Day", Some(Holiday::AllSaintsDay)),
    ("Independence Day", Some(Holiday::IndependenceDay)),
    ("Christmas Eve", Some(Holiday::ChristmasEve)),
    ("Christmas Day", Some(Holiday::ChristmasDay)),
    ("Second Day of Christmas", Some(Holiday::BoxingDay)),
    ("New Year's Eve", Some(Holiday::NewYearsEve)),
];

/// Eves of Finland that the library doesn't have.
const FINNISH_EVES: [Holiday; 7] = [
    Holiday::EpiphanyEve,
    Holiday::MaundyThursday,
    Holiday::EasterEve,
    Holiday::WalpurgisEve,
    Holiday::WhitEve,
    Holiday::AllSaintsEve,
    Holiday::NewYearsEve,
];

/// A day of the library.
struct Kept {
    category: &'static str,
    name: &'static str,
    ours: Holiday,
}

/// By country and date; some dates have two.
fn oracle() -> BTreeMap<(&'static str, NaiveDate), Vec<Kept>> {
    let mut days: BTreeMap<_, Vec<Kept>> = BTreeMap::new();
    for line in include_str!("holiday.csv").lines() {
        let [country, category, name, dates] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("four fields: {line}")
        };
        let (_, ours) = NAMES.iter().find(|(theirs, _)| *theirs == name).expect("a known name");
        let Some(ours) = *ours else { continue };
        for date in dates.split(' ') {
            let date = date.parse().expect("a date");
            days.entry((country, date)).or_default().push(Kept { category, name, ours });
        }
    }
    days
}

#[test]
fn every_day_of_the_library_is_ours() {
    let oracle = oracle();
    assert!(oracle.len() > 4_000);
    for ((country, date), kept) in oracle {
        let found = holiday(country, date).unwrap_or_else(|| panic!("{country} {date}"));
        let highest = kept.iter().map(|day| day.ours.rank()).min();
        assert!(kept.iter().any(|day| day.ours == found), "{country} {date}: {found:?}");
        assert_eq!(Some(found.rank()), highest, "{country} {date}: {found:?}");
    }
}

#[test]
fn nothing_is_ours_that_the_library_lacks_but_some_eves() {
    let oracle = oracle();
    for country in COUNTRIES {
        for (date, found) in YEARS.flat_map(|year| holidays(country, year)) {
            let more = country == "FI" && FINNISH_EVES.contains(&found);
            assert_ne!(oracle.contains_key(&(country, date)), more, "{country} {date}: {found:?}");
        }
    }
}

/// Only Whit Eve is less here: it is an ordinary Saturday but for what comes after it.
#[test]
fn days_have_the_rank_that_the_library_gives_them() {
    let days_off_of_finland = [Holiday::MidsummerEve, Holiday::ChristmasEve];
    for ((country, date), kept) in oracle() {
        for Kept { category, name, ours } in kept {
            let expected = match category {
                "public" if !days_off_of_finland.contains(&ours) => Rank::Public,
                "optional" if name.ends_with("(from 2pm)") || ours == Holiday::WhitEve => Rank::HalfDay,
                _ => Rank::Eve,
            };
            assert_eq!(ours.rank(), expected, "{country} {date}: {name}");
        }
    }
}

#[test]
fn working_days_are_those_of_the_library() {
    let oracle = oracle();
    let dates = YEARS.flat_map(|year| (1..=366).filter_map(move |day| NaiveDate::from_yo_opt(year, day)));
    for (date, country) in dates.flat_map(|date| COUNTRIES.map(|country| (date, country))) {
        let free = |kept: &Vec<Kept>| kept.iter().any(|day| day.category != "optional");
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let working = !weekend && !oracle.get(&(country, date)).is_some_and(free);
        assert_eq!(is_working_day(country, date), working, "{country} {date}");
    }
}
