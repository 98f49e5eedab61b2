//! Which times of a space may be asked for.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

use super::{BookingWindows, Closed, Opening};
use crate::{
    booking::Cancelling,
    money::PriceGroup,
    time::{Quarter, Span},
};

/// The raster and bounds of a space's bookings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceRules {
    pub minutes_min: i64,
    /// At most [`Self::MINUTES_MAX`].
    pub minutes_max: i64,
    /// Starts lie a whole number of these after `start_minute`; lengths are whole numbers of them.
    pub step_minutes: i64,
    /// The first start, in minutes after local midnight.
    pub start_minute: i64,
    pub buffer: Buffer,
    /// Whether a booking must not leave a gap that is too short to be booked.
    pub no_gaps: bool,
    pub windows: BookingWindows,
    /// What a booking here is made under, should it be cancelled.
    pub cancelling: Cancelling,
    /// Shared by the spaces of a facility that have no hours of their own.
    pub opening: Arc<Opening>,
}

/// Quarters before and after a booking that are occupied with it, to get ready and to clear up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Buffer {
    pub before: i64,
    pub after: i64,
}

impl Buffer {
    /// The longest on either side: 4 hours.
    pub const QUARTERS_MAX: i64 = 16;

    /// What a booking of the span occupies.
    #[must_use]
    pub fn around(self, span: Span) -> Span {
        Span::new(span.start() + -self.before, span.end() + self.after).unwrap_or(span)
    }
}

/// Why a time can't be booked. Whether it is taken is not known here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the time has begun")]
    InThePast,
    #[error("times are {step_minutes} minutes apart")]
    OffRaster { step_minutes: i64 },
    #[error("at least {minutes_min} minutes")]
    TooShort { minutes_min: i64 },
    #[error("at most {minutes_max} minutes")]
    TooLong { minutes_max: i64 },
    #[error("had to be booked by {until}")]
    TooLate { until: DateTime<Utc> },
    #[error("can be booked until {last}")]
    TooEarly { last: NaiveDate },
    #[error("closed")]
    Closed(Closed),
    #[error("would leave less than {minutes_min} minutes beside it")]
    LeavesGap { minutes_min: i64 },
}

impl SpaceRules {
    /// No booking is longer than a day.
    pub const MINUTES_MAX: i64 = 24 * 60;

    #[must_use]
    pub fn zone(&self) -> Tz {
        self.opening.zone
    }

    /// The span, if a booking from `start` to `end` by a group keeps the rules at the instant `now`.
    ///
    /// # Errors
    /// The first [`Refusal`] in the order in which a person would want to hear of them.
    pub fn check(
        &self,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
        group: PriceGroup,
        now: DateTime<Utc>,
    ) -> Result<Span, Refusal> {
        if start < now {
            return Err(Refusal::InThePast);
        }
        let span = self.check_shape(start, end)?;
        let last = self.last_date(group, now);
        if start.with_timezone(&self.zone()).date_naive() > last {
            return Err(Refusal::TooEarly { last });
        }
        self.check_open(span)?;
        let until = self.book_until(start, group);
        if until < now {
            return Err(Refusal::TooLate { until });
        }
        Ok(span)
    }

