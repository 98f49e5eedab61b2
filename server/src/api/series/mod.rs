//! Series: the same time every so many weeks, laid out, booked, seen, paid, cancelled.

mod access;
mod ask;
mod body;
mod cancel;
mod create;
mod dates;
mod outline;
mod pay;
mod show;

pub use body::Series;
pub use cancel::{Chosen, SeriesCancelled};

use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_services::Services;

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(outline::outline))
        .routes(routes!(show::show))
        .routes(routes!(cancel::cancel))
}

/// The calls that create, which take an `Idempotency-Key`.
pub fn creating() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(create::create)).routes(routes!(pay::create))
}
