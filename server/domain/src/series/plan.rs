//! A series as asked for: parsed once, right from then on.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use super::Skip;
use crate::time::Quarter;

/// As many times as one series may have; up to a last date those that are left out count too.
pub const OCCURRENCES_MAX: u32 = 120;
const EVERY_WEEKS: RangeInclusive<u32> = 1..=52;
/// A day: so no time runs into the next of its series.
const LENGTH_MINUTES_MAX: i64 = 24 * 60;
const SKIPPED_DATES_MAX: usize = 3 * OCCURRENCES_MAX as usize;
/// The years whose holidays are known.
const FIRST_YEARS: RangeInclusive<i32> = 1990..=2100;

/// A series that can be laid out over the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesPlan(SeriesFields);

/// What makes a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesFields {
    /// The first date; its day of the week is that of the series.
    pub first: NaiveDate,
    /// On the wall of the facility, on both sides of a clock change.
    pub time: NaiveTime,
    /// As they pass, also during a clock change.
    pub minutes: i64,
    /// 1 for every week.
    pub every_weeks: u32,
    pub until: Until,
    /// Which of the two is meant on a date when the time comes twice; `None` where it isn't said.
    pub which: Option<Which>,
    pub skip: Skip,
}

/// How long a series goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// The last date that it may come on.
    Date(NaiveDate),
    /// How many times, without those that are left out.
    Count(u32),
}

/// One of two times that look the same on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Before the clock is set back.
    First,
    /// After it.
    Second,
}

/// What is wrong with a series as asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SeriesProblem {
    #[error("begins between {year_min} and {year_max}")]
    FirstOutOfRange { year_min: i32, year_max: i32 },
    #[error("begins on a whole quarter of an hour")]
    TimeOffRaster,
    #[error("lasts whole quarters of an hour, at most {minutes_max} minutes")]
    Length { minutes_max: i64 },
    #[error("comes every {weeks_min} to {weeks_max} weeks")]
    EveryWeeks { weeks_min: u32, weeks_max: u32 },
    #[error("the last date is before the first")]
    LastBeforeFirst,
    #[error("with so many weeks between, it can go on until {last_max}")]
    LastTooLate { last_max: NaiveDate },
    #[error("comes 1 to {count_max} times")]
    Count { count_max: u32 },
    #[error("at most {dates_max} dates are left out one by one")]
    SkippedDates { dates_max: usize },
}

impl SeriesPlan {
    /// Checks the fields.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the fields.
    pub fn parse(fields: SeriesFields) -> Result<Self, Vec<SeriesProblem>> {
        let problems = [
            fields.first_problem(),
            fields.time_problem(),
            fields.length_problem(),
            fields.every_problem(),
            fields.until_problem(),
            fields.skip_problem(),
        ];
        let problems: Vec<SeriesProblem> = problems.into_iter().flatten().collect();
        if problems.is_empty() { Ok(Self(fields)) } else { Err(problems) }
    }

    #[must_use]
    pub const fn fields(&self) -> &SeriesFields {
        &self.0
    }
}

impl SeriesFields {
    fn first_problem(&self) -> Option<SeriesProblem> {
        let (year_min, year_max) = (*FIRST_YEARS.start(), *FIRST_YEARS.end());
        let known = FIRST_YEARS.contains(&self.first.year());
        (!known).then_some(SeriesProblem::FirstOutOfRange { year_min, year_max })
    }

    fn time_problem(&self) -> Option<SeriesProblem> {
        time_problem(self.time)
    }

    fn length_problem(&self) -> Option<SeriesProblem> {
        length_problem(self.minutes)
    }

    fn every_problem(&self) -> Option<SeriesProblem> {
        let (weeks_min, weeks_max) = (*EVERY_WEEKS.start(), *EVERY_WEEKS.end());
        let fits = EVERY_WEEKS.contains(&self.every_weeks);
        (!fits).then_some(SeriesProblem::EveryWeeks { weeks_min, weeks_max })
    }

    fn until_problem(&self) -> Option<SeriesProblem> {
        match self.until {
            Until::Date(last) if last < self.first => Some(SeriesProblem::LastBeforeFirst),
            Until::Date(last) => {
                let last_max = self.last_max().filter(|last_max| *last_max < last)?;
                Some(SeriesProblem::LastTooLate { last_max })
            }
            Until::Count(1..=OCCURRENCES_MAX) => None,
            Until::Count(_) => Some(SeriesProblem::Count { count_max: OCCURRENCES_MAX }),
        }
    }

    /// The day before one date too many; `None` where the weeks between aren't right either.
    fn last_max(&self) -> Option<NaiveDate> {
        let weeks = u64::from(OCCURRENCES_MAX.checked_mul(self.every_weeks)?);
        self.first.checked_add_days(Days::new((7 * weeks).checked_sub(1)?))
    }

    fn skip_problem(&self) -> Option<SeriesProblem> {
        let too_many = self.skip.dates.len() > SKIPPED_DATES_MAX;
        too_many.then_some(SeriesProblem::SkippedDates { dates_max: SKIPPED_DATES_MAX })
    }
}

