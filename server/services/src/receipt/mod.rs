//! Receipts: what was paid for, to whom, with which tax. As it was when it was paid, and what has gone back.

mod covered;
mod text;

pub use covered::covered;
pub use text::paper;

use std::sync::Arc;

use vayla_domain::money::{Money, QuoteLine};

use crate::{
    Services,
    booking::{self, Booking},
    catalogue::Space,
    charge::{self, UseCharge},
    db::DbError,
    deposit::{self, HeldDeposit},
    grant::{self, GrantState, Granted},
    payment::{self, Payment},
};

/// The receipt of a payment.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub booking: Booking,
    pub number: i64,
    pub payment: Payment,
    /// What was bought, when and where, as it was when this was paid.
    pub space: Arc<Space>,
    pub lines: Vec<QuoteLine>,
    /// What grants paid of it along with the payment.
    pub granted: Vec<Granted>,
    /// The deposit that was paid with it, and the booking's charges, of which it may have paid some.
    pub deposit: Option<(HeldDeposit, Vec<UseCharge>)>,
}

impl Receipt {
    /// Its name: a number in its seller's own row.
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.booking, self.number)
    }

    /// What the whole of it costs.
    #[must_use]
    pub fn total(&self) -> Money {
        Money::new(self.lines.iter().map(|line| line.gross.minor).sum(), self.payment.gross.currency)
    }

    /// What earlier payments, and grants along with them, had paid of it.
    #[must_use]
    pub fn earlier(&self) -> Money {
        let now = self.payment.gross.minor + self.granted().minor;
        Money::new(self.total().minor - now, self.payment.gross.currency)
    }

    /// What grants paid of it along with this payment.
    #[must_use]
    pub fn granted(&self) -> Money {
        let parts = self.granted.iter().map(|granted| granted.gross.minor);
        Money::new(parts.sum(), self.payment.gross.currency)
    }
}

/// `TORNIO-12`: of all that a booking's seller has issued, this one.
#[must_use]
pub fn name(booking: &Booking, number: i64) -> String {
    format!("{}-{number}", booking.space.facility.municipality.code.to_uppercase())
}

/// A booking's receipt of that number, or its latest; `None` where there is none.
///
/// # Errors
/// When the database can't be read.
pub async fn find(
    services: &Services,
    booking: Booking,
    number: Option<i64>,
) -> Result<Option<Receipt>, DbError> {
    let mut paying = payment::paying(&services.db, booking.id).await?;
    paying.retain(|payment| number.is_none() || payment.receipt_number == number);
    let Some(payment) = paying.pop() else { return Ok(None) };
    let Some(number) = payment.receipt_number else { return Ok(None) };
    let (space, lines) = booking::lines_of(services, &booking, payment.version).await?;
    let mut granted = grant::of_booking(&services.db, booking.id).await?;
    granted.retain(|granted| granted.change == payment.change && granted.state == GrantState::Given);
    let deposit = match deposit::of_booking(&services.db, booking.id).await? {
        Some(held) if held.payment == payment.id => {
            Some((held, charge::of_booking(&services.db, booking.id).await?))
        }
        _ => None,
    };
    Ok(Some(Receipt { booking, number, payment, space, lines, granted, deposit }))
}
