//! The JSON API.

use axum::Router;
use vayla_services::Services;

pub fn router(services: Services) -> Router {
    Router::new().with_state(services)
}
