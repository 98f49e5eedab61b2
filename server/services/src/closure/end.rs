//! A closure is taken back: what it occupied is free, but for other closures.

use uuid::Uuid;

use super::{Closure, LOCK, fill::refill_in, read::find_in};
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, Tx, retried, within},
    occupancy::cells,
    staff::{LookError, Scope, Staff, looks},
};

#[derive(Debug, thiserror::Error)]
pub enum EndError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// It has been ended before, or its time is over.
    #[error("it isn't in force any more")]
    NotInForce,
}

looks!(EndError);

/// Takes a closure back.
///
/// # Errors
/// [`EndError`]; then nothing has changed.
pub async fn end(services: &Services, staff: &Staff, id: Uuid) -> Result<Closure, EndError> {
    retried(|| try_end(services, staff, id)).await
}

async fn try_end(services: &Services, staff: &Staff, id: Uuid) -> Result<Closure, EndError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    tx.lock(LOCK).await?;
    let closure = open_in(&mut tx, services, staff, id).await?;
    let is_over = closure.time.end().is_some_and(|end| end.start() <= now);
    if is_over || closure.ended_at.is_some() {
        return Err(EndError::NotInForce);
    }
    within!(&mut tx, c => sqlx::query("UPDATE closure SET ended_at = $2 WHERE id = $1")
        .bind(id).bind(now).execute(c).await.map(drop))
    .map_err(DbError::from)?;
    cells::release_in(&mut tx, id, now).await?;
    refill_in(&mut tx, &closure).await?;
    audit::note_about_in(&mut tx, now, staff.actor(), "closure_ended", Subject::Closure(id), &closure.time)
        .await?;
    tx.commit().await?;
    Ok(Closure { ended_at: Some(now), ..closure })
}

/// The closure, for staff who may end it.
async fn open_in(tx: &mut Tx, services: &Services, staff: &Staff, id: Uuid) -> Result<Closure, LookError> {
    staff.has(Scope::Closures)?;
    let closure = find_in(tx, id).await?.ok_or(LookError::Unknown)?;
    let catalogue = services.catalogue();
    let facility = catalogue.facility(closure.facility).ok_or_else(|| DbError::corrupt(closure.facility))?;
    staff.may(Scope::Closures, facility)?;
    Ok(closure)
}
