//! Grants: a municipality pays a part of others' prices, on either bank of the river.
//!
//! What a grant pays of a booking is a use of it: reserved while the time is held, given once it is booked, and what
//! cancelling or a cheaper time brings back is a return. Each is in the books. A booking has one grant at a time.
//!
//! A grant's budget is one number in its row, which the database keeps within its bounds: of two bookings at once the
//! second finds what the first has left. Whoever locks a booking and a grant locks the booking first.

mod back;
mod budget;
mod make;
mod moving;
mod put;
mod read;
mod settle;
mod taxing;
mod text;
mod usage;
mod voucher;

pub use back::owed_if_cancelled;
pub use make::{GrantError, close, make};
pub use put::{PutError, put_on, take_off};
pub use read::{find_for_staff, list};
pub use text::{listed, payer, summed, told, why_not};
pub use usage::of_booking;
pub use voucher::{CODES_MAX, VOUCHERS_MAX, vouchers};

pub(crate) use back::{back_by_staff_in, cancelled_in, credited_in, with_granted_in};
pub(crate) use moving::{Moved, moved_in, quote_move, reserve_move_in};
pub(crate) use put::{again_in, reserve_customers_in};
pub(crate) use settle::{Cover, cover_in, give_in, give_reserved_in, release_change_in, release_in};
pub(crate) use taxing::tax_of_use_in;
pub(crate) use usage::{left_of_in, of_booking_in, retax_in, was_put_in};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    grant::{Grant, GrantPrice},
    ledger::{PaymentFacts, Share, Standing},
    money::{Beside, Money, Rate},
};

/// A grant as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownGrant {
    pub id: Uuid,
    /// The code of the town that pays.
    pub municipality: String,
    /// To whom; `None`: to whoever has one of its vouchers.
    pub customer: Option<Uuid>,
    pub grant: Grant,
    /// Promised and paid, less what has come back.
    pub used: Money,
    pub created_at: DateTime<Utc>,
    /// From then on nothing new is paid.
    pub closed_at: Option<DateTime<Utc>>,
}

impl TownGrant {
    /// What is still to be had of its budget.
    #[must_use]
    pub const fn left(&self) -> Money {
        Money::new(self.grant.budget.minor - self.used.minor, self.grant.budget.currency)
    }
}

/// Where a use is in its life: `reserved → given`, or `reserved → released`; money that comes late takes a released one
/// anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantState {
    Reserved,
    Given,
    Released,
}

impl GrantState {
    const fn code(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Given => "given",
            Self::Released => "released",
        }
    }
}

/// What a grant pays of a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    pub id: Uuid,
    pub grant: Uuid,
    voucher: Option<Uuid>,
    pub booking: Uuid,
    /// The move that it pays a part of; `None` where it is of the booking as it was made.
    pub change: Option<Uuid>,
    pub state: GrantState,
    /// The grant's name, and the code of the town that pays.
    pub name: Bilingual,
    pub municipality: String,
    /// Of the price, in the facility's currency, and the tax in it.
    pub gross: Money,
    pub vat: Money,
    /// The same in the neighbour's currency.
    pub other: Option<Money>,
    /// In the paying town's currency.
    pub paid: Money,
    /// Between the two currencies, where there are two.
    pub rate: Option<Rate>,
    /// What has come back.
    pub back: Share,
}

impl Granted {
    /// The whole of it, and what has come back.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        Standing { whole: Share { gross: self.gross, vat: self.vat, paid: self.paid }, back: self.back }
    }

    fn facts(&self, owner: &str) -> PaymentFacts {
        PaymentFacts {
            owner: owner.to_owned(),
            collector: self.municipality.clone(),
            gross: self.gross,
            vat: self.vat,
            paid: self.paid,
        }
    }
}

/// A price once what grants pay of it is off: what is left for the payer, with the rate that was quoted.
#[must_use]
pub fn rest(total: Money, beside: Option<&Beside>, granted: &[Granted]) -> (Money, Option<Beside>) {
    let less = |whole: Money, of: fn(&Granted) -> Option<Money>| {
        let parts = granted.iter().filter_map(of).map(|part| part.minor);
        Money::new(whole.minor - parts.sum::<i64>(), whole.currency)
    };
    let other = beside.map(|(money, rate)| (less(*money, |granted| granted.other), rate.clone()));
    (less(total, |granted| Some(granted.gross)), other)
}

fn price(total: Money, vat: Money, beside: Option<&Beside>) -> GrantPrice {
    GrantPrice { total, vat, other: beside.map(|(money, _)| *money) }
}
