//! Cancels some of a series' bookings, or the rest of them.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_locales::words;
use vayla_services::{
    Services,
    series::{self, Which},
};

use super::{
    super::{
        answers::SeriesChanged,
        instant::Day,
        json::{Body, Nothing, Query},
        money::Money,
        names::Id,
        problem::Problem,
    },
    access::Access,
};

/// Which of them: either `bookings` or `from`.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SeriesCancelling)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// These.
    #[schema(max_items = 120)]
    bookings: Option<Vec<Id>>,
    /// All that begin on the date or later.
    from: Option<Day>,
}

/// What is cancelled, and what goes back.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesCancelled {
    /// The earliest first.
    pub bookings: Vec<Uuid>,
    /// In all, an amount for each currency it came in; empty where nothing goes back.
    pub refunds: Vec<Money>,
}

impl Chosen {
    pub fn read(self) -> Result<Which, Problem> {
        match (self.bookings, self.from) {
            (Some(bookings), None) => Ok(Which::Some(bookings.into_iter().map(|id| id.0).collect())),
            (None, Some(from)) => Ok(Which::From(from.date("from")?)),
            _ => Err(Problem::refused("bookings_or_from", "bookings", |language| {
                words(language).problem_series_which()
            })),
        }
    }
}

impl From<series::SeriesCancelled> for SeriesCancelled {
    fn from(cancelled: series::SeriesCancelled) -> Self {
        Self {
            bookings: cancelled.bookings.iter().map(|booking| booking.id).collect(),
            refunds: cancelled.refunds.into_iter().map(Into::into).collect(),
        }
    }
}

/// Cancels some of the bookings or the rest from a date on, each by the facility's rule; gives back
/// what is only held. Those that have begun stay.
#[utoipa::path(
    post, path = "/series/{id}/cancel", operation_id = "cancel_series", tag = "series",
    params(("id" = Id, Path)), request_body = Chosen, security(("bearer" = [])),
    responses((status = 200, description = "They are cancelled", body = SeriesCancelled), SeriesChanged),
)]
pub async fn cancel(
    State(services): State<Services>,
    Access(series): Access,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<Chosen>,
) -> Result<Json<SeriesCancelled>, Problem> {
    let facility = series.space.facility.clone();
    let which = asked.read().map_err(|problem| problem.at(&facility))?;
    let cancelled = series::cancel(&services, &series, &which).await;
    let cancelled = cancelled.map_err(|error| Problem::from(error).at(&facility))?;
    Ok(Json(cancelled.into()))
}
