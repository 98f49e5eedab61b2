//! Reads payments back, with what has come of them.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    money::{Currency, Money},
};

use super::{Payment, PaymentState, Refund};
use crate::{
    Services,
    db::{Db, DbError, Tx, on, parse, within},
    rate::RateRow,
};

/// A payment by its id.
///
/// # Errors
/// When the database can't be read.
pub async fn find(services: &Services, id: Uuid) -> Result<Option<Payment>, DbError> {
    let rows: Vec<PaymentRow> = on!(&services.db, c => sqlx::query_as(SELECT)
        .bind(Some(id)).bind(None::<Uuid>).bind(None::<Uuid>).bind(None::<Uuid>).fetch_all(c).await)?;
    Ok(payments(rows)?.pop())
}

/// All payments of a booking's price, those of earlier versions first, oldest first within one.
///
/// # Errors
/// When the database can't be read.
pub async fn of_booking(db: &Db, booking: Uuid) -> Result<Vec<Payment>, DbError> {
    let rows: Vec<PaymentRow> = on!(db, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(Some(booking)).bind(None::<Uuid>).bind(None::<Uuid>).fetch_all(c).await)?;
    payments(rows)
}

/// The payments that a booking is paid with, those of earlier versions first; none for one that isn't
/// paid, or is free.
///
/// # Errors
/// When the database can't be read.
pub async fn paying(db: &Db, booking: Uuid) -> Result<Vec<Payment>, DbError> {
    Ok(those_that_pay(of_booking(db, booking).await?))
}

pub(super) async fn paying_in(tx: &mut Tx, booking: Uuid) -> Result<Vec<Payment>, DbError> {
    let rows: Vec<PaymentRow> = within!(tx, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(Some(booking)).bind(None::<Uuid>).bind(None::<Uuid>).fetch_all(c).await)?;
    Ok(those_that_pay(payments(rows)?))
}

/// All payments that are asked for together.
pub(super) async fn of_batch(db: &Db, batch: Uuid) -> Result<Vec<Payment>, DbError> {
    let rows: Vec<PaymentRow> = on!(db, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(None::<Uuid>).bind(Some(batch)).bind(None::<Uuid>).fetch_all(c).await)?;
    payments(rows)
}

pub(super) async fn of_batch_in(tx: &mut Tx, batch: Uuid) -> Result<Vec<Payment>, DbError> {
    let rows: Vec<PaymentRow> = within!(tx, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(None::<Uuid>).bind(Some(batch)).bind(None::<Uuid>).fetch_all(c).await)?;
    payments(rows)
}

/// All payments of what a use has cost afterwards, the oldest first.
///
/// # Errors
/// When the database can't be read.
pub async fn of_use_charge(db: &Db, charge: Uuid) -> Result<Vec<Payment>, DbError> {
    let rows: Vec<PaymentRow> = on!(db, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(None::<Uuid>).bind(None::<Uuid>).bind(Some(charge)).fetch_all(c).await)?;
    payments(rows)
}

pub(super) async fn of_use_charge_in(tx: &mut Tx, charge: Uuid) -> Result<Vec<Payment>, DbError> {
    let rows: Vec<PaymentRow> = within!(tx, c => sqlx::query_as(SELECT)
        .bind(None::<Uuid>).bind(None::<Uuid>).bind(None::<Uuid>).bind(Some(charge)).fetch_all(c).await)?;
    payments(rows)
}

/// At most one for each version.
pub(super) fn those_that_pay(mut payments: Vec<Payment>) -> Vec<Payment> {
    payments.retain(Payment::pays);
    payments
}

/// By payment, by booking, by batch or by what the use has cost afterwards, a row for each refund.
const SELECT: &str = "SELECT payment.id, payment.booking_id, payment.batch_id, payment.order_id, payment.change_id, payment.use_charge_id,
    payment.version,
    payment.provider, payment.state, payment.surplus, payment.minor, payment.deposit_minor, payment.currency, payment.gross_minor, payment.vat_minor,
    payment.rate_base, payment.rate_quote, payment.rate_value, payment.rate_date, payment.rate_source,
    payment.collector, payment.return_url, payment.receipt_number, payment.settled_at, booking.total_currency,
    refund.minor AS refund_minor, refund.gross_minor AS refund_gross_minor, refund.vat_minor AS refund_vat_minor,
    refund.reason AS refund_reason, refund.created_at AS refund_at, refund.reason_sv, refund.reason_fi,
    refund.state AS refund_state, refund.of_deposit
    FROM payment JOIN booking ON booking.id = payment.booking_id
    LEFT JOIN refund ON refund.payment_id = payment.id
    WHERE payment.id = $1 OR (payment.booking_id = $2 AND payment.use_charge_id IS NULL) OR payment.batch_id = $3
        OR payment.use_charge_id = $4
    ORDER BY payment.version, payment.created_at, payment.id, refund.created_at, refund.id";

