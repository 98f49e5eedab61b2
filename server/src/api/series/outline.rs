//! Lays a series out before anything is booked.

use axum::{Json, extract::State};
use vayla_services::{Services, series};

use super::{
    super::{
        answers::Outlined,
        json::{Body, Nothing, Query},
        problem::Problem,
    },
    ask::Asked,
    dates::Outline,
};

/// Every date of a series with its state and price: free, taken, closed and why, not existing, or left
/// out. It holds nothing.
#[utoipa::path(
    post, path = "/series/outline", operation_id = "outline_series", tag = "series", request_body = Asked,
    responses((status = 200, description = "The dates", body = Outline), Outlined),
)]
pub async fn outline(
    State(services): State<Services>,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<Asked>,
) -> Result<Json<Outline>, Problem> {
    let space = services.catalogue().space(asked.space.0).cloned().ok_or_else(Problem::not_found)?;
    let facility = space.facility.clone();
    let wish = asked.read(space).map_err(|problem| problem.at(&facility))?;
    let outline = series::outline(&services, &wish).await;
    let outline = outline.map_err(|error| Problem::from(error).at(&facility))?;
    Ok(Json(Outline::new(&wish, &outline)))
}
