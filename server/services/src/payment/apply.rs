//! What money that has come is for: a booking, a move, what a use has cost afterwards, or nothing.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    ledger::{self, Event, Share},
    money::Money,
};

use super::{Charge, Payment, refund, tax};
use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, Booking, ChangeState, Settled},
    catalogue::Space,
    charge, closure,
    db::{DbError, Tx, within},
    deposit,
    grant::{self, Cover},
    ledger::{Entry, post_in},
    mail,
    numbers::{self, Series},
    occupancy::cells,
    series, waiting,
};

/// Gives the money its meaning: a confirmed or moved booking, a paid charge, or a refund. Of what is paid in a batch,
/// whoever charges that tells.
pub(super) async fn apply_in(
    tx: &mut Tx,
    services: &Services,
    payment: &Payment,
    now: DateTime<Utc>,
) -> Result<Charge, DbError> {
    let done = match (payment.use_charge, payment.change) {
        (Some(charge), _) => charge::settle_in(tx, services, payment, charge, now).await?,
        (None, None) => confirm_in(tx, services, payment, now).await?,
        (None, Some(change)) => move_in(tx, services, payment, change, now).await?,
    };
    match done {
        Charge::Confirmed | Charge::Moved | Charge::Settled => Ok(done),
        why => give_back_in(tx, services, payment, why, now).await,
    }
}

async fn confirm_in(
    tx: &mut Tx,
    services: &Services,
    payment: &Payment,
    now: DateTime<Utc>,
) -> Result<Charge, DbError> {
    let booking = booking::locked_in(tx, &services.catalogue(), payment.booking).await?;
    let booking = booking.ok_or_else(|| DbError::corrupt(payment.booking))?;
    let granted = granted_beside(&booking, payment);
    if let Some(why) = uncovered_in(tx, services, &booking, payment, (granted, now)).await? {
        return Ok(why);
    }
    if let Some(why) = missed_in(tx, services, &booking, now).await? {
        return Ok(why);
    }
    series::as_paid_in(tx, &booking, payment).await?;
    book_in(tx, services, (&booking, &booking.space), payment, now).await?;
    deposit::take_in(tx, &booking, payment, now).await?;
    grant::give_in(tx, &booking, None, granted, now).await?;
    audit::note_in(tx, now, Actor::Provider, "confirmed", booking.id, &payment.amount).await?;
    waiting::taken_in(tx, booking.id, now).await?;
    if payment.batch.is_none() {
        mail::confirmed_in(tx, services, &booking, Some(payment)).await?;
    }
    closure::tell_kept_in(tx, services, &booking).await?;
    Ok(Charge::Confirmed)
}

/// What grants are to pay beside the payment: the rest of the price that it was asked for at.
fn granted_beside(booking: &Booking, payment: &Payment) -> Money {
    let repriced = payment.version != booking.version;
    let rest = if repriced { 0 } else { booking.total.minor - payment.gross.minor };
    Money::new(rest, booking.total.currency)
}

/// Why what is paid and what is granted aren't the price; `None` where they are, or nobody waits for the time any more.
async fn uncovered_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    payment: &Payment,
    (granted, now): (Money, DateTime<Utc>),
) -> Result<Option<Charge>, DbError> {
    let late = match booking.state_at(now) {
        BookingState::Held => false,
        BookingState::Expired => true,
        _ => return Ok(None),
    };
    // What a grant paid of the price that it had before isn't known any more.
    if payment.version != booking.version && grant::was_put_in(tx, booking.id).await? {
        return Ok(Some(Charge::WrongAmount));
    }
    Ok(match grant::cover_in(tx, services, booking.id, None, (granted, late)).await? {
        Cover::Whole => None,
        Cover::Otherwise => Some(Charge::WrongAmount),
        Cover::Gone => Some(Charge::TooLate),
    })
}

/// The time becomes the payer's, as it is held or free again. Otherwise why the money goes back.
async fn missed_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Option<Charge>, DbError> {
    if take_in(tx, booking.id, BookingState::Held, now).await? {
        keep_in(tx, booking.id).await?;
        return Ok(None);
    }
    match booking.state_at(now) {
        BookingState::Confirmed | BookingState::NoShow if booking.customer.is_some() => {
            Ok(Some(Charge::OnAccount))
        }
        BookingState::Confirmed | BookingState::NoShow => Ok(Some(Charge::PaidTwice)),
        BookingState::Cancelled => Ok(Some(Charge::Unwanted)),
        BookingState::Held | BookingState::Expired => {
            let free = retake_in(tx, services, booking, now).await?;
            Ok((!free).then_some(Charge::TooLate))
        }
    }
}

