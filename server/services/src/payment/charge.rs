//! The provider says that money has come, or that none will.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{booking::BookingState, ledger, money::Money};

use super::{
    Payment, PaymentState,
    refund::{self, facts_in},
};
use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, Booking},
    db::{DbError, Tx, within},
    ledger::{Entry, Event, post_in},
    mail,
    occupancy::cells,
    waiting,
};

/// Tries against another writer who wins.
const TRIES: u32 = 4;

/// What a charge has led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// The booking is confirmed by it.
    Confirmed,
    /// This same charge was known: nothing has changed.
    Known,
    /// The time was gone: the money goes back.
    TooLate,
    /// The booking was paid before: the money goes back.
    PaidTwice,
    /// The booking was cancelled before: the money goes back.
    Unwanted,
}

impl Charge {
    /// Why money goes back, as it is stored and sent.
    const fn refund_reason(self) -> &'static str {
        match self {
            Self::PaidTwice => "paid_twice",
            Self::Unwanted => "unwanted",
            Self::TooLate | Self::Confirmed | Self::Known => "too_late",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ChargeError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("no such payment")]
    Unknown,
}

/// Takes note of a charge, any number of times, with one effect. `name` is the provider's own name
/// of it; another name for the same payment is money that came twice.
///
/// The payment, the booking, its receipt number, the books and the mail change in one transaction.
///
/// # Errors
/// [`ChargeError`]; then nothing has changed and the provider will tell again.
pub async fn charge(services: &Services, payment: Uuid, name: &str) -> Result<Charge, ChargeError> {
    let mut tries = 1;
    // A hold that has run out neither stops late money nor is confirmed by it after the start.
    cells::sweep(services).await?;
    loop {
        match try_charge(services, payment, name).await {
            Err(ChargeError::Db(error)) if error.is_conflict() && tries < TRIES => tries += 1,
            done => return done,
        }
    }
}

async fn try_charge(services: &Services, id: Uuid, name: &str) -> Result<Charge, ChargeError> {
    let (now, payment) =
        (services.clock.now(), super::find(services, id).await?.ok_or(ChargeError::Unknown)?);
    let mut tx = services.db.begin().await?;
    if is_known_in(&mut tx, &payment, name).await? {
        return Ok(Charge::Known);
    }
    let done = if settle_in(&mut tx, &payment, name, now).await? {
        apply_in(&mut tx, services, &payment, now).await?
    } else {
        let second = second_in(&mut tx, services, &payment, name, now).await?;
        give_back_in(&mut tx, services, &second, Charge::PaidTwice, now).await?
    };
    tx.commit().await?;
    Ok(done)
}

async fn is_known_in(tx: &mut Tx, payment: &Payment, name: &str) -> Result<bool, DbError> {
    let known: Option<i64> = within!(tx, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM payment WHERE provider = $1 AND charge = $2")
        .bind(&payment.provider).bind(name).fetch_optional(c).await)?;
    Ok(known.is_some())
}

/// Marks the payment as paid; `false` when it has been before.
async fn settle_in(tx: &mut Tx, payment: &Payment, name: &str, now: DateTime<Utc>) -> Result<bool, DbError> {
    let settled = within!(tx, c => sqlx::query(
        "UPDATE payment SET state = $2, charge = $3, settled_at = $4 WHERE id = $1 AND state <> $2")
        .bind(payment.id).bind(PaymentState::Paid.code()).bind(name).bind(now)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(settled == 1)
}

/// Money for a payment that is settled already becomes a payment of its own, for nothing.
async fn second_in(
    tx: &mut Tx,
    services: &Services,
    first: &Payment,
    name: &str,
    now: DateTime<Utc>,
) -> Result<Payment, DbError> {
    let second = Payment { id: services.new_id(), surplus: true, ..first.clone() };
    within!(tx, c => sqlx::query(
        "INSERT INTO payment (id, booking_id, provider, state, surplus, minor, currency, collector, return_url,
                              charge, created_at, settled_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)")
        .bind(second.id).bind(second.booking).bind(&second.provider).bind(PaymentState::Paid.code()).bind(true)
        .bind(second.amount.minor).bind(second.amount.currency.code()).bind(&second.collector)
        .bind(&second.return_url).bind(name).bind(now).execute(c).await.map(drop))?;
    Ok(second)
}

/// Gives the money its meaning: a confirmed booking, or a refund.
async fn apply_in(
    tx: &mut Tx,
    services: &Services,
    payment: &Payment,
    now: DateTime<Utc>,
) -> Result<Charge, DbError> {
    let taken = take_in(tx, payment.booking, BookingState::Held, now).await?;
    let catalogue = services.catalogue();
    let booking = booking::find_in(tx, &catalogue, payment.booking).await?;
    let booking = booking.ok_or_else(|| DbError::corrupt(payment.booking))?;
    if taken {
        keep_in(tx, booking.id).await?;
    } else if booking.state_at(now) == BookingState::Confirmed {
        return give_back_in(tx, services, payment, Charge::PaidTwice, now).await;
    } else if booking.state_at(now) == BookingState::Cancelled {
        return give_back_in(tx, services, payment, Charge::Unwanted, now).await;
    } else if !retake_in(tx, services, &booking, now).await? {
        return give_back_in(tx, services, payment, Charge::TooLate, now).await;
    }
    confirm_in(tx, services, &booking, payment, now).await?;
    Ok(Charge::Confirmed)
}

/// Moves a booking from a state to confirmed; `false` when it was in another.
pub(super) async fn take_in(
    tx: &mut Tx,
    id: Uuid,
    from: BookingState,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let taken = within!(tx, c => sqlx::query(
        "UPDATE booking SET state = $2, confirmed_at = $3 WHERE id = $1 AND state = $4")
        .bind(id).bind(BookingState::Confirmed.code()).bind(now).bind(from.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(taken == 1)
}

/// The hold becomes the booking's own: it doesn't run out any more.
pub(super) async fn keep_in(tx: &mut Tx, booking: Uuid) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("UPDATE claim SET expires_at = NULL WHERE booking_id = $1")
        .bind(booking).execute(c).await.map(drop))?;
    Ok(())
}

/// The hold had run out. Is the time still free, it is taken again.
async fn retake_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    if booking.starts_at() <= now || !take_in(tx, booking.id, BookingState::Expired, now).await? {
        return Ok(false);
    }
    let free =
        cells::occupy_in(tx, services.new_id(), booking.id, &booking.space, booking.occupied(), None).await?;
    if !free {
        cells::release_in(tx, booking.id, now).await?;
        within!(tx, c => sqlx::query("UPDATE booking SET state = $2, confirmed_at = NULL WHERE id = $1")
            .bind(booking.id).bind(BookingState::Expired.code()).execute(c).await.map(drop))?;
    }
    Ok(free)
}

