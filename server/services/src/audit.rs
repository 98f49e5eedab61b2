//! Who changed what, when: written with the change.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::db::{DbError, Tx, within};

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds the booking's link.
    Booker,
    Provider,
    System,
}

impl Actor {
    const fn code(self) -> &'static str {
        match self {
            Self::Booker => "booker",
            Self::Provider => "provider",
            Self::System => "system",
        }
    }
}

/// Notes a change of a booking. `change` says what is different, without personal data.
///
/// # Errors
/// When the database can't be reached.
pub(crate) async fn note_in(
    tx: &mut Tx,
    at: DateTime<Utc>,
    actor: Actor,
    action: &str,
    booking: Uuid,
    change: &impl Serialize,
) -> Result<(), DbError> {
    let change = serde_json::to_string(change).map_err(DbError::corrupt)?;
    within!(tx, c => sqlx::query(
        "INSERT INTO audit (id, at, actor, action, subject, subject_id, change)
         VALUES ($1, $2, $3, $4, 'booking', $5, $6)")
        .bind(crate::new_id(at)).bind(at).bind(actor.code()).bind(action).bind(booking).bind(change)
        .execute(c).await.map(drop))?;
    Ok(())
}
