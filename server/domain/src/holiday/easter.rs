//! The days that move with Easter.

use chrono::{Datelike, NaiveDate};

/// Which day of a common year 22 March is: the earliest Easter.
const MARCH_22: u32 = 31 + 28 + 22;

/// How many days after Easter Day of the same year the date comes; fewer than 0 before it.
pub fn days_after_easter(date: NaiveDate) -> i64 {
    let earliest = MARCH_22 + u32::from(date.leap_year());
    i64::from(date.ordinal()) - i64::from(earliest) - easter_after_march_22(date.year().into())
}

/// How many days after 22 March Easter is in the Gregorian year, 0 to 34: the algorithm that
/// Nature printed in 1876, with its letters.
fn easter_after_march_22(year: i64) -> i64 {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    h + l - 7 * m
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_of_years_that_formulas_stumble_over() {
        let easter = ["1981-04-19", "2000-04-23", "2008-03-23", "2038-04-25", "2049-04-18", "2285-03-22"];
        for date in easter {
            assert_eq!(days_after_easter(date.parse().expect("a date")), 0, "{date}");
        }
    }

    #[test]
    fn days_are_counted_from_easter_in_both_directions() {
        let check = |date: &str, days| assert_eq!(days_after_easter(date.parse().expect("a date")), days);
        check("2028-04-14", -2); // a leap year: Easter is 16 April
        check("2028-06-04", 49);
        check("2027-01-01", -86);
        check("2027-12-31", 278);
    }
}
