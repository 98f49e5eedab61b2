//! Writing and clearing cells.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::time::Span;

use crate::{
    Services,
    audit::{self, Actor},
    booking::{Booking, BookingState},
    catalogue::Space,
    db::{DbError, Tx, on, within},
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
    let cells =
        |booking: &Booking| booking.space.parts.len() as u64 * booking.occupied().quarters().unsigned_abs();
    Ok(written == bookings.iter().map(cells).sum::<u64>())
}

/// Gives back what a booking occupies.
pub(crate) async fn release_in(tx: &mut Tx, booking: Uuid) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("DELETE FROM claim WHERE booking_id = $1").bind(booking).execute(c).await.map(drop))?;
    Ok(())
}

/// Clears the holds that have run out; says how many.
///
/// Called before each new hold, so that one that has run out never blocks, and now and then
/// by itself.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(services: &Services) -> Result<usize, DbError> {
    let now = services.clock.now();
    let due: Option<i64> = on!(&services.db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM booking WHERE state = 'held' AND hold_expires_at <= $1 LIMIT 1")
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
    for booking in &expired {
        release_in(&mut tx, *booking).await?;
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