pub(super) fn time_problem(time: NaiveTime) -> Option<SeriesProblem> {
    let seconds = i64::from(time.num_seconds_from_midnight());
    let on_raster = seconds % Quarter::SECONDS == 0 && time.nanosecond() == 0;
    (!on_raster).then_some(SeriesProblem::TimeOffRaster)
}

pub(super) fn length_problem(minutes: i64) -> Option<SeriesProblem> {
    let fits = (Quarter::MINUTES..=LENGTH_MINUTES_MAX).contains(&minutes);
    let whole = minutes % Quarter::MINUTES == 0;
    (!fits || !whole).then_some(SeriesProblem::Length { minutes_max: LENGTH_MINUTES_MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(date: &str) -> NaiveDate {
        date.parse().expect("a date")
    }

    /// Thursdays at 18, ten times.
    fn good() -> SeriesFields {
        SeriesFields {
            first: on("2026-11-26"),
            time: NaiveTime::from_hms_opt(18, 0, 0).expect("a time"),
            minutes: 90,
            every_weeks: 1,
            until: Until::Count(10),
            which: None,
            skip: Skip::default(),
        }
    }

    fn check(fields: SeriesFields, expected: &[SeriesProblem]) {
        let problems = SeriesPlan::parse(fields.clone()).err().unwrap_or_default();
        assert_eq!(problems, expected, "{fields:?}");
    }

    #[test]
    fn a_length_is_some_quarters_and_at_most_a_day() {
        let problem = [SeriesProblem::Length { minutes_max: 1440 }];
        for minutes in [15, 90, 1440] {
            check(SeriesFields { minutes, ..good() }, &[]);
        }
        for minutes in [i64::MIN, -15, 0, 14, 91, 1455, i64::MAX] {
            check(SeriesFields { minutes, ..good() }, &problem);
        }
    }

    #[test]
    fn it_begins_on_a_whole_quarter() {
        let at = |text: &str| SeriesFields { time: text.parse().expect("a time"), ..good() };
        check(at("00:00:00"), &[]);
        check(at("23:45:00"), &[]);
        for time in ["18:10:00", "18:00:01", "18:00:00.5", "23:59:60"] {
            check(at(time), &[SeriesProblem::TimeOffRaster]);
        }
    }

    #[test]
    fn there_are_1_to_52_weeks_between() {
        let problem = [SeriesProblem::EveryWeeks { weeks_min: 1, weeks_max: 52 }];
        check(SeriesFields { every_weeks: 52, ..good() }, &[]);
        for every_weeks in [0, 53, u32::MAX] {
            check(SeriesFields { every_weeks, ..good() }, &problem);
            check(SeriesFields { every_weeks, until: Until::Date(on("2027-05-27")), ..good() }, &problem);
        }
    }

    #[test]
    fn it_comes_once_to_120_times() {
        let problem = [SeriesProblem::Count { count_max: 120 }];
        check(SeriesFields { until: Until::Count(120), ..good() }, &[]);
        check(SeriesFields { until: Until::Count(0), ..good() }, &problem);
        check(SeriesFields { until: Until::Count(121), ..good() }, &problem);
    }

    #[test]
    fn the_last_date_is_neither_before_the_first_nor_too_far_off() {
        let until = |date, every_weeks| SeriesFields { until: Until::Date(on(date)), every_weeks, ..good() };
        check(until("2026-11-26", 1), &[]);
        check(until("2026-11-25", 1), &[SeriesProblem::LastBeforeFirst]);
        let last_max = on("2029-03-14"); // the 121st Thursday is the day after
        check(until("2029-03-14", 1), &[]);
        check(until("2029-03-15", 1), &[SeriesProblem::LastTooLate { last_max }]);
        check(until("2029-03-15", 2), &[]);
    }

    #[test]
    fn it_begins_in_years_whose_holidays_are_known() {
        let problem = [SeriesProblem::FirstOutOfRange { year_min: 1990, year_max: 2100 }];
        check(SeriesFields { first: on("2100-12-31"), ..good() }, &[]);
        for first in [on("1989-12-31"), on("2101-01-01"), NaiveDate::MIN, NaiveDate::MAX] {
            check(SeriesFields { first, ..good() }, &problem);
        }
    }

    #[test]
    fn dates_left_out_one_by_one_are_few() {
        let skipping = |count| {
            let dates = vec![on("2026-12-24"); count];
            SeriesFields { skip: Skip { dates, ..Skip::default() }, ..good() }
        };
        check(skipping(360), &[]);
        check(skipping(361), &[SeriesProblem::SkippedDates { dates_max: 360 }]);
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let fields = SeriesFields { minutes: 10, until: Until::Count(0), ..good() };
        let length = SeriesProblem::Length { minutes_max: 1440 };
        check(fields, &[length, SeriesProblem::Count { count_max: 120 }]);
    }
}
