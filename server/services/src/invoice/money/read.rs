//! Reads back what has been taken in.

use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::Money;

use super::BankPayment;
use crate::{
    catalogue::Municipality,
    db::{DbError, Tx, within},
};

pub(super) async fn known_in(
    tx: &mut Tx,
    town: &Municipality,
    key: &str,
) -> Result<Option<BankPayment>, DbError> {
    let row: Option<PaymentRow> = within!(tx, c => sqlx::query_as(
        "SELECT bank_key, booked_on, minor, reference, invoice_id, settlement_id, applied_minor FROM bank_payment
         WHERE municipality = $1 AND bank_key = $2")
        .bind(&town.code).bind(key).fetch_optional(c).await)?;
    Ok(row.map(|row| row.into_payment(town)))
}

#[derive(FromRow)]
struct PaymentRow {
    bank_key: String,
    booked_on: NaiveDate,
    minor: i64,
    reference: String,
    invoice_id: Option<Uuid>,
    settlement_id: Option<Uuid>,
    applied_minor: i64,
}

impl PaymentRow {
    fn into_payment(self, town: &Municipality) -> BankPayment {
        let money = |minor| Money::new(minor, town.currency);
        BankPayment {
            key: self.bank_key,
            booked_on: self.booked_on,
            amount: money(self.minor),
            reference: self.reference,
            invoice: self.invoice_id,
            settlement: self.settlement_id,
            applied: money(self.applied_minor),
        }
    }
}
