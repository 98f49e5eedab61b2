//! How long a time is held for whoever is first in line.

use chrono::{DateTime, TimeDelta, Utc};

/// So long where there is time enough.
pub const OFFER_MINUTES: i64 = 120;
/// The next in line wants to be asked, too: an offer ends so long before the time begins.
const SPARED_MINUTES: i64 = 30;
/// But nobody is asked to make up their mind faster than at any other hold.
const MINUTES_MIN: i64 = 15;

/// Until when a time is held that is offered at `now` and begins at `starts_at`.
#[must_use]
pub fn offer_until(now: DateTime<Utc>, starts_at: DateTime<Utc>) -> DateTime<Utc> {
    let after = |minutes| now + TimeDelta::minutes(minutes);
    let latest = starts_at - TimeDelta::minutes(SPARED_MINUTES);
    latest.clamp(after(MINUTES_MIN), after(OFFER_MINUTES))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_offer_stands_two_hours_less_shortly_before_and_never_under_a_quarter() {
        let now: DateTime<Utc> = "2026-11-04T12:00:00Z".parse().expect("an instant");
        let minutes =
            |until_start| (offer_until(now, now + TimeDelta::minutes(until_start)) - now).num_minutes();
        assert_eq!(minutes(10_000), 120);
        assert_eq!(minutes(150), 120);
        assert_eq!(minutes(149), 119);
        assert_eq!(minutes(60), 30);
        assert_eq!(minutes(45), 15);
        assert_eq!(minutes(5), 15);
    }

    proptest! {
        #[test]
        fn a_later_start_never_shortens_an_offer(until_start in -10_000i64..10_000, later in 0i64..10_000) {
            let now = DateTime::<Utc>::UNIX_EPOCH;
            let until = |minutes| offer_until(now, now + TimeDelta::minutes(minutes));
            prop_assert!(until(until_start) <= until(until_start + later));
            prop_assert!((MINUTES_MIN..=OFFER_MINUTES).contains(&(until(until_start) - now).num_minutes()));
        }
    }
}
