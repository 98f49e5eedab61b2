//! All that is held of a series is put on the account of a customer who pays later.

use axum::{extract::State, http::StatusCode};
use vayla_services::{
    Services,
    invoice::{OnAccountError, put_on_by_code},
};

use super::{
    super::{
        answers::PutOnAccount,
        booking::OnAccountBy,
        json::{Body, Nothing, Query},
        names::Id,
        problem::Problem,
    },
    access::Access,
};

/// Confirms all that is held of the series without a payment: the customer whose code it is gets an invoice for it.
#[utoipa::path(
    post, path = "/series/{id}/account", operation_id = "put_series_on_account", tag = "series",
    params(("id" = Id, Path)), request_body = OnAccountBy, security(("bearer" = [])),
    responses((status = 204, description = "It is confirmed"), PutOnAccount),
)]
pub async fn put_on(
    State(services): State<Services>,
    Access(series): Access,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<OnAccountBy>,
) -> Result<StatusCode, Problem> {
    let held = series.held(services.clock.now());
    let done = match held.is_empty() {
        true => Err(OnAccountError::NotHeld),
        false => put_on_by_code(&services, &held, &asked.account).await,
    };
    done.map_err(|error| Problem::from(error).at(&series.space.facility))?;
    Ok(StatusCode::NO_CONTENT)
}