/// The difference to a dearer time has come: while that is held, or still free, the booking moves.
async fn move_in(
    tx: &mut Tx,
    services: &Services,
    payment: &Payment,
    change: Uuid,
    now: DateTime<Utc>,
) -> Result<Charge, DbError> {
    let catalogue = services.catalogue();
    let booking = booking::locked_in(tx, &catalogue, payment.booking).await?;
    let booking = booking.ok_or_else(|| DbError::corrupt(payment.booking))?;
    let change = booking::locked_change_in(tx, &catalogue, change).await?;
    if booking.state_at(now) != BookingState::Confirmed {
        return Ok(Charge::Unwanted);
    }
    let dearer_by = change.total.minor - booking.total.minor;
    let granted = Money::new(dearer_by - payment.gross.minor, booking.total.currency);
    if matches!(change.state, ChangeState::Open | ChangeState::Expired) {
        let late = change.state == ChangeState::Expired;
        match grant::cover_in(tx, services, booking.id, Some(change.id), (granted, late)).await? {
            Cover::Whole => {}
            Cover::Otherwise | Cover::Gone => return Ok(Charge::TooLate),
        }
    }
    match change.state {
        ChangeState::Open => {}
        ChangeState::Done => return Ok(Charge::PaidTwice),
        ChangeState::GivenBack => return Ok(Charge::TooLate),
        ChangeState::Expired => {
            if !booking::reopen_change_in(tx, services, &booking, &change, now).await? {
                return Ok(Charge::TooLate);
            }
        }
    }
    book_in(tx, services, (&booking, &change.space), payment, now).await?;
    grant::give_in(tx, &booking, Some(change.id), granted, now).await?;
    let settled = Settled { by: Actor::Provider, reason: None, paid: Some(payment.amount), now };
    booking::apply_change_in(tx, services, &booking, &change, settled).await?;
    Ok(Charge::Moved)
}

/// Moves a booking from a state to confirmed; `false` when it was in another.
pub(crate) async fn take_in(
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
pub(crate) async fn keep_in(tx: &mut Tx, booking: Uuid) -> Result<(), DbError> {
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
        cells::undo_in(tx, booking.id).await?;
        within!(tx, c => sqlx::query("UPDATE booking SET state = $2, confirmed_at = NULL WHERE id = $1")
            .bind(booking.id).bind(BookingState::Expired.code()).execute(c).await.map(drop))?;
    }
    Ok(free)
}

/// Numbers the payment's receipt and books it, with the tax of its day.
async fn book_in(
    tx: &mut Tx,
    services: &Services,
    (booking, space): (&Booking, &Space),
    payment: &Payment,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    number_in(tx, booking, payment).await?;
    let paid_at = payment.settled_at.unwrap_or(now);
    let payment = &tax::of_its_day_in(tx, &services.catalogue(), (booking, space), payment, paid_at).await?;
    if payment.gross.minor == 0 {
        return Ok(()); // a deposit alone
    }
    let owner = &booking.space.facility.municipality.code;
    let entry = Entry { rate: payment.rate.as_ref(), ..payment.entry(Event::Payment, None, now) };
    post_in(tx, &entry, &ledger::payment(&payment.facts(owner))).await.map(drop)
}

/// Gives the payment's receipt the next number of the seller's.
pub(crate) async fn number_in(tx: &mut Tx, booking: &Booking, payment: &Payment) -> Result<i64, DbError> {
    let owner = &booking.space.facility.municipality.code;
    let number = numbers::next_in(tx, owner, Series::Receipt).await?;
    within!(tx, c => sqlx::query("UPDATE payment SET receipt_number = $2 WHERE id = $1")
        .bind(payment.id).bind(number).execute(c).await.map(drop))?;
    Ok(number)
}

/// Books money that pays for nothing, and sends it back.
pub(super) async fn give_back_in(
    tx: &mut Tx,
    services: &Services,
    payment: &Payment,
    why: Charge,
    now: DateTime<Utc>,
) -> Result<Charge, DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE payment SET surplus = $2 WHERE id = $1")
        .bind(payment.id).bind(true).execute(c).await.map(drop))?;
    let (collector, amount, reason) = (payment.collector.as_str(), payment.amount, why.refund_reason());
    // All of it, whatever of it would have been a deposit.
    let whole = Share { paid: amount, ..payment.standing().whole };
    let refund = refund::insert_in(tx, payment, &whole, refund::RefundWhy::rule(reason), now).await?;
    let taken = payment.entry(Event::Surplus, None, now);
    post_in(tx, &taken, &ledger::surplus_taken(collector, amount)).await?;
    let back = payment.entry(Event::SurplusRefund, Some(refund), now);
    post_in(tx, &back, &ledger::surplus_refunded(collector, amount)).await?;
    audit::note_in(tx, now, Actor::Provider, reason, payment.booking, &amount).await?;
    if payment.batch.is_some() {
        return Ok(why);
    }
    let booking = booking::find_in(tx, &services.catalogue(), payment.booking).await?;
    let booking = booking.ok_or_else(|| DbError::corrupt(payment.booking))?;
    mail::given_back_in(tx, services, &booking, payment, why).await?;
    Ok(why)
}
