//! Quarters and spans of them.

use std::ops::{Add, Sub};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The 15 minutes that begin at UTC instant 900·q.
///
/// Every zone with a whole, half or quarter hour's offset lands on this raster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quarter(pub i64);

impl Quarter {
    pub const SECONDS: i64 = 900;
    pub const MINUTES: i64 = 15;

    /// The quarter that the instant falls in.
    #[must_use]
    pub const fn containing(instant: DateTime<Utc>) -> Self {
        Self(instant.timestamp().div_euclid(Self::SECONDS))
    }

    /// The quarter that begins exactly at the instant; `None` between two.
    #[must_use]
    pub fn starting_at(instant: DateTime<Utc>) -> Option<Self> {
        let quarter = Self::containing(instant);
        (quarter.start() == instant).then_some(quarter)
    }

    /// The instant at which it begins.
    #[must_use]
    pub fn start(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0 * Self::SECONDS, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

impl Add<i64> for Quarter {
    type Output = Self;

    fn add(self, quarters: i64) -> Self {
        Self(self.0 + quarters)
    }
}

impl Sub for Quarter {
    type Output = i64;

    fn sub(self, other: Self) -> i64 {
        self.0 - other.0
    }
}

/// A run of at least one quarter: from `start`, up to but without `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    start: Quarter,
    end: Quarter,
}

impl Span {
    /// `None` unless `end` comes after `start`.
    #[must_use]
    pub fn new(start: Quarter, end: Quarter) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// `None` unless both instants lie on the raster, in order.
    #[must_use]
    pub fn between(start: DateTime<Utc>, end: DateTime<Utc>) -> Option<Self> {
        Self::new(Quarter::starting_at(start)?, Quarter::starting_at(end)?)
    }

    #[must_use]
    pub const fn start(self) -> Quarter {
        self.start
    }

    #[must_use]
    pub const fn end(self) -> Quarter {
        self.end
    }

    /// How many quarters, at least 1.
    #[must_use]
    pub fn quarters(self) -> i64 {
        self.end - self.start
    }

    #[must_use]
    pub fn minutes(self) -> i64 {
        self.quarters() * Quarter::MINUTES
    }

    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn iter(self) -> impl Iterator<Item = Quarter> {
        (self.start.0..self.end.0).map(Quarter)
    }
}
