//! Reads price lists back, drafts among them.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::money::{ListOf, Tariff, TariffLists};

use crate::{
    Services,
    catalogue::{Catalogue, Facility, Space},
    db::{DbError, on},
    staff::{LookError, Scope, Staff},
};

/// What a list is for.
#[derive(Debug, Clone)]
pub enum Place {
    /// All spaces of it that have no list of their own.
    Facility(Arc<Facility>),
    Space(Arc<Space>),
}

impl Place {
    #[must_use]
    pub fn facility(&self) -> &Arc<Facility> {
        match self {
            Self::Facility(facility) => facility,
            Self::Space(space) => &space.facility,
        }
    }

    #[must_use]
    pub fn id(&self) -> Uuid {
        match self {
            Self::Facility(facility) => facility.id,
            Self::Space(space) => space.id,
        }
    }

    pub(super) const fn list_of(&self) -> ListOf {
        match self {
            Self::Facility(_) => ListOf::Facility,
            Self::Space(_) => ListOf::Space,
        }
    }

    /// The published ones.
    pub(super) fn lists(&self) -> &TariffLists {
        match self {
            Self::Facility(facility) => &facility.tariffs,
            Self::Space(space) => &space.tariffs.own,
        }
    }
}

/// A price list with where it stands.
#[derive(Debug, Clone)]
pub struct List {
    pub id: Uuid,
    pub place: Place,
    pub from: NaiveDate,
    pub tariff: Tariff,
    /// `None` while it is a draft.
    pub published_at: Option<DateTime<Utc>>,
    /// Names what stands in it: another draft in its place has another name.
    pub version: String,
}

/// The lists of a place, the one that begins last first.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list(services: &Services, staff: &Staff, place: &Place) -> Result<Vec<List>, LookError> {
    staff.may(Scope::Tariffs, place.facility())?;
    let rows: Vec<ListRow> = on!(&services.db, c => sqlx::query_as(
        "SELECT id, facility_id, space_id, valid_from, document, published_at FROM tariff
         WHERE facility_id = $1 OR space_id = $1 ORDER BY valid_from DESC")
        .bind(place.id()).fetch_all(c).await)
    .map_err(DbError::from)?;
    let catalogue = services.catalogue();
    Ok(rows.into_iter().map(|row| row.into_list(&catalogue)).collect::<Result<_, DbError>>()?)
}

/// A list by its id.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn find(services: &Services, staff: &Staff, id: Uuid) -> Result<List, LookError> {
    staff.has(Scope::Tariffs)?;
    let row: Option<ListRow> = on!(&services.db, c => sqlx::query_as(
        "SELECT id, facility_id, space_id, valid_from, document, published_at FROM tariff WHERE id = $1")
        .bind(id).fetch_optional(c).await)
    .map_err(DbError::from)?;
    let list = row.ok_or(LookError::Unknown)?.into_list(&services.catalogue())?;
    staff.may(Scope::Tariffs, list.place.facility())?;
    Ok(list)
}

pub(super) fn version(document: &str, published: bool) -> String {
    let mut hash = Sha256::new();
    hash.update([u8::from(published)]);
    hash.update(document);
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[derive(FromRow)]
struct ListRow {
    id: Uuid,
    facility_id: Option<Uuid>,
    space_id: Option<Uuid>,
    valid_from: NaiveDate,
    document: String,
    published_at: Option<DateTime<Utc>>,
}

impl ListRow {
    fn into_list(self, catalogue: &Catalogue) -> Result<List, DbError> {
        let facility = self.facility_id.and_then(|id| catalogue.facility(id)).cloned().map(Place::Facility);
        let space = self.space_id.and_then(|id| catalogue.space(id)).cloned().map(Place::Space);
        Ok(List {
            version: version(&self.document, self.published_at.is_some()),
            id: self.id,
            place: facility.or(space).ok_or_else(|| DbError::corrupt(self.id))?,
            from: self.valid_from,
            tariff: serde_json::from_str(&self.document).map_err(DbError::corrupt)?,
            published_at: self.published_at,
        })
    }
}
