//! The new time of the week as typed and as meant.

use std::sync::Arc;

use chrono::{Datelike, Weekday};
use uuid::Uuid;
use vayla_domain::series::{SeriesProblem, Shift, ShiftFields as Parsed};
use vayla_locales::{format, read};
use vayla_services::{
    booking::Booking,
    catalogue::Space,
    series::{Series, ShiftWish, Which, problem_text},
};

use crate::{
    series::{chosen_by, chosen_which},
    ui::{Ctx, Errors},
};

/// The fields, and the bookings whose boxes are checked.
#[derive(Debug, Default)]
pub struct ShiftFields {
    pub which: Vec<Uuid>,
    /// 0 is Monday.
    pub weekday: String,
    pub time: String,
    pub minutes: String,
    /// By its name in addresses.
    pub space: String,
    /// Which of two, where the clock is set back over the time: `a` or `b`.
    pub twice: String,
    /// The name of what was shown.
    pub quote: String,
    /// What the button does: `some`, `rest`, `show` or `move`.
    pub act: String,
    pub switch: String,
}

impl ShiftFields {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        pairs.into_iter().fold(Self::default(), |mut fields, (name, value)| {
            match name.as_str() {
                "weekday" => fields.weekday = value,
                "time" => fields.time = value,
                "minutes" => fields.minutes = value,
                "space" => fields.space = value,
                "twice" => fields.twice = value,
                "quote" => fields.quote = value,
                "act" => fields.act = value,
                "switch" => fields.switch = value,
                name => fields.which.extend(chosen_by(name)),
            }
            fields
        })
    }

    /// With what wasn't said: as the first of the chosen bookings is.
    pub fn filled(mut self, ctx: &Ctx, first: &Booking) -> Self {
        let wall = first.starts_at().with_timezone(&first.space.zone()).naive_local();
        let or = |value: String, own: String| if value.is_empty() { own } else { value };
        self.weekday = or(self.weekday, wall.weekday().num_days_from_monday().to_string());
        self.time = or(self.time, format::time(ctx.language, wall.time()));
        self.minutes = or(self.minutes, first.span.minutes().to_string());
        self.space = or(self.space, first.space.slug.clone());
        self
    }

    /// The space of the series' facility that is meant; the series' own where none is.
    pub fn space(&self, ctx: &Ctx, series: &Series) -> Arc<Space> {
        let spaces = &mut ctx.catalogue.spaces_of(&series.space.facility);
        Arc::clone(spaces.find(|space| space.slug == self.space).unwrap_or(&series.space))
    }

    /// The wish, or all that isn't understood.
    pub fn parse(&self, ctx: &Ctx, space: &Arc<Space>) -> Result<ShiftWish, Errors> {
        let mut errors = Errors::default();
        let Some(time) = read::time(&self.time) else {
            errors.add("time", ctx.words().error_time(&self.time));
            return Err(errors);
        };
        let fields = Parsed {
            weekday: self
                .weekday
                .parse()
                .ok()
                .and_then(|day: u8| Weekday::try_from(day).ok())
                .unwrap_or(Weekday::Mon),
            time,
            minutes: self.minutes.parse().unwrap_or_default(),
            which: chosen_which(&self.twice),
        };
        match Shift::parse(fields) {
            Ok(shift) => {
                Ok(ShiftWish { which: Which::Some(self.which.clone()), space: Arc::clone(space), shift })
            }
            Err(problems) => {
                for problem in problems {
                    let field = if problem == SeriesProblem::TimeOffRaster { "time" } else { "minutes" };
                    errors.add(field, problem_text(ctx.language, problem));
                }
                Err(errors)
            }
        }
    }
}
