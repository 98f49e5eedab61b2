//! The web server: one router of pages, JSON API, assets and health.

pub mod api;
mod assets;
pub mod background;
pub mod cli;
pub mod config;
mod health;
pub mod providers;
mod shield;

use axum::{
    Router,
    extract::{MatchedPath, Request},
    middleware,
};
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, trace::TraceLayer,
};
use vayla_app::Site;
use vayla_services::Services;

/// Everything that answers, with its limits and headers.
pub fn router(services: &Services, clock_is_set: bool) -> Router {
    let (script, style) = assets::names();
    let site = Site { script, style, clock_is_set };
    let pages = vayla_app::router(services.clone(), site).layer(middleware::from_fn(shield::same_origin));
    Router::new()
        .merge(api::router(services.clone()))
        .merge(health::router(services.clone()))
        .merge(assets::router())
        .merge(pages)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(health::counting())
        .layer(middleware::from_fn(shield::headers))
        .layer(CatchPanicLayer::custom(shield::panicked))
        .layer(TraceLayer::new_for_http().make_span_with(span))
}

/// What is said of a call in the log. Not its address: links open what they lead to.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    tracing::debug_span!("call", method = %request.method(), route)
}
