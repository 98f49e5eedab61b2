//! Another time of the week for dates of a series.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;

use super::{
    Occurrence, SeriesProblem, Which,
    occurrence::on_the_wall,
    plan::{length_problem, time_problem},
};

/// A time of the week, on the wall of the facility, that dates can be moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift(ShiftFields);

/// What makes a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftFields {
    pub weekday: Weekday,
    pub time: NaiveTime,
    /// As they pass, also during a clock change.
    pub minutes: i64,
    /// Which of the two is meant on a date when the time comes twice; `None` where it isn't said.
    pub which: Option<Which>,
}

impl Shift {
    /// Checks the fields.
    ///
    /// # Errors
    /// Everything that is wrong: [`SeriesProblem::TimeOffRaster`], [`SeriesProblem::Length`].
    pub fn parse(fields: ShiftFields) -> Result<Self, Vec<SeriesProblem>> {
        let problems = [time_problem(fields.time), length_problem(fields.minutes)];
        let problems: Vec<SeriesProblem> = problems.into_iter().flatten().collect();
        if problems.is_empty() { Ok(Self(fields)) } else { Err(problems) }
    }

    #[must_use]
    pub const fn fields(&self) -> &ShiftFields {
        &self.0
    }

    /// Where a date comes to lie: in its own week, which begins on a Monday.
    #[must_use]
    pub fn of(&self, date: NaiveDate, zone: Tz) -> Occurrence {
        let ShiftFields { weekday, time, minutes, which } = self.0;
        let days = |day: Weekday| i64::from(day.num_days_from_monday());
        let date = date + TimeDelta::days(days(weekday) - days(date.weekday()));
        Occurrence { date, what: on_the_wall(date, time, minutes, which, zone) }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Helsinki;

    use super::*;
    use crate::series::Planned;

    fn on(date: &str) -> NaiveDate {
        date.parse().expect("a date")
    }

    fn to(weekday: Weekday, time: &str) -> ShiftFields {
        ShiftFields { weekday, time: time.parse().expect("a time"), minutes: 60, which: None }
    }

    fn check(fields: ShiftFields, date: &str, expected: &str) -> Planned {
        let moved = Shift::parse(fields).expect("a shift").of(on(date), Helsinki);
        assert_eq!(moved.date, on(expected), "{fields:?} {date}");
        moved.what
    }

    #[test]
    fn a_date_stays_in_its_week() {
        for date in ["2026-11-02", "2026-11-05", "2026-11-08"] {
            check(to(Weekday::Mon, "18:00:00"), date, "2026-11-02");
            check(to(Weekday::Thu, "18:00:00"), date, "2026-11-05");
            check(to(Weekday::Sun, "18:00:00"), date, "2026-11-08");
        }
        check(to(Weekday::Fri, "18:00:00"), "2026-12-28", "2027-01-01");
    }

    #[test]
    fn the_time_is_that_of_the_wall() {
        let Planned::At(span) = check(to(Weekday::Sun, "18:30:00"), "2027-03-25", "2027-03-28") else {
            panic!("a time")
        };
        assert_eq!(
            (span.start().start().to_rfc3339(), span.minutes()),
            ("2027-03-28T15:30:00+00:00".to_owned(), 60)
        );
        assert_eq!(check(to(Weekday::Sun, "03:30:00"), "2027-03-25", "2027-03-28"), Planned::Missing);
        let twice = to(Weekday::Sun, "03:30:00");
        assert!(matches!(check(twice, "2027-10-28", "2027-10-31"), Planned::Twice(..)));
        let second = ShiftFields { which: Some(Which::Second), ..twice };
        assert!(matches!(check(second, "2027-10-28", "2027-10-31"), Planned::At(_)));
    }

    #[test]
    fn what_is_wrong_is_told_at_once() {
        let wrong = ShiftFields { minutes: 50, ..to(Weekday::Mon, "18:10:00") };
        let length = SeriesProblem::Length { minutes_max: 1440 };
        assert_eq!(Shift::parse(wrong), Err(vec![SeriesProblem::TimeOffRaster, length]));
    }
}
