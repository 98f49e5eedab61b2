//! From the clock on a wall to the instant it means.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// What a local date and time means in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    Once(DateTime<Utc>),
    /// The clock is set back over it: it happens twice.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// The clock is set forward over it: it doesn't happen.
    Missing,
}

/// Looks the local time up; never guesses.
#[must_use]
pub fn resolve(local: NaiveDateTime, zone: Tz) -> Resolved {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(once) => Resolved::Once(once.to_utc()),
        MappedLocalTime::Ambiguous(first, second) => Resolved::Twice(first.to_utc(), second.to_utc()),
        MappedLocalTime::None => Resolved::Missing,
    }
}

/// The first instant at which the clock shows `local` or later: for opening hours and days,
/// where a missing time means the moment after the gap.
#[must_use]
pub fn instant_after(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let quarter_steps = (0..=24 * 4).map(|step| local + TimeDelta::minutes(15 * step));
    for candidate in quarter_steps {
        match resolve(candidate, zone) {
            Resolved::Once(instant) | Resolved::Twice(instant, _) => return instant,
            Resolved::Missing => {}
        }
    }
    local.and_utc() // no zone has a gap longer than a day
}
