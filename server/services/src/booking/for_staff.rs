//! What staff see of others' bookings. That they have looked is written down.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::time::{LocalDay, Quarter};

use super::{
    Booking,
    row::{BookingRow, select},
};
use crate::{
    Batch, Services,
    audit::{self, Subject},
    catalogue::Facility,
    db::{DbError, Tx, on},
    staff::{LookError, Scope, Staff},
};

/// Which bookings: those of a facility that begin on some of its local days.
#[derive(Debug, Clone, Copy)]
pub struct Beginning<'a> {
    pub facility: &'a Facility,
    /// The first day and the last.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// After the booking that begins with this quarter and has this id.
    pub after: Option<(Quarter, Uuid)>,
    pub limit: usize,
}

/// The bookings and holds, the earliest first; also what has been cancelled since it was booked.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list_for_staff(
    services: &Services,
    staff: &Staff,
    asked: &Beginning<'_>,
) -> Result<Batch<Booking>, LookError> {
    staff.may(Scope::Bookings, asked.facility)?;
    let batch = Batch::of(rows(services, asked).await?, asked.limit);
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let (looked, subject) = (Looked::at(&batch, asked), Subject::Facility(asked.facility.id));
    audit::note_about_in(&mut tx, now, staff.actor(), "bookings_seen", subject, &looked).await?;
    tx.commit().await?;
    Ok(batch)
}

/// What was looked at, without personal data.
#[derive(Serialize)]
struct Looked {
    from: NaiveDate,
    to: NaiveDate,
    bookings: usize,
}

impl Looked {
    fn at(batch: &Batch<Booking>, asked: &Beginning<'_>) -> Self {
        Self { from: asked.from, to: asked.to, bookings: batch.items.len() }
    }
}

async fn rows(services: &Services, asked: &Beginning<'_>) -> Result<Vec<Booking>, DbError> {
    let (catalogue, zone) = (services.catalogue(), asked.facility.municipality.zone);
    let first = LocalDay::new(asked.from, zone).span().start();
    let end = LocalDay::new(asked.to, zone).span().end();
    let (after_quarter, after_id) = asked.after.unwrap_or((first, Uuid::nil()));
    let rows: Vec<BookingRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE space_id IN (SELECT id FROM space WHERE facility_id = $1)
             AND start_quarter >= $2 AND start_quarter < $3 AND (start_quarter, id) > ($4, $5)
             AND (confirmed_at IS NOT NULL OR (state = 'held' AND hold_expires_at > $6))
         ORDER BY start_quarter, id LIMIT $7"))
        .bind(asked.facility.id).bind(first.0).bind(end.0).bind(after_quarter.0).bind(after_id)
        .bind(services.clock.now()).bind(Batch::<Booking>::to_look_for(asked.limit))
        .fetch_all(c).await)?;
    rows.into_iter().map(|row| row.into_booking(&catalogue)).collect()
}

/// One booking.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn find_for_staff(services: &Services, staff: &Staff, id: Uuid) -> Result<Booking, LookError> {
    let mut tx = services.db.begin().await?;
    let booking = open_in(&mut tx, services, staff, id).await?;
    audit::note_in(&mut tx, services.clock.now(), staff.actor(), "seen", id, &()).await?;
    tx.commit().await?;
    Ok(booking)
}

/// The booking, for staff who may do so much with it: of two who act at once, the second sees what the first has left.
/// Whoever calls has looked for the scope before anything is locked.
pub(crate) async fn locked_for_staff_in(
    tx: &mut Tx,
    services: &Services,
    (staff, scope): (&Staff, Scope),
    id: Uuid,
) -> Result<Booking, LookError> {
    let booking = super::locked_in(tx, &services.catalogue(), id).await?.ok_or(LookError::Unknown)?;
    staff.may(scope, &booking.space.facility)?;
    Ok(booking)
}

/// The booking, for staff who may see and change it.
pub(super) async fn open_in(
    tx: &mut Tx,
    services: &Services,
    staff: &Staff,
    id: Uuid,
) -> Result<Booking, LookError> {
    staff.has(Scope::Bookings)?;
    let booking = super::find_in(tx, &services.catalogue(), id).await?.ok_or(LookError::Unknown)?;
    staff.may(Scope::Bookings, &booking.space.facility)?;
    Ok(booking)
}