async fn confirm_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    payment: &Payment,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let number = next_receipt_in(tx, &booking.space.facility.municipality.code).await?;
    within!(&mut *tx, c => sqlx::query("UPDATE booking SET receipt_number = $2 WHERE id = $1")
        .bind(booking.id).bind(number).execute(c).await.map(drop))?;
    let facts = facts_in(tx, booking, payment).await?;
    let rate = booking.other.as_ref().map(|(_, rate)| rate).filter(|_| facts.owner != facts.collector);
    let entry = Entry { at: now, event: Event::Payment, booking: booking.id, payment: payment.id, rate };
    post_in(tx, &entry, &ledger::payment(&facts)).await?;
    audit::note_in(tx, now, Actor::Provider, "confirmed", booking.id, &payment.amount).await?;
    waiting::taken_in(tx, booking.id, now).await?;
    mail::confirmed_in(tx, services, booking, Some(payment.amount)).await
}

/// The next number without a gap: if the transaction doesn't end well, the number was never given.
async fn next_receipt_in(tx: &mut Tx, municipality: &str) -> Result<i64, DbError> {
    Ok(within!(tx, c => sqlx::query_scalar(
        "INSERT INTO running_number (municipality, series, last) VALUES ($1, 'receipt', 1)
         ON CONFLICT (municipality, series) DO UPDATE SET last = running_number.last + 1 RETURNING last")
        .bind(municipality).fetch_one(c).await)?)
}

/// Books money that pays for nothing, and sends it back.
async fn give_back_in(
    tx: &mut Tx,
    services: &Services,
    payment: &Payment,
    why: Charge,
    now: DateTime<Utc>,
) -> Result<Charge, DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE payment SET surplus = $2 WHERE id = $1")
        .bind(payment.id).bind(true).execute(c).await.map(drop))?;
    let reason = why.refund_reason();
    refund::insert_in(tx, payment.id, payment.amount, reason, now).await?;
    let (collector, amount): (&str, Money) = (&payment.collector, payment.amount);
    for (event, postings) in [
        (Event::Surplus, ledger::surplus_taken(collector, amount)),
        (Event::SurplusRefund, ledger::surplus_refunded(collector, amount)),
    ] {
        let entry = Entry { at: now, event, booking: payment.booking, payment: payment.id, rate: None };
        post_in(tx, &entry, &postings).await?;
    }
    audit::note_in(tx, now, Actor::Provider, reason, payment.booking, &amount).await?;
    let booking = booking::find_in(tx, &services.catalogue(), payment.booking).await?;
    let booking = booking.ok_or_else(|| DbError::corrupt(payment.booking))?;
    mail::given_back_in(tx, services, &booking, amount, why).await?;
    Ok(why)
}

/// The provider says that no money will come. A payment that has been paid stays paid.
///
/// # Errors
/// When the database can't be reached.
pub async fn fail(services: &Services, payment: Uuid) -> Result<(), DbError> {
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query("UPDATE payment SET state = $2, settled_at = $3 WHERE id = $1 AND state = $4")
        .bind(payment).bind(PaymentState::Failed.code()).bind(services.clock.now())
        .bind(PaymentState::Pending.code()).execute(c).await.map(drop))?;
    tx.commit().await
}
