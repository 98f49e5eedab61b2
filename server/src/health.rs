//! For whoever watches the server.

use std::sync::OnceLock;

use axum::{Router, extract::State, http::StatusCode, routing::get};
use axum_prometheus::{
    EndpointLabel, PrometheusMetricLayer, PrometheusMetricLayerBuilder,
    metrics_exporter_prometheus::PrometheusHandle,
};
use vayla_services::Services;

type Metrics = (PrometheusMetricLayer<'static>, PrometheusHandle);

/// A process counts once, however many routers it has.
static METRICS: OnceLock<Metrics> = OnceLock::new();

fn metrics() -> &'static Metrics {
    METRICS.get_or_init(|| {
        // Addresses that lead nowhere are one series: else anybody could make as many as they like.
        let labels = EndpointLabel::MatchedPathWithFallbackFn(|_| "other".to_owned());
        PrometheusMetricLayerBuilder::new()
            .with_endpoint_label_type(labels)
            .with_default_metrics()
            .build_pair()
    })
}

/// Counts and times the requests that pass through.
pub fn counting() -> PrometheusMetricLayer<'static> {
    metrics().0.clone()
}

pub fn router(services: Services) -> Router {
    Router::new()
        .route("/health/live", get(|| async { "ok\n" }))
        .route("/health/ready", get(ready))
        .route("/metrics", get(async || metrics().1.render()))
        .with_state(services)
}

/// Ready when the database answers.
async fn ready(State(services): State<Services>) -> (StatusCode, &'static str) {
    match services.db.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "no database\n"),
    }
}
