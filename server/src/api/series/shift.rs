//! Moves some of a series' bookings, or the rest of them: first what that comes to, then the act.

use std::sync::Arc;

use axum::{Json, extract::State};
use chrono::Weekday;
use serde::Deserialize;
use utoipa::ToSchema;
use vayla_domain::series::{Shift, ShiftFields};
use vayla_services::{
    Services,
    series::{self, ShiftWish, move_dates, outline_shift},
};

use super::{
    super::{
        answers::SeriesShifted,
        booking::QuoteName,
        json::{Body, Nothing, Query, Whole},
        names::Id,
        problem::Problem,
        refusal,
    },
    access::Access,
    ask::{ClockTime, WhichOfTwo, refused},
    body::Series,
    cancel::Chosen,
    moving::SeriesMove,
};

/// Another time of the week, by the facility's calendar and clock: each booking stays in its week.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SeriesNewTime)]
#[serde(deny_unknown_fields)]
pub struct NewTime {
    /// Of the same town.
    space: Id,
    weekday: DayOfWeek,
    time: ClockTime,
    #[schema(value_type = i64, minimum = 15, maximum = 1440, multiple_of = 15, example = 60)]
    minutes: Whole,
    /// Which of the two is meant on a date when the time comes twice.
    which: Option<WhichOfTwo>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DayOfWeek {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<DayOfWeek> for Weekday {
    fn from(day: DayOfWeek) -> Self {
        match day {
            DayOfWeek::Monday => Self::Mon,
            DayOfWeek::Tuesday => Self::Tue,
            DayOfWeek::Wednesday => Self::Wed,
            DayOfWeek::Thursday => Self::Thu,
            DayOfWeek::Friday => Self::Fri,
            DayOfWeek::Saturday => Self::Sat,
            DayOfWeek::Sunday => Self::Sun,
        }
    }
}

/// Which bookings, and where to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesMoving {
    which: Chosen,
    to: NewTime,
    /// The `quote` that was shown: anything else is refused, and the same call twice has one effect.
    quote: Option<QuoteName>,
    /// Without it nothing is done: the answer says what it would come to.
    confirm: Option<bool>,
}

impl NewTime {
    pub fn read(self, services: &Services, which: Chosen) -> Result<ShiftWish, Problem> {
        let which = which.read().map_err(|problem| problem.below("which"))?;
        let space = services.catalogue().space(self.space.0).cloned().ok_or_else(Problem::not_found)?;
        let fields = ShiftFields {
            weekday: self.weekday.into(),
            time: self.time.0,
            minutes: self.minutes.0,
            which: self.which.map(Into::into),
        };
        let shift = Shift::parse(fields).map_err(|problems| refused(problems).below("to"))?;
        Ok(ShiftWish { which, space, shift })
    }
}

/// Moves bookings of a series to another time of their weeks, with `confirm`; without it, says what that
/// comes to, date by date.
///
/// All are moved or none. It costs nothing more: what is less goes back, and where a date would cost more none
/// is moved; such a date is moved by itself with `PATCH /bookings/…`. Bookings that it is too late for stay.
#[utoipa::path(
    patch, path = "/series/{id}", operation_id = "move_series", tag = "series", params(("id" = Id, Path)),
    request_body = SeriesMoving, security(("bearer" = [])),
    responses((status = 200, description = "What it comes to, or has come to", body = SeriesMove), SeriesShifted),
)]
pub async fn shift(
    State(services): State<Services>,
    Access(series): Access,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<SeriesMoving>,
) -> Result<Json<SeriesMove>, Problem> {
    let facility = Arc::clone(&series.space.facility);
    moved(&services, series, asked).await.map(Json).map_err(|problem| problem.at(&facility))
}

async fn moved(
    services: &Services,
    series: series::Series,
    asked: SeriesMoving,
) -> Result<SeriesMove, Problem> {
    let wish = asked.to.read(services, asked.which)?;
    let refused = |error| refusal::not_shifted(&services.catalogue(), &wish.space, error);
    if asked.confirm != Some(true) {
        let outline = outline_shift(services, &series, &wish).await.map_err(refused)?;
        let seen = Series::opened(services, &series)?;
        return Ok(SeriesMove::outlined(&services.catalogue(), &wish, &outline, seen));
    }
    let shown = asked.quote.as_ref().map(|quote| quote.0.as_str());
    let moved = move_dates(services, series.id, &wish, shown).await.map_err(refused)?;
    let after = series::find(services, series.id).await?.unwrap_or(series);
    Ok(SeriesMove::done(&moved, Series::opened(services, &after)?))
}
