//! Leaving the line.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{booking::BookingState, waiting::WaitingState};

use crate::{
    Services,
    audit::{self, Actor, Subject},
    booking,
    db::{DbError, Tx, retried, within},
};

/// Gives up a place in line, and the time that is held for it, so that the next is asked. One that has come
/// to an end stays as it ended.
///
/// # Errors
/// When the database can't be reached.
pub async fn leave(services: &Services, id: Uuid) -> Result<(), DbError> {
    retried(|| try_leave(services, id)).await
}

async fn try_leave(services: &Services, id: Uuid) -> Result<(), DbError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    // The booking first, as everywhere: two who want both don't deadlock.
    give_back_in(&mut tx, id, now).await?;
    let left = within!(&mut tx, c => sqlx::query(
        "UPDATE waiting SET state = $2, ended_at = $3 WHERE id = $1 AND state NOT IN ($2, $4)")
        .bind(id).bind(WaitingState::Withdrawn.code()).bind(now).bind(WaitingState::Done.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if left == 1 {
        audit::note_about_in(&mut tx, now, Actor::Booker, "left", Subject::Waiting(id), &()).await?;
    }
    // Only now nobody offers it anything more: what was offered between the two goes, too.
    give_back_in(&mut tx, id, now).await?;
    tx.commit().await
}

/// Gives back what is held for a place in line.
async fn give_back_in(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    let held: Vec<Uuid> = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT booking.id FROM waiting_offer JOIN booking ON booking.id = waiting_offer.booking_id
         WHERE waiting_offer.waiting_id = $1 AND booking.state = $2 ORDER BY booking.id")
        .bind(id).bind(BookingState::Held.code()).fetch_all(c).await)?;
    for booking in held {
        booking::give_back_in(tx, booking, now).await?;
    }
    Ok(())
}
