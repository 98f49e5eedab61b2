//! Shows a series.

use axum::{Json, extract::State};
use vayla_services::Services;

use super::{
    super::{
        answers::Opened,
        json::{Nothing, Query},
        names::Id,
        problem::Problem,
    },
    access::Access,
    body::Series,
};

/// A series, to whoever has its token.
#[utoipa::path(
    get, path = "/series/{id}", operation_id = "show_series", tag = "series", params(("id" = Id, Path)),
    security(("bearer" = [])),
    responses((status = 200, description = "The series", body = Series), Opened),
)]
pub async fn show(
    State(services): State<Services>,
    Access(series): Access,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Series>, Problem> {
    Ok(Json(Series::opened(&services, &series)?))
}
