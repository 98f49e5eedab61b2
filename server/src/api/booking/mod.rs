//! Bookings: made, seen, moved, cancelled.

mod access;
mod account;
mod body;
mod calendar;
mod cancel;
mod change;
mod create;
mod grant;
mod moving;
mod receipt;
mod show;

pub use access::{Access, MANAGE_TOKEN, TokenQuery, shown_token, token_invalid};
pub use account::OnAccountBy;
pub use body::{BookerSeen, Booking};
pub use create::{NewBooker, QuoteName};
pub use receipt::{file, language_of};

use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_services::Services;

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new()
        .routes(routes!(show::show, change::change, cancel::cancel))
        .routes(routes!(calendar::calendar))
        .routes(routes!(grant::take_off))
        .routes(routes!(receipt::receipt))
}

/// The call that creates, which takes an `Idempotency-Key`.
pub fn creating() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(create::create)).routes(routes!(account::put_on))
}
