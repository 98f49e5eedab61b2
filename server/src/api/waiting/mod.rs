//! The waiting list: joined, looked at, left.

mod access;
mod body;
mod join;
mod place;

use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_services::Services;

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(place::show, place::leave))
}

/// The call that creates, which takes an `Idempotency-Key`.
pub fn creating() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(join::create))
}
