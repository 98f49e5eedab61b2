//! Dates as typed.

use chrono::{Datelike, NaiveDate};

use super::{digits, month};

/// The longest wait for a date is the one for 29 February: 1896 to 1904.
const LEAP_GAP_YEARS_MAX: i32 = 8;

/// What makes a number the number of a day.
const ORDINALS: [&str; 3] = [".", ":e", ":a"];

/// `2026-11-23`, `20261123`, `23.11.2026`, `23/11 2026`, `23.11.`, `23/11`, `23 november`,
/// `23. marraskuuta 2026`.
///
/// Without a year it is the next such date, `today` included. A year has four digits: in `26` it
/// could be a day as well.
#[must_use]
pub fn date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim();
    year_first(text).or_else(|| day_first(text, today)).or_else(|| month_named(text, today))
}

fn year_first(text: &str) -> Option<NaiveDate> {
    let (year, month, day) = match text.split_once('-') {
        Some((year, rest)) => {
            let (month, day) = rest.split_once('-')?;
            (year, month, day)
        }
        None if text.len() == 8 => (text.get(..4)?, text.get(4..6)?, text.get(6..)?),
        None => return None,
    };
    NaiveDate::from_ymd_opt(full_year(year)?, digits(month, 2)?, digits(day, 2)?)
}

fn day_first(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (day, rest) = text.split_once(['.', '/'])?;
    let rest = rest.trim_start();
    let (month, year) = rest.split_once(['.', '/', ' ']).unwrap_or((rest, ""));
    let (day, month) = (digits(day, 2)?, digits(month, 2)?);
    match year.trim_start() {
        "" => next(month, day, today),
        year => NaiveDate::from_ymd_opt(full_year(year)?, month, day),
    }
}

fn month_named(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let mut words = text.split_whitespace();
    let day = words.next()?;
    let day = ORDINALS.iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day);
    let (day, month) = (digits(day, 2)?, month::of_a_date(words.next()?)?);
    match (words.next(), words.next()) {
        (None, _) => next(month, day, today),
        (Some(year), None) => NaiveDate::from_ymd_opt(full_year(year)?, month, day),
        _ => None,
    }
}

fn full_year(text: &str) -> Option<i32> {
    digits(text, 4).filter(|_| text.len() == 4)?.try_into().ok()
}

fn next(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let years = today.year()..=today.year().saturating_add(LEAP_GAP_YEARS_MAX);
    years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|date| *date >= today)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use vayla_domain::language::Language;

    use super::*;
    use crate::format;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn check(typed: &str, expected: Option<&str>) {
        assert_eq!(date(typed, on("2026-11-23")), expected.map(on), "{typed:?}");
    }

    #[test]
    fn a_date_with_its_year() {
        for typed in ["2026-11-23", "20261123", "23.11.2026", "23/11 2026", "23/11/2026", "23. 11. 2026"] {
            check(typed, Some("2026-11-23"));
        }
        check(" 1.2.2027\u{a0}", Some("2027-02-01"));
        check("1.2.2020", Some("2020-02-01"));
    }

    #[test]
    fn a_date_without_a_year_is_the_next_one() {
        for typed in ["23.11.", "23.11", "23/11"] {
            check(typed, Some("2026-11-23"));
        }
        check("24.11.", Some("2026-11-24"));
        check("22.11.", Some("2027-11-22"));
        check("29.2.", Some("2028-02-29"));
    }

    #[test]
    fn a_month_may_have_its_name() {
        for typed in ["23 november", "23 nov.", "23:e November", "23. marraskuuta", "23 marraskuu 2026"] {
            check(typed, Some("2026-11-23"));
        }
        check("1:a maj", Some("2027-05-01"));
        check("29. helmikuuta", Some("2028-02-29"));
        check("2 juli 2020", Some("2020-07-02"));
        for typed in ["november", "23 no", "23:n november", "31 april", "23 marraskuussa", "2 ju", "1 maj 26"]
        {
            check(typed, None);
        }
    }

    #[test]
    fn what_is_unclear_is_refused() {
        for typed in ["", "23", "2311", "23.11.26", "26-11-23", "31.4.", "23.13.", "11.23.2026"] {
            check(typed, None);
        }
        for typed in ["2026-11", "2026-11-23-1", "1.2.3.4", "+1.2.", "23.-11.", "202６1123", "30.2.", "0.1."]
        {
            check(typed, None);
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed: String, days in any::<i32>()) {
            let today = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX);
            let _ = date(&typed, today);
        }

        #[test]
        fn near_misses_never_panic(typed in "[0-9]{0,8}[./ -]?[0-9é]{0,4}[./ -]?[0-9]{0,5}") {
            let _ = date(&typed, NaiveDate::MAX);
        }

        #[test]
        fn noise_around_months_never_panics(
            typed in "(den )?[0-9é]{0,3}(\\.|:e)? ?(nov|maj|marraskuuta|ju|ö)\\.?( [0-9]{0,5})?( ö)?",
        ) {
            let _ = date(&typed, NaiveDate::MAX);
        }

        #[test]
        fn what_is_written_reads_back(days in 365_250..3_650_000i32) {
            let written = NaiveDate::from_num_days_from_ce_opt(days).expect("a date");
            for language in Language::ALL {
                prop_assert_eq!(date(&format::date_short(language, written), NaiveDate::MIN), Some(written));
            }
        }

        #[test]
        fn a_date_without_its_year_reads_back(days_ahead in 0..365u64) {
            let today = on("2026-03-01");
            let written = today + chrono::Days::new(days_ahead);
            for language in Language::ALL {
                prop_assert_eq!(date(&format::month_day(language, written), today), Some(written));
            }
        }

        #[test]
        fn a_long_date_reads_back_without_its_weekday(days in 365_250..3_650_000i32) {
            let written = NaiveDate::from_num_days_from_ce_opt(days).expect("a date");
            for language in Language::ALL {
                let text = format::date_long(language, written);
                let (_weekday, rest) = text.split_once(' ').expect("a weekday");
                prop_assert_eq!(date(rest, NaiveDate::MIN), Some(written));
            }
        }

        #[test]
        fn without_a_year_no_date_is_past(day in 1..32u32, month in 1..13u32, days in 0..800u64) {
            let today = on("2026-03-01") + chrono::Days::new(days);
            if let Some(date) = date(&format!("{day}.{month}."), today) {
                prop_assert!(date >= today && (date.day(), date.month()) == (day, month));
            }
        }
    }
}
