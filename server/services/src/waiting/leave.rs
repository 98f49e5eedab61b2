//! Leaving the line.

use uuid::Uuid;
use vayla_domain::waiting::WaitingState;

use super::offered_to;
use crate::{
    Services,
    audit::{self, Actor, Subject},
    booking,
    db::{DbError, within},
};

/// Gives up a place in line, and the time that is held for it, so that the next is asked. One that has come
/// to an end stays as it ended.
///
/// # Errors
/// When the database can't be reached.
pub async fn leave(services: &Services, id: Uuid) -> Result<(), DbError> {
    let (now, offered) = (services.clock.now(), offered_to(services, id).await?);
    let mut tx = services.db.begin().await?;
    // The booking first, as everywhere: two who want both don't deadlock.
    if let Some(offered) = offered {
        booking::give_back_in(&mut tx, offered.id, now).await?;
    }
    let left = within!(&mut tx, c => sqlx::query(
        "UPDATE waiting SET state = $2, ended_at = $3 WHERE id = $1 AND state NOT IN ($2, $4)")
        .bind(id).bind(WaitingState::Withdrawn.code()).bind(now).bind(WaitingState::Done.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if left == 1 {
        audit::note_about_in(&mut tx, now, Actor::Booker, "left", Subject::Waiting(id), &()).await?;
    }
    tx.commit().await
}
