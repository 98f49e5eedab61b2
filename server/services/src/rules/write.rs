//! Changing the rules: what is booked stays.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    money::Currency,
    space::{FacilityRules, OwnRules, RulesMoney, RulesProblem},
};

use super::outside::outside;
use crate::{
    Services,
    audit::{self, Subject},
    catalogue::{Facility, Space},
    closure::{self, Affected},
    db::{DbError, Tx, retried, within},
    staff::{LookError, Scope, Staff, looks},
};

/// Why the rules stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error(transparent)]
    Rules(#[from] RulesProblem),
    /// Somebody else has changed them since they were read.
    #[error("they have been changed since they were read")]
    Stale,
}

looks!(RulesError);

/// What came of it.
#[derive(Debug, Clone)]
pub struct Changed {
    pub version: i64,
    /// What is booked to come when it isn't open any more; it stands.
    pub outside: Vec<Affected>,
}

/// Lays down what holds in a whole facility; where a version is named, only if it is still that one.
///
/// # Errors
/// [`RulesError`]; then nothing has changed.
pub async fn set_facility(
    services: &Services,
    staff: &Staff,
    facility: &Facility,
    rules: &FacilityRules,
    version: Option<i64>,
) -> Result<Changed, RulesError> {
    staff.may(Scope::Rules, facility).map_err(LookError::from)?;
    rules.check(money(facility, &services.catalogue().currencies()))?;
    let laying = Laying {
        update: "UPDATE facility SET rules = $2, rules_version = rules_version + 1
                 WHERE id = $1 AND ($3 IS NULL OR rules_version = $3) RETURNING rules_version",
        subject: Subject::Facility(facility.id),
        id: facility.id,
        facility: facility.id,
        rules,
        version,
    };
    let version = retried(|| laying.lay(services, staff)).await?;
    let spaces: Vec<Uuid> = services.catalogue().spaces_of(facility).map(|space| space.id).collect();
    told(services, version, &spaces).await
}

/// Lays down what holds in a space besides; where a version is named, only if it is still that one.
///
/// # Errors
/// [`RulesError`]; then nothing has changed.
pub async fn set_space(
    services: &Services,
    staff: &Staff,
    space: &Arc<Space>,
    rules: &OwnRules,
    version: Option<i64>,
) -> Result<Changed, RulesError> {
    staff.may(Scope::Rules, &space.facility).map_err(LookError::from)?;
    rules.check(space.rules.minutes_min, money(&space.facility, &services.catalogue().currencies()))?;
    let laying = Laying {
        update: "UPDATE space SET rules = $2, rules_version = rules_version + 1
                 WHERE id = $1 AND ($3 IS NULL OR rules_version = $3) RETURNING rules_version",
        subject: Subject::Space(space.id),
        id: space.id,
        facility: space.facility.id,
        rules,
        version,
    };
    let version = retried(|| laying.lay(services, staff)).await?;
    told(services, version, &[space.id]).await
}

fn money<'a>(facility: &Facility, currencies: &'a [Currency]) -> RulesMoney<'a> {
    RulesMoney { currency: facility.municipality.currency, currencies }
}

/// Rules that are to hold, and where.
struct Laying<'a, R> {
    update: &'static str,
    subject: Subject,
    id: Uuid,
    facility: Uuid,
    rules: &'a R,
    version: Option<i64>,
}

impl<R: Serialize + Sync> Laying<'_, R> {
    /// The version that they have from now on.
    async fn lay(&self, services: &Services, staff: &Staff) -> Result<i64, RulesError> {
        let text = serde_json::to_string(self.rules).map_err(DbError::corrupt)?;
        let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
        let version: Option<i64> = within!(&mut tx, c => sqlx::query_scalar(self.update)
            .bind(self.id).bind(text).bind(self.version).fetch_optional(c).await)
        .map_err(DbError::from)?;
        let version = version.ok_or(RulesError::Stale)?;
        audit::note_about_in(&mut tx, now, staff.actor(), "rules_set", self.subject, self.rules).await?;
        announce_in(&mut tx, services, self.facility, now).await?;
        tx.commit().await?;
        Ok(version)
    }
}

/// Has the places read again everywhere; closures reach as far as could be booked from now on.
async fn announce_in(
    tx: &mut Tx,
    services: &Services,
    facility: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    closure::extend_in(tx, services, Some(facility), now).await?;
    within!(tx, c => sqlx::query("UPDATE catalogue_version SET version = version + 1").execute(c).await.map(drop))?;
    Ok(())
}

async fn told(services: &Services, version: i64, spaces: &[Uuid]) -> Result<Changed, RulesError> {
    services.refresh_catalogue().await?;
    Ok(Changed { version, outside: outside(services, spaces).await? })
}
