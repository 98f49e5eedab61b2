//! The rules as they are kept, and how often they have been changed.

use serde::de::DeserializeOwned;
use vayla_domain::space::{FacilityRules, OwnRules};

use crate::{
    Services,
    catalogue::{Facility, Space},
    db::{DbError, on},
    staff::{LookError, Scope, Staff},
};

/// Rules with their version: whoever changes them says which one they have read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<R> {
    pub rules: R,
    pub version: i64,
}

/// What holds in a whole facility.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn of_facility(
    services: &Services,
    staff: &Staff,
    facility: &Facility,
) -> Result<Written<FacilityRules>, LookError> {
    staff.may(Scope::Rules, facility)?;
    let row: (String, i64) = on!(&services.db, c => sqlx::query_as(
        "SELECT rules, rules_version FROM facility WHERE id = $1").bind(facility.id).fetch_one(c).await)
    .map_err(DbError::from)?;
    Ok(written(&row)?)
}

/// What holds in a space besides.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn of_space(
    services: &Services,
    staff: &Staff,
    space: &Space,
) -> Result<Written<OwnRules>, LookError> {
    staff.may(Scope::Rules, &space.facility)?;
    let row: (String, i64) = on!(&services.db, c => sqlx::query_as(
        "SELECT rules, rules_version FROM space WHERE id = $1").bind(space.id).fetch_one(c).await)
    .map_err(DbError::from)?;
    Ok(written(&row)?)
}

fn written<R: DeserializeOwned>((rules, version): &(String, i64)) -> Result<Written<R>, DbError> {
    Ok(Written { rules: serde_json::from_str(rules).map_err(DbError::corrupt)?, version: *version })
}
