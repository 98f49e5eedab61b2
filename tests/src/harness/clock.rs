//! A clock that the story sets.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use vayla_services::Clock;

/// Stands still until it is told otherwise.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    #[must_use]
    pub fn at(now: &str) -> Self {
        Self(Arc::new(Mutex::new(instant(now))))
    }

    #[must_use]
    pub fn clock(&self) -> Clock {
        let own = self.clone();
        Clock::new(move || own.now())
    }

    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set(&self, now: &str) {
        self.set_to(instant(now));
    }

    pub fn set_to(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    pub fn advance(&self, by: TimeDelta) {
        self.set_to(self.now() + by);
    }

    pub fn advance_minutes(&self, minutes: i64) {
        self.advance(TimeDelta::minutes(minutes));
    }
}

/// An instant as written: `2026-11-04T16:00:00Z`.
#[must_use]
pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant such as 2026-11-04T16:00:00Z")
}
