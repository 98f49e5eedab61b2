//! Rules as staff write them, and as they are kept.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    BookingWindow, BookingWindows, Buffer, HORIZON_DAYS_MAX, Notice, Opening, OpeningRule, SpaceRules,
    WallMinute,
};
use crate::{
    booking::{Cancelling, CancellingProblem, CancellingRule, check_cancelling},
    money::Currency,
    time::Quarter,
};

pub const RULES_MAX: usize = 200;
pub const HOURS_MAX: usize = 50;
pub const REASON_MAX: usize = 200;
/// As far back as a day's window shows what stands before a gap.
pub const NO_GAPS_MINUTES_MAX: i64 = 240;

/// What holds in a whole facility.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FacilityRules {
    pub opening: Vec<OpeningRule>,
    pub booking: Vec<BookingWindow>,
    pub cancelling: Vec<CancellingRule>,
}

/// What holds in a space besides; its own of a kind stand before the facility's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnRules {
    pub opening: Vec<OpeningRule>,
    pub booking: Vec<BookingWindow>,
    pub cancelling: Vec<CancellingRule>,
    /// The first start of a day; midnight where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_start: Option<WallMinute>,
    /// Occupied with each booking, to get ready and to clear up; whole quarters.
    pub before_minutes: i64,
    pub after_minutes: i64,
    /// No booking may leave a gap beside it that is too short to be booked.
    pub no_gaps: bool,
}

/// What is too much of a good thing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesProblem {
    #[error("at most {RULES_MAX} rules")]
    TooManyRules,
    #[error("at most {HOURS_MAX} hours in a rule")]
    TooManyHours,
    #[error("a reason has at most {REASON_MAX} letters, and both languages")]
    Reason,
    #[error("a span of dates ends before it begins")]
    Dates,
    #[error("at most {} days before", Notice::DAYS_MAX)]
    Notice,
    #[error("at most {HORIZON_DAYS_MAX} days ahead")]
    Horizon,
    #[error("a buffer is a whole number of quarters, at most 4 hours")]
    Buffer,
    #[error(
        "gaps can only be refused where the shortest booking with its buffers is at most {NO_GAPS_MINUTES_MAX} minutes"
    )]
    NoGaps,
    #[error("a day's first start is on the day")]
    FirstStart,
    #[error(transparent)]
    Cancelling(#[from] CancellingProblem),
}

/// What money is used where rules hold.
#[derive(Debug, Clone, Copy)]
pub struct RulesMoney<'a> {
    /// The facility's own.
    pub currency: Currency,
    /// All that can be paid in.
    pub currencies: &'a [Currency],
}

impl FacilityRules {
    /// # Errors
    /// The first [`RulesProblem`].
    pub fn check(&self, money: RulesMoney<'_>) -> Result<(), RulesProblem> {
        check_opening(&self.opening)?;
        check_windows(&self.booking)?;
        Ok(check_cancelling(&self.cancelling, money.currency, money.currencies)?)
    }
}

impl OwnRules {
    /// # Errors
    /// The first [`RulesProblem`], for a space whose shortest booking is so long.
    pub fn check(&self, minutes_min: i64, money: RulesMoney<'_>) -> Result<(), RulesProblem> {
        check_opening(&self.opening)?;
        check_windows(&self.booking)?;
        check_cancelling(&self.cancelling, money.currency, money.currencies)?;
        let fits = |minutes: i64| {
            minutes % Quarter::MINUTES == 0
                && (0..=Buffer::QUARTERS_MAX).contains(&(minutes / Quarter::MINUTES))
        };
        if !fits(self.before_minutes) || !fits(self.after_minutes) {
            return Err(RulesProblem::Buffer);
        }
        if self.no_gaps && minutes_min + self.before_minutes + self.after_minutes > NO_GAPS_MINUTES_MAX {
            return Err(RulesProblem::NoGaps);
        }
        if self.first_start.is_some_and(|first| first.minute() >= WallMinute::NEXT_MIDNIGHT) {
            return Err(RulesProblem::FirstStart);
        }
        Ok(())
    }
}

fn check_opening(rules: &[OpeningRule]) -> Result<(), RulesProblem> {
    if rules.len() > RULES_MAX {
        return Err(RulesProblem::TooManyRules);
    }
    for rule in rules {
        if rule.hours.len() > HOURS_MAX {
            return Err(RulesProblem::TooManyHours);
        }
        let fits = |text: &str| (1..=REASON_MAX).contains(&text.trim().chars().count());
        if rule.reason.as_ref().is_some_and(|reason| !fits(&reason.sv) || !fits(&reason.fi)) {
            return Err(RulesProblem::Reason);
        }
        if !rule.on.is_in_order() {
            return Err(RulesProblem::Dates);
        }
    }
    Ok(())
}

