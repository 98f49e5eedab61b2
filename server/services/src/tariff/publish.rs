//! From draft to what everybody pays.

use uuid::Uuid;
use vayla_domain::money::{TariffChange, TariffDay};

use super::{List, TariffError, draft::subject, find};
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

/// Makes a draft hold from its day on, today at the earliest. What is booked keeps its price.
///
/// # Errors
/// [`TariffError`]; then nothing has changed.
pub async fn publish(services: &Services, staff: &Staff, id: Uuid) -> Result<List, TariffError> {
    let list = find(services, staff, id).await?;
    let now = services.clock.now();
    if list.published_at.is_some() {
        return Err(TariffError::Published);
    }
    if list.from < now.with_timezone(&list.place.facility().municipality.zone).date_naive() {
        return Err(TariffError::Past);
    }
    let mut tx = services.db.begin().await?;
    let published = within!(&mut tx, c => sqlx::query(
        "UPDATE tariff SET published_at = $2 WHERE id = $1 AND published_at IS NULL")
        .bind(id).bind(now).execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if published == 0 {
        return Err(TariffError::Published);
    }
    let about = (list.from, id);
    audit::note_about_in(&mut tx, now, staff.actor(), "tariff_published", subject(&list.place), &about)
        .await?;
    within!(&mut tx, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
        .execute(c).await.map(drop))
    .map_err(DbError::from)?;
    tx.commit().await?;
    services.refresh_catalogue().await?;
    Ok(List { published_at: Some(now), ..list })
}
