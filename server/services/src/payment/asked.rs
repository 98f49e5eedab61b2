//! What the payer of a batch is asked for.

use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    money::{Currency, Money},
};

use super::{
    Payment, PaymentState,
    read::{of_batch, of_batch_in},
};
use crate::{
    Services, booking,
    db::{DbError, Tx, on, within},
    series,
};

/// What the payer is asked for: the payment, with those that are made with it and whose times are still held.
///
/// # Errors
/// When the database can't be read.
pub async fn amount_asked(services: &Services, payment: &Payment) -> Result<Money, DbError> {
    let Some(batch) = payment.batch else { return Ok(payment.amount) };
    let payments = of_batch(&services.db, batch).await?;
    let unpaid = on!(&services.db, c => sqlx::query_as(UNPAID)
        .bind(batch).bind(services.clock.now()).fetch_all(c).await)?;
    sum_of(&asked_for(payments, unpaid), payment.amount.currency)
}

/// Whether the price of what is left of a batch is another one than was asked for: less is off for fewer dates of a
/// series. They have that price then, and this payment is over.
///
/// # Errors
/// When the database can't be reached.
pub(super) async fn is_repriced(services: &Services, payment: &Payment) -> Result<bool, DbError> {
    let Some(batch) = payment.batch else { return Ok(false) };
    let payments = of_batch(&services.db, batch).await?;
    let unpaid = on!(&services.db, c => sqlx::query_as(UNPAID)
        .bind(batch).bind(services.clock.now()).fetch_all(c).await)?;
    let asked: Vec<Uuid> = asked_for(payments, unpaid).iter().map(|payment| payment.booking).collect();
    let booking = booking::find(services, payment.booking).await?;
    series::price_together(services, booking.and_then(|booking| booking.series), &asked).await?;
    let repriced: i64 = on!(&services.db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM payment JOIN booking ON booking.id = payment.booking_id
         WHERE payment.batch_id = $1 AND booking.state = $2 AND booking.version <> payment.version")
        .bind(batch).bind(BookingState::Held.code()).fetch_one(c).await)?;
    Ok(repriced > 0)
}

/// The bookings of a batch that wait for money, and whether each is still held.
const UNPAID: &str = "SELECT booking.id, booking.state = 'held' AND booking.hold_expires_at > $2
     FROM payment JOIN booking ON booking.id = payment.booking_id
     WHERE payment.batch_id = $1 AND booking.state IN ('held', 'expired')";

/// Those of a batch that the payer is asked for: what is still held, or has run out where nothing is, as money
/// that comes late is for what is still free. Once they are paid, those that are.
fn asked_for(mut payments: Vec<Payment>, mut unpaid: Vec<(Uuid, bool)>) -> Vec<Payment> {
    payments.retain(|payment| payment.state != PaymentState::Dropped);
    if payments.iter().any(|payment| payment.state == PaymentState::Paid) {
        payments.retain(|payment| payment.state == PaymentState::Paid);
        return payments;
    }
    if unpaid.iter().any(|(_, held)| *held) {
        unpaid.retain(|(_, held)| *held);
    }
    payments.retain(|payment| unpaid.iter().any(|(booking, _)| *booking == payment.booking));
    payments
}

fn sum_of(payments: &[Payment], currency: Currency) -> Result<Money, DbError> {
    Money::sum(currency, payments.iter().map(|payment| payment.amount)).map_err(DbError::corrupt)
}

/// Drops those of a batch that aren't asked for any more, before the rest is paid. `false` where the payer was
/// shown another sum than that of the rest: then nothing has changed.
///
/// # Errors
/// When the database can't be reached.
pub(super) async fn drop_unasked(
    services: &Services,
    payment: &Payment,
    shown: Option<Money>,
) -> Result<bool, DbError> {
    let Some(batch) = payment.batch else { return Ok(true) };
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    lock_in(&mut tx, services, payment.booking).await?;
    let payments = of_batch_in(&mut tx, batch).await?;
    let unpaid = within!(&mut tx, c => sqlx::query_as(UNPAID).bind(batch).bind(now).fetch_all(c).await)?;
    let asked = asked_for(payments.clone(), unpaid);
    let sum = sum_of(&asked, payment.amount.currency)?;
    if shown.is_some_and(|shown| shown != sum) {
        return Ok(false);
    }
    for payment in payments.iter().filter(|payment| !asked.iter().any(|asked| asked.id == payment.id)) {
        within!(&mut tx, c => sqlx::query("UPDATE payment SET state = $2, settled_at = $3 WHERE id = $1 AND state <> $4")
            .bind(payment.id).bind(PaymentState::Dropped.code()).bind(now).bind(PaymentState::Paid.code())
            .execute(c).await.map(drop))?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Keeps all bookings of the series as they are, one of whose is given; the series.
pub(super) async fn lock_in(tx: &mut Tx, services: &Services, booking: Uuid) -> Result<Uuid, DbError> {
    let series =
        booking::find_in(tx, &services.catalogue(), booking).await?.and_then(|booking| booking.series);
    let series = series.ok_or_else(|| DbError::corrupt("a batch without a series"))?;
    booking::lock_series_in(tx, series).await?;
    Ok(series)
}
