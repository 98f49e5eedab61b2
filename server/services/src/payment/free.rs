//! A booking that costs nothing, or that a grant pays whole, is confirmed without a payment.

use vayla_domain::booking::BookingState;

use super::apply::{keep_in, take_in};
use crate::{
    Services,
    audit::{self, Actor},
    booking::Booking,
    closure,
    db::{DbError, FromDb, retried},
    grant, mail, waiting,
};

#[derive(Debug, thiserror::Error)]
pub enum FreeError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("not held any more")]
    NotHeld,
    #[error("the booker hasn't said who they are")]
    NoDetails,
    #[error("it costs something")]
    NotFree,
}

impl FromDb for FreeError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Db(error) => Some(error),
            Self::NotHeld | Self::NoDetails | Self::NotFree => None,
        }
    }
}

/// Confirms a held booking of which nothing is left to pay.
///
/// # Errors
/// [`FreeError`]; then nothing has changed.
pub async fn confirm_free(services: &Services, booking: &Booking) -> Result<(), FreeError> {
    retried(|| try_confirm_free(services, booking)).await
}

async fn try_confirm_free(services: &Services, booking: &Booking) -> Result<(), FreeError> {
    let now = services.clock.now();
    if booking.who.is_none() {
        return Err(FreeError::NoDetails);
    }
    if booking.state_at(now) != BookingState::Held {
        return Err(FreeError::NotHeld);
    }
    if booking.deposit.is_some() {
        return Err(FreeError::NotFree);
    }
    let mut tx = services.db.begin().await?;
    if !take_in(&mut tx, booking.id, BookingState::Held, now).await? {
        return Err(FreeError::NotHeld);
    }
    if grant::give_reserved_in(&mut tx, booking, None, now).await? != booking.total {
        return Err(FreeError::NotFree);
    }
    keep_in(&mut tx, booking.id).await?;
    audit::note_in(&mut tx, now, Actor::Booker, "confirmed", booking.id, &()).await?;
    waiting::taken_in(&mut tx, booking.id, now).await?;
    mail::confirmed_in(&mut tx, services, booking, None).await?;
    closure::tell_kept_in(&mut tx, services, booking).await?;
    Ok(tx.commit().await?)
}
