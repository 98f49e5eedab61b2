//! What a grant has paid comes back to it, with what goes back to the payer.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    booking::Back,
    grant::{back_of_cancelling, back_of_charged, split_back},
    ledger::{self, Event, Share, Standing, repay},
    money::Money,
};

use super::{GrantState, Granted, budget, usage::of_booking_in};
use crate::{
    booking::Booking,
    db::{DbError, Tx, within},
    invoice,
    ledger::{Entry, post_in},
};

/// What is given of a booking, the latest first, and how much of it is left.
pub(super) async fn given_in(tx: &mut Tx, booking: &Booking) -> Result<(Vec<Granted>, Money), DbError> {
    let mut granted = of_booking_in(tx, booking.id).await?;
    granted.retain(|granted| granted.state == GrantState::Given);
    granted.reverse();
    let left = granted.iter().map(|granted| granted.standing().left().gross);
    let left = Money::sum(booking.total.currency, left).map_err(DbError::corrupt)?;
    Ok((granted, left))
}

/// What whoever pays a booking later owes of it if it is cancelled and so much of its price is charged.
#[must_use]
pub fn owed_if_cancelled(total: Money, granted: &[Granted], charged: Money) -> Money {
    let left: i64 = granted.iter().map(|granted| granted.standing().left().gross.minor).sum();
    let left = Money::new(left, total.currency);
    let keeps = left.minor - back_of_charged(total, left, charged).minor;
    Money::new(charged.minor - keeps, total.currency)
}

/// A booking is cancelled, and what its rule gives back of what its payer paid goes back to them: of each payment its
/// share. Who pays later is charged for the rest.
pub(crate) async fn cancelled_in(
    tx: &mut Tx,
    booking: &Booking,
    payments: &[(Standing, Share)],
    back: &Back,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (granted, left) = given_in(tx, booking).await?;
    if left.minor == 0 {
        return Ok(());
    }
    let sum = |amounts: &mut dyn Iterator<Item = Money>| {
        Money::sum(booking.total.currency, amounts).map_err(DbError::corrupt)
    };
    let payer_left = sum(&mut payments.iter().map(|(standing, _)| standing.left().gross))?;
    let payer_back = sum(&mut payments.iter().map(|(_, share)| share.gross))?;
    let back = match booking.customer {
        Some(_) => back_of_charged(booking.total, left, back.keeps(booking.total)),
        None => back_of_cancelling(payer_left, payer_back, left, back),
    };
    back_in(tx, booking, &granted, back, "cancelled", now).await
}

/// A booking's line on an invoice is taken back, and with it what a grant pays of it.
pub(crate) async fn credited_in(
    tx: &mut Tx,
    booking: &Booking,
    gross: Money,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (granted, _) = given_in(tx, booking).await?;
    back_in(tx, booking, &granted, gross, "credited", now).await
}

/// How much of a price is paid, by its payer and by grants; what is invoiced is taken back by a credit note.
pub(crate) async fn with_granted_in(
    tx: &mut Tx,
    booking: &Booking,
    payer_left: Money,
    now: DateTime<Utc>,
) -> Result<Money, DbError> {
    let (_, left) = given_in(tx, booking).await?;
    let is_paid = booking.customer.is_none() || is_never_invoiced_in(tx, booking, left, now).await?;
    let granted = if is_paid { left.minor } else { 0 };
    Ok(Money::new(payer_left.minor + granted, payer_left.currency))
}

/// Whether grants pay all that a booking on an account comes to, once that is known: it is over, or cancelled.
async fn is_never_invoiced_in(
    tx: &mut Tx,
    booking: &Booking,
    left: Money,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let charged: Option<i64> = within!(tx, c => sqlx::query_scalar(
        "SELECT total_minor - given_back_minor FROM booking
         WHERE id = $1 AND invoice_id IS NULL AND (state = 'cancelled' OR end_quarter <= $2)")
        .bind(booking.id).bind(now.timestamp().div_euclid(900)).fetch_optional(c).await)?;
    Ok(charged == Some(left.minor))
}

/// Staff give so much of the price back, of which the payer has `payer_left` paid: to the payer and to the grant, each its
/// part. What goes to the payer.
pub(crate) async fn back_by_staff_in(
    tx: &mut Tx,
    booking: &Booking,
    payer_left: Money,
    gross: Money,
    now: DateTime<Utc>,
) -> Result<Money, DbError> {
    let (granted, left) = given_in(tx, booking).await?;
    let (to_payer, back) = split_back(gross, payer_left, left);
    back_in(tx, booking, &granted, back, "staff", now).await?;
    if booking.customer.is_some() {
        invoice::give_back_more_in(tx, booking.id, back).await?;
    }
    Ok(to_payer)
}

/// Brings back so much of the price, of the latest use first, with the tax and at the rate that it was granted with.
pub(super) async fn back_in(
    tx: &mut Tx,
    booking: &Booking,
    granted: &[Granted],
    gross: Money,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let standings: Vec<Standing> = granted.iter().map(Granted::standing).collect();
    for (granted, share) in granted.iter().zip(repay(&standings, gross)) {
        if share.gross.minor > 0 {
            one_back_in(tx, booking, granted, &share, reason, now).await?;
        }
    }
    Ok(())
}

async fn one_back_in(
    tx: &mut Tx,
    booking: &Booking,
    granted: &Granted,
    share: &Share,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let id: Uuid = crate::new_id(now);
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO grant_return (id, use_id, gross_minor, vat_minor, minor, reason, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(granted.id).bind(share.gross.minor).bind(share.vat.minor).bind(share.paid.minor).bind(reason)
        .bind(now).execute(c).await.map(drop))?;
    // Once all of it is back the voucher is good for another booking.
    let all_back = granted.standing().after(share).left().gross.minor == 0;
    let uses = if all_back { granted.uses() } else { 0 };
    budget::put_back_in(tx, granted.purse(), share.paid, uses).await?;
    let owner = &booking.space.facility.municipality.code;
    let entry = Entry {
        booking: Some(booking.id),
        rate: granted.rate.as_ref(),
        ..Entry::new(now, Event::SubsidyReturned, format!("grant_return:{id}"))
    };
    post_in(tx, &entry, &ledger::subsidy_returned(&granted.facts(owner), share)).await.map(drop)
}