fn check_windows(windows: &[BookingWindow]) -> Result<(), RulesProblem> {
    if windows.len() > RULES_MAX {
        return Err(RulesProblem::TooManyRules);
    }
    if windows.iter().any(|window| window.horizon_days.is_some_and(|days| days > HORIZON_DAYS_MAX)) {
        return Err(RulesProblem::Horizon);
    }
    let fits = |window: &BookingWindow| window.lead.is_none_or(Notice::is_bounded);
    if windows.iter().all(fits) { Ok(()) } else { Err(RulesProblem::Notice) }
}

/// A space's bounds, as its row has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpaceBounds {
    pub minutes_min: i64,
    pub minutes_max: i64,
    pub step_minutes: i64,
    pub horizon_days: u32,
}

impl SpaceRules {
    /// Puts a space's rules together: its bounds, its own rules, its facility's, and the opening that
    /// comes of both.
    #[must_use]
    pub fn new(bounds: SpaceBounds, own: &OwnRules, facility: &FacilityRules, opening: Arc<Opening>) -> Self {
        let quarters = |minutes: i64| (minutes / Quarter::MINUTES).clamp(0, Buffer::QUARTERS_MAX);
        Self {
            minutes_min: bounds.minutes_min,
            minutes_max: bounds.minutes_max.min(Self::MINUTES_MAX),
            step_minutes: bounds.step_minutes,
            start_minute: own.first_start.map_or(0, WallMinute::minute),
            buffer: Buffer { before: quarters(own.before_minutes), after: quarters(own.after_minutes) },
            no_gaps: own.no_gaps,
            windows: BookingWindows::new(&own.booking, &facility.booking, bounds.horizon_days),
            cancelling: Cancelling::new(&own.cancelling, &facility.cancelling),
            opening,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::EURO;

    #[test]
    fn too_much_of_a_good_thing_is_told_by_its_name() {
        let money = RulesMoney { currency: EURO, currencies: &[EURO] };
        let facility = |text: &str| serde_json::from_str::<FacilityRules>(text).expect("rules").check(money);
        let space = |text: &str, minutes| {
            serde_json::from_str::<OwnRules>(text).expect("rules").check(minutes, money)
        };
        assert_eq!(facility(r#"{"booking":[{"horizon_days":550}]}"#), Ok(()));
        assert_eq!(facility(r#"{"booking":[{"horizon_days":551}]}"#), Err(RulesProblem::Horizon));
        assert_eq!(facility(r#"{"booking":[{"lead":{"hours":8785}}]}"#), Err(RulesProblem::Notice));
        let backwards =
            r#"{"opening":[{"on":{"dates":{"from":"2026-12-18","to":"2026-12-17"}},"hours":[]}]}"#;
        assert_eq!(facility(backwards), Err(RulesProblem::Dates));
        let speechless = r#"{"opening":[{"hours":[],"reason":{"sv":" ","fi":"huolto"}}]}"#;
        assert_eq!(facility(speechless), Err(RulesProblem::Reason));
        assert_eq!(space(r#"{"after_minutes":20}"#, 60), Err(RulesProblem::Buffer));
        assert_eq!(space(r#"{"no_gaps":true}"#, 300), Err(RulesProblem::NoGaps));
        assert_eq!(space(r#"{"no_gaps":true,"after_minutes":60}"#, 180), Ok(()));
        assert_eq!(space(r#"{"no_gaps":true,"after_minutes":15}"#, 240), Err(RulesProblem::NoGaps));
        assert_eq!(space(r#"{"first_start":"23:45"}"#, 60), Ok(()));
        assert_eq!(space(r#"{"first_start":"24:00"}"#, 60), Err(RulesProblem::FirstStart));
        for problem in [
            facility(r#"{"cancelling":[{"then":{"percent":101}}]}"#),
            space(r#"{"cancelling":[{"then":{"percent":101}}]}"#, 60),
        ] {
            let problem = problem.map_err(|problem| problem.to_string());
            assert!(problem.is_err_and(|text| text.starts_with("cancelling[0].then.percent: ")));
        }
    }
}
