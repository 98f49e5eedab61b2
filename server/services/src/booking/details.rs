//! While a time is held: who books, and a little more time.

use chrono::TimeDelta;
use uuid::Uuid;
use vayla_domain::booking::{BookingState, Who};

use super::Booking;
use crate::{
    Services,
    audit::{self, Actor},
    db::{DbError, FromDb, retried, within},
};

/// How much a hold is extended by, once.
pub const EXTENSION_MINUTES: i64 = 10;

#[derive(Debug, thiserror::Error)]
pub enum DetailsError {
    #[error(transparent)]
    Db(#[from] DbError),
    /// The time is no longer held: it ran out, is paid, or was given back.
    #[error("not held any more")]
    NotHeld,
}

impl FromDb for DetailsError {
    fn db(&self) -> Option<&DbError> {
        match self {
            Self::Db(error) => Some(error),
            Self::NotHeld => None,
        }
    }
}

/// Says who books and what for.
///
/// # Errors
/// [`DetailsError::NotHeld`] once the hold is over.
pub async fn set_details(services: &Services, booking: Uuid, who: &Who) -> Result<(), DetailsError> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let changed = within!(&mut tx, c => sqlx::query(
        "UPDATE booking SET booker_name = $2, booker_email = $3, booker_phone = $4, booker_language = $5,
                            purpose = $6, people = $7
         WHERE id = $1 AND state = $8 AND hold_expires_at > $9")
        .bind(booking).bind(&who.name).bind(&who.email).bind(&who.phone).bind(who.language.code())
        .bind(&who.purpose).bind(who.people).bind(BookingState::Held.code()).bind(now)
        .execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if changed == 0 {
        return Err(DetailsError::NotHeld);
    }
    audit::note_in(&mut tx, now, Actor::Booker, "details", booking, &()).await?;
    Ok(tx.commit().await?)
}

/// Holds the time a little longer; once.
///
/// # Errors
/// [`DetailsError::NotHeld`] once the hold is over or has been extended before.
pub async fn extend(services: &Services, booking: &Booking) -> Result<(), DetailsError> {
    retried(|| try_extend(services, booking)).await
}

async fn try_extend(services: &Services, booking: &Booking) -> Result<(), DetailsError> {
    let now = services.clock.now();
    let until = booking.hold_expires_at + TimeDelta::minutes(EXTENSION_MINUTES);
    let mut tx = services.db.begin().await?;
    let extended = within!(&mut tx, c => sqlx::query(
        "UPDATE booking SET hold_expires_at = $2, hold_extended = $3
         WHERE id = $1 AND state = $4 AND hold_extended = $5 AND hold_expires_at > $6")
        .bind(booking.id).bind(until).bind(true).bind(BookingState::Held.code()).bind(false).bind(now)
        .execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    let moved = within!(&mut tx, c => sqlx::query("UPDATE claim SET expires_at = $2 WHERE booking_id = $1")
        .bind(booking.id).bind(until).execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if (extended, moved) != (1, 1) {
        return Err(DetailsError::NotHeld);
    }
    audit::note_in(&mut tx, now, Actor::Booker, "extended", booking.id, &until).await?;
    Ok(tx.commit().await?)
}
