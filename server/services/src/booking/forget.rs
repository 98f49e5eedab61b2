//! Forgets who asked for a time and never took it.

use uuid::Uuid;

use crate::db::{DbError, Tx, within};

/// Whoever never paid is nobody's business any more. Where a payment was begun its letter may still have to
/// be sent, and whoever stands in line isn't offered what they have given back.
pub(crate) async fn forget_in(tx: &mut Tx, booking: Uuid) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "UPDATE booking SET booker_name = NULL, booker_email = NULL, booker_phone = NULL, purpose = NULL
         WHERE id = $1 AND confirmed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.booking_id = $1)
           AND NOT EXISTS (SELECT 1 FROM waiting WHERE LOWER(waiting.email) = LOWER(booking.booker_email)
                           AND waiting.state IN ('waiting', 'offered'))")
        .bind(booking).execute(c).await.map(drop))?;
    Ok(())
}
