//! What comes back when a booking is cancelled.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    money::{Amounts, Money},
    space::Notice,
};

/// What a booking is cancelled by: step after step less comes back. Kept with it, as it was when it was booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelRule {
    /// In the order in which they are tried: the first whose last moment isn't over holds.
    pub steps: Vec<CancelStep>,
    /// What comes back after the last of them, until the time begins.
    pub then: Back,
}

/// Until when so much comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelStep {
    pub until: Notice,
    pub back: Back,
}

/// A share of what was paid, less a fee.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    /// 0 to 100.
    pub percent: u32,
    /// Stays with the town, in its currency or fixed in both; never more than what would come back without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Amounts>,
}

/// When a time begins, and on whose wall the days before it are counted.
#[derive(Debug, Clone, Copy)]
pub struct Start<'a> {
    pub at: DateTime<Utc>,
    pub zone: Tz,
    /// ISO code: decides which days are working days.
    pub country: &'a str,
}

impl Back {
    pub const ALL: Self = Self { percent: 100, fee: None };
    pub const NOTHING: Self = Self { percent: 0, fee: None };

    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::ALL
    }

    /// What comes back of a price in the facility's currency, rounded half-up once.
    #[must_use]
    pub fn of(&self, price: Money) -> Money {
        let share = price.percent(self.percent.into()).minor;
        Money::new((share - self.fee_in(price).minor).max(0), price.currency)
    }

    /// What of a price in the facility's currency doesn't come back.
    #[must_use]
    pub fn keeps(&self, price: Money) -> Money {
        Money::new(price.minor - self.of(price).minor, price.currency)
    }

    /// The fee in the currency of an amount; nothing where there is none in it.
    #[must_use]
    pub fn fee_in(&self, amount: Money) -> Money {
        let fee = self.fee.as_ref().and_then(|fee| fee.of(amount.currency));
        fee.unwrap_or(Money::new(0, amount.currency))
    }
}

impl CancelRule {
    /// Where nothing is said: all comes back until the time begins.
    pub const FREE: Self = Self { steps: Vec::new(), then: Back::ALL };

    /// The exact last moments for a time, the earliest first, each with what comes back until then. The last
    /// one is the start itself, at which nothing can be cancelled any more.
    #[must_use]
    pub fn moments(&self, start: Start<'_>) -> Vec<(DateTime<Utc>, &Back)> {
        let steps = self.steps.iter().map(|step| {
            (step.until.last_moment(start.at, start.zone, start.country).min(start.at), &step.back)
        });
        let mut moments: Vec<(DateTime<Utc>, &Back)> = Vec::new();
        for (until, back) in steps.chain([(start.at, &self.then)]) {
            match moments.last_mut() {
                Some((last, _)) if *last >= until => {} // one before it lasts as long
                Some((last, same)) if *same == back => *last = until,
                _ => moments.push((until, back)),
            }
        }
        moments
    }

    /// What comes back of a booking that is cancelled at `now`; `None` once its time has begun.
    #[must_use]
    pub fn back(&self, start: Start<'_>, now: DateTime<Utc>) -> Option<&Back> {
        let moments = self.moments(start);
        let held = moments.into_iter().find(|(until, _)| now <= *until);
        held.filter(|_| now < start.at).map(|(_, back)| back)
    }

    /// The last moment at which everything comes back; `None` where something always stays.
    #[must_use]
    pub fn free_until(&self, start: Start<'_>) -> Option<DateTime<Utc>> {
        self.moments(start).first().filter(|(_, back)| back.is_all()).map(|(until, _)| *until)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Helsinki;

    use super::*;
    use crate::money::{Currency, EURO};

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn rule(text: &str) -> CancelRule {
        serde_json::from_str(text).expect("a rule")
    }

    fn start(at: &str) -> Start<'static> {
        Start { at: instant(at), zone: Helsinki, country: "FI" }
    }

    #[test]
    fn all_until_the_last_moment_then_a_share_then_nothing() {
        let rule = rule(r#"{"steps":[{"until":{"hours":24},"back":{"percent":100}}],"then":{"percent":50}}"#);
        let check = |now: &str, percent: Option<u32>| {
            let back = rule.back(start("2026-11-26T18:00:00Z"), instant(now));
            assert_eq!(back.map(|back| back.percent), percent, "{now}");
        };
        check("2026-11-25T18:00:00Z", Some(100));
        check("2026-11-25T18:00:01Z", Some(50));
        check("2026-11-26T17:59:59Z", Some(50));
        check("2026-11-26T18:00:00Z", None);
        let free = rule.free_until(start("2026-11-26T18:00:00Z"));
        assert_eq!(free, Some(instant("2026-11-25T18:00:00Z")));
    }

    #[test]
    fn a_step_that_another_outlasts_never_holds() {
        // Five working days before the Saturday is the Monday; nine days before it is earlier still.
        let steps = r#"[{"until":{"working_days":{"days":5}},"back":{"percent":100}},
                        {"until":{"days":{"days":9}},"back":{"percent":80}},
                        {"until":{"hours":1},"back":{"percent":20}}]"#;
        let rule = rule(&format!(r#"{{"steps":{steps},"then":{{"percent":20}}}}"#));
        let moments = rule.moments(start("2026-11-28T10:00:00Z"));
        let said: Vec<_> = moments.iter().map(|(until, back)| (until.to_rfc3339(), back.percent)).collect();
        let expected = [("2026-11-23T10:00:00+00:00", 100), ("2026-11-28T10:00:00+00:00", 20)];
        assert_eq!(said, expected.map(|(until, percent)| (until.to_owned(), percent)));
    }

    #[test]
    fn where_nothing_ever_comes_back_nothing_is_free() {
        let never = CancelRule { steps: Vec::new(), then: Back::NOTHING };
        assert_eq!(never.free_until(start("2026-11-28T10:00:00Z")), None);
        let at = "2026-11-28T10:00:00Z";
        assert_eq!(CancelRule::FREE.free_until(start(at)), Some(instant(at)));
    }

    #[test]
    fn a_fee_is_never_more_than_what_would_come_back() {
        let back: Back =
            serde_json::from_str(r#"{"percent":50,"fee":{"SEK":"500.00","EUR":"45.00"}}"#).expect("back");
        let kronor = Currency::from_code(b"SEK");
        assert_eq!(back.of(Money::new(1_333_33, kronor)).minor, 166_67); // 666.665 and half-up, less 500
        assert_eq!(back.of(Money::new(900_00, kronor)).minor, 0);
        assert_eq!(back.of(Money::new(125_00, EURO)).minor, 17_50);
        assert_eq!(Back::ALL.of(Money::new(33_33, EURO)).minor, 33_33);
    }
}
