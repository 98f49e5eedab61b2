//! Bookings, from the hold to the last refund.

mod booked;
mod calendar;
mod cancel;
mod change;
mod details;
mod for_staff;
mod forget;
mod hold;
mod lines;
mod marks;
mod quote;
mod read;
mod row;
mod wording;
pub(crate) mod write;

pub use booked::Booking;
pub use calendar::{CalendarText, calendar, series_calendar};
pub use cancel::{CancelError, Cancelled, StaffCancelError, cancel, cancel_by_staff, refunds_now};
pub use change::{
    Change, ChangeQuote, ChangeState, Changed, MoveError, StaffMoveError, Target, UnknownChangeState, change,
    latest_change, move_by_staff, move_by_staff_in, quote_change,
};
pub use details::{DetailsError, EXTENSION_MINUTES, extend, set_details};
pub use for_staff::{Beginning, find_for_staff, list_for_staff};
pub use hold::{HOLD_MINUTES, HoldError, HoldRequest, hold};
pub use lines::{lines, lines_of};
pub use quote::{PriceFor, QuoteError, fingerprint, quote};
pub use read::{find, find_by_reference};
pub use vayla_domain::booking::BookingState;
pub use wording::{CancelOffer, cancel_offer, cancel_rule};

pub(crate) use cancel::{cancel_in, withdraw_in, withdraw_untold_in};
pub(crate) use change::{
    Settled, Unfit, apply_change_in, expire_changes_in, fits, give_back_change_in, locked_change_in,
    move_untold_in, next_version_in, open_change_in, quoted, reopen_change_in, same_price,
};
pub(crate) use for_staff::locked_for_staff_in;
pub(crate) use forget::forget_in;
pub(crate) use hold::{DRAWS, Terms, give_back_in, held, hold_in};
pub(crate) use lines::{NewLines, insert_in as insert_lines_in, lines_in, lines_of_in};
pub(crate) use marks::changed_in;
pub(crate) use quote::Prices;
pub(crate) use read::{
    find_in, lock_in, lock_series_in, locked_in, of_series, of_series_between, of_series_in,
};
pub(crate) use row::OtherRow;
