//! Staff move a booking for reasons of their own: a hall that must be closed, a lamp that is broken.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    Reason,
    booking::{BookingState, TooLateToMove},
    money::{Money, QuoteLine},
    space::Refusal,
    time::{Quarter, Span},
};

use super::{
    Booking, Change, ChangeState, MoveError, Target,
    apply::{Settled, apply_change_in, give_back_change_in},
    quote::{fits, is_at},
    read::{insert_in, next_version_in},
};
use crate::{
    Services,
    audit::Actor,
    booking::{self, for_staff::open_in},
    closure,
    db::{DbError, Tx},
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
    let mut tx = services.db.begin().await?;
    open_in(&mut tx, services, staff, id).await?;
    match move_by_staff_in(&mut tx, services, id, target, staff.actor(), reason).await {
        Err(MoveError::Occupied { .. }) => {
            drop(tx);
            let span = Span::between(target.start, target.end).ok_or(MoveError::from(OFF_RASTER))?;
            let alternatives = alternatives_at(services, &target.space, span).await?;
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
    let kept = give_back_change_in(tx, id, by, now).await?;
    let line = QuoteLine::same_price(span, &booking::lines_in(tx, &booking).await?);
    let line = line.map_err(DbError::corrupt)?;
    let version = next_version_in(tx, id).await?;
    let change = same_price(services.new_id(), &booking, target, span, version, now);
    insert_in(tx, &change, &[line], now).await?;
    cells::yield_in(tx, kept, &change.space, change.occupied()).await?;
    // Beyond what can be booked a closure's cells aren't written yet.
    if !closure::over_in(tx, &change.space, change.occupied()).await?.is_empty() {
        return Err(MoveError::Occupied { alternatives: Vec::new() });
    }
    if !cells::occupy_beside_in(tx, services.new_id(), &change, None).await? {
        return Err(MoveError::Occupied { alternatives: Vec::new() });
    }
    let settled = Settled { by, reason: Some(reason), paid: None, now };
    apply_change_in(tx, services, &booking, &change, settled).await?;
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

fn same_price(
    id: Uuid,
    booking: &Booking,
    target: &Target,
    span: Span,
    version: i64,
    now: DateTime<Utc>,
) -> Change {
    let nothing = Money::new(0, booking.total.currency);
    Change {
        id,
        booking: booking.id,
        from_version: booking.version,
        version,
        space: target.space.clone(),
        span,
        buffer: target.space.rules.buffer,
        total: booking.total,
        other: booking.other.clone(),
        pay: nothing,
        pay_vat: nothing,
        pay_other: None,
        state: ChangeState::Open,
        expires_at: now,
    }
}
