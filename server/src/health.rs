//! For whoever watches the server.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use vayla_services::Services;

pub fn router(services: Services) -> Router {
    Router::new()
        .route("/health/live", get(|| async { "ok\n" }))
        .route("/health/ready", get(ready))
        .with_state(services)
}

/// Ready when the database answers.
async fn ready(State(services): State<Services>) -> (StatusCode, &'static str) {
    match services.db.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "no database\n"),
    }
}
