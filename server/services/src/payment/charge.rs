//! The provider says that money has come, or that none will.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::money::Money;

use super::{
    Payment, PaymentState,
    apply::{apply_in, give_back_in},
    batch, order,
};
use crate::{
    Services,
    db::{DbError, FromDb, Tx, retried, within},
    occupancy::cells,
};

/// What a charge has led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// The booking is confirmed by it.
    Confirmed,
    /// The booking is moved by it.
    Moved,
    /// What the use has cost afterwards is paid by it.
    Settled,
    /// This same charge was known: nothing has changed.
    Known,
    /// The time was gone: the money goes back.
    TooLate,
    /// The booking, or the charge, was paid before: the money goes back.
    PaidTwice,
    /// The booking has been put on a customer's account meanwhile: the money goes back.
    OnAccount,
    /// The booking was cancelled, or the charge taken back, before: the money goes back.
    Unwanted,
    /// It isn't what was asked for: the money goes back.
    WrongAmount,
}

impl Charge {
    /// Why money goes back, as it is stored and sent.
    pub(super) const fn refund_reason(self) -> &'static str {
        match self {
            Self::PaidTwice => "paid_twice",
            Self::OnAccount => "on_account",
            Self::Unwanted => "unwanted",
            Self::WrongAmount => "wrong_amount",
            Self::TooLate | Self::Confirmed | Self::Moved | Self::Settled | Self::Known => "too_late",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ChargeError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("no such payment")]
    Unknown,
    /// The payer was shown another sum.
    #[error("another sum is asked for")]
    SumChanged,
    /// Some of the dates of a series are gone, and the rest has another price: it is to be paid anew.
    #[error("the price has changed")]
    PriceChanged,
}

impl FromDb for ChargeError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Db(error) => Some(error),
            Self::Unknown | Self::SumChanged | Self::PriceChanged => None,
        }
    }
}

/// What whoever has taken the money in says of it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The provider's own name of it: another one for the same payment is money that came twice.
    pub name: &'a str,
    /// When the payer paid, which may be long before it is heard; `None`: just now.
    pub paid_at: Option<DateTime<Utc>>,
}

impl Told<'_> {
    /// No clock of theirs is ahead of ours.
    fn paid_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.paid_at.map_or(now, |at| at.min(now))
    }
}

impl<'a, Name: AsRef<str> + ?Sized> From<&'a Name> for Told<'a> {
    fn from(name: &'a Name) -> Self {
        Self { name: name.as_ref(), paid_at: None }
    }
}

/// Takes note of a charge, any number of times, with one effect.
///
/// The payment, its receipt number, the booking, the books and the mail change in one transaction.
///
/// # Errors
/// [`ChargeError`]; then nothing has changed and the provider will tell again.
pub async fn charge<'a>(
    services: &Services,
    payment: Uuid,
    told: impl Into<Told<'a>>,
) -> Result<Charge, ChargeError> {
    let told = told.into();
    // A hold that has run out neither stops late money nor is confirmed by it after the start.
    cells::sweep(services).await?;
    retried(|| try_charge(services, payment, told)).await
}

async fn try_charge(services: &Services, id: Uuid, told: Told<'_>) -> Result<Charge, ChargeError> {
    let (now, payment) =
        (services.clock.now(), super::find(services, id).await?.ok_or(ChargeError::Unknown)?);
    let mut tx = services.db.begin().await?;
    let done = match payment.batch {
        None => charge_in(&mut tx, services, &payment, told, now).await?,
        Some(batch) => batch::charge_in(&mut tx, services, batch, told, now).await?,
    };
    tx.commit().await?;
    Ok(done)
}

/// One payment's charge; those of a batch leave the letter to [`batch::charge_in`].
pub(super) async fn charge_in(
    tx: &mut Tx,
    services: &Services,
    payment: &Payment,
    told: Told<'_>,
    now: DateTime<Utc>,
) -> Result<Charge, DbError> {
    if is_known_in(tx, payment, told.name).await? {
        return Ok(Charge::Known);
    }
    let paid_at = told.paid_at(now);
    if settle_in(tx, payment, told.name, paid_at).await? {
        return apply_in(tx, services, &Payment { settled_at: Some(paid_at), ..payment.clone() }, now).await;
    }
    let second = second_in(tx, services, payment, told, payment.amount, now).await?;
    give_back_in(tx, services, &second, Charge::PaidTwice, now).await
}

