//! Others' series: who has which, and moving and cancelling for them.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_services::{
    DbError, Services,
    series::{
        self, StaffShiftError, cancel_by_staff, find_for_staff, list_for_staff, move_dates_by_staff,
        outline_shift_by_staff,
    },
};

use super::{
    super::{
        answers::{StaffChanged, StaffListed, StaffOpened, StaffShifted},
        json::{Body, Nothing, Query},
        names::Id,
        page::{Limit, Page, no_such_place},
        problem::Problem,
        refusal::not_shifted,
        series::{Chosen, NewTime, Series, SeriesCancelled, SeriesMove},
    },
    Caller, facility,
    reason::ReasonGiven,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(cancel)).routes(routes!(shift))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SeriesAsked {
    facility: Id,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
}

/// The series of a facility that were ever booked, or are held, the oldest first. Looking is written to
/// the audit log. Scope: `series`.
#[utoipa::path(
    get, path = "/series", operation_id = "list_staff_series", tag = "staff", params(SeriesAsked),
    security(("staff_token" = [])),
    responses((status = 200, description = "A page of series", body = Page<Series>), StaffListed),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<SeriesAsked>,
) -> Result<Json<Page<Series>>, Problem> {
    let after = asked.after.as_deref().map(read_cursor).transpose()?;
    let facility = facility(&services, asked.facility)?;
    let batch = list_for_staff(&services, &caller.0, &facility, after, asked.limit.0).await;
    let batch = batch.map_err(|error| Problem::from(error).at(&facility))?;
    let seen = batch.items.iter().map(|series| Ok((series.id, Series::new(&services, series)?)));
    let seen = seen.collect::<Result<Vec<_>, DbError>>()?;
    let batch = vayla_services::Batch { items: seen, more: batch.more };
    Ok(Page::from_batch(batch, |(id, _)| id.to_string(), |(_, series)| series))
}

fn read_cursor(cursor: &str) -> Result<Uuid, Problem> {
    cursor.parse().map_err(|_| no_such_place())
}

/// A series, with who booked it. Looking is written to the audit log. Scope: `series`.
#[utoipa::path(
    get, path = "/series/{id}", operation_id = "show_staff_series", tag = "staff", params(("id" = Id, Path)),
    security(("staff_token" = [])),
    responses((status = 200, description = "The series", body = Series), StaffOpened),
)]
async fn show(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Series>, Problem> {
    let series = find_for_staff(&services, &caller.0, id.0).await;
    let series: series::Series = series.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Series::new(&services, &series)?))
}

/// Which of the series, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffSeriesCancelling {
    which: Chosen,
    /// For the booker, who gets it in a letter.
    reason: ReasonGiven,
}

/// Cancels some of a series for the town, or the rest of it: all that was paid for those goes back,
/// whatever the facility's rule, and the booker gets one letter that says why. Scope: `series`.
#[utoipa::path(
    post, path = "/series/{id}/cancel", operation_id = "cancel_staff_series", tag = "staff",
    params(("id" = Id, Path)), request_body = StaffSeriesCancelling, security(("staff_token" = [])),
    responses((status = 200, description = "They are cancelled", body = SeriesCancelled), StaffChanged),
)]
async fn cancel(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<StaffSeriesCancelling>,
) -> Result<Json<SeriesCancelled>, Problem> {
    let which = asked.which.read().map_err(|problem| caller.problem(&services, problem.below("which")))?;
    let reason = asked.reason.read().map_err(|problem| caller.problem(&services, problem))?;
    let cancelled = cancel_by_staff(&services, &caller.0, id.0, &which, &reason).await;
    let cancelled = cancelled.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(cancelled.into()))
}

/// Which of the series, where to, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffSeriesMoving {
    which: Chosen,
    to: NewTime,
    /// For the booker, who gets it in a letter.
    reason: ReasonGiven,
    /// Without it nothing is done: the answer says what it would come to.
    confirm: Option<bool>,
}

/// Moves some of a series for the town, or the rest of it, with `confirm`, at the price that each booking has:
/// all or none, and the booker gets one letter that says why. The space's rules don't bind; that the times are
/// free does. Scope: `series`.
#[utoipa::path(
    post, path = "/series/{id}/move", operation_id = "move_staff_series", tag = "staff", params(("id" = Id, Path)),
    request_body = StaffSeriesMoving, security(("staff_token" = [])),
    responses((status = 200, description = "What it comes to, or has come to", body = SeriesMove), StaffShifted),
)]
async fn shift(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<StaffSeriesMoving>,
) -> Result<Json<SeriesMove>, Problem> {
    let moved = moved(&services, &caller, id.0, asked).await;
    moved.map(Json).map_err(|problem| caller.problem(&services, problem))
}

async fn moved(
    services: &Services,
    caller: &Caller,
    id: Uuid,
    asked: StaffSeriesMoving,
) -> Result<SeriesMove, Problem> {
    let (wish, reason) = (asked.to.read(services, asked.which)?, asked.reason.read()?);
    let catalogue = services.catalogue();
    let refused = |error| match error {
        StaffShiftError::Look(error) => error.into(),
        StaffShiftError::Shift(error) => not_shifted(&catalogue, &wish.space, error),
    };
    if asked.confirm != Some(true) {
        let (series, outline) =
            outline_shift_by_staff(services, &caller.0, id, &wish).await.map_err(refused)?;
        return Ok(SeriesMove::outlined(&catalogue, &wish, &outline, Series::new(services, &series)?));
    }
    let moved = move_dates_by_staff(services, &caller.0, id, &wish, &reason).await.map_err(refused)?;
    let after = series::find(services, id).await?.ok_or_else(Problem::not_found)?;
    Ok(SeriesMove::done(&moved, Series::new(services, &after)?))
}
