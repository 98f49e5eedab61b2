//! Bookings, from the hold to the last refund.

mod calendar;
mod cancel;
mod details;
mod for_staff;
mod hold;
mod marks;
mod quote;
mod read;

pub use calendar::{CalendarText, calendar};
pub use cancel::{CancelError, Cancelled, StaffCancelError, cancel, cancel_by_staff, refund_now};
pub use details::{DetailsError, EXTENSION_MINUTES, extend, set_details};
pub use for_staff::{Beginning, find_for_staff, list_for_staff};
pub use hold::{HOLD_MINUTES, HoldError, HoldRequest, hold};
pub use quote::{QuoteError, fingerprint, quote};
pub use read::{Booking, find, lines};
pub use vayla_domain::booking::BookingState;

pub(crate) use hold::{Terms, give_back_in, hold_in};
pub(crate) use marks::changed_in;
pub(crate) use read::{find_in, lines_in};
