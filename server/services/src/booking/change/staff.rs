//! Staff move a booking for reasons of their own: a hall that must be closed, a lamp that is broken.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    Reason,
    booking::{BookingState, TooLateToMove},
    money::QuoteLine,
    space::Refusal,
    time::{Quarter, Span},
};

use super::{
    Booking, ChangeQuote, MoveError, Settled, Target,
    quote::{fits, is_at},
    together::move_untold_in,
};
use crate::{
    Services,
    audit::Actor,
    booking::{self, for_staff::open_in},
    catalogue::Space,
    closure,
    db::{DbError, FromDb, Tx, retried},
    mail,
    occupancy::{alternatives_at, cells},
    staff::{LookError, Staff},
};

/// Why staff's moving comes to nothing.
#[derive(Debug, thiserror::Error)]
pub enum StaffMoveError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error(transparent)]
    Move(#[from] MoveError),
}

impl FromDb for StaffMoveError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Look(error) => error.db(),
            Self::Move(MoveError::Db(error)) => Some(error),
            Self::Move(_) => None,
        }
    }
}

impl From<DbError> for StaffMoveError {
    fn from(error: DbError) -> Self {
        Self::Look(error.into())
    }
}

/// Moves someone else's confirmed booking at the price that it has, up to the moment at which it
/// begins, and the booker is told why. What binds those who book (hours, lengths, how late they may
/// move) doesn't bind staff; that the time is free does.
///
/// # Errors
/// [`StaffMoveError`]; then nothing has changed.
pub async fn move_by_staff(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    target: &Target,
    reason: &Reason,
) -> Result<(), StaffMoveError> {
    cells::sweep(services).await?;
    retried(|| try_move_by_staff(services, staff, id, target, reason)).await
}

async fn try_move_by_staff(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    target: &Target,
    reason: &Reason,
) -> Result<(), StaffMoveError> {
    let mut tx = services.db.begin().await?;
    let booking = open_in(&mut tx, services, staff, id).await?;
    match move_by_staff_in(&mut tx, services, id, target, staff.actor(), reason).await {
        Err(MoveError::Occupied { .. }) => {
            drop(tx);
            let span = Span::between(target.start, target.end).ok_or(MoveError::from(OFF_RASTER))?;
            let alternatives = alternatives_at(services, &target.space, span, booking.party()).await?;
            Err(MoveError::Occupied { alternatives }.into())
        }
        Err(error) => Err(error.into()),
        Ok(()) => Ok(tx.commit().await?),
    }
}

const OFF_RASTER: Refusal = Refusal::OffRaster { step_minutes: Quarter::MINUTES };

/// The same within a transaction of the caller's, who has asked whether they may, has swept before, and
/// rolls back on an error.
///
/// # Errors
/// [`MoveError`], without alternatives to a time that is taken.
pub async fn move_by_staff_in(
    tx: &mut Tx,
    services: &Services,
    id: Uuid,
    target: &Target,
    by: Actor,
    reason: &Reason,
) -> Result<(), MoveError> {
    let (now, catalogue) = (services.clock.now(), services.catalogue());
    let booking = booking::locked_in(tx, &catalogue, id).await?.ok_or(MoveError::NotLive)?;
    let span = allowed(&booking, target, now)?;
    // Beyond what can be booked a closure's cells aren't written yet.
    if !closure::over_in(tx, &target.space, target.space.rules.buffer.around(span)).await?.is_empty() {
        return Err(MoveError::Occupied { alternatives: Vec::new() });
    }
    let quote = same_price(&booking, &target.space, span, &booking::lines_in(tx, &booking).await?)?;
    let settled = Settled { by, reason: Some(reason), paid: None, now };
    let moved = move_untold_in(tx, services, &booking, &quote, settled).await?;
    let (after, refunds) = moved.ok_or(MoveError::Occupied { alternatives: Vec::new() })?;
    let told = mail::Moved { before: &booking, after: &after, refunds: &refunds, settled };
    mail::moved_in(tx, services, &told).await?;
    Ok(())
}

fn allowed(booking: &Booking, target: &Target, now: DateTime<Utc>) -> Result<Span, MoveError> {
    if booking.state_at(now) != BookingState::Confirmed {
        return Err(MoveError::NotLive);
    }
    if booking.starts_at() <= now {
        return Err(TooLateToMove::Begun.into());
    }
    if is_at(booking, target) {
        return Err(MoveError::Unchanged);
    }
    fits(booking, &target.space)?;
    if target.start < now {
        return Err(Refusal::InThePast.into());
    }
    Ok(Span::between(target.start, target.end).ok_or(OFF_RASTER)?)
}

/// Another time at the price of a booking with these lines.
pub(crate) fn same_price(
    booking: &Booking,
    space: &Arc<Space>,
    span: Span,
    lines: &[QuoteLine],
) -> Result<ChangeQuote, DbError> {
    let line = QuoteLine::same_price(span, lines).map_err(DbError::corrupt)?;
    let price = booking.price(vec![line]);
    let difference = price.difference(booking.total, booking.other.as_ref()).map_err(DbError::corrupt)?;
    Ok(ChangeQuote { space: Arc::clone(space), span, price, difference, granted: None, refunds: Vec::new() })
}
