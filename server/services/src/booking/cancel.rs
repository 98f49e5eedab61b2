//! Cancelling: the time is free again, and money goes back: by the facility's rule, or all of it
//! when the town cancels.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{Reason, booking::BookingState, money::Money};

use super::{Booking, for_staff::open_in};
use crate::{
    Services,
    audit::{self, Actor},
    db::{DbError, FromDb, Tx, retried, within},
    deposit, grant, invoice, mail,
    occupancy::cells,
    payment,
    staff::{LookError, Staff, looks},
    waiting,
};

#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    #[error(transparent)]
    Db(#[from] DbError),
    /// It isn't a booking any more, or never became one.
    #[error("nothing to cancel")]
    NotLive,
    #[error("the time has begun")]
    Begun,
}

impl FromDb for CancelError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Db(error) => Some(error),
            Self::NotLive | Self::Begun => None,
        }
    }
}

/// What came of cancelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancelled {
    /// What goes back, an amount for each currency it came in; none where nothing does.
    pub refunds: Vec<Money>,
}

/// What would go back by its rule if it were cancelled now, and of its deposit, by currency.
///
/// # Errors
/// When the database can't be read.
pub async fn refunds_now(services: &Services, booking: &Booking) -> Result<Vec<Money>, DbError> {
    let paying = payment::paying(&services.db, booking.id).await?;
    let refunds = payment::refunds_of_cancelling(&paying, &booking.back(services.clock.now()));
    let deposit = deposit::of_booking(&services.db, booking.id).await?;
    Ok(Money::by_currency(refunds.into_iter().chain(deposit.map(|deposit| deposit.left()))))
}

/// Cancels a booking or gives a hold back.
///
/// # Errors
/// [`CancelError`]; then nothing has changed.
pub async fn cancel(services: &Services, id: Uuid) -> Result<Cancelled, CancelError> {
    retried(|| try_cancel(services, id)).await
}

async fn try_cancel(services: &Services, id: Uuid) -> Result<Cancelled, CancelError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let (booking, refunds) = cancel_in(&mut tx, services, id, now).await?;
    if booking.confirmed_at.is_some() {
        mail::cancelled_in(&mut tx, services, &booking, &refunds).await?;
    }
    tx.commit().await?;
    Ok(Cancelled { refunds })
}

/// The same within the caller's transaction, who tells the booker: the booking and what goes back.
///
/// # Errors
/// [`CancelError`]; then the caller rolls back.
pub(crate) async fn cancel_in(
    tx: &mut Tx,
    services: &Services,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(Booking, Vec<Money>), CancelError> {
    let booking = end_in(tx, services, id, Actor::Booker, now).await?.ok_or(CancelError::NotLive)?;
    if booking.starts_at() <= now {
        return Err(CancelError::Begun);
    }
    let refunds = payment::refund_cancelled_in(tx, &booking, now).await?;
    invoice::give_back_in(tx, id, booking.back(now).of(booking.total)).await?;
    audit::note_in(tx, now, Actor::Booker, "cancelled", id, &refunds).await?;
    Ok((booking, refunds))
}

/// Why staff's cancelling comes to nothing.
#[derive(Debug, thiserror::Error)]
pub enum StaffCancelError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// It isn't a booking any more, or never became one.
    #[error("nothing to cancel")]
    NotLive,
    #[error("the time is over")]
    Over,
}

looks!(StaffCancelError);

/// Cancels someone else's booking or hold: all that was paid goes back, whatever the facility's
/// rule, and the booker is told why. A time that has begun can be cut short; one that is over can't.
///
/// # Errors
/// [`StaffCancelError`]; then nothing has changed.
pub async fn cancel_by_staff(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    reason: &Reason,
) -> Result<Cancelled, StaffCancelError> {
    retried(|| try_cancel_by_staff(services, staff, id, reason)).await
}

async fn try_cancel_by_staff(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    reason: &Reason,
) -> Result<Cancelled, StaffCancelError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    open_in(&mut tx, services, staff, id).await?;
    let withdrawn = withdraw_in(&mut tx, services, staff.actor(), id, reason, now).await?;
    let (booking, cancelled) = withdrawn.ok_or(StaffCancelError::NotLive)?;
    if booking.ends_at() <= now {
        return Err(StaffCancelError::Over);
    }
    tx.commit().await?;
    Ok(cancelled)
}

/// The same within a transaction, for staff whose right has been asked; `None` when there is nothing
/// left to cancel.
pub(crate) async fn withdraw_in(
    tx: &mut Tx,
    services: &Services,
    actor: Actor,
    id: Uuid,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<Option<(Booking, Cancelled)>, DbError> {
    let withdrawn = withdraw_untold_in(tx, services, actor, id, reason, now).await?;
    let Some((booking, refunds)) = withdrawn else { return Ok(None) };
    let entry = waiting::still_waiting_in(tx, id).await?;
    // Whoever holds a time knows that it isn't theirs yet; whoever was written that it is held for them doesn't.
    if booking.confirmed_at.is_some() || entry.is_some() {
        mail::withdrawn_in(tx, services, &booking, &mail::Withdrawn { refunds: &refunds, reason, entry })
            .await?;
    }
    Ok(Some((booking, Cancelled { refunds })))
}

/// The same for a caller who tells the booker: the booking and what goes back.
pub(crate) async fn withdraw_untold_in(
    tx: &mut Tx,
    services: &Services,
    actor: Actor,
    id: Uuid,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<Option<(Booking, Vec<Money>)>, DbError> {
    let Some(booking) = end_in(tx, services, id, actor, now).await? else { return Ok(None) };
    let refunds = payment::refund_all_in(tx, &booking, now).await?;
    invoice::give_back_in(tx, id, booking.total).await?;
    audit::note_in(tx, now, actor, "cancelled", id, &ByStaff { refunds: &refunds, reason }).await?;
    Ok(Some((booking, refunds)))
}

#[derive(Serialize)]
struct ByStaff<'a> {
    refunds: &'a [Money],
    reason: &'a Reason,
}

/// Ends a booking or a hold and frees its time, also one that it was about to move to; `None` when there
/// is nothing left to end.
async fn end_in(
    tx: &mut Tx,
    services: &Services,
    id: Uuid,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Option<Booking>, DbError> {
    // The update is the lock: of two who cancel at once, one finds nothing left to cancel. What is on an invoice is
    // over, and taken back by a credit note.
    let live = within!(&mut *tx, c => sqlx::query(
        "UPDATE booking SET state = $2, cancelled_at = $3, by_town = $6
         WHERE id = $1 AND state IN ($4, $5) AND invoice_id IS NULL")
        .bind(id).bind(BookingState::Cancelled.code()).bind(now)
        .bind(BookingState::Held.code()).bind(BookingState::Confirmed.code()).bind(by.is_town())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if live == 0 {
        return Ok(None);
    }
    super::changed_in(tx, id, now).await?;
    if by.is_town() {
        waiting::stay_in(tx, id, now).await?; // before it is looked who waits for the time
    }
    cells::release_in(tx, id, now).await?;
    super::give_back_change_in(tx, id, by, now).await?;
    let ended = super::find_in(tx, &services.catalogue(), id).await?;
    grant::release_in(tx, id, now).await?;
    super::forget_in(tx, id).await?;
    Ok(ended)
}
