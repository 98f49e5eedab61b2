//! The rules between the towns.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::{Treaty, load::parse};
use crate::{
    db::{Db, DbError, on},
    settlement::SettlementTerms,
};

/// Newest first.
pub(super) async fn treaties(db: &Db) -> Result<Vec<Treaty>, DbError> {
    let rows: Vec<TreatyRow> = on!(db, c => sqlx::query_as(
        "SELECT valid_from, rate_days_max, reference_prefix, demo, settlement_currency, settlement_bearer,
             settlement_zone, settlement_months FROM treaty ORDER BY valid_from DESC").fetch_all(c).await)?;
    rows.into_iter().map(TreatyRow::into_treaty).collect()
}

#[derive(FromRow)]
struct TreatyRow {
    valid_from: NaiveDate,
    rate_days_max: Option<i64>,
    reference_prefix: String,
    demo: bool,
    settlement_currency: String,
    settlement_bearer: String,
    settlement_zone: String,
    settlement_months: i64,
}

impl TreatyRow {
    fn into_treaty(self) -> Result<Treaty, DbError> {
        Ok(Treaty {
            valid_from: self.valid_from,
            rate_days_max: self.rate_days_max.map(u64::try_from).transpose().map_err(DbError::corrupt)?,
            reference_prefix: self.reference_prefix,
            settlement: SettlementTerms {
                currency: parse(&self.settlement_currency)?,
                bearer: parse(&self.settlement_bearer)?,
                zone: parse(&self.settlement_zone)?,
                months: u32::try_from(self.settlement_months).map_err(DbError::corrupt)?,
            },
            demo: self.demo,
        })
    }
}
