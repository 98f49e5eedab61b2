//! Writing and clearing cells.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::time::Span;

use crate::{
    Services,
    audit::{self, Actor},
    booking::BookingState,
    catalogue::Space,
    db::{DbError, Tx, on, within},
    waiting,
};

/// Two sweeps at once would lock each other's rows.
const SWEEP_LOCK: i64 = 0x5eeb;

/// Occupies the space for a span (a booking's time with its buffers), as a hold where `expires_at` is
/// given. `false` when a cell is taken: then the caller rolls back, or clears what is there with
/// [`release_in`].
///
/// The key of `cell` decides. Cells are written in the key's order, so two writers meet at their
/// first common cell and one waits for the other: no deadlock.
pub(crate) async fn occupy_in(
    tx: &mut Tx,
    id: Uuid,
    booking: Uuid,
    space: &Space,
    span: Span,
    expires_at: Option<DateTime<Utc>>,
) -> Result<bool, DbError> {
    within!(&mut *tx, c => sqlx::query("INSERT INTO claim (id, booking_id, expires_at) VALUES ($1, $2, $3)")
        .bind(id).bind(booking).bind(expires_at).execute(c).await.map(drop))?;
    let written = within!(tx, c => sqlx::query(
        "WITH RECURSIVE quarters (quarter) AS (
             SELECT CAST($3 AS BIGINT) UNION ALL SELECT quarter + 1 FROM quarters WHERE quarter + 1 < $4)
         INSERT INTO cell (part_id, quarter, claim_id)
         SELECT space_part.part_id, quarters.quarter, $1 FROM space_part CROSS JOIN quarters
         WHERE space_part.space_id = $2
         ORDER BY space_part.part_id, quarters.quarter
         ON CONFLICT DO NOTHING")
        .bind(id).bind(space.id).bind(span.start().0).bind(span.end().0)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(written == space.parts.len() as u64 * span.quarters().unsigned_abs())
}

/// Gives back what a booking occupies: to whoever waits for it, else to all. Names the claim that keeps it
/// for them meanwhile: who takes its cells at once themselves clears them first with [`yield_in`].
pub(crate) async fn release_in(
    tx: &mut Tx,
    booking: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, DbError> {
    waiting::reopen_in(tx, booking, now).await?;
    let kept = waiting::keep_in(tx, booking, now).await?;
    if kept.is_none() {
        within!(tx, c => sqlx::query("DELETE FROM claim WHERE booking_id = $1")
            .bind(booking).execute(c).await.map(drop))?;
    }
    Ok(kept)
}

/// Clears what a booking of the space needs out of a claim that keeps cells for whoever waits.
pub(crate) async fn yield_in(tx: &mut Tx, kept: Uuid, space: &Space, span: Span) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "DELETE FROM cell WHERE claim_id = $1 AND quarter >= $3 AND quarter < $4
         AND part_id IN (SELECT part_id FROM space_part WHERE space_id = $2)")
        .bind(kept).bind(space.id).bind(span.start().0).bind(span.end().0).execute(c).await.map(drop))?;
    Ok(())
}

/// Clears the holds that have run out; says how many. What was kept for whoever waits and has found nobody
/// in time goes, too.
///
/// Called before each new hold, so that one that has run out never blocks, and now and then
/// by itself.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(services: &Services) -> Result<usize, DbError> {
    let now = services.clock.now();
    let due: Option<i64> = on!(&services.db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) WHERE EXISTS (SELECT 1 FROM booking WHERE state = 'held' AND hold_expires_at <= $1)
             OR EXISTS (SELECT 1 FROM claim WHERE booking_id IS NULL AND expires_at <= $1)")
        .bind(now).fetch_optional(c).await)?;
    if due.is_none() {
        return Ok(0);
    }
    let mut tx = services.db.begin().await?;
    tx.lock(SWEEP_LOCK).await?;
    // Everywhere the booking is locked before its claim: two who want both don't deadlock.
    let expired: Vec<Uuid> = within!(&mut tx, c => sqlx::query_scalar(
        "UPDATE booking SET state = $2 WHERE state = 'held' AND hold_expires_at <= $1 RETURNING id")
        .bind(now).bind(BookingState::Expired.code()).fetch_all(c).await)?;
    within!(&mut tx, c => sqlx::query("DELETE FROM claim WHERE booking_id IS NULL AND expires_at <= $1")
        .bind(now).execute(c).await.map(drop))?;
    for booking in &expired {
        release_in(&mut tx, *booking, now).await?;
        forget_in(&mut tx, *booking).await?;
        audit::note_in(&mut tx, now, Actor::System, "expired", *booking, &()).await?;
    }
    tx.commit().await?;
    Ok(expired.len())
}

/// Who asked for a time and never paid is nobody's business any more. Where a payment was begun its
/// letter may still have to be sent.
async fn forget_in(tx: &mut Tx, booking: Uuid) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE booking SET booker_name = NULL, booker_email = NULL, booker_phone = NULL, purpose = NULL
         WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.booking_id = $1)")
        .bind(booking).execute(c).await.map(drop))?;
    Ok(())
}
