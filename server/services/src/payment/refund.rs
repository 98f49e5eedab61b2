//! Money goes back.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, PaymentFacts, Repaid},
    money::Money,
};

use super::Payment;
use crate::{
    booking::{self, Booking},
    db::{DbError, Tx, within},
    ledger::{Entry, Event, post_in},
};

pub(super) async fn insert_in(
    tx: &mut Tx,
    payment: Uuid,
    amount: Money,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "INSERT INTO refund (id, payment_id, minor, reason, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(crate::new_id(now)).bind(payment).bind(amount.minor).bind(reason).bind(now)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Gives back what the facility's rule gives for a booking cancelled now; `None` where that is
/// nothing, or nothing was paid.
pub(crate) async fn refund_cancelled_in(
    tx: &mut Tx,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Option<Money>, DbError> {
    let Some(payment) = super::paid_for_in(tx, booking.id).await? else { return Ok(None) };
    let rule = booking.cancel_rule;
    let back = rule.refund(payment.amount, booking.starts_at(), now).filter(|money| money.minor > 0);
    let Some(back) = back else { return Ok(None) };
    let percent = if back == payment.amount { 100 } else { rule.late_refund_percent };
    refund_in(tx, booking, &payment, back, percent, now).await?;
    Ok(Some(back))
}

/// Gives back all that was paid, whatever the facility's rule; `None` where nothing was.
pub(crate) async fn refund_all_in(
    tx: &mut Tx,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Option<Money>, DbError> {
    let Some(payment) = super::paid_for_in(tx, booking.id).await? else { return Ok(None) };
    refund_in(tx, booking, &payment, payment.amount, 100, now).await?;
    Ok(Some(payment.amount))
}

/// Writes down that a share of a payment goes back, and posts it.
async fn refund_in(
    tx: &mut Tx,
    booking: &Booking,
    payment: &Payment,
    back: Money,
    percent: i64,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let facts = facts_in(tx, booking, payment).await?;
    insert_in(tx, payment.id, back, "cancelled", now).await?;
    let rate = booking.other.as_ref().map(|(_, rate)| rate).filter(|_| facts.owner != facts.collector);
    let entry = Entry { at: now, event: Event::Refund, booking: booking.id, payment: payment.id, rate };
    post_in(tx, &entry, &ledger::refund(&facts, &Repaid::percent(&facts, percent))).await
}

/// What the books need to know: whose income, who took it in, how much of it is tax.
pub(super) async fn facts_in(
    tx: &mut Tx,
    booking: &Booking,
    payment: &Payment,
) -> Result<PaymentFacts, DbError> {
    let lines = booking::lines_in(tx, booking).await?;
    let vat =
        Money::sum(booking.total.currency, lines.iter().map(|line| line.vat)).map_err(DbError::corrupt)?;
    Ok(PaymentFacts {
        owner: booking.space.facility.municipality.code.clone(),
        collector: payment.collector.clone(),
        gross: booking.total,
        vat,
        paid: payment.amount,
    })
}
