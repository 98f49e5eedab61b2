//! Until when the booker may choose another time.

use chrono::{DateTime, Utc};

use super::CancelRule;

/// Why a booker can't move a booking any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooLateToMove {
    #[error("the time has begun")]
    Begun,
    /// It could be moved up to and at that moment.
    #[error("it could be moved until {0}")]
    After(DateTime<Utc>),
}

impl CancelRule {
    /// A booking may be moved as long as cancelling it is free: later on, moving it far away and
    /// cancelling it there would be the way around what cancelling costs.
    ///
    /// # Errors
    /// [`TooLateToMove`], by the booking's start and the instant.
    pub fn check_move(self, start: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), TooLateToMove> {
        let last = self.free_until(start);
        match now {
            now if now >= start => Err(TooLateToMove::Begun),
            now if now > last => Err(TooLateToMove::After(last)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_booking_moves_until_the_moment_until_which_it_is_cancelled_for_nothing() {
        let rule = CancelRule { free_hours: 24, late_refund_percent: 50 };
        let check = |now: &str, expected| {
            assert_eq!(rule.check_move(instant("2026-11-26T18:00:00Z"), instant(now)), expected, "{now}");
        };
        let late = Err(TooLateToMove::After(instant("2026-11-25T18:00:00Z")));
        check("2026-11-25T18:00:00Z", Ok(()));
        check("2026-11-25T18:00:01Z", late);
        check("2026-11-26T17:59:59Z", late);
        check("2026-11-26T18:00:00Z", Err(TooLateToMove::Begun));
    }

    #[test]
    fn where_cancelling_is_free_to_the_last_so_is_moving() {
        let rule = CancelRule { free_hours: 0, late_refund_percent: 0 };
        let start = instant("2026-11-26T18:00:00Z");
        assert_eq!(rule.check_move(start, start - chrono::TimeDelta::seconds(1)), Ok(()));
        assert_eq!(rule.check_move(start, start), Err(TooLateToMove::Begun));
    }
}
