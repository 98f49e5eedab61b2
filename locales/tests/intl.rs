//! What we format equals what Node's `Intl` says: `intl.json`, written by `intl.mjs`.
//!
//! One difference on purpose: kronor in Finnish are `kr`, where CLDR has `SEK`.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, Weekday};
use rust_decimal::Decimal;
use serde::Deserialize;
use vayla_domain::{
    language::Language,
    money::{Currency, Money},
};
use vayla_locales::format;

#[derive(Deserialize)]
struct Oracle {
    sv: Said,
    fi: Said,
}

/// What `Intl` says in one language; maps go from the plain value to its text.
#[derive(Deserialize)]
struct Said {
    /// The date, then short, with weekday, long, month and day.
    dates: Vec<(NaiveDate, String, String, String, String)>,
    /// Full and short, from Monday.
    weekdays: Vec<(String, String)>,
    times: BTreeMap<String, String>,
    ranges: Vec<(String, String, String)>,
    /// By currency.
    money: BTreeMap<String, BTreeMap<String, String>>,
    numbers: BTreeMap<String, String>,
    percents: BTreeMap<String, String>,
    hours: BTreeMap<u32, String>,
    minutes: BTreeMap<u32, String>,
}

fn each_language(check: impl Fn(Language, Said)) {
    let oracle: Oracle = serde_json::from_str(include_str!("intl.json")).expect("the fixture");
    check(Language::Sv, oracle.sv);
    check(Language::Fi, oracle.fi);
}

#[test]
fn dates() {
    each_language(|language, said| {
        assert!(said.dates.len() > 150);
        for (date, short, weekday, long, month_day) in said.dates {
            assert_eq!(format::date_short(language, date), short);
            assert_eq!(format::date_weekday(language, date), weekday);
            assert_eq!(format::date_long(language, date), long);
            assert_eq!(format::month_day(language, date), month_day);
        }
    });
}

#[test]
fn weekdays() {
    each_language(|language, said| {
        assert_eq!(said.weekdays.len(), 7);
        for (number, (name, short)) in (0u8..).zip(said.weekdays) {
            let day = Weekday::try_from(number).expect("a weekday");
            assert_eq!(format::weekday_name(language, day), name);
            assert_eq!(format::weekday_short(language, day), short);
        }
    });
}

#[test]
fn times() {
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
    each_language(|language, said| {
        assert!(!said.times.is_empty() && !said.ranges.is_empty());
        for (value, text) in said.times {
            assert_eq!(format::time(language, time(&value)), text);
        }
        for (from, to, text) in said.ranges {
            assert_eq!(format::time_range(language, time(&from), time(&to)), text);
        }
    });
}

#[test]
fn money() {
    each_language(|language, said| {
        assert_eq!(said.money.len(), 3);
        for (code, amounts) in said.money {
            let currency: Currency = code.parse().expect("a currency");
            for (amount, text) in amounts {
                let text = if code == "SEK" { text.replace("SEK", "kr") } else { text };
                let amount = Money::parse(&amount, currency).expect("an amount");
                assert_eq!(format::money(language, amount), text);
            }
        }
    });
}

#[test]
fn numbers() {
    let decimal = |text: &str| text.parse::<Decimal>().expect("a number");
    each_language(|language, said| {
        assert!(!said.numbers.is_empty() && !said.percents.is_empty());
        for (value, text) in said.numbers {
            assert_eq!(format::number(language, decimal(&value)), text);
        }
        for (value, text) in said.percents {
            assert_eq!(format::percent(language, decimal(&value)), text);
        }
    });
}

#[test]
fn durations() {
    each_language(|language, said| {
        assert!(!said.hours.is_empty() && !said.minutes.is_empty());
        for (hours, text) in said.hours {
            assert_eq!(format::duration(language, hours * 60), text);
        }
        for (minutes, text) in said.minutes {
            assert_eq!(format::duration(language, minutes), text);
        }
    });
}
