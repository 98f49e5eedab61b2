//! A little more time for a series that is held.

use chrono::TimeDelta;
use vayla_domain::booking::BookingState;

use super::Series;
use crate::{
    Services,
    audit::{self, Actor, Subject},
    booking::{self, DetailsError, EXTENSION_MINUTES},
    db::{DbError, retried, within},
};

/// Holds all its times a little longer; once.
///
/// # Errors
/// [`DetailsError::NotHeld`] once the hold is over or has been extended before.
pub async fn extend(services: &Services, series: &Series) -> Result<(), DetailsError> {
    retried(|| try_extend(services, series)).await
}

async fn try_extend(services: &Services, series: &Series) -> Result<(), DetailsError> {
    let now = services.clock.now();
    let held_until = series.held_until(now).ok_or(DetailsError::NotHeld)?;
    let until = held_until + TimeDelta::minutes(EXTENSION_MINUTES);
    let mut tx = services.db.begin().await?;
    booking::lock_series_in(&mut tx, series.id).await?;
    let extended = within!(&mut tx, c => sqlx::query(
        "UPDATE booking SET hold_expires_at = $2, hold_extended = $3
         WHERE series_id = $1 AND state = $4 AND hold_extended = $5 AND hold_expires_at > $6")
        .bind(series.id).bind(until).bind(true).bind(BookingState::Held.code()).bind(false).bind(now)
        .execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if extended == 0 {
        return Err(DetailsError::NotHeld);
    }
    within!(&mut tx, c => sqlx::query(
        "UPDATE claim SET expires_at = $2
         WHERE booking_id IN (SELECT id FROM booking WHERE series_id = $1 AND state = $3)")
        .bind(series.id).bind(until).bind(BookingState::Held.code()).execute(c).await.map(drop))
    .map_err(DbError::from)?;
    audit::note_about_in(&mut tx, now, Actor::Booker, "extended", Subject::Series(series.id), &until).await?;
    Ok(tx.commit().await?)
}
