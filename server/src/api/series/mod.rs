//! Series: the same time every so many weeks, laid out, booked, seen, paid, moved, cancelled.

mod access;
mod account;
mod ask;
mod body;
mod cancel;
mod create;
mod dates;
mod moving;
mod outline;
mod pay;
mod shift;
mod show;

pub use access::Access;
pub use body::Series;
pub use cancel::{Chosen, SeriesCancelled};
pub use moving::{SeriesMove, shift_code};
pub use shift::NewTime;

use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_services::Services;

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(outline::outline))
        .routes(routes!(show::show, shift::shift))
        .routes(routes!(cancel::cancel))
}

/// The call that creates, which takes an `Idempotency-Key`.
pub fn creating() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(create::create))
}

/// The calls that pay for it, now or later: take an `Idempotency-Key` too, of whoever opens the series.
pub fn paying() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(pay::create)).routes(routes!(account::put_on))
}
