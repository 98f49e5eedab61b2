//! Bookings: their life, their name, and what cancelling them costs.

mod cancellation;
mod reference;
mod state;

pub use cancellation::CancelRule;
pub use reference::{BookingReference, NotAReference};
pub use state::{BookingState, UnknownState};
