//! From draft to what everybody pays.

use uuid::Uuid;
use vayla_domain::money::{TariffChange, TariffDay};

use super::{List, TariffError, draft::subject, find, read};
use crate::{
    Services, audit,
    db::{DbError, within},
    staff::Staff,
};

/// What a list changes of the one that holds without it on the day on which it begins.
#[must_use]
pub fn changes(list: &List) -> Vec<TariffChange> {
    let before = list.from.pred_opt().and_then(|eve| match list.published_at {
        None => list.place.lists().on(TariffDay::both(list.from)),
        Some(_) => list.place.lists().on(TariffDay::both(eve)),
    });
    list.tariff.changes(before.map(|before| &before.tariff))
}

/// Makes a draft hold from its day on, today at the earliest; where a version is named, only if it is still that
/// one. What is booked keeps its price.
///
/// # Errors
/// [`TariffError`]; then nothing has changed.
pub async fn publish(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    version: Option<&str>,
) -> Result<List, TariffError> {
    let list = find(services, staff, id).await?;
    let now = services.clock.now();
    if list.published_at.is_some() {
        return Err(TariffError::Published);
    }
    if version.is_some_and(|version| version != list.version) {
        return Err(TariffError::Stale);
    }
    if list.from < now.with_timezone(&list.place.facility().municipality.zone).date_naive() {
        return Err(TariffError::Past);
    }
    let mut tx = services.db.begin().await?;
    let published: Option<String> = within!(&mut tx, c => sqlx::query_scalar(
        "UPDATE tariff SET published_at = $2 WHERE id = $1 AND published_at IS NULL RETURNING document")
        .bind(id).bind(now).fetch_optional(c).await)
    .map_err(DbError::from)?;
    // What has just been read is what is published, or nothing is.
    let document = published.ok_or(TariffError::Published)?;
    if read::version(&document, false) != list.version {
        return Err(TariffError::Stale);
    }
    let about = (list.from, id);
    audit::note_about_in(&mut tx, now, staff.actor(), "tariff_published", subject(&list.place), &about)
        .await?;
    within!(&mut tx, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
        .execute(c).await.map(drop))
    .map_err(DbError::from)?;
    tx.commit().await?;
    services.refresh_catalogue().await?;
    Ok(List { published_at: Some(now), version: read::version(&document, true), ..list })
}
