//! The time as typed and as meant.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use vayla_domain::{
    money::{PriceGroup, Use},
    time::{Resolved, resolve},
};
use vayla_locales::{format, read};
use vayla_services::catalogue::Space;

use crate::ui::{Ctx, Errors, is_near};

/// The fields. From a search comes `start`, in seconds of Unix time, which fills date and time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ChooseFields {
    pub start: String,
    pub date: String,
    pub time: String,
    /// Which of two, where the clock is set back over the time: `a` or `b`.
    pub which: String,
    pub minutes: String,
    pub group: String,
    #[serde(rename = "use")]
    pub use_of: String,
    /// The price that was shown, in both currencies; a higher one is shown before the time is taken.
    pub shown: String,
    /// Drawn with the page: the same page sent twice is one attempt.
    pub attempt: String,
    /// The link of an earlier hold, which this one takes the place of.
    pub earlier: String,
    pub switch: String,
}

/// A time with what decides its price.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub group: PriceGroup,
    pub use_of: Use,
}

impl ChooseFields {
    /// Whether it is an address without a time, which can only be chosen on a day's page.
    pub fn says_no_time(&self) -> bool {
        self.start.is_empty() && self.date.is_empty() && self.time.is_empty()
    }

    /// With what wasn't said: the time of `start`, the shortest length, an adult, sport.
    pub fn filled(mut self, ctx: &Ctx, space: &Space) -> Self {
        let start = self.start.parse().ok().and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0));
        let start = start.filter(|start| is_near(start.date_naive()));
        if let (Some(start), true) = (start, self.date.is_empty() && self.time.is_empty()) {
            let wall = start.with_timezone(&space.zone()).naive_local();
            self.date = format::date_short(ctx.language, wall.date());
            self.time = format::time(ctx.language, wall.time());
            if let Resolved::Twice(first, _) = resolve(wall, space.zone()) {
                self.which = if first == start { "a" } else { "b" }.to_owned();
            }
        }
        let or = |value: String, default: &str| if value.is_empty() { default.to_owned() } else { value };
        self.minutes =
            or(self.minutes, &space.rules.minutes_min.max(60).min(space.rules.minutes_max).to_string());
        self.group = or(self.group, PriceGroup::Adult.code());
        self.use_of = or(self.use_of, Use::Sport.code());
        self
    }

    /// The choice, or all that isn't understood.
    pub fn parse(&self, ctx: &Ctx, space: &Space) -> Result<Choice, Errors> {
        let (w, mut errors) = (ctx.words(), Errors::default());
        let today = ctx.now.with_timezone(&space.zone()).date_naive();
        let (date, time) = (read::date(&self.date, today), read::time(&self.time));
        if date.is_none() {
            errors.add("date", w.error_date(&self.date));
        }
        if time.is_none() {
            errors.add("time", w.error_time(&self.time));
        }
        let minutes: i64 =
            self.minutes.parse().ok().filter(|minutes| (1..=24 * 60).contains(minutes)).unwrap_or_default();
        let group = self.group.parse().unwrap_or(PriceGroup::Adult);
        let use_of = self.use_of.parse().unwrap_or(Use::Sport);
        let (Some(date), Some(time)) = (date, time) else { return Err(errors) };
        let start = match (resolve(date.and_time(time), space.zone()), self.which.as_str()) {
            (Resolved::Once(start), _)
            | (Resolved::Twice(start, _), "a")
            | (Resolved::Twice(_, start), "b") => start,
            (Resolved::Twice(..), _) => {
                errors.add("which", w.problem_ambiguous_time(format::time(ctx.language, time)));
                return Err(errors);
            }
            (Resolved::Missing, _) => {
                errors.add("time", w.problem_nonexistent_time(format::time(ctx.language, time)));
                return Err(errors);
            }
        };
        Ok(Choice { start, end: start + TimeDelta::minutes(minutes), group, use_of })
    }

    /// Whether the typed time happens twice on its day.
    pub fn is_twice(&self, ctx: &Ctx, space: &Space) -> bool {
        let today = ctx.now.with_timezone(&space.zone()).date_naive();
        match (read::date(&self.date, today), read::time(&self.time)) {
            (Some(date), Some(time)) => {
                matches!(resolve(date.and_time(time), space.zone()), Resolved::Twice(..))
            }
            _ => false,
        }
    }
}
