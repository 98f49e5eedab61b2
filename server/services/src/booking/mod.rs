//! Bookings, from the hold to the last refund.

mod calendar;
mod cancel;
mod change;
mod details;
mod for_staff;
mod hold;
mod lines;
mod marks;
mod quote;
mod read;

pub use calendar::{CalendarText, calendar};
pub use cancel::{CancelError, Cancelled, StaffCancelError, cancel, cancel_by_staff, refunds_now};
pub use change::{
    Change, ChangeQuote, ChangeState, Changed, MoveError, StaffMoveError, Target, UnknownChangeState, change,
    latest_change, move_by_staff, move_by_staff_in, quote_change,
};
pub use details::{DetailsError, EXTENSION_MINUTES, extend, set_details};
pub use for_staff::{Beginning, find_for_staff, list_for_staff};
pub use hold::{HOLD_MINUTES, HoldError, HoldRequest, hold};
pub use lines::{lines, lines_of};
pub use quote::{QuoteError, fingerprint, quote};
pub use read::{Booking, find};
pub use vayla_domain::booking::BookingState;

pub(crate) use cancel::withdraw_in;
pub(crate) use change::{
    Settled, apply_change_in, expire_changes_in, give_back_change_in, locked_change_in, open_change_in,
    reopen_change_in,
};
pub(crate) use hold::{Terms, give_back_in, hold_in};
pub(crate) use lines::lines_in;
pub(crate) use marks::changed_in;
pub(crate) use read::{find_in, locked_in};
