//! A booking gets another time at the price that it has.

use uuid::Uuid;
use vayla_domain::time::Span;

use super::Booking;
use crate::{
    Services,
    catalogue::Space,
    db::{DbError, Tx, within},
    occupancy::cells,
};

/// Moves a confirmed booking to a span of the same length. `false` when that is taken: then the caller
/// rolls back, and the booking is where it was.
pub(crate) async fn move_kept_price_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    space: &Space,
    span: Span,
) -> Result<bool, DbError> {
    let (id, buffer, now) = (booking.id, space.rules.buffer, services.clock.now());
    cells::release_in(tx, id).await?;
    within!(&mut *tx, c => sqlx::query(
        "UPDATE booking SET space_id = $2, start_quarter = $3, end_quarter = $4, before_quarters = $5,
                            after_quarters = $6
         WHERE id = $1")
        .bind(id).bind(space.id).bind(span.start().0).bind(span.end().0).bind(buffer.before).bind(buffer.after)
        .execute(c).await.map(drop))?;
    shift_lines_in(tx, id, span.start() - booking.span.start()).await?;
    super::changed_in(tx, id, now).await?;
    cells::occupy_in(tx, services.new_id(), id, space, buffer.around(span), None).await
}

/// What was quoted for an hour stands for the same hour of the new time.
async fn shift_lines_in(tx: &mut Tx, booking: Uuid, quarters: i64) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE booking_line SET start_quarter = start_quarter + $2, end_quarter = end_quarter + $2
         WHERE booking_id = $1")
        .bind(booking).bind(quarters).execute(c).await.map(drop))?;
    Ok(())
}
