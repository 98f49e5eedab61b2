//! Bookings: their life, their name, until when they can be moved, and what cancelling them costs.

mod cancellation;
mod cancelling;
mod moving;
mod reference;
mod state;
mod who;

pub use cancellation::{Back, CancelRule, CancelStep, Start};
pub use cancelling::{
    CANCELLING_MAX, Cancelling, CancellingFault, CancellingProblem, CancellingRule, STEPS_MAX,
    check_cancelling,
};
pub use moving::TooLateToMove;
pub use reference::{BookingReference, NotAReference};
pub use state::{BookingState, UnknownState};
pub use who::{NAME_MAX, PEOPLE_MAX, PURPOSE_MAX, Who, WhoField, WhoFields, WhoProblem, read_email};
