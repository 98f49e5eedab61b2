//! A series as typed and as meant.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use vayla_domain::{
    booking::WhoFields,
    money::{PriceGroup, Use},
    series::{SeriesFields, SeriesPlan, SeriesProblem, Skip, Until},
};
use vayla_locales::{format, read};
use vayla_services::{
    catalogue::Space,
    series::{Outline, SeriesWish, Shown, problem_text},
};

use crate::{
    series::{CHECKED, chosen_which},
    ui::{Ctx, Errors, is_near},
};

const COUNT: u32 = 10;

/// The fields. From the choice of a single time comes `start`, in seconds of Unix time, which fills date
/// and time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LayFields {
    pub start: String,
    pub date: String,
    pub time: String,
    pub minutes: String,
    pub every: String,
    pub until: String,
    pub count: String,
    pub holidays: String,
    pub breaks: String,
    /// Which of two, where the clock is set back over the time: `a` or `b`.
    pub which: String,
    pub group: String,
    /// Where whoever books lives; empty: elsewhere.
    pub home: String,
    #[serde(rename = "use")]
    pub use_of: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub purpose: String,
    pub people: String,
    /// The free dates that were shown, each with the name of its price: `2026-11-03=6f1c…,…`.
    pub shown: String,
    /// Drawn with the dates: the same page sent twice is one attempt.
    pub attempt: String,
    /// What the button does: `show` or `book`.
    pub act: String,
    pub switch: String,
    /// The boxes of dates to leave out, among whatever else is sent.
    #[serde(flatten)]
    others: HashMap<String, String>,
}

/// The name of the box that leaves a date out; it is sent as [`CHECKED`].
pub fn skip_box(date: NaiveDate) -> String {
    format!("{SKIP_BOX}{date}")
}

const SKIP_BOX: &str = "skip-";

impl LayFields {
    /// With what wasn't said: the time of `start`, an hour, every week, ten times, an adult, sport.
    pub fn filled(mut self, ctx: &Ctx, space: &Space) -> Self {
        let start = self.start.parse().ok().and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0));
        let start = start.filter(|start| is_near(start.date_naive()));
        if let (Some(start), true) = (start, self.date.is_empty() && self.time.is_empty()) {
            let wall = start.with_timezone(&space.zone()).naive_local();
            self.date = format::date_short(ctx.language, wall.date());
            self.time = format::time(ctx.language, wall.time());
        }
        let or = |value: String, default: &str| if value.is_empty() { default.to_owned() } else { value };
        let length = space.rules.minutes_min.max(60).min(space.rules.minutes_max);
        self.minutes = or(self.minutes, &length.to_string());
        self.every = or(self.every, "1");
        self.group = or(self.group, PriceGroup::Adult.code());
        self.use_of = or(self.use_of, Use::Sport.code());
        if self.act.is_empty() && self.until.is_empty() {
            self.count = or(self.count, &COUNT.to_string());
        }
        self
    }

    pub fn who(&self) -> WhoFields<'_> {
        WhoFields {
            name: &self.name,
            email: &self.email,
            phone: &self.phone,
            purpose: &self.purpose,
            people: &self.people,
        }
    }

    pub fn use_of(&self) -> Use {
        self.use_of.parse().unwrap_or(Use::Sport)
    }

    /// The wish, or all that isn't understood.
    pub fn parse(&self, ctx: &Ctx, space: &Arc<Space>) -> Result<SeriesWish, Errors> {
        let (w, mut errors) = (ctx.words(), Errors::default());
        let today = ctx.now.with_timezone(&space.zone()).date_naive();
        let (date, time) = (read::date(&self.date, today), read::time(&self.time));
        if date.is_none() {
            errors.add("date", w.error_date(&self.date));
        }
        if time.is_none() {
            errors.add("time", w.error_time(&self.time));
        }
        let until = self.until(ctx, today, &mut errors);
        let (Some(first), Some(time), Some(until)) = (date, time, until) else { return Err(errors) };
        let fields = SeriesFields {
            first,
            time,
            minutes: self.minutes.parse().unwrap_or_default(),
            every_weeks: self.every.parse().unwrap_or_default(),
            until,
            which: chosen_which(&self.which),
            skip: Skip {
                holidays: self.holidays == CHECKED,
                breaks: self.breaks == CHECKED,
                dates: self.skipped(),
            },
        };
        let plan = SeriesPlan::parse(fields).map_err(|problems| told(ctx, problems))?;
        Ok(SeriesWish {
            space: Arc::clone(space),
            plan,
            price_group: self.group.parse().unwrap_or(PriceGroup::Adult),
            home: self.home.parse().ok(),
            use_of: self.use_of(),
        })
    }

    fn until(&self, ctx: &Ctx, today: NaiveDate, errors: &mut Errors) -> Option<Until> {
        let (until, count) = (self.until.trim(), self.count.trim());
        match (until.is_empty(), count.is_empty()) {
            (false, true) => {
                let last = read::date(until, today);
                if last.is_none() {
                    errors.add("until", ctx.words().error_date(until));
                }
                last.map(Until::Date)
            }
            (true, false) => Some(Until::Count(count.parse().unwrap_or_default())),
            _ => {
                errors.add("until", ctx.words().problem_series_until());
                None
            }
        }
    }

    /// The dates whose boxes are checked, the earliest first.
    pub fn skipped(&self) -> Vec<NaiveDate> {
        let boxes = self.others.keys().filter_map(|name| name.strip_prefix(SKIP_BOX));
        let mut dates: Vec<NaiveDate> = boxes.filter_map(|date| date.parse().ok()).collect();
        dates.sort_unstable();
        dates
    }

    /// The dates that the page has shown as free, but for those that are left out.
    pub fn shown(&self) -> Vec<Shown> {
        let skipped = self.skipped();
        let shown = |pair: &str| {
            let (date, quote) = pair.split_once('=')?;
            Some(Shown { date: date.parse().ok()?, quote: Some(quote.to_owned()) })
        };
        let all = self.shown.split(',').filter_map(shown);
        all.filter(|shown| !skipped.contains(&shown.date)).collect()
    }
}

/// As [`LayFields::shown`] reads it.
pub fn shown(outline: &Outline) -> String {
    let pairs: Vec<String> = outline.free().map(|(date, .., quote)| format!("{date}={quote}")).collect();
    pairs.join(",")
}

fn told(ctx: &Ctx, problems: Vec<SeriesProblem>) -> Errors {
    let mut errors = Errors::default();
    for problem in problems {
        errors.add(field(problem), problem_text(ctx.language, problem));
    }
    errors
}

const fn field(problem: SeriesProblem) -> &'static str {
    match problem {
        SeriesProblem::FirstOutOfRange { .. } => "date",
        SeriesProblem::TimeOffRaster => "time",
        SeriesProblem::Length { .. } => "minutes",
        SeriesProblem::EveryWeeks { .. } => "every",
        SeriesProblem::LastBeforeFirst | SeriesProblem::LastTooLate { .. } => "until",
        SeriesProblem::Count { .. } => "count",
        SeriesProblem::SkippedDates { .. } => "dates",
    }
}
