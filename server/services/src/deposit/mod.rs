//! Deposits: paid with a booking on top of its price, kept for what its use has cost, given back.
//!
//! A booking has one at most, which comes with the payment that it is confirmed by and stays with it wherever it is
//! moved: a move asks for no other. What somebody pays later carries none: whoever has credit needs no deposit, so that
//! putting a booking on a customer's account takes its deposit off. Whoever changes a deposit has locked its booking.

mod back;
mod by_staff;
mod keep;
mod read;
mod take;
mod text;

pub use back::return_due;
pub use by_staff::return_by_staff;
pub use keep::Kept;
pub use read::of_booking;
pub use text::{comes_back, name, offer, standing, terms_text};

pub(crate) use back::return_all_in;
pub(crate) use keep::{keep_in, undo_in};
pub(crate) use read::{of_booking_in, returned_with_in};
pub(crate) use take::take_in;

use uuid::Uuid;
use vayla_domain::{deposit::ToPay, money::Money};

use crate::{
    booking::Booking,
    grant::{self, Granted},
};

/// A deposit that has been paid, in the currency it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldDeposit {
    pub booking: Uuid,
    /// What it came with, and goes back by.
    pub payment: Uuid,
    /// The town that took it in.
    pub collector: String,
    pub taken: Money,
    /// What it has paid of charges after the use.
    pub kept: Money,
    pub returned: Money,
}

impl HeldDeposit {
    /// What is still held.
    #[must_use]
    pub const fn left(&self) -> Money {
        Money::new(self.taken.minor - self.kept.minor - self.returned.minor, self.taken.currency)
    }
}

/// What its payer pays for a booking: the price, less what grants pay of it, and the deposit.
#[must_use]
pub fn to_pay(booking: &Booking, granted: &[Granted]) -> ToPay {
    let (price, other) = grant::rest(booking.total, booking.other.as_ref(), granted);
    ToPay { price, other, deposit: booking.deposit.clone() }
}
