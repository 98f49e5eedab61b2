//! What is booked where something is to be closed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    time::{Quarter, Span},
};

use super::{Area, ClosureError, ClosurePlace};
use crate::{
    Services,
    audit::Actor,
    booking,
    catalogue::{Catalogue, Space},
    db::{DbError, Tx, within},
    occupancy::cells,
    staff::Staff,
};

/// A hold or a booking in the way of a closure. By whom, only [`Scope::Bookings`] tells.
///
/// [`Scope::Bookings`]: crate::staff::Scope::Bookings
#[derive(Debug, Clone)]
pub struct Affected {
    pub id: Uuid,
    pub reference: String,
    pub space: Arc<Space>,
    pub span: Span,
    pub state: BookingState,
}

/// All that is booked there and isn't over, with its buffers, the earliest first. Only holds that have run
/// out are cleared.
///
/// # Errors
/// [`ClosureError`].
pub async fn affected(
    services: &Services,
    staff: &Staff,
    asked: &ClosurePlace,
) -> Result<Vec<Affected>, ClosureError> {
    let now = services.clock.now();
    let area = Area::of(services, staff, asked, now)?;
    cells::sweep(services).await?;
    let mut tx = services.db.begin().await?;
    Ok(affected_in(&mut tx, &services.catalogue(), &area, now).await?)
}

#[derive(FromRow)]
struct AffectedRow {
    id: Uuid,
    reference: String,
    space_id: Uuid,
    start_quarter: i64,
    end_quarter: i64,
    state: String,
}

/// The same in a transaction; also holds that have run out and haven't been swept.
pub(super) async fn affected_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    area: &Area,
    now: DateTime<Utc>,
) -> Result<Vec<Affected>, DbError> {
    let end = area.time.end().map_or(i64::MAX, |end| end.0);
    let mut found = BTreeMap::new();
    for part in &area.parts {
        let rows: Vec<AffectedRow> = within!(&mut *tx, c => sqlx::query_as(
            "SELECT DISTINCT booking.id, reference, space_id, start_quarter, end_quarter, state
             FROM cell JOIN claim ON claim.id = cell.claim_id JOIN booking ON booking.id = claim.booking_id
             WHERE cell.part_id = $1 AND cell.quarter >= $2 AND cell.quarter < $3
               AND booking.state IN ('held', 'confirmed') AND booking.end_quarter > $4")
            .bind(part).bind(area.time.start().0).bind(end).bind(Quarter::containing(now).0)
            .fetch_all(c).await)?;
        for row in rows {
            found.insert((row.start_quarter, row.id), row.into_affected(catalogue)?);
        }
    }
    Ok(found.into_values().collect())
}

/// Gives back the new times that bookers hold in the area while they pay for a move: their bookings stay
/// where they are.
pub(super) async fn give_back_moves_in(
    tx: &mut Tx,
    area: &Area,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let moving = moving_in(tx, area).await?;
    booking::lock_in(tx, &moving).await?;
    for booking in moving {
        booking::give_back_change_in(tx, booking, by, now).await?;
    }
    Ok(())
}

/// The bookings whose bookers hold a new time in the area.
async fn moving_in(tx: &mut Tx, area: &Area) -> Result<BTreeSet<Uuid>, DbError> {
    let end = area.time.end().map_or(i64::MAX, |end| end.0);
    let mut moving = BTreeSet::new();
    for part in &area.parts {
        let bookings: Vec<Uuid> = within!(&mut *tx, c => sqlx::query_scalar(
            "SELECT DISTINCT booking_change.booking_id FROM cell JOIN claim ON claim.id = cell.claim_id
             JOIN booking_change ON booking_change.id = claim.change_id
             WHERE cell.part_id = $1 AND cell.quarter >= $2 AND cell.quarter < $3")
            .bind(part).bind(area.time.start().0).bind(end).fetch_all(c).await)?;
        moving.extend(bookings);
    }
    Ok(moving)
}

impl AffectedRow {
    fn into_affected(self, catalogue: &Catalogue) -> Result<Affected, DbError> {
        let space = catalogue.space(self.space_id).ok_or_else(|| DbError::corrupt(self.space_id))?;
        let span = Span::new(Quarter(self.start_quarter), Quarter(self.end_quarter));
        Ok(Affected {
            id: self.id,
            space: Arc::clone(space),
            span: span.ok_or_else(|| DbError::corrupt(&self.reference))?,
            state: self.state.parse().map_err(DbError::corrupt)?,
            reference: self.reference,
        })
    }
}

/// Keeps what is booked in the area, or about to move there, as it is until the transaction ends.
pub(super) async fn lock_in(tx: &mut Tx, area: &Area, affected: &[Affected]) -> Result<(), DbError> {
    let mut bookings = moving_in(tx, area).await?;
    bookings.extend(affected.iter().map(|booking| booking.id));
    booking::lock_in(tx, &bookings).await
}
