//! Writing and clearing cells.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::time::{Quarter, Span};

use crate::{
    Services,
    audit::{self, Actor},
    booking::{self, Booking, BookingState, Change},
    catalogue::Space,
    db::{DbError, Tx, on, retried, within},
    grant, waiting,
};

/// Two sweeps at once would lock each other's rows.
const SWEEP_LOCK: i64 = 0x5eeb;

/// Occupies the space for a span (a booking's time with its buffers), as a hold where `expires_at` is
/// given. `false` when a cell is taken: then the caller rolls back, or clears what is there with
/// [`undo_in`].
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
    Ok(write_in(tx, id, space, span).await? == cells_of(space, span))
}

/// Occupies for a move what the booking doesn't have yet of the new time with its buffers: a cell that is its own already isn't
/// taken twice. `false` when a cell is another's.
pub(crate) async fn occupy_beside_in(
    tx: &mut Tx,
    id: Uuid,
    change: &Change,
    expires_at: Option<DateTime<Utc>>,
) -> Result<bool, DbError> {
    let (space, span) = (&change.space, change.occupied());
    within!(&mut *tx, c => sqlx::query("INSERT INTO claim (id, change_id, expires_at) VALUES ($1, $2, $3)")
        .bind(id).bind(change.id).bind(expires_at).execute(c).await.map(drop))?;
    let written = write_in(tx, id, space, span).await?;
    let own: i64 = within!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM claim JOIN cell ON cell.claim_id = claim.id
         JOIN space_part ON space_part.part_id = cell.part_id AND space_part.space_id = $2
         WHERE claim.booking_id = $1 AND cell.quarter >= $3 AND cell.quarter < $4")
        .bind(change.booking).bind(space.id).bind(span.start().0).bind(span.end().0).fetch_one(c).await)?;
    Ok(written + own.unsigned_abs() == cells_of(space, span))
}

/// Occupies the times of all bookings of a series, which are written already, as holds. `false` when a
/// cell is taken: then the caller rolls back.
///
/// One statement for the claims, which take their bookings' ids, and one for all cells, in the key's
/// order as in [`occupy_in`].
pub(crate) async fn occupy_series_in(
    tx: &mut Tx,
    series: Uuid,
    bookings: &[Booking],
) -> Result<bool, DbError> {
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO claim (id, booking_id, expires_at) SELECT id, id, hold_expires_at FROM booking
         WHERE series_id = $1").bind(series).execute(c).await.map(drop))?;
    let written = within!(tx, c => sqlx::query(
        "WITH RECURSIVE quarters (booking_id, space_id, quarter, end_quarter) AS (
             SELECT id, space_id, start_quarter - before_quarters, end_quarter + after_quarters
             FROM booking WHERE series_id = $1
             UNION ALL SELECT booking_id, space_id, quarter + 1, end_quarter FROM quarters
             WHERE quarter + 1 < end_quarter)
         INSERT INTO cell (part_id, quarter, claim_id)
         SELECT space_part.part_id, quarters.quarter, quarters.booking_id
         FROM quarters JOIN space_part ON space_part.space_id = quarters.space_id
         ORDER BY space_part.part_id, quarters.quarter
         ON CONFLICT DO NOTHING")
        .bind(series).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(written == bookings.iter().map(|booking| cells_of(&booking.space, booking.occupied())).sum::<u64>())
}

fn cells_of(space: &Space, span: Span) -> u64 {
    space.parts.len() as u64 * span.quarters().unsigned_abs()
}

/// Writes the cells that are free; says how many.
async fn write_in(tx: &mut Tx, claim: Uuid, space: &Space, span: Span) -> Result<u64, DbError> {
    Ok(within!(tx, c => sqlx::query(
        "WITH RECURSIVE quarters (quarter) AS (
             SELECT CAST($3 AS BIGINT) UNION ALL SELECT quarter + 1 FROM quarters WHERE quarter + 1 < $4)
         INSERT INTO cell (part_id, quarter, claim_id)
         SELECT space_part.part_id, quarters.quarter, $1 FROM space_part CROSS JOIN quarters
         WHERE space_part.space_id = $2
         ORDER BY space_part.part_id, quarters.quarter
         ON CONFLICT DO NOTHING")
        .bind(claim).bind(space.id).bind(span.start().0).bind(span.end().0)
        .execute(c).await.map(|done| done.rows_affected()))?)
}

/// What a move has occupied becomes the booking's, with those of its cells that the new time keeps; the
/// rest of the old time is free.
pub(crate) async fn swap_in(
    tx: &mut Tx,
    booking: Uuid,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let kept = change.occupied();
    within!(&mut *tx, c => sqlx::query(
        "UPDATE cell SET claim_id = (SELECT id FROM claim WHERE change_id = $2)
         WHERE claim_id = (SELECT id FROM claim WHERE booking_id = $1) AND quarter >= $4 AND quarter < $5
           AND part_id IN (SELECT part_id FROM space_part WHERE space_id = $3)")
        .bind(booking).bind(change.id).bind(change.space.id)
        .bind(kept.start().0).bind(kept.end().0).execute(c).await.map(drop))?;
    release_in(tx, booking, now).await?;
    let moved = within!(tx, c => sqlx::query(
        "UPDATE claim SET booking_id = $1, change_id = NULL, expires_at = NULL WHERE change_id = $2")
        .bind(booking).bind(change.id).execute(c).await.map(|done| done.rows_affected()))?;
    if moved == 1 { Ok(()) } else { Err(DbError::corrupt("a move that holds nothing")) }
}

/// Gives back what a booking, a move or a closure occupies: where others have closed, to them, then to whoever
/// waits for it, else to all. Names the claim that keeps it for those who wait: who takes its cells at once
/// themselves clears them first with [`yield_in`].
pub(crate) async fn release_in(tx: &mut Tx, of: Uuid, now: DateTime<Utc>) -> Result<Option<Uuid>, DbError> {
    hand_over_in(tx, of).await?;
    waiting::reopen_in(tx, of, now).await?;
    let kept = waiting::keep_in(tx, of, now).await?;
    if kept.is_none() {
        undo_in(tx, of).await?;
    }
    Ok(kept)
}

/// Clears what a booking, a move or a closure occupies. Written in this same transaction it was never
/// anybody's, and nobody is told that it is free.
pub(crate) async fn undo_in(tx: &mut Tx, of: Uuid) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("DELETE FROM claim WHERE booking_id = $1 OR change_id = $1 OR closure_id = $1")
        .bind(of).execute(c).await.map(drop))?;
    Ok(())
}

