//! How long before a time something must have been done.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::WallMinute;
use crate::{holiday::is_working_day, time::instant_after};

/// For booking ahead and for cancelling in time alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// So many hours that pass.
    Hours(u32),
    /// Until a time of day, so many days before.
    Days(Day),
    /// The same, counting Monday to Friday without holidays: for a Saturday, two before is the Thursday.
    WorkingDays(Day),
}

/// So many days before, until a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// At most [`Notice::DAYS_MAX`].
    pub days: u32,
    /// The time of day at which the time itself begins, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<WallMinute>,
}

impl Notice {
    pub const NONE: Self = Self::Hours(0);
    pub const DAYS_MAX: u32 = 366;

    /// Whether it is at most [`Notice::DAYS_MAX`] long.
    #[must_use]
    pub const fn is_bounded(self) -> bool {
        match self {
            Self::Hours(hours) => hours <= Self::DAYS_MAX * 24,
            Self::Days(Day { days, .. }) | Self::WorkingDays(Day { days, .. }) => days <= Self::DAYS_MAX,
        }
    }

    /// The last moment for a time that starts at `start`, by the clock and the calendar of its place.
    #[must_use]
    pub fn last_moment(self, start: DateTime<Utc>, zone: Tz, country: &str) -> DateTime<Utc> {
        let wall = start.with_timezone(&zone).naive_local();
        let date = wall.date();
        let at = |date: NaiveDate, until: Option<WallMinute>| {
            let since_midnight =
                until.map_or(wall.time() - NaiveTime::MIN, |until| TimeDelta::minutes(until.minute()));
            instant_after(date.and_time(NaiveTime::MIN) + since_midnight, zone)
        };
        match self {
            Self::Hours(hours) => start - TimeDelta::hours(hours.into()),
            Self::Days(Day { days, until }) => at(back(date, days, |_| true), until),
            Self::WorkingDays(Day { days, until }) => {
                at(back(date, days, |date| is_working_day(country, date)), until)
            }
        }
    }
}

/// The date so many counting days before.
fn back(date: NaiveDate, days: u32, counts: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let mut before = std::iter::successors(date.pred_opt(), NaiveDate::pred_opt).filter(|date| counts(*date));
    match days.min(Notice::DAYS_MAX) {
        0 => date,
        days => before.nth(days as usize - 1).unwrap_or(date),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::{Helsinki, Stockholm};

    use super::*;

    fn check(notice: &str, start: &str, zone: Tz, country: &str, expected: &str) {
        let notice: Notice = serde_json::from_str(notice).expect("a notice");
        let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        assert_eq!(
            notice.last_moment(instant(start), zone, country),
            instant(expected),
            "{notice:?} {start}"
        );
    }

    #[test]
    fn hours_pass_and_days_are_counted_on_the_calendar() {
        // Saturday 2026-11-28 12:00 in Haparanda.
        let saturday = "2026-11-28T11:00:00Z";
        check(r#"{"hours":48}"#, saturday, Stockholm, "SE", "2026-11-26T11:00:00Z");
        check(r#"{"days":{"days":7,"until":"24:00"}}"#, saturday, Stockholm, "SE", "2026-11-21T23:00:00Z");
        check(
            r#"{"working_days":{"days":2,"until":"12:00"}}"#,
            saturday,
            Stockholm,
            "SE",
            "2026-11-26T11:00:00Z",
        );
        check(r#"{"days":{"days":0,"until":"09:00"}}"#, saturday, Stockholm, "SE", "2026-11-28T08:00:00Z");
    }

    #[test]
    fn a_holiday_is_no_working_day() {
        // Monday 7 December 2026 in Tornio: Independence Day is the Sunday before.
        check(
            r#"{"working_days":{"days":1,"until":"12:00"}}"#,
            "2026-12-07T10:00:00Z",
            Helsinki,
            "FI",
            "2026-12-04T10:00:00Z",
        );
        // Thursday 7 January 2027: Epiphany is a holiday on both banks.
        check(
            r#"{"working_days":{"days":1,"until":"12:00"}}"#,
            "2027-01-07T10:00:00Z",
            Helsinki,
            "FI",
            "2027-01-05T10:00:00Z",
        );
    }

    #[test]
    fn without_a_time_of_day_it_is_that_of_the_start() {
        // Three in the morning isn't on the Sunday of the change: the moment after the gap.
        check(r#"{"days":{"days":1}}"#, "2027-03-29T00:30:00Z", Helsinki, "FI", "2027-03-28T01:00:00Z");
        check(r#"{"days":{"days":7}}"#, "2027-04-01T15:00:00Z", Helsinki, "FI", "2027-03-25T16:00:00Z");
        // The Monday after Easter; Good Friday is no working day either.
        let easter = "2027-03-29T10:00:00Z";
        check(r#"{"working_days":{"days":1}}"#, easter, Stockholm, "SE", "2027-03-25T11:00:00Z");
    }

    #[test]
    fn seven_days_over_the_change_are_seven_days_on_the_wall() {
        check(
            r#"{"days":{"days":7,"until":"18:00"}}"#,
            "2027-03-31T16:00:00Z",
            Helsinki,
            "FI",
            "2027-03-24T16:00:00Z",
        );
    }
}