async fn is_known_in(tx: &mut Tx, payment: &Payment, name: &str) -> Result<bool, DbError> {
    let known: Option<i64> = within!(tx, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM payment WHERE provider = $1 AND charge = $2")
        .bind(&payment.provider).bind(name).fetch_optional(c).await)?;
    Ok(known.is_some())
}

/// Marks the payment as paid; `false` when it has been before.
async fn settle_in(
    tx: &mut Tx,
    payment: &Payment,
    name: &str,
    paid_at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let settled = within!(tx, c => sqlx::query(
        "UPDATE payment SET state = $2, charge = $3, settled_at = $4 WHERE id = $1 AND state <> $2")
        .bind(payment.id).bind(PaymentState::Paid.code()).bind(name).bind(paid_at)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(settled == 1)
}

/// Money for a payment that is settled already becomes a payment of its own, for nothing. It is told of with
/// its batch, but never asked for with it.
async fn second_in(
    tx: &mut Tx,
    services: &Services,
    first: &Payment,
    told: Told<'_>,
    amount: Money,
    now: DateTime<Utc>,
) -> Result<Payment, DbError> {
    let id = services.new_id();
    within!(tx, c => sqlx::query(
        "INSERT INTO payment (id, booking_id, change_id, version, provider, state, surplus, minor, currency, gross_minor,
                              vat_minor, rate_base, rate_quote, rate_value, rate_date, rate_source, collector,
                              return_url, charge, created_at, settled_at, order_id, use_charge_id)
         SELECT $2, booking_id, change_id, version, provider, $3, $4, $7, currency, gross_minor, vat_minor, rate_base,
                rate_quote, rate_value, rate_date, rate_source, collector, return_url, $5, $6, $8, order_id,
                use_charge_id
         FROM payment WHERE id = $1")
        .bind(first.id).bind(id).bind(PaymentState::Paid.code()).bind(true).bind(told.name).bind(now)
        .bind(amount.minor).bind(told.paid_at(now)).execute(c).await.map(drop))?;
    let deposit = Money::new(0, amount.currency);
    Ok(Payment {
        id,
        surplus: true,
        amount,
        deposit,
        receipt_number: None,
        refunds: Vec::new(),
        ..first.clone()
    })
}

/// Takes note of money that isn't what was asked for, any number of times, with one effect: nothing is paid
/// by it, and all of it goes back.
///
/// # Errors
/// As for [`charge`].
pub(super) async fn charge_wrong(
    services: &Services,
    payment: Uuid,
    told: Told<'_>,
    amount: Money,
) -> Result<Charge, ChargeError> {
    retried(|| try_charge_wrong(services, payment, told, amount)).await
}

async fn try_charge_wrong(
    services: &Services,
    id: Uuid,
    told: Told<'_>,
    amount: Money,
) -> Result<Charge, ChargeError> {
    let (now, payment) =
        (services.clock.now(), super::find(services, id).await?.ok_or(ChargeError::Unknown)?);
    let mut tx = services.db.begin().await?;
    if is_known_in(&mut tx, &payment, told.name).await? {
        return Ok(Charge::Known);
    }
    if let Some(order) = payment.order {
        order::close_in(&mut tx, order, PaymentState::Failed, now).await?;
    }
    // Of a series, it is told of by itself: no date of it is paid.
    let second = second_in(&mut tx, services, &payment, told, amount, now).await?;
    let second = Payment { batch: None, ..second };
    let done = give_back_in(&mut tx, services, &second, Charge::WrongAmount, now).await?;
    tx.commit().await?;
    Ok(done)
}

/// The provider says that no money will come. A payment that has been paid stays paid.
///
/// # Errors
/// When the database can't be reached.
pub async fn fail(services: &Services, payment: Uuid) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query(
        "UPDATE payment SET state = $2, settled_at = $3
         WHERE (id = $1 OR batch_id = (SELECT batch_id FROM payment WHERE id = $1)) AND state = $4")
        .bind(payment).bind(PaymentState::Failed.code()).bind(services.clock.now())
        .bind(PaymentState::Pending.code()).execute(c).await.map(drop))?;
    tx.commit().await
}
