//! What the payer gets back.

use chrono::{DateTime, TimeDelta, Utc};

/// A facility's rule: everything back until so many hours before, a share after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelRule {
    pub free_hours: i64,
    /// 0 to 100.
    pub late_refund_percent: i64,
}

impl CancelRule {
    /// The last moment at which everything is given back.
    #[must_use]
    pub fn free_until(self, start: DateTime<Utc>) -> DateTime<Utc> {
        start - TimeDelta::hours(self.free_hours)
    }

    /// How many percent of what was paid go back, cancelling at `now`; `None` once the time has begun.
    #[must_use]
    pub fn percent_back(self, start: DateTime<Utc>, now: DateTime<Utc>) -> Option<i64> {
        match now {
            now if now >= start => None,
            now if now <= self.free_until(start) => Some(100),
            _ => Some(self.late_refund_percent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_until_the_last_moment_then_a_share_then_nothing() {
        let rule = CancelRule { free_hours: 24, late_refund_percent: 50 };
        let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let check = |now: &str, percent: Option<i64>| {
            assert_eq!(rule.percent_back(instant("2026-11-26T18:00:00Z"), instant(now)), percent, "{now}");
        };
        check("2026-11-25T18:00:00Z", Some(100));
        check("2026-11-25T18:00:01Z", Some(50));
        check("2026-11-26T17:59:59Z", Some(50));
        check("2026-11-26T18:00:00Z", None);
    }
}
