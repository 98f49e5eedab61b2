//! The tax in what is paid in advance is that of the day on which the payer pays, which may be another one than that
//! of the price, and than that on which we hear of it.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::money::{Money, QuoteLine, TariffLine, Tax, TaxPoint, taxed};

use super::Payment;
use crate::{
    booking::{self, Booking},
    catalogue::{Catalogue, Space},
    db::{DbError, Tx, within},
    grant,
};

/// The payment with the tax of the day on which it was made, as are the lines that it pays for then. What is charged
/// stays as it was shown. `space` is where what is paid for takes place.
pub(super) async fn of_its_day_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    (booking, space): (&Booking, &Space),
    payment: &Payment,
    paid_at: DateTime<Utc>,
) -> Result<Payment, DbError> {
    let day = paid_at.with_timezone(&space.zone()).date_naive();
    let lines = booking::lines_of_in(tx, booking, payment.version).await?;
    let quoted = lines.first().and_then(|line| line.tax);
    let earlier = quoted.is_some_and(|tax| tax.point == TaxPoint::Payment && tax.on < day);
    let tax = catalogue.vat.tax(space.supply(booking.use_of), TaxPoint::Payment, day);
    let Some(tax) = tax.filter(|_| earlier) else { return Ok(payment.clone()) };
    let gross = |line: QuoteLine| TariffLine { span: line.span, basis: line.basis, gross: line.gross };
    let lines = taxed(lines.into_iter().map(gross).collect(), tax);
    for (number, line) in (1i64..).zip(&lines) {
        update_in(tx, (booking.id, payment.version, number), line, tax).await?;
    }
    let vat = match payment.change {
        None => rest_of_tax_in(tx, payment, &lines).await?,
        Some(change) => {
            grant::retax_in(tx, payment.booking, Some(change), |gross| tax.rate.within(gross)).await?;
            tax.rate.within(payment.gross)
        }
    };
    within!(tx, c => sqlx::query("UPDATE payment SET vat_minor = $2 WHERE id = $1")
        .bind(payment.id).bind(vat.minor).execute(c).await.map(drop))?;
    Ok(Payment { vat, ..payment.clone() })
}

/// What of the lines' tax is in the payment, beside what is in the grant that pays the rest of them.
async fn rest_of_tax_in(tx: &mut Tx, payment: &Payment, lines: &[QuoteLine]) -> Result<Money, DbError> {
    let sum = |of: fn(&QuoteLine) -> Money| {
        Money::sum(payment.gross.currency, lines.iter().map(of)).map_err(DbError::corrupt)
    };
    let (total, vat) = (sum(|line| line.gross)?, sum(|line| line.vat)?);
    let of_grant = |gross: Money| vat.portion(gross.minor, total.minor);
    grant::retax_in(tx, payment.booking, None, of_grant).await?;
    let granted = of_grant(Money::new(total.minor - payment.gross.minor, total.currency));
    Ok(Money::new(vat.minor - granted.minor, vat.currency))
}

async fn update_in(
    tx: &mut Tx,
    (booking, version, number): (Uuid, i64, i64),
    line: &QuoteLine,
    tax: Tax,
) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE booking_line SET net_minor = $4, vat_rate = $5, vat_minor = $6, tax_since = $7, tax_date = $8
         WHERE booking_id = $1 AND version = $2 AND line = $3")
        .bind(booking).bind(version).bind(number).bind(line.net.minor).bind(line.vat_rate.to_string())
        .bind(line.vat.minor).bind(tax.since).bind(tax.on).execute(c).await.map(drop))?;
    Ok(())
}
