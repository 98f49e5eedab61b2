//! A deposit goes back: with a booking that is cancelled, or by itself some days after the use.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::money::Money;

use super::{HeldDeposit, of_booking_in};
use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, Booking},
    db::{DbError, Tx, on, retried, within},
    mail,
    payment::{RefundWhy, refund_deposit_in},
};

/// How many are looked up at a time.
const BATCH: i64 = 100;

/// Gives back what is left of a booking's deposit. What that is; nothing where nothing is left.
pub(crate) async fn return_all_in(
    tx: &mut Tx,
    booking: &Booking,
    why: RefundWhy<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Money>, DbError> {
    let Some(deposit) = of_booking_in(tx, booking.id).await? else { return Ok(None) };
    let left = deposit.left();
    if left.minor == 0 {
        return Ok(None);
    }
    back_in(tx, booking, &deposit, left, why, now).await?;
    Ok(Some(left))
}

/// Gives back so much of it, which the database keeps within what is left.
pub(super) async fn back_in(
    tx: &mut Tx,
    booking: &Booking,
    deposit: &HeldDeposit,
    amount: Money,
    why: RefundWhy<'_>,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    within!(&mut *tx, c => sqlx::query(
        "UPDATE deposit SET returned_minor = returned_minor + $2 WHERE booking_id = $1")
        .bind(booking.id).bind(amount.minor).execute(c).await.map(drop))?;
    refund_deposit_in(tx, booking, deposit.payment, amount, why, now).await
}

/// Those that are held of what was used so long ago that they go back, unless a charge is open that nobody has paid; of
/// one booking, where one is given, and behind a place in the order in which they are looked at.
const DUE: &str = "SELECT booking.end_quarter, booking.id FROM deposit JOIN booking ON booking.id = deposit.booking_id
     WHERE deposit.kept_minor + deposit.returned_minor < deposit.minor AND booking.state IN ('confirmed', 'no_show')
       AND booking.end_quarter + 96 * deposit.days <= $1 AND ($2 IS NULL OR booking.id = $2)
       AND NOT EXISTS (
           SELECT 1 FROM use_charge
           LEFT JOIN deposit_keep ON deposit_keep.use_charge_id = use_charge.id AND deposit_keep.undone_at IS NULL
           WHERE use_charge.booking_id = booking.id AND use_charge.customer_id IS NULL AND use_charge.credited_at IS NULL
             AND use_charge.gross_minor > COALESCE(deposit_keep.gross_minor, 0)
             AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.use_charge_id = use_charge.id
                             AND payment.state = 'paid' AND NOT payment.surplus))
       AND (booking.end_quarter, booking.id) > ($3, $4)
     ORDER BY booking.end_quarter, booking.id LIMIT $5";

/// Where a booking stands among those that are due.
type Place = (i64, Uuid);

const FIRST: Place = (i64::MIN, Uuid::nil());

/// Gives back what is due, and tells the bookers. Says of how many bookings. One that can't go back keeps no other, and
/// is tried again the next time.
///
/// # Errors
/// When the database can't be reached, or one of them couldn't go back.
pub async fn return_due(services: &Services) -> Result<usize, DbError> {
    let (mut done, mut last) = (Ok(0), Some(FIRST));
    while let Some(after) = last {
        let due = due_after(services, after).await?;
        last = due.last().copied();
        for (_, booking) in due {
            match retried(|| try_return(services, booking)).await {
                Ok(returned) => done = done.map(|done: usize| done + usize::from(returned)),
                Err(error) => {
                    tracing::error!(%booking, %error, "a deposit isn't given back");
                    done = Err(error);
                }
            }
        }
    }
    done
}

async fn due_after(services: &Services, (quarter, id): Place) -> Result<Vec<Place>, DbError> {
    let now = services.clock.now().timestamp().div_euclid(900);
    Ok(on!(&services.db, c => sqlx::query_as(DUE)
        .bind(now).bind(None::<Uuid>).bind(quarter).bind(id).bind(BATCH).fetch_all(c).await)?)
}

async fn try_return(services: &Services, id: Uuid) -> Result<bool, DbError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let booking = booking::locked_in(&mut tx, &services.catalogue(), id).await?;
    let booking = booking.ok_or_else(|| DbError::corrupt(id))?;
    // Whoever had the lock before may have charged it, or given it back.
    let still: Option<Place> = within!(&mut tx, c => sqlx::query_as(DUE)
        .bind(now.timestamp().div_euclid(900)).bind(Some(id)).bind(FIRST.0).bind(FIRST.1).bind(1i64)
        .fetch_optional(c).await)?;
    if still.is_none() {
        return Ok(false);
    }
    let Some(back) = return_all_in(&mut tx, &booking, RefundWhy::rule("deposit"), now).await? else {
        return Ok(false);
    };
    audit::note_in(&mut tx, now, Actor::System, "deposit_returned", id, &back).await?;
    mail::deposit_back_in(&mut tx, services, &booking, back, None).await?;
    tx.commit().await?;
    Ok(true)
}
