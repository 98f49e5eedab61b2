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
const BOOKINGS_MAX: i64 = 200;

/// The customer's bookings that are over and on no invoice yet, with how much of each is charged: less than half
/// of the smallest coin is nothing.
pub(super) async fn used_in(
    tx: &mut Tx,
    services: &Services,
    customer: Uuid,
    end: DateTime<Utc>,
) -> Result<Vec<(Booking, i64)>, DbError> {
    // The update is the lock: who has one of them in hand comes first, and is looked at again; who comes later finds it
    // invoiced.
    let end = end.timestamp().div_euclid(900);
    within!(&mut *tx, c => sqlx::query(
        "UPDATE booking SET charged_percent = charged_percent
         WHERE customer_id = $1 AND invoice_id IS NULL AND end_quarter <= $2")
        .bind(customer).bind(end).execute(c).await.map(drop))?;
    let rows: Vec<(Uuid, i64)> = within!(&mut *tx, c => sqlx::query_as(
        "SELECT id, charged_percent FROM booking WHERE customer_id = $1 AND invoice_id IS NULL AND end_quarter <= $2
             AND charged_percent * total_minor >= 50 AND state IN ('confirmed', 'cancelled')
         ORDER BY start_quarter, id LIMIT $3")
        .bind(customer).bind(end).bind(BOOKINGS_MAX)
        .fetch_all(c).await)?;
    let mut used = Vec::with_capacity(rows.len());
    for (id, percent) in rows {
        let booking = booking::find_in(tx, &services.catalogue(), id).await?;
        used.push((booking.ok_or_else(|| DbError::corrupt(id))?, percent));
    }
    Ok(used)
}

/// What a booking comes to: its price as agreed, with the tax of the day of use.
pub(super) fn line(
    catalogue: &Catalogue,
    booking: &Booking,
    percent: i64,
) -> Result<InvoiceLine, IssueError> {
    let tax_point = booking.date();
    let tax = catalogue.vat.tax(booking.space.supply(booking.use_of), TaxPoint::Use, tax_point);
    let vat_rate = tax.ok_or(IssueError::NoTax(tax_point))?.rate;
    let gross = booking.total.percent(percent);
    let vat = vat_rate.within(gross);
    Ok(InvoiceLine {
        line: 0, // numbered when it is written
        booking: booking.id,
        reference: booking.reference.clone(),
        space: booking.space.clone(),
        span: booking.span,
        percent,
        tax_point,
        net: Money::new(gross.minor - vat.minor, gross.currency),
        vat_rate,
        vat,
        gross,
    })
}
