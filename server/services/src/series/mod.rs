//! Series: a time that comes again every so many weeks, laid out, booked and given back as one.

mod book;
mod breaks;
mod cancel;
mod extend;
mod move_dates;
mod outline;
mod price;
mod read;
mod shift;
mod staff;
mod wording;

pub use book::{SeriesError, SeriesRequest, Shown, book};
pub use breaks::{BreaksError, breaks, breaks_for_staff, set_breaks};
pub use cancel::{SeriesCancelled, Which, cancel};
pub use extend::extend;
pub use move_dates::{
    SeriesMoved, ShiftError, StaffShiftError, move_dates, move_dates_by_staff, outline_shift_by_staff,
};
pub use outline::{DateState, Outline, OutlineDate, SeriesWish, outline};
pub use price::priced_together;
pub use read::{Series, find, sums};
pub use shift::{ShiftDate, ShiftOutline, ShiftState, ShiftWish, outline_shift};
pub use staff::{cancel_by_staff, find_for_staff, list_for_staff};
pub use wording::{problem_text, why_not, why_not_moved};

pub(crate) use price::{as_paid_in, price_together};
