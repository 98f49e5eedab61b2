//! Holds a series.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;
use vayla_locales::words;
use vayla_services::{
    Services,
    catalogue::Space,
    payment::confirm_free_series,
    series::{self, DateState, Outline, SeriesError, SeriesRequest, Shown, why_not},
};

use super::{
    super::{
        answers::SeriesBooked,
        booking::{NewBooker, QuoteName},
        instant::Day,
        json::{Body, Nothing, Query, Whole},
        problem::{FieldProblem, Problem},
        refusal,
    },
    ask::Asked,
    body::Series,
    dates::code,
};

/// What is to be booked, and by whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeries {
    series: Asked,
    /// Which of its dates: those that the outline showed as free, or some of them.
    #[schema(min_items = 1, max_items = 120)]
    dates: Vec<DateChosen>,
    #[schema(max_length = 200, example = "Bandyträning")]
    purpose: Option<String>,
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 5000, example = 12)]
    people: Option<Whole>,
    booker: NewBooker,
}

/// A date that was shown as free.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewSeriesDate)]
#[serde(deny_unknown_fields)]
struct DateChosen {
    date: Day,
    /// The date's `quote` in the outline: another price is refused.
    quote: Option<QuoteName>,
}

/// Holds all the dates for a while, or none of them; where they cost nothing, books them.
#[utoipa::path(
    post, path = "/series", operation_id = "create_series", tag = "series", request_body = NewSeries,
    responses((status = 201, description = "It is held, or confirmed where it is free", body = Series), SeriesBooked),
)]
pub async fn create(
    State(services): State<Services>,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewSeries>,
) -> Result<(StatusCode, Json<Series>), Problem> {
    let space = services.catalogue().space(asked.series.space.0).cloned().ok_or_else(Problem::not_found)?;
    let facility = space.facility.clone();
    let booked = async {
        let request = asked.read(space)?;
        book(&services, request).await
    };
    let series = booked.await.map_err(|problem: Problem| problem.at(&facility))?;
    Ok((StatusCode::CREATED, Json(series)))
}

impl NewSeries {
    fn read(self, space: Arc<Space>) -> Result<SeriesRequest, Problem> {
        let purpose = self.purpose.as_deref().unwrap_or_default();
        let who = self.booker.who(purpose, self.people, space.capacity);
        let wish = self.series.read(space).map_err(|problem| problem.below("series"))?;
        let shown = |chosen: DateChosen| {
            Ok(Shown { date: chosen.date.date("dates")?, quote: chosen.quote.map(|quote| quote.0) })
        };
        let shown = self.dates.into_iter().map(shown).collect::<Result<_, Problem>>()?;
        Ok(SeriesRequest { wish, who: who.map_err(refusal::who)?, shown, attempt: None })
    }
}

async fn book(services: &Services, request: SeriesRequest) -> Result<Series, Problem> {
    let mut series = series::book(services, &request).await.map_err(|error| not_had(&request, error))?;
    if series.bookings.iter().all(|booking| booking.is_free()) {
        confirm_free_series(services, &series.bookings).await?;
        series = series::find(services, series.id).await?.unwrap_or(series);
    }
    let mut body = Series::opened(services, &series)?;
    body.manage_token = Some(services.secret.series_token(series.id));
    Ok(body)
}

fn not_had(request: &SeriesRequest, error: SeriesError) -> Problem {
    match error {
        SeriesError::Db(error) => error.into(),
        SeriesError::NoPrice(error) => error.into(),
        SeriesError::Nothing => {
            Problem::refused("missing", "dates", |language| words(language).problem_series_nothing())
        }
        SeriesError::Changed(outline) => {
            refusal::conflict("series_changed", |language| words(language).problem_series_changed())
                .with_errors(changed(request, &outline))
        }
    }
}

/// Each of the dates asked for that isn't as it was shown.
fn changed(request: &SeriesRequest, outline: &Outline) -> Vec<FieldProblem> {
    let state =
        |shown: &Shown| outline.dates.iter().find(|date| date.date == shown.date).map(|date| &date.state);
    let problem = |(place, shown): (usize, &Shown)| {
        let (state, field) = (state(shown), format!("dates[{place}]"));
        match state {
            Some(DateState::Free { quote, .. })
                if shown.quote.as_ref().is_none_or(|shown| shown == quote) =>
            {
                None
            }
            Some(state) => {
                let (space, state) = (Arc::clone(&request.wish.space), state.clone());
                Some(FieldProblem::new(field, code(&state), move |language| {
                    why_not(language, &space, &state)
                        .unwrap_or_else(|| words(language).problem_quote_changed())
                }))
            }
            None => {
                Some(FieldProblem::new(field, "invalid", |language| words(language).problem_series_no_date()))
            }
        }
    };
    request.shown.iter().enumerate().filter_map(problem).collect()
}
