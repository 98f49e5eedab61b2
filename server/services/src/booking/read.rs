//! Reads bookings back.

use std::collections::BTreeSet;

use uuid::Uuid;
use vayla_domain::booking::BookingReference;

use super::{
    Booking,
    row::{BookingRow, select},
};
use crate::{
    Services,
    catalogue::Catalogue,
    db::{DbError, Tx, on, within},
};

const SELECT: &str = select!("WHERE id = $1");
const SELECT_SERIES: &str = select!("WHERE series_id = $1 ORDER BY start_quarter, id");

/// A booking by its id.
///
/// # Errors
/// When the database can't be read.
pub async fn find(services: &Services, id: Uuid) -> Result<Option<Booking>, DbError> {
    let row: Option<BookingRow> =
        on!(&services.db, c => sqlx::query_as(SELECT).bind(id).fetch_optional(c).await)?;
    row.map(|row| row.into_booking(&services.catalogue())).transpose()
}

/// A booking by the name that people say on the phone.
///
/// # Errors
/// When the database can't be read.
pub async fn find_by_reference(
    services: &Services,
    reference: &BookingReference,
) -> Result<Option<Booking>, DbError> {
    let row: Option<BookingRow> = on!(&services.db, c => sqlx::query_as(select!("WHERE reference = $1"))
        .bind(reference.as_str()).fetch_optional(c).await)?;
    row.map(|row| row.into_booking(&services.catalogue())).transpose()
}

pub(crate) async fn find_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: Uuid,
) -> Result<Option<Booking>, DbError> {
    let row: Option<BookingRow> = within!(tx, c => sqlx::query_as(SELECT).bind(id).fetch_optional(c).await)?;
    row.map(|row| row.into_booking(catalogue)).transpose()
}

/// The booking as it stands, which nobody else changes until the transaction ends.
pub(crate) async fn locked_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: Uuid,
) -> Result<Option<Booking>, DbError> {
    lock_in(tx, &BTreeSet::from([id])).await?;
    find_in(tx, catalogue, id).await
}

/// Keeps bookings as they are until the transaction ends: whoever would change one waits. All who change
/// several lock them by id, so that two who want the same ones don't deadlock.
pub(crate) async fn lock_in(tx: &mut Tx, ids: &BTreeSet<Uuid>) -> Result<(), DbError> {
    for id in ids {
        within!(&mut *tx, c => sqlx::query("UPDATE booking SET version = version WHERE id = $1")
            .bind(id).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// The same with all bookings of a series.
pub(crate) async fn lock_series_in(tx: &mut Tx, series: Uuid) -> Result<(), DbError> {
    let ids: Vec<Uuid> = within!(&mut *tx, c => sqlx::query_scalar("SELECT id FROM booking WHERE series_id = $1")
        .bind(series).fetch_all(c).await)?;
    lock_in(tx, &ids.into_iter().collect()).await
}

/// All bookings of a series, also those that are cancelled, the earliest first.
///
/// # Errors
/// When the database can't be read.
pub(crate) async fn of_series(services: &Services, series: Uuid) -> Result<Vec<Booking>, DbError> {
    let rows: Vec<BookingRow> =
        on!(&services.db, c => sqlx::query_as(SELECT_SERIES).bind(series).fetch_all(c).await)?;
    let catalogue = services.catalogue();
    rows.into_iter().map(|row| row.into_booking(&catalogue)).collect()
}

/// The same of a facility's series whose ids lie between two.
pub(crate) async fn of_series_between(
    services: &Services,
    facility: Uuid,
    (first, last): (Uuid, Uuid),
) -> Result<Vec<Booking>, DbError> {
    let rows: Vec<BookingRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE series_id IN (SELECT id FROM series WHERE id >= $1 AND id <= $2
                             AND space_id IN (SELECT id FROM space WHERE facility_id = $3))
         ORDER BY start_quarter, id"))
        .bind(first).bind(last).bind(facility).fetch_all(c).await)?;
    let catalogue = services.catalogue();
    rows.into_iter().map(|row| row.into_booking(&catalogue)).collect()
}

pub(crate) async fn of_series_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    series: Uuid,
) -> Result<Vec<Booking>, DbError> {
    let rows: Vec<BookingRow> =
        within!(tx, c => sqlx::query_as(SELECT_SERIES).bind(series).fetch_all(c).await)?;
    rows.into_iter().map(|row| row.into_booking(catalogue)).collect()
}