/// A booking that was kept where something is closed leaves its cells to the closure, and one closure to
/// another that lies over it: nobody finds them free in between.
async fn hand_over_in(tx: &mut Tx, of: Uuid) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE cell SET claim_id = (
             SELECT claim.id FROM closure_part JOIN closure ON closure.id = closure_part.closure_id
             JOIN claim ON claim.closure_id = closure.id
             WHERE closure_part.part_id = cell.part_id AND closure.id <> $1
               AND closure.start_quarter <= cell.quarter AND cell.quarter < closure.reach_quarter
             ORDER BY closure.id LIMIT 1)
         WHERE claim_id IN (SELECT id FROM claim WHERE booking_id = $1 OR closure_id = $1 OR change_id = $1) AND EXISTS (
             SELECT 1 FROM closure_part JOIN closure ON closure.id = closure_part.closure_id
             JOIN claim ON claim.closure_id = closure.id
             WHERE closure_part.part_id = cell.part_id AND closure.id <> $1
               AND closure.start_quarter <= cell.quarter AND cell.quarter < closure.reach_quarter)")
        .bind(of).execute(c).await.map(drop))?;
    Ok(())
}

/// Clears what a booking of the space needs out of a claim that keeps cells for whoever waits, where there
/// is one.
pub(crate) async fn yield_in(
    tx: &mut Tx,
    kept: Option<Uuid>,
    space: &Space,
    span: Span,
) -> Result<(), DbError> {
    let Some(kept) = kept else { return Ok(()) };
    within!(tx, c => sqlx::query(
        "DELETE FROM cell WHERE claim_id = $1 AND quarter >= $3 AND quarter < $4
         AND part_id IN (SELECT part_id FROM space_part WHERE space_id = $2)")
        .bind(kept).bind(space.id).bind(span.start().0).bind(span.end().0).execute(c).await.map(drop))?;
    Ok(())
}

/// Clears what is kept of a part for whoever waits: where it is closed there is nothing to wait for.
pub(crate) async fn clear_kept_in(tx: &mut Tx, part: i64, from: Quarter, to: Quarter) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "DELETE FROM cell WHERE part_id = $1 AND quarter >= $2 AND quarter < $3 AND claim_id IN (
             SELECT id FROM claim WHERE COALESCE(booking_id, change_id, closure_id) IS NULL AND expires_at IS NOT NULL)")
        .bind(part).bind(from.0).bind(to.0).execute(c).await.map(drop))?;
    Ok(())
}

/// Clears the holds that have run out, of bookings and of moves; says how many. What was kept for whoever
/// waits and has found nobody in time goes, too.
///
/// Called before each new hold, so that one that has run out never blocks, and now and then
/// by itself.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(services: &Services) -> Result<usize, DbError> {
    retried(|| try_sweep(services)).await
}

// Most claims have no change: `change_id IS NULL` would be looked up in its index, and find them all.
async fn try_sweep(services: &Services) -> Result<usize, DbError> {
    let now = services.clock.now();
    let due: Option<i64> = on!(&services.db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM booking WHERE state = 'held' AND hold_expires_at <= $1
         UNION ALL SELECT CAST(1 AS BIGINT) FROM booking_change WHERE state = 'open' AND expires_at <= $1
         UNION ALL SELECT CAST(1 AS BIGINT) FROM claim
             WHERE COALESCE(booking_id, change_id) IS NULL AND expires_at <= $1
         LIMIT 1")
        .bind(now).fetch_optional(c).await)?;
    if due.is_none() {
        return Ok(0);
    }
    let mut tx = services.db.begin().await?;
    tx.lock(SWEEP_LOCK).await?;
    let due: Vec<Uuid> = within!(&mut tx, c => sqlx::query_scalar(
        "SELECT id FROM booking WHERE state = 'held' AND hold_expires_at <= $1").bind(now).fetch_all(c).await)?;
    // Everywhere bookings are locked by id, and before their claims: two who want both don't deadlock.
    booking::lock_in(&mut tx, &due.into_iter().collect()).await?;
    let expired: Vec<Uuid> = within!(&mut tx, c => sqlx::query_scalar(
        "UPDATE booking SET state = $2 WHERE state = 'held' AND hold_expires_at <= $1 RETURNING id")
        .bind(now).bind(BookingState::Expired.code()).fetch_all(c).await)?;
    within!(&mut tx, c => sqlx::query("DELETE FROM claim WHERE COALESCE(booking_id, change_id) IS NULL AND expires_at <= $1")
        .bind(now).execute(c).await.map(drop))?;
    for booking in &expired {
        release_in(&mut tx, *booking, now).await?;
        grant::release_in(&mut tx, *booking, now).await?;
        booking::forget_in(&mut tx, *booking).await?;
        audit::note_in(&mut tx, now, Actor::System, "expired", *booking, &()).await?;
    }
    let moves = booking::expire_changes_in(&mut tx, now).await?;
    tx.commit().await?;
    Ok(expired.len() + moves)
}
