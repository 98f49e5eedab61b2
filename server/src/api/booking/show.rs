//! Shows a booking.

use axum::{Json, extract::State};
use vayla_services::Services;

use super::{
    super::{answers::Opened, names::Id, problem::Problem},
    Access, TokenQuery,
    body::Booking,
};

/// A booking, to whoever has its token.
#[utoipa::path(
    get, path = "/bookings/{id}", operation_id = "show_booking", tag = "bookings",
    params(("id" = Id, Path), TokenQuery), security(("bearer" = []), ("manage_token" = [])),
    responses((status = 200, description = "The booking", body = Booking), Opened),
)]
pub async fn show(
    State(services): State<Services>,
    Access(booking): Access,
) -> Result<Json<Booking>, Problem> {
    Ok(Json(Booking::read(&services, &booking).await?))
}
