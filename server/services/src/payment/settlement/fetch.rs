//! Asks providers what they have paid out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{
    super::provider::{ProviderError, Settlement},
    post::settle_in,
};
use crate::{
    Services,
    audit::{self, Subject},
    catalogue::Municipality,
    db::{DbError, Tx, on, within},
    staff::{LookError, Scope, Staff},
};

/// More at a time nobody asks for.
const DAYS_MAX: i64 = 366;

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error(transparent)]
    Provider(#[from] ProviderError),
    #[error("the last day comes before the first, or is more than a year after it")]
    Days,
}

impl From<DbError> for FetchError {
    fn from(error: DbError) -> Self {
        Self::Look(error.into())
    }
}

/// Asks a town's provider what it has paid out, and for the reports that haven't come yet: they come by call.
/// Returns how many settlements there are, and how many reports were asked for.
///
/// # Errors
/// [`FetchError`]. What was found before it is kept.
pub async fn fetch(
    services: &Services,
    staff: &Staff,
    town: &Municipality,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<(usize, usize), FetchError> {
    staff.may_in(Scope::Payments, town).map_err(LookError::from)?;
    if last < first || (last - first).num_days() > DAYS_MAX {
        return Err(FetchError::Days);
    }
    let provider = services.providers.of(&town.code);
    let found = provider.settlements(first, last).await?;
    let mut tx = services.db.begin().await?;
    for settlement in &found {
        let now = services.clock.now();
        note_in(&mut tx, provider.name(), town, settlement, now).await?;
        // Reported before payouts were posted.
        settle_in(&mut tx, (provider.name(), &town.code, &settlement.id), now).await?;
    }
    let fetched = Fetched { town: &town.code, first, last, settlements: found.len() };
    let (now, about) = (services.clock.now(), Subject::Town);
    audit::note_about_in(&mut tx, now, staff.actor(), "settlements_fetched", about, &fetched).await?;
    tx.commit().await?;
    let mut asked = 0;
    for settlement in &found {
        if !is_reported(services, provider.name(), &town.code, &settlement.id).await? {
            provider.ask_report(&settlement.id).await?;
            asked += 1;
        }
    }
    Ok((found.len(), asked))
}

#[derive(Serialize)]
struct Fetched<'a> {
    town: &'a str,
    first: NaiveDate,
    last: NaiveDate,
    settlements: usize,
}

async fn note_in(
    tx: &mut Tx,
    provider: &str,
    town: &Municipality,
    settlement: &Settlement,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    within!(tx, c => sqlx::query(
        "INSERT INTO provider_settlement (provider, collector, settlement, currency, bank_reference, settled_on, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING")
        .bind(provider).bind(&town.code).bind(&settlement.id).bind(town.currency.code())
        .bind(&settlement.bank_reference).bind(settlement.settled_on).bind(now)
        .execute(c).await.map(drop))?;
    Ok(())
}

async fn is_reported(
    services: &Services,
    provider: &str,
    town: &str,
    settlement: &str,
) -> Result<bool, DbError> {
    let reported: i64 = on!(&services.db, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM provider_settlement
         WHERE provider = $1 AND collector = $2 AND settlement = $3 AND reported_at IS NOT NULL")
        .bind(provider).bind(town).bind(settlement).fetch_one(c).await)?;
    Ok(reported > 0)
}
