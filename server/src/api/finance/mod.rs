//! What only accountants and the towns' accounting systems do: the books.

mod balance;
mod chart;
mod export;
mod settlement;

pub use balance::TrialBalance;

use utoipa_axum::router::OpenApiRouter;
use vayla_services::Services;

/// The calls that look.
pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .merge(balance::looking())
        .merge(chart::looking())
        .merge(export::looking())
        .merge(settlement::looking())
}

/// The calls that change something, which take an `Idempotency-Key`.
pub fn changing() -> OpenApiRouter<Services> {
    chart::changing().merge(settlement::changing())
}
