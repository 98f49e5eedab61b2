//! A local day: 92, 96 or 100 quarters.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

use super::{Quarter, QuarterSet, Span, wall};

/// A day's window: the day itself and the hours after it, so that a time over midnight is found
/// from the day on which it begins.
pub const WINDOW_QUARTERS: usize = 128;

/// One calendar day in a zone, with the wall clock of each quarter in its window.
#[derive(Debug, Clone)]
pub struct LocalDay {
    date: NaiveDate,
    zone: Tz,
    span: Span,
    wall: [NaiveDateTime; WINDOW_QUARTERS],
}

impl LocalDay {
    #[must_use]
    pub fn new(date: NaiveDate, zone: Tz) -> Self {
        let start = first_quarter(date, zone);
        let end = first_quarter(date + Days::new(1), zone);
        let span = Span::new(start, end).unwrap_or_else(|| unreachable!("a day has quarters"));
        let wall = std::array::from_fn(|index| wall_clock((start + index as i64).start(), zone));
        Self { date, zone, span, wall }
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
    pub fn quarters(&self) -> u32 {
        self.span.quarters() as u32
    }

    /// The day and the hours after it that can be searched from it.
    #[must_use]
    pub fn window(&self) -> Span {
        let start = self.span.start();
        Span::new(start, start + WINDOW_QUARTERS as i64)
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
    pub fn wall(&self, index: u32) -> NaiveDateTime {
        self.wall[index as usize % WINDOW_QUARTERS]
    }

    /// The quarters whose wall time is a whole number of steps after midnight.
    #[must_use]
    pub fn raster(&self, step_minutes: u32) -> QuarterSet {
        let bits = self.wall.iter().enumerate().fold(0, |bits, (index, wall)| {
            let minute = wall.hour() * 60 + wall.minute();
            bits | u128::from(minute % step_minutes.max(1) == 0) << index
        });
        QuarterSet::from_bits(bits)
    }

    /// Whether the quarter's wall time has come before on this day (the second of two).
    #[must_use]
    pub fn is_repeated(&self, index: u32) -> bool {
        let index = index as usize % WINDOW_QUARTERS;
        self.wall[..index].contains(&self.wall[index])
    }

    /// Whether the clock jumped forward just before this quarter.
    #[must_use]
    pub fn follows_gap(&self, index: u32) -> bool {
        let index = index as usize % WINDOW_QUARTERS;
        index > 0 && self.wall[index] - self.wall[index - 1] > TimeDelta::minutes(15)
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
        let repeated: Vec<u32> = (0..100).filter(|&q| autumn.is_repeated(q)).collect();
        assert_eq!(repeated, [16, 17, 18, 19]); // 03:00b to 03:45b
        let spring = day("2027-03-28", Stockholm);
        let seams: Vec<u32> = (0..92).filter(|&q| spring.follows_gap(q)).collect();
        assert_eq!(seams, [8]); // 01:45 → 03:00
        assert_eq!(spring.wall(8).to_string(), "2027-03-28 03:00:00");
    }

    #[test]
    fn the_raster_follows_the_wall() {
        let hours = day("2027-03-28", Helsinki).raster(60) & QuarterSet::range(0, 92);
        assert_eq!(hours.len(), 23);
        let hours = day("2027-10-31", Helsinki).raster(60) & QuarterSet::range(0, 100);
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
