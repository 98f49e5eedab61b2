//! Which times of a space may be asked for.

use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

use super::OpeningHours;
use crate::time::{Quarter, Span};

/// The raster and bounds of a space's bookings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceRules {
    pub minutes_min: i64,
    pub minutes_max: i64,
    /// Starts lie a whole number of these after local midnight; lengths are whole numbers of them.
    pub step_minutes: i64,
    /// How many days ahead one may book.
    pub horizon_days: u64,
    pub hours: OpeningHours,
}

/// Why a time can't be booked, whoever asks. Whether it is taken is not known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the time has begun")]
    InThePast,
    #[error("times are {step_minutes} minutes apart")]
    OffRaster { step_minutes: i64 },
    #[error("at least {minutes_min} minutes")]
    TooShort { minutes_min: i64 },
    #[error("at most {minutes_max} minutes")]
    TooLong { minutes_max: i64 },
    #[error("can be booked until {last}")]
    TooEarly { last: NaiveDate },
    #[error("closed")]
    Closed,
}

impl SpaceRules {
    /// The span, if a booking from `start` to `end` keeps the rules at the instant `now`.
    ///
    /// # Errors
    /// The first [`Refusal`] in the order in which a person would want to hear of them.
    pub fn check(
        &self,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
        zone: Tz,
        now: DateTime<Utc>,
    ) -> Result<Span, Refusal> {
        let off_raster = Refusal::OffRaster { step_minutes: self.step_minutes };
        let too_short = Refusal::TooShort { minutes_min: self.minutes_min };
        if start < now {
            return Err(Refusal::InThePast);
        }
        let quarters = (Quarter::starting_at(start), Quarter::starting_at(end));
        let (Some(first), Some(last)) = quarters else { return Err(off_raster) };
        let span = Span::new(first, last).ok_or(too_short)?;
        if !self.on_raster(span, zone) {
            return Err(off_raster);
        }
        if span.minutes() < self.minutes_min {
            return Err(too_short);
        }
        if span.minutes() > self.minutes_max {
            return Err(Refusal::TooLong { minutes_max: self.minutes_max });
        }
        let last_date = self.last_date(now, zone);
        if start.with_timezone(&zone).date_naive() > last_date {
            return Err(Refusal::TooEarly { last: last_date });
        }
        if !self.hours.cover(span, zone) {
            return Err(Refusal::Closed);
        }
        Ok(span)
    }

    /// The last local date that can be booked at the instant.
    #[must_use]
    pub fn last_date(&self, now: DateTime<Utc>, zone: Tz) -> NaiveDate {
        now.with_timezone(&zone).date_naive() + Days::new(self.horizon_days)
    }

    fn on_raster(&self, span: Span, zone: Tz) -> bool {
        let wall = span.start().start().with_timezone(&zone).time();
        let minute = i64::from(wall.hour() * 60 + wall.minute());
        minute % self.step_minutes == 0 && span.minutes() % self.step_minutes == 0
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Helsinki;

    use super::*;
    use crate::space::WeeklyHours;

    fn rules() -> SpaceRules {
        let open = |weekday| WeeklyHours { weekday, opens_minute: 7 * 60, closes_minute: 23 * 60 };
        SpaceRules {
            minutes_min: 60,
            minutes_max: 180,
            step_minutes: 30,
            horizon_days: 180,
            hours: OpeningHours((1..=7).map(open).collect()),
        }
    }

    fn check(start: &str, end: &str, expected: Result<i64, Refusal>) {
        let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let now = instant("2026-11-23T10:00:00Z");
        let minutes = rules().check(instant(start), instant(end), Helsinki, now).map(Span::minutes);
        assert_eq!(minutes, expected, "{start} to {end}");
    }

    #[test]
    fn a_time_that_keeps_the_rules_is_a_span() {
        check("2026-11-26T18:00:00Z", "2026-11-26T19:30:00Z", Ok(90));
        check("2026-11-26T19:00:00Z", "2026-11-26T21:00:00Z", Ok(120)); // until closing
    }

    #[test]
    fn each_broken_rule_says_which() {
        let off = Err(Refusal::OffRaster { step_minutes: 30 });
        check("2026-11-23T09:30:00Z", "2026-11-23T11:00:00Z", Err(Refusal::InThePast));
        check("2026-11-26T18:15:00Z", "2026-11-26T19:15:00Z", off);
        check("2026-11-26T18:00:00Z", "2026-11-26T19:15:00Z", off);
        check("2026-11-26T18:00:07Z", "2026-11-26T19:00:07Z", off);
        check("2026-11-26T18:00:00Z", "2026-11-26T18:30:00Z", Err(Refusal::TooShort { minutes_min: 60 }));
        check("2026-11-26T18:00:00Z", "2026-11-26T17:00:00Z", Err(Refusal::TooShort { minutes_min: 60 }));
        check("2026-11-26T15:00:00Z", "2026-11-26T19:00:00Z", Err(Refusal::TooLong { minutes_max: 180 }));
        check("2026-11-26T20:30:00Z", "2026-11-26T21:30:00Z", Err(Refusal::Closed));
        let last = "2027-05-22".parse().expect("a date");
        check("2027-05-23T10:00:00Z", "2027-05-23T11:00:00Z", Err(Refusal::TooEarly { last }));
    }
}
