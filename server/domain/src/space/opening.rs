//! Opening hours in the local time of the facility.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use crate::time::{LocalDay, Quarter, QuarterSet, Span, instant_after};

/// One opening on one weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeeklyHours {
    /// ISO: Monday is 1.
    pub weekday: u32,
    /// Minutes after the local midnight that the weekday begins with.
    pub opens_minute: i64,
    /// The same; more than 1440 where it is open past midnight.
    pub closes_minute: i64,
}

/// All openings of a week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpeningHours(pub Vec<WeeklyHours>);

impl OpeningHours {
    /// The openings of the dates `from..=to` in order, with those that meet joined into one.
    #[must_use]
    pub fn spans(&self, from: NaiveDate, to: NaiveDate, zone: Tz) -> Vec<Span> {
        let dates = from.iter_days().take_while(|date| *date <= to);
        let mut spans: Vec<Span> = dates.flat_map(|date| self.on(date, zone)).collect();
        spans.sort_by_key(|span| span.start());
        spans.into_iter().fold(Vec::new(), |mut joined: Vec<Span>, span| {
            match joined.last_mut() {
                Some(last) if span.start() <= last.end() => {
                    *last = Span::new(last.start(), last.end().max(span.end())).unwrap_or(span);
                }
                _ => joined.push(span),
            }
            joined
        })
    }

    /// The quarters of the day's window that are open.
    #[must_use]
    pub fn on_day(&self, day: &LocalDay) -> QuarterSet {
        let (before, after) = (day.date() - Days::new(1), day.date() + Days::new(2));
        self.spans(before, after, day.zone())
            .into_iter()
            .fold(QuarterSet::EMPTY, |open, span| open | day.set_of(span))
    }

    /// Whether every quarter of the span is open.
    #[must_use]
    pub fn cover(&self, span: Span, zone: Tz) -> bool {
        let date = |quarter: Quarter| quarter.start().with_timezone(&zone).date_naive();
        let (from, to) = (date(span.start()) - Days::new(1), date(span.end()) + Days::new(1));
        self.spans(from, to, zone).into_iter().any(|open| open.contains(span))
    }

    fn on(&self, date: NaiveDate, zone: Tz) -> impl Iterator<Item = Span> {
        let weekday = date.weekday().number_from_monday();
        let at = move |minute| {
            let local = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
            Quarter::containing(instant_after(local, zone))
        };
        self.0
            .iter()
            .filter(move |hours| hours.weekday == weekday)
            .filter_map(move |hours| Span::new(at(hours.opens_minute), at(hours.closes_minute)))
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Stockholm;

    use super::*;

    fn open_quarters(hours: &[(u32, i64, i64)], date: &str) -> u32 {
        let weekly = hours.iter().map(|&(weekday, opens_minute, closes_minute)| WeeklyHours {
            weekday,
            opens_minute,
            closes_minute,
        });
        let day = LocalDay::new(date.parse().expect("a date"), Stockholm);
        (OpeningHours(weekly.collect()).on_day(&day) & day.own()).len()
    }

    #[test]
    fn around_the_clock_is_open_on_days_of_every_length() {
        let all_week: Vec<_> = (1..=7).map(|weekday| (weekday, 0, 1440)).collect();
        for (date, quarters) in [("2027-03-28", 92), ("2027-06-01", 96), ("2027-10-31", 100)] {
            assert_eq!(open_quarters(&all_week, date), quarters);
        }
    }

    #[test]
    fn past_midnight_belongs_to_the_next_day_too() {
        // Friday 20:00 to Saturday 02:00
        let friday = [(5, 20 * 60, 26 * 60)];
        assert_eq!(open_quarters(&friday, "2026-11-27"), 16);
        assert_eq!(open_quarters(&friday, "2026-11-28"), 8);
        assert_eq!(open_quarters(&friday, "2026-11-29"), 0);
    }

    #[test]
    fn hours_that_begin_in_the_missing_hour_begin_after_it() {
        let sunday = [(7, 2 * 60 + 30, 5 * 60)];
        assert_eq!(open_quarters(&sunday, "2027-03-28"), 8); // 03:00 to 05:00
        assert_eq!(open_quarters(&sunday, "2027-10-31"), 14); // 02:30a to 05:00: one hour more
    }
}
