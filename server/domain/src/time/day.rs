//! A local day: 92, 96 or 100 quarters.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

use super::{Quarter, QuarterSet, Resolved, Span, WINDOW_FROM, WINDOW_TO, wall};

/// One calendar day in a zone, and the hours after it that can be searched from it.
#[derive(Debug, Clone)]
pub struct LocalDay {
    date: NaiveDate,
    zone: Tz,
    span: Span,
    /// The wall clock as the day begins.
    begins: NaiveDateTime,
    /// Whether no clock is changed within the window: then the wall is a sum.
    even: bool,
}

impl LocalDay {
    #[must_use]
    pub fn new(date: NaiveDate, zone: Tz) -> Self {
        let start = first_quarter(date, zone);
        let end = first_quarter(date + Days::new(1), zone);
        let span = Span::new(start, end).unwrap_or_else(|| unreachable!("a day has quarters"));
        let begins = wall_clock(start.start(), zone);
        let after = |quarters| TimeDelta::minutes(Quarter::MINUTES * quarters);
        let on_time = |quarters| wall_clock((start + quarters).start(), zone) == begins + after(quarters);
        let even = on_time(WINDOW_FROM) && on_time(WINDOW_TO);
        Self { date, zone, span, begins, even }
    }

    /// The day that the instant falls on.
    #[must_use]
    pub fn of(instant: DateTime<Utc>, zone: Tz) -> Self {
        Self::new(wall_clock(instant, zone).date(), zone)
    }

    #[must_use]
    pub const fn date(&self) -> NaiveDate {
        self.date
    }

    #[must_use]
    pub const fn zone(&self) -> Tz {
        self.zone
    }

    /// From its midnight to the next.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// 92, 96 or 100 in zones that change by an hour.
    #[must_use]
    pub fn quarters(&self) -> i64 {
        self.span.quarters()
    }

    /// The day and the hours before and after it that its sets of quarters reach into.
    #[must_use]
    pub fn window(&self) -> Span {
        let start = self.span.start();
        Span::new(start + WINDOW_FROM, start + WINDOW_TO)
            .unwrap_or_else(|| unreachable!("the window is longer than nothing"))
    }

    /// Those of the window's quarters that belong to the day itself.
    #[must_use]
    pub fn own(&self) -> QuarterSet {
        QuarterSet::range(0, self.span.quarters())
    }

    /// The part of the span that falls in the window.
    #[must_use]
    pub fn set_of(&self, span: Span) -> QuarterSet {
        QuarterSet::range(span.start() - self.span.start(), span.end() - self.span.start())
    }

    /// The date and time on the wall when the window's quarter `index` begins.
    #[must_use]
    pub fn wall(&self, index: i64) -> NaiveDateTime {
        if self.even {
            return self.begins + TimeDelta::minutes(Quarter::MINUTES * index);
        }
        wall_clock((self.span.start() + index).start(), self.zone)
    }

    /// The first quarter, counted from the day's beginning, at which its wall shows so many minutes after
    /// midnight or more; over 1440 on the days after it.
    #[must_use]
    pub fn index_at(&self, minute: i64) -> i64 {
        let local = self.date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
        if self.even {
            return (local - self.begins).num_minutes().div_euclid(Quarter::MINUTES);
        }
        Quarter::containing(wall::instant_after(local, self.zone)) - self.span.start()
    }

    /// The day's own quarters whose wall time is `first_minute` or a whole number of steps after it.
    #[must_use]
    pub fn raster(&self, step_minutes: u32, first_minute: u32) -> QuarterSet {
        let step = step_minutes.max(1);
        let on_raster = |minute: u32| minute >= first_minute && (minute - first_minute).is_multiple_of(step);
        (0..self.quarters()).filter(|&index| on_raster(self.minute(index))).collect()
    }

    /// Minutes after midnight on the wall.
    fn minute(&self, index: i64) -> u32 {
        let wall = self.wall(index).time();
        wall.hour() * 60 + wall.minute()
    }

    /// Whether the quarter's wall time has come before on this day (the second of two).
    #[must_use]
    pub fn is_repeated(&self, index: i64) -> bool {
        let at = (self.span.start() + index).start();
        !self.even
            && matches!(wall::resolve(self.wall(index), self.zone), Resolved::Twice(_, second) if second == at)
    }

    /// Whether the clock jumped forward just before this quarter.
    #[must_use]
    pub fn follows_gap(&self, index: i64) -> bool {
        !self.even && self.wall(index) - self.wall(index - 1) > TimeDelta::minutes(Quarter::MINUTES)
    }
}

fn wall_clock(instant: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    instant.with_timezone(&zone).naive_local()
}

fn first_quarter(date: NaiveDate, zone: Tz) -> Quarter {
    Quarter::containing(wall::instant_after(date.and_time(NaiveTime::MIN), zone))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::{Helsinki, Stockholm};
    use proptest::prelude::*;

    use super::*;

    fn day(date: &str, zone: Tz) -> LocalDay {
        LocalDay::new(date.parse().expect("a date"), zone)
    }

    #[test]
    fn a_day_has_92_96_or_100_quarters() {
        for zone in [Stockholm, Helsinki] {
            assert_eq!(day("2027-03-27", zone).quarters(), 96);
            assert_eq!(day("2027-03-28", zone).quarters(), 92);
            assert_eq!(day("2027-10-31", zone).quarters(), 100);
        }
    }

    #[test]
    fn the_repeated_hour_stands_twice_and_the_missing_one_leaves_a_seam() {
        let autumn = day("2027-10-31", Helsinki);
        let repeated: Vec<i64> = (0..100).filter(|&q| autumn.is_repeated(q)).collect();
        assert_eq!(repeated, [16, 17, 18, 19]); // 03:00b to 03:45b
        let spring = day("2027-03-28", Stockholm);
        let seams: Vec<i64> = (0..92).filter(|&q| spring.follows_gap(q)).collect();
        assert_eq!(seams, [8]); // 01:45 → 03:00
        assert_eq!(spring.wall(8).to_string(), "2027-03-28 03:00:00");
    }

    #[test]
    fn the_raster_follows_the_wall() {
        let hours = day("2027-03-28", Helsinki).raster(60, 0);
        assert_eq!(hours.len(), 23);
        let hours = day("2027-10-31", Helsinki).raster(60, 0);
        assert_eq!(hours.len(), 25);
    }

    proptest! {
        #[test]
        fn days_follow_each_other_without_gap_or_overlap(days in 0u64..12_000, east: bool) {
            let zone = if east { Helsinki } else { Stockholm };
            let date = NaiveDate::from_ymd_opt(2010, 1, 1).expect("a date") + Days::new(days);
            let (today, tomorrow) = (LocalDay::new(date, zone), LocalDay::new(date + Days::new(1), zone));
            prop_assert_eq!(today.span().end(), tomorrow.span().start());
            prop_assert_eq!(LocalDay::of(today.span().start().start(), zone).date(), date);
            prop_assert!(matches!(today.quarters(), 92 | 96 | 100));
        }
    }
}
