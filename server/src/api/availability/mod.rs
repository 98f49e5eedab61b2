//! Free times: of one space's day, and over both towns.

mod asked;
mod day;
mod search;

pub use asked::{Minutes, Order, Share, TimeOfDay};

use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_services::Services;

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(day::show)).routes(routes!(search::find))
}