    /// The span, if it lies on the raster and has a length that can be booked.
    ///
    /// # Errors
    /// `OffRaster`, `TooShort` or `TooLong`.
    pub fn check_shape(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> Result<Span, Refusal> {
        let off_raster = Refusal::OffRaster { step_minutes: self.step_minutes };
        let too_short = Refusal::TooShort { minutes_min: self.minutes_min };
        let (Some(first), Some(last)) = (Quarter::starting_at(start), Quarter::starting_at(end)) else {
            return Err(off_raster);
        };
        let span = Span::new(first, last).ok_or_else(|| too_short.clone())?;
        if !self.on_raster(span) {
            return Err(off_raster);
        }
        if span.minutes() < self.minutes_min {
            return Err(too_short);
        }
        if span.minutes() > self.minutes_max {
            return Err(Refusal::TooLong { minutes_max: self.minutes_max });
        }
        Ok(span)
    }

    /// Whether bookings can be so long.
    #[must_use]
    pub fn has_length(&self, minutes: i64) -> bool {
        (self.minutes_min..=self.minutes_max).contains(&minutes) && minutes % self.step_minutes == 0
    }

    /// # Errors
    /// `Closed`, with why the first quarter that isn't open isn't.
    pub fn check_open(&self, span: Span) -> Result<(), Refusal> {
        if self.opening.covers(span) {
            return Ok(());
        }
        let single = |quarter: Quarter| Span::new(quarter, quarter + 1);
        let closed =
            span.iter().find(|quarter| single(*quarter).is_some_and(|one| !self.opening.covers(one)));
        let at = closed.unwrap_or(span.start()).start();
        Err(Refusal::Closed(self.opening.why_closed(at)))
    }

    /// The last local date that a group can book at the instant.
    #[must_use]
    pub fn last_date(&self, group: PriceGroup, now: DateTime<Utc>) -> NaiveDate {
        let horizon = Days::new(self.windows.horizon_days(group).into());
        now.with_timezone(&self.zone()).date_naive() + horizon
    }

    /// The last local date that any group can book at the instant.
    #[must_use]
    pub fn last_date_of_all(&self, now: DateTime<Utc>) -> NaiveDate {
        let horizon = Days::new(self.windows.horizon_days_max().into());
        now.with_timezone(&self.zone()).date_naive() + horizon
    }

    /// The last moment at which a group can book a time that starts at `start`.
    #[must_use]
    pub fn book_until(&self, start: DateTime<Utc>, group: PriceGroup) -> DateTime<Utc> {
        self.windows.lead(group).last_moment(start, self.zone(), &self.opening.country)
    }

    fn on_raster(&self, span: Span) -> bool {
        let wall = span.start().start().with_timezone(&self.zone()).time();
        let minute = i64::from(wall.hour() * 60 + wall.minute()) - self.start_minute;
        minute >= 0 && minute % self.step_minutes == 0 && span.minutes() % self.step_minutes == 0
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Helsinki;

    use super::*;
    use crate::space::{BookingWindow, Notice, OpeningRule};

    fn rules() -> SpaceRules {
        let hours =
            r#"[{"hours":[{"opens":"07:00","closes":"23:00"}]},{"on":{"holidays":["public"]},"hours":[]}]"#;
        let hours: Vec<OpeningRule> = serde_json::from_str(hours).expect("rules");
        let company = BookingWindow {
            group: Some(PriceGroup::Company),
            lead: Some(Notice::Hours(72)),
            horizon_days: Some(30),
        };
        SpaceRules {
            minutes_min: 60,
            minutes_max: 180,
            step_minutes: 30,
            start_minute: 0,
            buffer: Buffer::default(),
            no_gaps: false,
            windows: BookingWindows::new(&[company], &[], 180),
            cancelling: Cancelling::default(),
            opening: Arc::new(Opening::new(Helsinki, "FI", &[], &hours)),
        }
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn check_for(group: PriceGroup, start: &str, end: &str, expected: Result<i64, Refusal>) {
        let now = instant("2026-11-23T10:00:00Z");
        let minutes = rules().check(instant(start), instant(end), group, now).map(Span::minutes);
        assert_eq!(minutes, expected, "{start} to {end}");
    }

    fn check(start: &str, end: &str, expected: Result<i64, Refusal>) {
        check_for(PriceGroup::Adult, start, end, expected);
    }

    #[test]
    fn a_time_that_keeps_the_rules_is_a_span() {
        check("2026-11-26T18:00:00Z", "2026-11-26T19:30:00Z", Ok(90));
        check("2026-11-26T19:00:00Z", "2026-11-26T21:00:00Z", Ok(120)); // until closing
    }

    #[test]
    fn each_broken_rule_says_which() {
        let off = || Err(Refusal::OffRaster { step_minutes: 30 });
        check("2026-11-23T09:30:00Z", "2026-11-23T11:00:00Z", Err(Refusal::InThePast));
        check("2026-11-26T18:15:00Z", "2026-11-26T19:15:00Z", off());
        check("2026-11-26T18:00:00Z", "2026-11-26T19:15:00Z", off());
        check("2026-11-26T18:00:07Z", "2026-11-26T19:00:07Z", off());
        check("2026-11-26T18:00:00Z", "2026-11-26T18:30:00Z", Err(Refusal::TooShort { minutes_min: 60 }));
        check("2026-11-26T18:00:00Z", "2026-11-26T17:00:00Z", Err(Refusal::TooShort { minutes_min: 60 }));
        check("2026-11-26T15:00:00Z", "2026-11-26T19:00:00Z", Err(Refusal::TooLong { minutes_max: 180 }));
        check("2026-11-26T20:30:00Z", "2026-11-26T21:30:00Z", Err(Refusal::Closed(Closed::Hours)));
        let independence = crate::holiday::Holiday::IndependenceDay;
        let holiday = Err(Refusal::Closed(Closed::Holiday(independence)));
        check("2026-12-06T10:00:00Z", "2026-12-06T11:00:00Z", holiday);
        let last = "2027-05-22".parse().expect("a date");
        check("2027-05-23T10:00:00Z", "2027-05-23T11:00:00Z", Err(Refusal::TooEarly { last }));
    }

    #[test]
    fn a_group_may_have_to_book_sooner_and_not_so_far_ahead() {
        let company = PriceGroup::Company;
        let until = instant("2026-11-22T15:00:00Z");
        check_for(company, "2026-11-25T15:00:00Z", "2026-11-25T16:00:00Z", Err(Refusal::TooLate { until }));
        check_for(company, "2026-11-26T10:00:00Z", "2026-11-26T11:00:00Z", Ok(60));
        let last = "2026-12-23".parse().expect("a date");
        check_for(company, "2026-12-28T10:00:00Z", "2026-12-28T11:00:00Z", Err(Refusal::TooEarly { last }));
    }

    #[test]
    fn a_buffer_is_occupied_with_the_booking() {
        let span = Span::new(Quarter(100), Quarter(104)).expect("a span");
        let around = Buffer { before: 1, after: 4 }.around(span);
        assert_eq!((around.start(), around.end()), (Quarter(99), Quarter(108)));
    }
}
