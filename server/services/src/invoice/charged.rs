//! What the use of bookings on account has cost afterwards, as lines of the next invoice.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::money::Money;

use super::InvoiceLine;
use crate::{
    booking::{self, Booking},
    catalogue::Catalogue,
    charge::{self, ChargedFor, UseCharge},
    db::{DbError, Tx},
};

/// What the use of the customer's bookings has cost afterwards, and is on no invoice yet.
pub(super) async fn charged_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    customer: Uuid,
    end: DateTime<Utc>,
    max: i64,
) -> Result<Vec<InvoiceLine>, DbError> {
    let charges = charge::of_customer_in(tx, customer, end, max).await?;
    let mut lines = Vec::with_capacity(charges.len());
    for charge in charges {
        let booking = booking::find_in(tx, catalogue, charge.booking).await?;
        let booking = booking.ok_or_else(|| DbError::corrupt(charge.booking))?;
        lines.push(line(&booking, charge));
    }
    Ok(lines)
}

/// What its use has cost afterwards, with the tax that was told.
fn line(booking: &Booking, charge: UseCharge) -> InvoiceLine {
    InvoiceLine {
        line: 0,
        booking: booking.id,
        reference: booking.reference.clone(),
        space: booking.space.clone(),
        span: booking.span,
        price: charge.gross,
        tax_point: charge.tax_date,
        net: charge.net,
        vat_rate: charge.vat_rate,
        vat: charge.vat,
        gross: charge.gross,
        granted: Money::new(0, charge.gross.currency), // a grant pays a part of the price, of nothing else
        granted_vat: Money::new(0, charge.gross.currency),
        granted_by: None,
        charge: Some(ChargedFor { id: charge.id, entry: charge.entry, basis: charge.basis }),
    }
}
