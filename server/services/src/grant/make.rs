//! Staff give a grant, and close it.

use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    grant::{Grant, GrantField, GrantFields, GrantPays},
    money::Money,
};

use super::{TownGrant, read::GRANTS_MAX, read::find_for_staff};
use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Catalogue,
    customer,
    db::{DbError, on, retried, within},
    staff::{LookError, Scope, Staff, looks},
};

/// Why staff's doing comes to nothing.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("{} can't be that", .0.code())]
    Field(GrantField),
    #[error("it is closed")]
    Closed,
    #[error("it has its vouchers or its customer, not both")]
    Customers,
    #[error("more of them than can be")]
    TooMany,
}

looks!(GrantError);

/// Gives a grant of a town's: to a customer, of whichever town, or else to whoever has one of its vouchers.
///
/// # Errors
/// [`GrantError`]; then there is none.
pub async fn make(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    customer: Option<Uuid>,
    fields: GrantFields,
) -> Result<TownGrant, GrantError> {
    staff.has(Scope::Grants).map_err(LookError::from)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(LookError::Unknown)?;
    staff.may_in(Scope::Grants, town).map_err(LookError::from)?;
    let grant = Grant::parse(fields, town.currency).map_err(GrantError::Field)?;
    check_places(&catalogue, &grant)?;
    if let Some(customer) = customer {
        let known = customer::find(services, customer).await?;
        known.ok_or(GrantError::Field(GrantField::Customer))?;
    }
    let made: i64 = on!(&services.db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM town_grant WHERE municipality = $1").bind(&town.code).fetch_one(c).await)
    .map_err(DbError::from)?;
    if made >= GRANTS_MAX {
        return Err(GrantError::TooMany);
    }
    let kept = TownGrant {
        id: services.new_id(),
        municipality: town.code.clone(),
        customer,
        used: Money::new(0, town.currency),
        grant,
        created_at: services.clock.now(),
        closed_at: None,
    };
    retried(|| insert(services, staff, &kept)).await?;
    Ok(kept)
}

/// A name that no place has would be a grant for nothing.
fn check_places(catalogue: &Catalogue, grant: &Grant) -> Result<(), GrantError> {
    let terms = &grant.terms;
    if terms.municipalities.iter().any(|code| catalogue.municipality(code).is_none()) {
        return Err(GrantError::Field(GrantField::Municipalities));
    }
    if terms.facilities.iter().any(|slug| catalogue.facility_by_slug(slug).is_none()) {
        return Err(GrantError::Field(GrantField::Facilities));
    }
    Ok(())
}

async fn insert(services: &Services, staff: &Staff, kept: &TownGrant) -> Result<(), DbError> {
    let (mut tx, grant) = (services.db.begin().await?, &kept.grant);
    let (percent, amount) = match grant.pays {
        GrantPays::Percent(percent) => (Some(percent), None),
        GrantPays::Amount(amount) => (None, Some(amount.minor)),
    };
    let terms = serde_json::to_string(&grant.terms).map_err(DbError::corrupt)?;
    within!(&mut tx, c => sqlx::query(
        "INSERT INTO town_grant (id, municipality, name_sv, name_fi, customer_id, percent, amount_minor, limit_minor,
                                 budget_minor, used_minor, valid_from, valid_until, terms, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, $12, $13)")
        .bind(kept.id).bind(&kept.municipality).bind(&grant.name.sv).bind(&grant.name.fi).bind(kept.customer)
        .bind(percent).bind(amount).bind(grant.limit.map(|limit| limit.minor)).bind(grant.budget.minor)
        .bind(grant.from).bind(grant.until).bind(terms).bind(kept.created_at)
        .execute(c).await.map(drop))?;
    let change = Made { customer: kept.customer, percent, amount, budget: grant.budget };
    let about = Subject::Grant(kept.id);
    audit::note_about_in(&mut tx, kept.created_at, staff.actor(), "grant_made", about, &change).await?;
    tx.commit().await
}

#[derive(Serialize)]
struct Made {
    customer: Option<Uuid>,
    percent: Option<i64>,
    amount: Option<i64>,
    budget: Money,
}

/// From now on it pays nothing new. What it has promised and paid it keeps to.
///
/// # Errors
/// [`GrantError`]; then nothing has changed.
pub async fn close(services: &Services, staff: &Staff, id: Uuid) -> Result<(), GrantError> {
    find_for_staff(services, staff, id).await?;
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let closed = within!(&mut tx, c => sqlx::query(
        "UPDATE town_grant SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL")
        .bind(id).bind(now).execute(c).await.map(|done| done.rows_affected()))
    .map_err(DbError::from)?;
    if closed == 0 {
        return Err(GrantError::Closed);
    }
    audit::note_about_in(&mut tx, now, staff.actor(), "grant_closed", Subject::Grant(id), &()).await?;
    Ok(tx.commit().await?)
}
