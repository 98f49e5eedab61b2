//! Drafts: whatever staff like, seen by nobody else.

use chrono::NaiveDate;
use uuid::Uuid;
use vayla_domain::money::{Tariff, TariffProblem};

use super::{List, Place, find, read::version};
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, retried, within},
    staff::{LookError, Scope, Staff, looks},
};

/// The lists of one place, with its drafts.
pub const LISTS_MAX: i64 = 200;

/// Why a list stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum TariffError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error(transparent)]
    Problem(#[from] TariffProblem),
    /// Of that day, or this one: a published list never changes.
    #[error("it is published, and never changes")]
    Published,
    /// It would change what has been charged.
    #[error("it begins before today")]
    Past,
    /// It isn't the one that was looked at.
    #[error("it has been replaced since it was read")]
    Stale,
    #[error("at most {LISTS_MAX} lists of one place")]
    TooMany,
}

looks!(TariffError);

/// Lays a draft in that is to hold from a day on, in place of any other draft of that day.
///
/// # Errors
/// [`TariffError`]; then nothing has changed.
pub async fn draft(
    services: &Services,
    staff: &Staff,
    place: &Place,
    from: NaiveDate,
    tariff: &Tariff,
) -> Result<List, TariffError> {
    staff.may(Scope::Tariffs, place.facility()).map_err(LookError::from)?;
    let catalogue = services.catalogue();
    tariff.check(place.list_of(), place.facility().municipality.currency, &catalogue.currencies())?;
    let document = serde_json::to_string(tariff).map_err(DbError::corrupt)?;
    let id = retried(|| lay(services, staff, place, from, (tariff, &document))).await?;
    let version = version(&document, false);
    Ok(List { id, place: place.clone(), from, tariff: tariff.clone(), published_at: None, version })
}

async fn lay(
    services: &Services,
    staff: &Staff,
    place: &Place,
    from: NaiveDate,
    (tariff, document): (&Tariff, &str),
) -> Result<Uuid, TariffError> {
    let (upsert, subject) = match place {
        Place::Facility(facility) => (
            "INSERT INTO tariff (id, facility_id, valid_from, document, created_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (facility_id, valid_from) DO UPDATE SET document = excluded.document
             WHERE tariff.published_at IS NULL RETURNING id",
            Subject::Facility(facility.id),
        ),
        Place::Space(space) => (
            "INSERT INTO tariff (id, space_id, valid_from, document, created_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (space_id, valid_from) DO UPDATE SET document = excluded.document
             WHERE tariff.published_at IS NULL RETURNING id",
            Subject::Space(space.id),
        ),
    };
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let id: Option<Uuid> = within!(&mut tx, c => sqlx::query_scalar(upsert)
        .bind(services.new_id()).bind(place.id()).bind(from).bind(document).bind(now).fetch_optional(c).await)
    .map_err(DbError::from)?;
    let id = id.ok_or(TariffError::Published)?;
    let lists: i64 = within!(&mut tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM tariff WHERE facility_id = $1 OR space_id = $1").bind(place.id()).fetch_one(c).await)
    .map_err(DbError::from)?;
    if lists > LISTS_MAX {
        return Err(TariffError::TooMany);
    }
    audit::note_about_in(&mut tx, now, staff.actor(), "tariff_drafted", subject, &(from, tariff)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Throws a draft away.
///
/// # Errors
/// [`TariffError`]; then nothing has changed.
pub async fn remove(services: &Services, staff: &Staff, id: Uuid) -> Result<(), TariffError> {
    let list = find(services, staff, id).await?;
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let removed =
        within!(&mut tx, c => sqlx::query("DELETE FROM tariff WHERE id = $1 AND published_at IS NULL")
        .bind(id).execute(c).await.map(|done| done.rows_affected()))
        .map_err(DbError::from)?;
    if removed == 0 {
        return Err(TariffError::Published);
    }
    audit::note_about_in(&mut tx, now, staff.actor(), "tariff_removed", subject(&list.place), &list.from)
        .await?;
    Ok(tx.commit().await?)
}

pub(super) fn subject(place: &Place) -> Subject {
    match place {
        Place::Facility(facility) => Subject::Facility(facility.id),
        Place::Space(space) => Subject::Space(space.id),
    }
}
