//! Cancelling: the time is free again, and money goes back by the facility's rule.

use uuid::Uuid;
use vayla_domain::{booking::BookingState, money::Money};

use super::Booking;
use crate::{
    Services,
    audit::{self, Actor},
    db::{DbError, within},
    mail,
    occupancy::cells,
    payment,
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

/// What came of cancelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled {
    /// What goes back, in the currency it came in; `None` where nothing was paid.
    pub refund: Option<Money>,
}

/// What would go back if it were cancelled now: the share of what was paid, in its currency.
///
/// # Errors
/// When the database can't be read.
pub async fn refund_now(services: &Services, booking: &Booking) -> Result<Option<Money>, DbError> {
    let paid = payment::paid_for(&services.db, booking.id).await?;
    let now = services.clock.now();
    Ok(paid.and_then(|paid| booking.cancel_rule.refund(paid.amount, booking.starts_at(), now)))
}

/// Cancels a booking or gives a hold back.
///
/// # Errors
/// [`CancelError`]; then nothing has changed.
pub async fn cancel(services: &Services, id: Uuid) -> Result<Cancelled, CancelError> {
    let (now, catalogue) = (services.clock.now(), services.catalogue());
    let mut tx = services.db.begin().await?;
    // The update is the lock: of two who cancel at once, one finds nothing left to cancel.
    let live = within!(&mut tx, c => sqlx::query(
        "UPDATE booking SET state = $2, cancelled_at = $3 WHERE id = $1 AND state IN ($4, $5)")
        .bind(id).bind(BookingState::Cancelled.code()).bind(now)
        .bind(BookingState::Held.code()).bind(BookingState::Confirmed.code())
        .execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if live == 0 {
        return Err(CancelError::NotLive);
    }
    super::changed_in(&mut tx, id, now).await?;
    let booking = super::find_in(&mut tx, &catalogue, id).await?.ok_or(CancelError::NotLive)?;
    if booking.starts_at() <= now {
        return Err(CancelError::Begun);
    }
    cells::release_in(&mut tx, id).await?;
    let refund = payment::refund_cancelled_in(&mut tx, &booking, now).await?;
    audit::note_in(&mut tx, now, Actor::Booker, "cancelled", id, &refund).await?;
    if booking.confirmed_at.is_some() {
        mail::cancelled_in(&mut tx, services, &booking, refund).await?;
    }
    tx.commit().await?;
    Ok(Cancelled { refund })
}
