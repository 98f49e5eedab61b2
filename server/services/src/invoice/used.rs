//! What customers have used, as the lines of invoices.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::money::{Money, TaxPoint};

use super::{InvoiceLine, IssueError};
use crate::{
    Services,
    booking::{self, Booking},
    catalogue::Catalogue,
    db::{DbError, Tx, within},
};

/// More bookings come with the next invoice.
pub(super) const BOOKINGS_MAX: i64 = 200;

/// The customer's bookings that are over and on no invoice yet, with how much of each is charged.
pub(super) async fn used_in(
    tx: &mut Tx,
    services: &Services,
    customer: Uuid,
    end: DateTime<Utc>,
) -> Result<Vec<(Booking, Money)>, DbError> {
    // The update is the lock: who has one of them in hand comes first, and is looked at again; who comes later finds it
    // invoiced.
    let end = end.timestamp().div_euclid(900);
    within!(&mut *tx, c => sqlx::query(
        "UPDATE booking SET given_back_minor = given_back_minor
         WHERE customer_id = $1 AND invoice_id IS NULL AND end_quarter <= $2")
        .bind(customer).bind(end).execute(c).await.map(drop))?;
    let rows: Vec<(Uuid, i64)> = within!(&mut *tx, c => sqlx::query_as(
        "SELECT id, given_back_minor FROM booking LEFT JOIN granted ON granted.booking_id = booking.id
         WHERE customer_id = $1 AND invoice_id IS NULL AND end_quarter <= $2
             AND given_back_minor + COALESCE(granted.gross_minor, 0) < total_minor
             AND state IN ('confirmed', 'cancelled', 'no_show')
         ORDER BY start_quarter, id LIMIT $3")
        .bind(customer).bind(end).bind(BOOKINGS_MAX)
        .fetch_all(c).await)?;
    let mut used = Vec::with_capacity(rows.len());
    for (id, given_back) in rows {
        let booking = booking::find_in(tx, &services.catalogue(), id).await?;
        let booking = booking.ok_or_else(|| DbError::corrupt(id))?;
        let charged = Money::new(booking.total.minor - given_back, booking.total.currency);
        used.push((booking, charged));
    }
    Ok(used)
}

/// What a booking comes to: its price as agreed, or what is charged of it, with the tax of the day of use.
pub(super) fn line(
    catalogue: &Catalogue,
    booking: &Booking,
    gross: Money,
) -> Result<InvoiceLine, IssueError> {
    let tax_point = booking.date();
    let tax = catalogue.vat.tax(booking.space.supply(booking.use_of), TaxPoint::Use, tax_point);
    let vat_rate = tax.ok_or(IssueError::NoTax(tax_point))?.rate;
    let vat = vat_rate.within(gross);
    Ok(InvoiceLine {
        line: 0, // numbered when it is written
        booking: booking.id,
        reference: booking.reference.clone(),
        space: booking.space.clone(),
        span: booking.span,
        price: booking.total,
        charge: None,
        tax_point,
        net: Money::new(gross.minor - vat.minor, gross.currency),
        vat_rate,
        vat,
        gross,
        granted: Money::new(0, gross.currency),
        granted_vat: Money::new(0, gross.currency),
        granted_by: None, // as what it pays, read with the line
    })
}
