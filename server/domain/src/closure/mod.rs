//! Closures: parts that nobody can book for a time, or until further notice.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::time::{LocalDay, Quarter, QuarterSet, Span};

/// What staff keep parts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureKind {
    /// Everybody sees that it is closed, and why.
    Closure,
    /// It is taken, as by any booking.
    Block,
}

/// The text names no kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of closure, block")]
pub struct UnknownClosureKind;

impl ClosureKind {
    pub const ALL: [Self; 2] = [Self::Closure, Self::Block];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Closure => "closure",
            Self::Block => "block",
        }
    }
}

impl FromStr for ClosureKind {
    type Err = UnknownClosureKind;

    fn from_str(code: &str) -> Result<Self, UnknownClosureKind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(UnknownClosureKind)
    }
}

/// From a quarter on, to an end or until further notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct ClosureTime {
    start: Quarter,
    end: Option<Quarter>,
}

/// Why nothing can be closed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosureTimeProblem {
    #[error("it begins between two quarters, or has begun")]
    Start,
    #[error("it ends between two quarters, or before it begins")]
    End,
}

const QUARTERS_A_DAY: i64 = 96;
/// Beyond the last day that can be booked: two for a time of a day that begins late on it, one for the
/// hours until cells are written again.
const MARGIN_DAYS: i64 = 3;

impl ClosureTime {
    /// A time to come; one may begin with the quarter that is running.
    ///
    /// # Errors
    /// [`ClosureTimeProblem`].
    pub fn new(
        start: DateTime<Utc>,
        end: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Self, ClosureTimeProblem> {
        let start = Quarter::starting_at(start).filter(|start| *start >= Quarter::containing(now));
        let start = start.ok_or(ClosureTimeProblem::Start)?;
        let on_raster = |end| Quarter::starting_at(end).ok_or(ClosureTimeProblem::End);
        Self::between(start, end.map(on_raster).transpose()?).ok_or(ClosureTimeProblem::End)
    }

    /// Any time; `None` unless the end comes after the start.
    #[must_use]
    pub fn between(start: Quarter, end: Option<Quarter>) -> Option<Self> {
        end.is_none_or(|end| start < end).then_some(Self { start, end })
    }

    #[must_use]
    pub const fn start(self) -> Quarter {
        self.start
    }

    /// `None`: until further notice.
    #[must_use]
    pub const fn end(self) -> Option<Quarter> {
        self.end
    }

    #[must_use]
    pub fn contains(self, quarter: Quarter) -> bool {
        self.start <= quarter && self.end.is_none_or(|end| quarter < end)
    }

    #[must_use]
    pub fn meets(self, span: Span) -> bool {
        self.start < span.end() && self.end.is_none_or(|end| span.start() < end)
    }

    /// What of the day's window it covers.
    #[must_use]
    pub fn set_in(self, day: &LocalDay) -> QuarterSet {
        let first = day.span().start();
        let end = self.end.unwrap_or(Quarter(i64::MAX / 2));
        QuarterSet::range(self.start - first, end - first)
    }

    /// Up to where its cells must be written, so that whoever books up to so many days ahead meets them.
    #[must_use]
    pub fn reach(self, now: DateTime<Utc>, horizon_days: u32) -> Quarter {
        let days = i64::from(horizon_days) + MARGIN_DAYS;
        let far = Quarter::containing(now) + days * QUARTERS_A_DAY;
        self.end.map_or(far, |end| end.min(far)).max(self.start)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Days, TimeDelta};
    use chrono_tz::Europe::{Helsinki, Stockholm};
    use proptest::prelude::*;

    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_closure_begins_now_at_the_earliest_and_ends_after_it_begins() {
        let now = instant("2026-11-25T08:07:00Z");
        let new = |start: &str, end: Option<&str>| ClosureTime::new(instant(start), end.map(instant), now);
        assert!(new("2026-11-25T08:00:00Z", None).is_ok());
        assert!(new("2026-11-25T08:15:00Z", Some("2026-11-25T08:30:00Z")).is_ok());
        let start = Err(ClosureTimeProblem::Start);
        assert_eq!(new("2026-11-25T07:45:00Z", None), start);
        assert_eq!(new("2026-11-25T09:07:00Z", None), start);
        let end = Err(ClosureTimeProblem::End);
        assert_eq!(new("2026-11-25T09:00:00Z", Some("2026-11-25T09:00:00Z")), end);
        assert_eq!(new("2026-11-25T09:00:00Z", Some("2026-11-25T09:10:00Z")), end);
    }

    #[test]
    fn a_kind_is_read_back_from_its_code() {
        for kind in ClosureKind::ALL {
            assert_eq!(kind.code().parse(), Ok(kind));
            assert!(UnknownClosureKind.to_string().contains(kind.code()));
        }
        assert_eq!("Block".parse::<ClosureKind>(), Err(UnknownClosureKind));
    }

    proptest! {
        #[test]
        fn what_it_meets_and_covers_is_what_it_contains(
            start in -200i64..400, length in prop::option::of(1i64..300), from in -200i64..400, quarters in 1i64..200
        ) {
            let day = LocalDay::new("2027-10-31".parse().expect("a date"), Helsinki);
            let first = day.span().start();
            let time = ClosureTime::between(first + start, length.map(|length| first + start + length));
            let time = time.expect("in order");
            let span = Span::new(first + from, first + from + quarters).expect("in order");
            prop_assert_eq!(time.meets(span), span.iter().any(|quarter| time.contains(quarter)));
            for quarter in day.window().iter() {
                prop_assert_eq!(time.set_in(&day).contains(quarter - first), time.contains(quarter));
            }
        }

        #[test]
        fn whoever_can_book_meets_it(minutes in 0i64..1_500_000, horizon in 0u32..550, east: bool) {
            let zone = if east { Helsinki } else { Stockholm };
            let now = instant("2026-11-25T08:00:00Z") + TimeDelta::minutes(minutes);
            let time = ClosureTime::between(Quarter::containing(now), None).expect("no end");
            // The longest time that begins last on the last day, booked an hour after cells were written.
            let later = now + TimeDelta::hours(1);
            let last = later.with_timezone(&zone).date_naive() + Days::new(horizon.into());
            let end = LocalDay::new(last, zone).span().end() + QUARTERS_A_DAY;
            prop_assert!(time.reach(now, horizon) >= end);
        }
    }
}
