//! The month at whose end the towns settle.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::time::LocalDay;

/// A calendar month: `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    first: NaiveDate,
}

/// The text is no year and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written as 2026-11")]
pub struct NotAMonth;

impl Month {
    /// The one that a day is in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().pred_opt().unwrap_or(self.first)
    }

    /// The first moment after it, by the clocks of a zone.
    #[must_use]
    pub fn ends_at(self, zone: Tz) -> DateTime<Utc> {
        LocalDay::new(self.next(), zone).span().start().start()
    }

    /// Whether a stretch of so many months ends with it, the first of which begins with the year.
    #[must_use]
    pub fn ends_every(self, months: u32) -> bool {
        self.first.month().is_multiple_of(months)
    }

    fn next(self) -> NaiveDate {
        self.first + Months::new(1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.format("%Y-%m").fmt(f)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let shaped = text.len() == 7
            && text.bytes().enumerate().all(|(place, byte)| match place {
                4 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let first = shaped.then(|| format!("{text}-01").parse().ok()).flatten();
        first.map(|first| Self { first }).ok_or(NotAMonth)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::{Helsinki, Stockholm};

    use super::*;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    #[test]
    fn it_ends_at_midnight_on_the_wall() {
        let check = |text: &str, zone, last: &str, end: &str| {
            let month = month(text);
            assert_eq!((month.last_day().to_string().as_str(), month.to_string().as_str()), (last, text));
            assert_eq!(month.ends_at(zone), end.parse::<DateTime<Utc>>().expect("an instant"));
        };
        check("2026-11", Helsinki, "2026-11-30", "2026-11-30T22:00:00Z");
        check("2026-11", Stockholm, "2026-11-30", "2026-11-30T23:00:00Z");
        check("2027-03", Helsinki, "2027-03-31", "2027-03-31T21:00:00Z"); // summer time has begun
        check("2028-02", Helsinki, "2028-02-29", "2028-02-29T22:00:00Z");
        check("2026-12", Stockholm, "2026-12-31", "2026-12-31T23:00:00Z");
    }

    #[test]
    fn a_month_is_read_strictly() {
        for wrong in ["", "2026", "2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "2026/11", "+026-11"]
        {
            assert_eq!(wrong.parse::<Month>(), Err(NotAMonth), "{wrong}");
        }
        assert_eq!(Month::of("2026-11-30".parse().expect("a date")), month("2026-11"));
    }

    #[test]
    fn a_stretch_of_months_ends_with_its_last() {
        let ends = |text: &str, months| month(text).ends_every(months);
        assert!(ends("2026-11", 1) && ends("2026-09", 3) && ends("2026-12", 12));
        assert!(!ends("2026-11", 3) && !ends("2026-06", 12));
    }
}
