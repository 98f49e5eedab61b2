//! A series as it is asked for.

use std::sync::Arc;

use axum::http::StatusCode;
use chrono::NaiveTime;
use serde::Deserialize;
use utoipa::ToSchema;
use vayla_domain::series::{self, SeriesFields, SeriesPlan, SeriesProblem, Skip, Until};
use vayla_locales::words;
use vayla_services::{
    catalogue::Space,
    series::{SeriesWish, problem_text},
};

use super::super::{
    instant::Day,
    json::Whole,
    names::{Group, Home, Id, UseOf},
    problem::{FieldProblem, Problem},
};

/// The same time every so many weeks, by the facility's calendar and clock.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewSeriesTimes)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub space: Id,
    /// The first date; its day of the week is that of the series.
    first: Day,
    /// On the facility's wall, on both sides of a clock change.
    time: ClockTime,
    #[schema(value_type = i64, minimum = 15, maximum = 1440, multiple_of = 15, example = 60)]
    minutes: Whole,
    /// 1 where nothing is said.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 52, example = 1)]
    every_weeks: Option<Whole>,
    /// The last date that it may come on: either this or `count`.
    until: Option<Day>,
    /// How many times, without those that are left out: either this or `until`.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 120, example = 12)]
    count: Option<Whole>,
    /// Which of the two is meant on a date when the time comes twice; such a date is asked about where
    /// nothing is said.
    which: Option<WhichOfTwo>,
    skip: Option<SkipAsked>,
    /// `adult` where nothing is said.
    price_group: Option<Group>,
    /// Where the booker lives: some pay by that. Elsewhere where nothing is said.
    home: Option<Home>,
    /// `sport` where nothing is said.
    #[serde(rename = "use")]
    use_of: Option<UseOf>,
}

/// What to leave out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = SeriesSkip)]
#[serde(deny_unknown_fields)]
struct SkipAsked {
    /// Public holidays and the eves that are kept like them.
    #[serde(default)]
    holidays: bool,
    /// The breaks of the town's schools.
    #[serde(default)]
    breaks: bool,
    /// Others.
    #[serde(default)]
    #[schema(max_items = 360)]
    dates: Vec<Day>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhichOfTwo {
    /// Before the clock is set back.
    First,
    /// After it.
    Second,
}

/// A time of day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "18:00")]
pub struct ClockTime(pub NaiveTime);

impl TryFrom<String> for ClockTime {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let time = NaiveTime::parse_from_str(&text, "%H:%M").ok().filter(|_| text.len() == 5);
        time.map(Self).ok_or("a time like 18:00")
    }
}

impl Asked {
    /// The wish for a space.
    pub fn read(self, space: Arc<Space>) -> Result<SeriesWish, Problem> {
        let (price_group, use_of) =
            (self.price_group.unwrap_or_default().0, self.use_of.unwrap_or_default().0);
        let home = self.home.clone().map(|home| home.0);
        let plan = SeriesPlan::parse(self.fields()?).map_err(refused)?;
        Ok(SeriesWish { space, plan, price_group, home, use_of })
    }

    fn fields(self) -> Result<SeriesFields, Problem> {
        let until = match (self.until, self.count) {
            (Some(until), None) => Until::Date(until.date("until")?),
            (None, Some(count)) => Until::Count(small(count)),
            _ => {
                return Err(Problem::refused("until_or_count", "until", |language| {
                    words(language).problem_series_until()
                }));
            }
        };
        let skip = self.skip.unwrap_or_default();
        let dates = skip.dates.into_iter().map(|day| day.date("skip.dates")).collect::<Result<_, _>>()?;
        Ok(SeriesFields {
            first: self.first.date("first")?,
            time: self.time.0,
            minutes: self.minutes.0,
            every_weeks: self.every_weeks.map_or(1, small),
            until,
            which: self.which.map(Into::into),
            skip: Skip { holidays: skip.holidays, breaks: skip.breaks, dates },
        })
    }
}

/// What is no small number is none that a series can have.
fn small(number: Whole) -> u32 {
    u32::try_from(number.0).unwrap_or_default()
}

impl From<WhichOfTwo> for series::Which {
    fn from(which: WhichOfTwo) -> Self {
        match which {
            WhichOfTwo::First => Self::First,
            WhichOfTwo::Second => Self::Second,
        }
    }
}

pub fn refused(problems: Vec<SeriesProblem>) -> Problem {
    let errors = problems.into_iter().map(|problem| {
        let (field, code) = field_and_code(problem);
        FieldProblem::new(field, code, move |language| problem_text(language, problem))
    });
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", |language| words(language).problem_invalid())
        .with_errors(errors.collect())
}

const fn field_and_code(problem: SeriesProblem) -> (&'static str, &'static str) {
    match problem {
        SeriesProblem::FirstOutOfRange { .. } => ("first", "out_of_range"),
        SeriesProblem::TimeOffRaster => ("time", "off_raster"),
        SeriesProblem::Length { .. } => ("minutes", "out_of_range"),
        SeriesProblem::EveryWeeks { .. } => ("every_weeks", "out_of_range"),
        SeriesProblem::LastBeforeFirst => ("until", "before_first"),
        SeriesProblem::LastTooLate { .. } => ("until", "too_late"),
        SeriesProblem::Count { .. } => ("count", "out_of_range"),
        SeriesProblem::SkippedDates { .. } => ("skip.dates", "too_many"),
    }
}
