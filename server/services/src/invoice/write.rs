//! Writes an invoice down, and into the books.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::ledger::{self, Event};

use super::{Invoice, InvoiceLine, Recipient};
use crate::{
    Services,
    catalogue::Municipality,
    customer::Account,
    db::{DbError, Tx, within},
    ledger::{self as books, Entry},
    numbers::{self, Series},
};

pub(super) async fn insert_in(
    tx: &mut Tx,
    services: &Services,
    town: &Municipality,
    account: &Account,
    lines: &[InvoiceLine],
    now: DateTime<Utc>,
) -> Result<Uuid, DbError> {
    let (id, number) = (services.new_id(), numbers::next_in(tx, &town.code, Series::Invoice).await?);
    let sum = |of: fn(&InvoiceLine) -> i64| lines.iter().map(of).sum::<i64>();
    let due_on = (now + TimeDelta::days(account.customer.terms_days)).with_timezone(&town.zone).date_naive();
    let to = serde_json::to_string(&Recipient::of(&account.customer)).map_err(DbError::corrupt)?;
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO invoice (id, municipality, number, customer_id, customer, issued_at, due_on, currency, gross_minor,
                              vat_minor, returned_minor)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)")
        .bind(id).bind(&town.code).bind(number).bind(account.id).bind(to).bind(now).bind(due_on)
        .bind(town.currency.code()).bind(sum(|line| line.owed().0.minor)).bind(sum(|line| line.owed().1.minor))
        .execute(c).await.map(drop))?;
    insert_lines_in(tx, id, lines).await?;
    Ok(id)
}

/// Lines that have a number take back the line of that number.
pub(super) async fn insert_lines_in(
    tx: &mut Tx,
    invoice: Uuid,
    lines: &[InvoiceLine],
) -> Result<(), DbError> {
    for (number, line) in (1i64..).zip(lines) {
        within!(&mut *tx, c => sqlx::query(
            "INSERT INTO invoice_line (invoice_id, line, booking_id, space_id, start_quarter, end_quarter, price_minor,
                                       tax_point, net_minor, vat_rate, vat_minor, gross_minor, credits_line, granted_minor,
                                       granted_vat_minor, use_charge_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)")
            .bind(invoice).bind(number).bind(line.booking).bind(line.space.id).bind(line.span.start().0)
            .bind(line.span.end().0).bind(line.price.minor).bind(line.tax_point).bind(line.net.minor)
            .bind(line.vat_rate.to_string()).bind(line.vat.minor).bind(line.gross.minor)
            .bind((line.line > 0).then_some(line.line)).bind(line.granted.minor).bind(line.granted_vat.minor)
            .bind(line.charge.as_ref().map(|charge| charge.id))
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

/// The income is the town's when it is invoiced, and the customer owes it.
pub(super) async fn post_in(tx: &mut Tx, invoice: &Invoice, now: DateTime<Utc>) -> Result<(), DbError> {
    let entry = Entry::new(now, Event::Invoice, format!("invoice:{}", invoice.id));
    books::post_in(tx, &entry, &ledger::claim(&invoice.municipality, invoice.gross, invoice.vat))
        .await
        .map(drop)
}
