//! The JSON API: a module a noun, and what they share.
//!
//! Handlers read, make one call of a service, and write. What stands in the way is a
//! [`problem::Problem`], which a layer around all handlers writes in the caller's language.

mod answers;
mod availability;
mod bearer;
mod booking;
mod callback;
mod cancelling;
mod charge;
mod deposit;
mod description;
mod etag;
mod facility;
mod feed;
mod finance;
mod idempotency;
mod instant;
mod json;
mod language;
mod money;
mod municipality;
mod names;
mod page;
mod payment;
mod problem;
mod quote;
mod rate;
mod refusal;
mod series;
mod space;
mod staff;
mod waiting;

use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    middleware::{from_extractor_with_state, from_fn, from_fn_with_state},
    routing::{any, get},
};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use vayla_services::Services;

pub use self::{
    finance::TrialBalance,
    staff::{Invoice, PricePreview},
};

use self::{description::Description, staff::Caller};

pub fn router(services: Services) -> Router {
    let described = OpenApiRouter::with_openapi(Description::openapi());
    let once = from_fn_with_state(services.clone(), idempotency::once);
    let let_in = from_extractor_with_state::<Caller, _>(services.clone());
    // Who may come in is asked before what was answered to a key: a revoked token repeats nothing.
    let staff =
        staff::looking().merge(staff::changing().route_layer(once.clone())).route_layer(let_in.clone());
    let finance = finance::looking().merge(finance::changing().route_layer(once.clone())).route_layer(let_in);
    let opened = from_extractor_with_state::<series::Access, _>(services.clone());
    let paying = series::paying().route_layer(once.clone()).route_layer(opened);
    let calls = nouns().merge(creating().route_layer(once)).merge(paying);
    let calls = calls.nest("/staff", staff).nest("/finance", finance);
    let (api, mut description) = described.nest("/api/v1", calls).split_for_parts();
    description::complete(&mut description);
    api.route("/api/openapi.json", get(async || Json(description)))
        .route("/api", any(problem::no_such_path))
        .route("/api/{*rest}", any(problem::no_such_path))
        .method_not_allowed_fallback(problem::no_such_method)
        .layer(DefaultBodyLimit::max(json::BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(from_fn(problem::render))
        .with_state(services)
}

fn nouns() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .merge(municipality::router())
        .merge(facility::router())
        .merge(space::router())
        .merge(availability::router())
        .merge(quote::router())
        .merge(booking::router())
        .merge(callback::router())
        .merge(charge::router())
        .merge(feed::router())
        .merge(series::router())
        .merge(rate::router())
        .merge(waiting::router())
}

/// The calls that make something, which take an `Idempotency-Key`.
fn creating() -> OpenApiRouter<Services> {
    booking::creating()
        .merge(charge::creating())
        .merge(payment::creating())
        .merge(series::creating())
        .merge(waiting::creating())
}
