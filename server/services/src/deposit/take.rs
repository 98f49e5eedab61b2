//! A deposit comes.

use chrono::{DateTime, Utc};
use vayla_domain::ledger::{self, Event};

use crate::{
    booking::Booking,
    db::{DbError, Tx, within},
    ledger::{Entry, post_in},
    payment::Payment,
};

/// Writes down what the payment that has confirmed a booking brings besides its price, and books it; nothing where it
/// brings none.
pub(crate) async fn take_in(
    tx: &mut Tx,
    booking: &Booking,
    payment: &Payment,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    if payment.deposit.minor == 0 {
        return Ok(());
    }
    let days = booking.deposit.as_ref().map_or(0, |deposit| deposit.days);
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO deposit (booking_id, payment_id, minor, days) VALUES ($1, $2, $3, $4)")
        .bind(booking.id).bind(payment.id).bind(payment.deposit.minor).bind(i64::from(days))
        .execute(c).await.map(drop))?;
    let source = format!("deposit:{}", payment.id);
    let entry = Entry {
        booking: Some(booking.id),
        payment: Some(payment.id),
        ..Entry::new(now, Event::Deposit, source)
    };
    post_in(tx, &entry, &ledger::deposit_taken(&payment.collector, payment.deposit)).await.map(drop)
}
