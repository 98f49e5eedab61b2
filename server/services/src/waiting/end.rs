//! What becomes of an offer, and when a place in line is forgotten.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{time::Quarter, waiting::WaitingState};

use crate::{
    Services, booking,
    db::{DbError, Tx, within},
};

/// Who has waited for what stays as long as it takes to answer a question.
const KEPT_DAYS: i64 = 30;

/// An offer has come to nothing: they go on waiting, or have nothing left to wait for where the time offered
/// was the only one.
pub(crate) async fn reopen_in(tx: &mut Tx, booking: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    within!(&mut *tx, c => sqlx::query(
        "UPDATE waiting SET state = $2, ended_at = $3
         WHERE state = $4 AND space_id IS NOT NULL AND from_date = to_date AND minute_to = minute_from + minutes
           AND id IN (SELECT waiting_id FROM waiting_offer WHERE booking_id = $1)")
        .bind(booking).bind(WaitingState::Over.code()).bind(now).bind(WaitingState::Offered.code())
        .execute(c).await.map(drop))?;
    within!(tx, c => sqlx::query(
        "UPDATE waiting SET state = $2
         WHERE state = $3 AND id IN (SELECT waiting_id FROM waiting_offer WHERE booking_id = $1)")
        .bind(booking).bind(WaitingState::Waiting.code()).bind(WaitingState::Offered.code())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The town takes back what was offered, before it begins: whoever had it has given nothing back, and waits
/// as before, for that time, too.
pub(crate) async fn stay_in(tx: &mut Tx, booking: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE waiting SET state = $2, ended_at = NULL
         WHERE state IN ($3, $4) AND id IN (
             SELECT waiting_id FROM waiting_offer JOIN booking ON booking.id = waiting_offer.booking_id
             WHERE booking.id = $1 AND booking.start_quarter > $5)")
        .bind(booking).bind(WaitingState::Waiting.code()).bind(WaitingState::Offered.code())
        .bind(WaitingState::Done.code()).bind(Quarter::containing(now).0).execute(c).await.map(drop))?;
    Ok(())
}

/// The place in line that a booking was offered to, where it waits still.
pub(crate) async fn still_waiting_in(tx: &mut Tx, booking: Uuid) -> Result<Option<Uuid>, DbError> {
    Ok(within!(tx, c => sqlx::query_scalar(
        "SELECT id FROM waiting JOIN waiting_offer ON waiting_offer.waiting_id = waiting.id
         WHERE waiting_offer.booking_id = $1 AND waiting.state = $2")
        .bind(booking).bind(WaitingState::Waiting.code()).fetch_optional(c).await)?)
}

/// A hold that takes the place of one that was offered is the offer from now on.
pub(crate) async fn follow_in(
    tx: &mut Tx,
    earlier: Uuid,
    booking: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO waiting_offer (booking_id, waiting_id, offered_at)
         SELECT $2, waiting_id, $3 FROM waiting_offer WHERE booking_id = $1")
        .bind(earlier).bind(booking).bind(now).execute(c).await.map(drop))?;
    within!(tx, c => sqlx::query(
        "UPDATE waiting SET state = $2, ended_at = NULL
         WHERE state IN ($3, $4) AND id IN (SELECT waiting_id FROM waiting_offer WHERE booking_id = $1)")
        .bind(booking).bind(WaitingState::Offered.code())
        .bind(WaitingState::Waiting.code()).bind(WaitingState::Over.code()).execute(c).await.map(drop))?;
    Ok(())
}

/// They have what they waited for.
pub(crate) async fn taken_in(tx: &mut Tx, booking: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE waiting SET state = $2, ended_at = $3
         WHERE state <> $4 AND id IN (SELECT waiting_id FROM waiting_offer WHERE booking_id = $1)")
        .bind(booking).bind(WaitingState::Done.code()).bind(now).bind(WaitingState::Withdrawn.code())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets who waited, some time after it came to an end, and who was offered a time and didn't take it,
/// once they wait for nothing any more.
///
/// # Errors
/// When the database can't be reached.
pub async fn forget_ended(services: &Services) -> Result<(), DbError> {
    let before = services.clock.now() - TimeDelta::days(KEPT_DAYS);
    let mut tx = services.db.begin().await?;
    within!(&mut tx, c => sqlx::query("DELETE FROM waiting WHERE ended_at < $1 OR to_quarter < $2")
        .bind(before).bind(Quarter::containing(before).0).execute(c).await.map(drop))?;
    let untaken: Vec<Uuid> = within!(&mut tx, c => sqlx::query_scalar(
        "SELECT id FROM booking
         WHERE confirmed_at IS NULL AND booker_email IS NOT NULL AND state IN ('expired', 'cancelled')")
        .fetch_all(c).await)?;
    for booking in untaken {
        booking::forget_in(&mut tx, booking).await?;
    }
    tx.commit().await
}
