//! Public holidays of Sweden and Finland, and the eves that count in practice.
//!
//! The rules are those from 1990 on; earlier years have none. A date has one holiday: where two
//! fall together the higher in rank stands, and of two public ones that with a fixed date.

mod day;
mod easter;
mod finland;
mod shared;
mod sweden;

use chrono::{Datelike, NaiveDate, Weekday};

pub use day::{Holiday, Rank, UnknownHoliday};
pub(crate) use easter::days_after_easter;

const YEAR_MIN: i32 = 1990;

/// The holiday on the date in a country (ISO 3166); countries without rules have none.
#[must_use]
pub fn holiday(country: &str, date: NaiveDate) -> Option<Holiday> {
    match country {
        _ if date.year() < YEAR_MIN => None,
        "SE" => sweden::holiday(date),
        "FI" => finland::holiday(date),
        _ => None,
    }
}

/// All holidays of a year in a country, by date.
#[must_use]
pub fn holidays(country: &str, year: i32) -> Vec<(NaiveDate, Holiday)> {
    let dates = (1..=366).filter_map(|day| NaiveDate::from_yo_opt(year, day));
    dates.filter_map(|date| Some((date, holiday(country, date)?))).collect()
}

/// Monday to Friday, unless the country's law on annual leave counts the date as a day of rest.
///
/// It does so with public holidays and some eves: Midsummer and Christmas Eve, in Sweden New
/// Year's Eve too.
#[must_use]
pub fn is_working_day(country: &str, date: NaiveDate) -> bool {
    let rests = |day: Holiday| match day {
        Holiday::NewYearsEve => country == "SE",
        _ => day.rank() != Rank::HalfDay,
    };
    let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    !weekend && !holiday(country, date).is_some_and(rests)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(date: &str) -> NaiveDate {
        date.parse().expect("a date")
    }

    #[test]
    fn the_two_banks_of_the_river_keep_different_days() {
        let check = |date, swedish, finnish| {
            assert_eq!(holiday("SE", on(date)), swedish, "{date}");
            assert_eq!(holiday("FI", on(date)), finnish, "{date}");
        };
        check("2027-06-06", Some(Holiday::NationalDay), None);
        check("2027-12-06", None, Some(Holiday::IndependenceDay));
        check("2027-06-25", Some(Holiday::MidsummerEve), Some(Holiday::MidsummerEve));
        check("2027-06-24", None, None);
    }

    #[test]
    fn laws_have_changed() {
        assert_eq!(holiday("SE", on("2004-05-31")), Some(Holiday::WhitMonday));
        assert_eq!(holiday("SE", on("2005-05-16")), None);
        assert_eq!(holiday("SE", on("2004-06-06")), None);
        assert_eq!(holiday("SE", on("2005-06-06")), Some(Holiday::NationalDay));
        assert_eq!(holiday("FI", on("1990-05-19")), Some(Holiday::AscensionDay));
        assert_eq!(holiday("FI", on("1990-05-24")), None);
        assert_eq!(holiday("SE", on("1990-05-24")), Some(Holiday::AscensionDay));
    }

    #[test]
    fn of_two_on_one_date_the_greater_stands() {
        let check = |date, expected| assert_eq!(holiday("SE", on(date)), Some(expected), "{date}");
        check("2008-05-01", Holiday::MayDay); // Ascension Day too
        check("2049-06-06", Holiday::NationalDay); // Whit Sunday too
        check("2020-06-06", Holiday::NationalDay); // a Saturday
        check("2285-04-30", Holiday::AscensionDay); // Walpurgis Eve too
    }

    #[test]
    fn a_year_is_listed_by_date() {
        let finnish = holidays("FI", 2027);
        assert!(finnish.is_sorted_by_key(|(date, _)| *date));
        assert_eq!(finnish.first(), Some(&(on("2027-01-01"), Holiday::NewYearsDay)));
        assert_eq!(finnish.last(), Some(&(on("2027-12-31"), Holiday::NewYearsEve)));
    }

    #[test]
    fn other_countries_and_earlier_years_have_none() {
        assert_eq!(holiday("NO", on("2027-12-25")), None);
        assert_eq!(holiday("", on("2027-12-25")), None);
        assert_eq!(holidays("NO", 2027), []);
        assert_eq!(holidays("SE", 1989), []);
        assert_eq!(holidays("SE", i32::MAX), []);
        assert!(is_working_day("NO", on("2028-12-25")));
    }

    #[test]
    fn the_ends_of_the_calendar_are_dates_like_others() {
        for country in ["SE", "FI"] {
            assert_eq!(holiday(country, NaiveDate::MIN), None);
            assert_eq!(holiday(country, NaiveDate::MAX), Some(Holiday::NewYearsEve));
        }
    }
}
