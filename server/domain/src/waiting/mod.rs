//! The waiting list: the life of a place in line, and how long an offer stands.

mod offer;
mod state;

pub use offer::{OFFER_MINUTES, offer_until};
pub use state::{UnknownWaitingState, WaitingState};