#[derive(FromRow)]
struct PaymentRow {
    id: Uuid,
    booking_id: Uuid,
    batch_id: Option<Uuid>,
    order_id: Option<Uuid>,
    change_id: Option<Uuid>,
    use_charge_id: Option<Uuid>,
    version: i64,
    provider: String,
    state: String,
    surplus: bool,
    minor: i64,
    deposit_minor: i64,
    currency: String,
    gross_minor: i64,
    vat_minor: i64,
    collector: String,
    return_url: String,
    receipt_number: Option<i64>,
    settled_at: Option<DateTime<Utc>>,
    total_currency: String,
    #[sqlx(flatten)]
    rate: RateRow,
    #[sqlx(flatten)]
    refund: RefundRow,
}

#[derive(FromRow)]
struct RefundRow {
    refund_minor: Option<i64>,
    refund_gross_minor: Option<i64>,
    refund_vat_minor: Option<i64>,
    refund_reason: Option<String>,
    refund_at: Option<DateTime<Utc>>,
    reason_sv: Option<String>,
    reason_fi: Option<String>,
    refund_state: Option<String>,
    of_deposit: Option<bool>,
}

/// Rows of the same payment follow each other.
fn payments(rows: Vec<PaymentRow>) -> Result<Vec<Payment>, DbError> {
    let mut payments: Vec<Payment> = Vec::new();
    for mut row in rows {
        let (paid_in, priced_in): (Currency, Currency) = (parse(&row.currency)?, parse(&row.total_currency)?);
        let refund = row.refund.take(paid_in, priced_in).transpose()?;
        match payments.last_mut().filter(|last| last.id == row.id) {
            Some(last) => last.refunds.extend(refund),
            None => payments.push(row.into_payment(paid_in, priced_in, refund)?),
        }
    }
    Ok(payments)
}

impl PaymentRow {
    fn into_payment(
        self,
        paid_in: Currency,
        priced_in: Currency,
        refund: Option<Refund>,
    ) -> Result<Payment, DbError> {
        Ok(Payment {
            id: self.id,
            booking: self.booking_id,
            batch: self.batch_id,
            order: self.order_id,
            change: self.change_id,
            use_charge: self.use_charge_id,
            version: self.version,
            provider: self.provider,
            state: match self.state.as_str() {
                "pending" => PaymentState::Pending,
                "paid" => PaymentState::Paid,
                "failed" => PaymentState::Failed,
                "expired" => PaymentState::Expired,
                "dropped" => PaymentState::Dropped,
                other => return Err(DbError::corrupt(other)),
            },
            surplus: self.surplus,
            amount: Money::new(self.minor, paid_in),
            deposit: Money::new(self.deposit_minor, paid_in),
            gross: Money::new(self.gross_minor, priced_in),
            vat: Money::new(self.vat_minor, priced_in),
            rate: self.rate.into_rate()?,
            collector: self.collector,
            return_url: self.return_url,
            receipt_number: self.receipt_number,
            settled_at: self.settled_at,
            refunds: refund.into_iter().collect(),
        })
    }
}

impl RefundRow {
    fn take(&mut self, paid_in: Currency, priced_in: Currency) -> Option<Result<Refund, DbError>> {
        let state = self.refund_state.take()?;
        let (gross, vat) = (self.refund_gross_minor?, self.refund_vat_minor?);
        let (amount, reason, at) = (self.refund_minor?, self.refund_reason.take()?, self.refund_at?);
        let of_deposit = self.of_deposit?;
        let told = self.reason_sv.take().zip(self.reason_fi.take()).map(|(sv, fi)| Bilingual { sv, fi });
        Some(parse(&state).map(|state| Refund {
            amount: Money::new(amount, paid_in),
            gross: Money::new(gross, priced_in),
            vat: Money::new(vat, priced_in),
            reason,
            of_deposit,
            told,
            at,
            state,
        }))
    }
}
