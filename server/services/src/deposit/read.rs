//! Reads deposits back.

use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::{Currency, Money};

use super::HeldDeposit;
use crate::db::{Db, DbError, Tx, on, parse, within};

const SELECT: &str =
    "SELECT deposit.booking_id, deposit.payment_id, payment.collector, payment.currency, deposit.minor,
        deposit.kept_minor, deposit.returned_minor
    FROM deposit JOIN payment ON payment.id = deposit.payment_id WHERE deposit.booking_id = $1";

/// A booking's deposit; `None` where none has been paid.
///
/// # Errors
/// When the database can't be read.
pub async fn of_booking(db: &Db, booking: Uuid) -> Result<Option<HeldDeposit>, DbError> {
    let row: Option<HeldRow> = on!(db, c => sqlx::query_as(SELECT).bind(booking).fetch_optional(c).await)?;
    row.map(HeldRow::into_held).transpose()
}

pub(crate) async fn of_booking_in(tx: &mut Tx, booking: Uuid) -> Result<Option<HeldDeposit>, DbError> {
    let row: Option<HeldRow> =
        within!(tx, c => sqlx::query_as(SELECT).bind(booking).fetch_optional(c).await)?;
    row.map(HeldRow::into_held).transpose()
}

/// What of its deposit went back as a booking was cancelled; nothing where nothing did.
pub(crate) async fn returned_with_in(tx: &mut Tx, booking: Uuid) -> Result<Option<Money>, DbError> {
    let found: Option<(i64, String)> = within!(tx, c => sqlx::query_as(
        "SELECT refund.minor, payment.currency FROM refund JOIN payment ON payment.id = refund.payment_id
         WHERE payment.booking_id = $1 AND refund.of_deposit AND refund.reason = 'cancelled'")
        .bind(booking).fetch_optional(c).await)?;
    found.map(|(minor, currency)| Ok(Money::new(minor, parse(&currency)?))).transpose()
}

#[derive(FromRow)]
struct HeldRow {
    booking_id: Uuid,
    payment_id: Uuid,
    collector: String,
    currency: String,
    minor: i64,
    kept_minor: i64,
    returned_minor: i64,
}

impl HeldRow {
    fn into_held(self) -> Result<HeldDeposit, DbError> {
        let currency: Currency = parse(&self.currency)?;
        let money = |minor| Money::new(minor, currency);
        Ok(HeldDeposit {
            booking: self.booking_id,
            payment: self.payment_id,
            collector: self.collector,
            taken: money(self.minor),
            kept: money(self.kept_minor),
            returned: money(self.returned_minor),
        })
    }
}
