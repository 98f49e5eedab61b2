//! Tells calendars that a booking has changed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{DbError, Tx, within};

/// Notes that what a calendar shows of the booking is different from now on: moved or cancelled.
pub(crate) async fn changed_in(tx: &mut Tx, booking: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("UPDATE booking SET sequence = sequence + 1, changed_at = $2 WHERE id = $1")
        .bind(booking).bind(now).execute(c).await.map(drop))?;
    Ok(())
}
