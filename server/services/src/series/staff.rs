//! What staff do with others' series. That they have looked is written down.

use std::collections::HashMap;

use serde::Serialize;
use uuid::Uuid;
use vayla_domain::Reason;

use super::{
    Series, SeriesCancelled, Which,
    cancel::live,
    read::{SeriesRow, select},
};
use crate::{
    Batch, Services,
    audit::{self, Subject},
    booking::{self, Booking, StaffCancelError},
    catalogue::Facility,
    db::{DbError, on, retried},
    mail,
    staff::{LookError, Scope, Staff},
};

/// The series of a facility that were ever booked, or are held; the oldest first, from the one after
/// `after` on.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list_for_staff(
    services: &Services,
    staff: &Staff,
    facility: &Facility,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Batch<Series>, LookError> {
    staff.may(Scope::Series, facility)?;
    let batch = Batch::of(rows(services, facility, after, limit).await?, limit);
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let (looked, subject) = (Looked { series: batch.items.len() }, Subject::Facility(facility.id));
    audit::note_about_in(&mut tx, now, staff.actor(), "series_seen", subject, &looked).await?;
    tx.commit().await?;
    Ok(batch)
}

/// What was looked at, without personal data.
#[derive(Serialize)]
struct Looked {
    series: usize,
}

async fn rows(
    services: &Services,
    facility: &Facility,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Series>, DbError> {
    let catalogue = services.catalogue();
    let rows: Vec<SeriesRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE space_id IN (SELECT id FROM space WHERE facility_id = $1) AND id > $2
             AND EXISTS (SELECT 1 FROM booking WHERE booking.series_id = series.id
                         AND (confirmed_at IS NOT NULL OR (state = 'held' AND hold_expires_at > $3)))
         ORDER BY id LIMIT $4"))
        .bind(facility.id).bind(after.unwrap_or_default()).bind(services.clock.now())
        .bind(Batch::<Series>::to_look_for(limit)).fetch_all(c).await)?;
    let Some(ids) = rows.first().zip(rows.last()).map(|(first, last)| (first.id, last.id)) else {
        return Ok(Vec::new());
    };
    let mut bookings: HashMap<Uuid, Vec<Booking>> = HashMap::new();
    for booking in booking::of_series_between(services, facility.id, ids).await? {
        bookings.entry(booking.series.unwrap_or_default()).or_default().push(booking);
    }
    rows.into_iter()
        .map(|row| {
            let own = bookings.remove(&row.id).unwrap_or_default();
            row.into_series(&catalogue, own)
        })
        .collect()
}

/// One series.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn find_for_staff(services: &Services, staff: &Staff, id: Uuid) -> Result<Series, LookError> {
    let series = open(services, staff, id).await?;
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    audit::note_about_in(&mut tx, now, staff.actor(), "seen", Subject::Series(id), &()).await?;
    tx.commit().await?;
    Ok(series)
}

pub(super) async fn open(services: &Services, staff: &Staff, id: Uuid) -> Result<Series, LookError> {
    staff.has(Scope::Series)?;
    let series = super::find(services, id).await?.ok_or(LookError::Unknown)?;
    staff.may(Scope::Series, &series.space.facility)?;
    Ok(series)
}

/// Cancels some of someone else's series, or the rest of it: all that was paid for those goes back,
/// whatever the facility's rule, and one letter says why.
///
/// # Errors
/// [`StaffCancelError`]; then nothing has changed.
pub async fn cancel_by_staff(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    which: &Which,
    reason: &Reason,
) -> Result<SeriesCancelled, StaffCancelError> {
    let series = open(services, staff, id).await?;
    retried(|| try_cancel_by_staff(services, staff, &series, which, reason)).await
}

async fn try_cancel_by_staff(
    services: &Services,
    staff: &Staff,
    series: &Series,
    which: &Which,
    reason: &Reason,
) -> Result<SeriesCancelled, StaffCancelError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let mut ended = Vec::new();
    for booking in live(series, which, now) {
        // Nothing comes back where it was cancelled by itself in this moment.
        ended.extend(
            booking::withdraw_untold_in(&mut tx, services, staff.actor(), booking, reason, now).await?,
        );
    }
    let cancelled = SeriesCancelled::of(ended);
    if cancelled.bookings.is_empty() {
        return Err(StaffCancelError::NotLive);
    }
    let told = cancelled.confirmed();
    mail::series_cancelled_in(&mut tx, services, &told, &cancelled.refunds, Some(reason)).await?;
    tx.commit().await?;
    Ok(cancelled)
}
