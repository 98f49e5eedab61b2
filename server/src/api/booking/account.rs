//! A held booking is put on the account of a customer who pays later.

use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;
use vayla_services::{Services, invoice::put_on_by_code};

use super::{
    super::{answers::PutOnAccount, json::Body, names::Id, problem::Problem},
    Access, TokenQuery,
};

/// By whose code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OnAccountBy {
    /// The customer's code, from its letter.
    pub account: String,
}

/// Confirms a held booking without a payment: the customer whose code it is gets an invoice for it.
#[utoipa::path(
    post, path = "/bookings/{id}/account", operation_id = "put_booking_on_account", tag = "bookings",
    params(("id" = Id, Path), TokenQuery), request_body = OnAccountBy,
    security(("bearer" = []), ("manage_token" = [])),
    responses((status = 204, description = "It is confirmed"), PutOnAccount),
)]
pub async fn put_on(
    State(services): State<Services>,
    Access(booking): Access,
    Body(asked): Body<OnAccountBy>,
) -> Result<StatusCode, Problem> {
    let facility = booking.space.facility.clone();
    let done = put_on_by_code(&services, std::slice::from_ref(&booking), &asked.account).await;
    done.map_err(|error| Problem::from(error).at(&facility))?;
    Ok(StatusCode::NO_CONTENT)
}
