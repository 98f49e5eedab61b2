//! Reads grants back.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    grant::{Grant, GrantPays},
    money::Money,
};

use super::TownGrant;
use crate::{
    Services,
    catalogue::Catalogue,
    db::{DbError, Tx, on, within},
    staff::{LookError, Scope, Staff},
};

/// More than any town decides on.
pub(super) const GRANTS_MAX: i64 = 1000;

/// Grants' rows; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, municipality, name_sv, name_fi, customer_id, percent, amount_minor, limit_minor, budget_minor,
                used_minor, valid_from, valid_until, terms, created_at, closed_at FROM town_grant ",
            $which
        )
    };
}

/// A town's grants, the oldest first.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list(
    services: &Services,
    staff: &Staff,
    municipality: &str,
) -> Result<Vec<TownGrant>, LookError> {
    staff.has(Scope::Grants)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Grants, town)?;
    let rows: Vec<GrantRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE municipality = $1 ORDER BY created_at, id LIMIT $2"))
        .bind(&town.code).bind(GRANTS_MAX).fetch_all(c).await)
    .map_err(DbError::from)?;
    rows.into_iter().map(|row| Ok(row.into_grant(&catalogue)?)).collect()
}

/// One by its id, for staff of the town that pays.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn find_for_staff(services: &Services, staff: &Staff, id: Uuid) -> Result<TownGrant, LookError> {
    staff.has(Scope::Grants)?;
    let catalogue = services.catalogue();
    let row: Option<GrantRow> =
        on!(&services.db, c => sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(c).await)
            .map_err(DbError::from)?;
    let grant = row.ok_or(LookError::Unknown)?.into_grant(&catalogue)?;
    staff.may_in(Scope::Grants, catalogue.municipality(&grant.municipality).ok_or(LookError::Unknown)?)?;
    Ok(grant)
}

pub(super) async fn find(services: &Services, id: Uuid) -> Result<TownGrant, DbError> {
    let row: Option<GrantRow> =
        on!(&services.db, c => sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(c).await)?;
    row.ok_or_else(|| DbError::corrupt(id))?.into_grant(&services.catalogue())
}

/// The grant, of which nobody else takes anything until the transaction ends.
pub(super) async fn locked_in(tx: &mut Tx, catalogue: &Catalogue, id: Uuid) -> Result<TownGrant, DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE town_grant SET used_minor = used_minor WHERE id = $1")
        .bind(id).execute(c).await.map(drop))?;
    let row: Option<GrantRow> =
        within!(tx, c => sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(c).await)?;
    row.ok_or_else(|| DbError::corrupt(id))?.into_grant(catalogue)
}

/// The same with all that a customer has been given and may still use.
pub(super) async fn of_customer_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    customer: Uuid,
) -> Result<Vec<TownGrant>, DbError> {
    let ids: Vec<Uuid> = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT id FROM town_grant WHERE customer_id = $1 AND closed_at IS NULL ORDER BY id")
        .bind(customer).fetch_all(c).await)?;
    let mut grants = Vec::with_capacity(ids.len());
    for id in ids {
        grants.push(locked_in(tx, catalogue, id).await?);
    }
    Ok(grants)
}

#[derive(FromRow)]
struct GrantRow {
    id: Uuid,
    municipality: String,
    name_sv: String,
    name_fi: String,
    customer_id: Option<Uuid>,
    percent: Option<i64>,
    amount_minor: Option<i64>,
    limit_minor: Option<i64>,
    budget_minor: i64,
    used_minor: i64,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    terms: String,
    created_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
}

impl GrantRow {
    fn into_grant(self, catalogue: &Catalogue) -> Result<TownGrant, DbError> {
        let town = catalogue.municipality(&self.municipality);
        let currency = town.ok_or_else(|| DbError::corrupt(&self.municipality))?.currency;
        let money = |minor| Money::new(minor, currency);
        let pays = match (self.percent, self.amount_minor) {
            (Some(percent), None) => GrantPays::Percent(percent),
            (None, Some(amount)) => GrantPays::Amount(money(amount)),
            _ => return Err(DbError::corrupt("a grant that pays nothing, or two things")),
        };
        Ok(TownGrant {
            id: self.id,
            municipality: self.municipality,
            customer: self.customer_id,
            grant: Grant {
                name: Bilingual { sv: self.name_sv, fi: self.name_fi },
                pays,
                limit: self.limit_minor.map(money),
                budget: money(self.budget_minor),
                from: self.valid_from,
                until: self.valid_until,
                terms: serde_json::from_str(&self.terms).map_err(DbError::corrupt)?,
            },
            used: money(self.used_minor),
            created_at: self.created_at,
            closed_at: self.closed_at,
        })
    }
}
