//! Date, time and length, as typed and as meant.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use serde::Deserialize;
use vayla_domain::time::{Resolved, resolve};
use vayla_locales::{format, read};
use vayla_services::catalogue::Space;

use crate::ui::{Ctx, Errors, Field, duration_options, radios, select};

/// The fields.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WhenFields {
    pub date: String,
    pub time: String,
    /// Which of two, where the clock is set back over the time: `a` or `b`.
    pub which: String,
    pub minutes: String,
}

impl WhenFields {
    /// Whether neither a date nor a time has been typed.
    pub fn says_no_time(&self) -> bool {
        self.date.is_empty() && self.time.is_empty()
    }

    /// The start of an instant at the space, as the reader's language writes it.
    pub fn starting(self, ctx: &Ctx, space: &Space, start: DateTime<Utc>) -> Self {
        let wall = start.with_timezone(&space.zone()).naive_local();
        let which = match resolve(wall, space.zone()) {
            Resolved::Twice(first, _) if first == start => "a".to_owned(),
            Resolved::Twice(..) => "b".to_owned(),
            Resolved::Once(_) | Resolved::Missing => self.which,
        };
        Self {
            date: format::date_short(ctx.language, wall.date()),
            time: format::time(ctx.language, wall.time()),
            which,
            minutes: self.minutes,
        }
    }

    /// Start and end, or all that isn't understood.
    pub fn parse(&self, ctx: &Ctx, space: &Space) -> Result<(DateTime<Utc>, DateTime<Utc>), Errors> {
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
        Ok((start, start + TimeDelta::minutes(minutes)))
    }

    /// Whether the typed time happens twice on its day.
    fn is_twice(&self, ctx: &Ctx, space: &Space) -> bool {
        let today = ctx.now.with_timezone(&space.zone()).date_naive();
        match (read::date(&self.date, today), read::time(&self.time)) {
            (Some(date), Some(time)) => {
                matches!(resolve(date.and_time(time), space.zone()), Resolved::Twice(..))
            }
            _ => false,
        }
    }

    /// The fields in a row, and which of two times is meant where there are two.
    pub fn view(&self, ctx: &Ctx, space: &Space, errors: &Errors) -> impl IntoView + use<> {
        let (w, language, rules) = (ctx.words(), ctx.language, &space.rules);
        let lengths = duration_options(language, rules.minutes_min, rules.minutes_max, rules.step_minutes);
        let clock = w.clock_label(&space.facility.municipality.country);
        let twice = self.is_twice(ctx, space).then(|| {
            let options = vec![("a".to_owned(), w.choose_first()), ("b".to_owned(), w.choose_second())];
            radios("which", w.choose_which(), options, &self.which, errors)
        });
        view! {
            <div class="row">
                {Field { autocomplete: Some("off"), required: true, ..Field::text("date", w.choose_date(), &self.date) }.view(errors)}
                {Field { autocomplete: Some("off"), required: true, ..Field::text("time", w.choose_time(clock), &self.time) }.view(errors)}
                {select("minutes", w.choose_length(), lengths, &self.minutes, errors)}
            </div>
            {twice}
        }
    }
}
