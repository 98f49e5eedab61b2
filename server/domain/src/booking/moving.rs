//! Until when the booker may choose another time.

use chrono::{DateTime, Utc};

use super::{CancelRule, Start};

/// Why a booker can't move a booking any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooLateToMove {
    #[error("the time has begun")]
    Begun,
    /// It could be moved up to and at that moment.
    #[error("it could be moved until {0}")]
    After(DateTime<Utc>),
    /// Cancelling it is never free, and so it never moves.
    #[error("it can't be moved")]
    Never,
}

impl CancelRule {
    /// A booking may be moved as long as cancelling it is free: later on, moving it far away and
    /// cancelling it there would be the way around what cancelling costs.
    ///
    /// # Errors
    /// [`TooLateToMove`], by the booking's start and the instant.
    pub fn check_move(&self, start: Start<'_>, now: DateTime<Utc>) -> Result<(), TooLateToMove> {
        match self.free_until(start) {
            _ if now >= start.at => Err(TooLateToMove::Begun),
            None => Err(TooLateToMove::Never),
            Some(last) if now > last => Err(TooLateToMove::After(last)),
            Some(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Stockholm;

    use super::*;
    use crate::{
        booking::{Back, CancelStep},
        space::Notice,
    };

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    const fn start(at: DateTime<Utc>) -> Start<'static> {
        Start { at, zone: Stockholm, country: "SE" }
    }

    #[test]
    fn a_booking_moves_until_the_moment_until_which_it_is_cancelled_for_nothing() {
        let step = CancelStep { until: Notice::Hours(24), back: Back::ALL };
        let rule = CancelRule { steps: vec![step], then: Back { percent: 50, fee: None } };
        let check = |now: &str, expected| {
            let start = start(instant("2026-11-26T18:00:00Z"));
            assert_eq!(rule.check_move(start, instant(now)), expected, "{now}");
        };
        let late = Err(TooLateToMove::After(instant("2026-11-25T18:00:00Z")));
        check("2026-11-25T18:00:00Z", Ok(()));
        check("2026-11-25T18:00:01Z", late);
        check("2026-11-26T17:59:59Z", late);
        check("2026-11-26T18:00:00Z", Err(TooLateToMove::Begun));
    }

    #[test]
    fn where_cancelling_is_free_to_the_last_so_is_moving_and_where_it_never_is_nothing_moves() {
        let at = instant("2026-11-26T18:00:00Z");
        let before = at - chrono::TimeDelta::seconds(1);
        assert_eq!(CancelRule::FREE.check_move(start(at), before), Ok(()));
        assert_eq!(CancelRule::FREE.check_move(start(at), at), Err(TooLateToMove::Begun));
        let never = CancelRule { steps: Vec::new(), then: Back::NOTHING };
        assert_eq!(never.check_move(start(at), before), Err(TooLateToMove::Never));
        assert_eq!(never.check_move(start(at), at), Err(TooLateToMove::Begun));
    }
}
