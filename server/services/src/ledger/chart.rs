//! The towns' own charts of accounts.

use chrono::NaiveDate;
use serde::Serialize;
use vayla_domain::{
    Bilingual,
    ledger::{ChartAccount, ChartProblem, chart_in_order},
};

use crate::{
    Services,
    audit::{self, Subject},
    db::{Db, DbError, Tx, parse, within},
    staff::{Forbidden, Scope, Staff},
};

/// A town's chart with all its dates, by account.
///
/// # Errors
/// When the database can't be read.
pub async fn chart(db: &Db, municipality: &str) -> Result<Vec<ChartAccount>, DbError> {
    chart_in(&mut db.snapshot().await?, municipality).await
}

/// The same at the moment that a transaction reads.
pub(super) async fn chart_in(tx: &mut Tx, municipality: &str) -> Result<Vec<ChartAccount>, DbError> {
    let rows: Vec<(String, NaiveDate, String, String, String, String)> = within!(tx, c => sqlx::query_as(
        "SELECT account, valid_from, number, name_sv, name_fi, dimensions FROM chart_account
         WHERE municipality = $1 ORDER BY account, valid_from").bind(municipality).fetch_all(c).await)?;
    let line = |(account, from, number, sv, fi, dimensions): (String, _, _, _, _, String)| {
        let dimensions = serde_json::from_str(&dimensions).map_err(DbError::corrupt)?;
        let name = Bilingual { sv, fi };
        Ok(ChartAccount { account: parse(&account)?, from, number, name, dimensions })
    };
    rows.into_iter().map(line).collect()
}

#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("no such town")]
    Unknown,
    /// Which line, from 0 on.
    #[error("line {0}: {1}")]
    Wrong(usize, ChartProblem),
}

/// The same for staff of the town.
///
/// # Errors
/// [`ChartError`], and nothing is shown.
pub async fn chart_for_staff(
    services: &Services,
    staff: &Staff,
    municipality: &str,
) -> Result<Vec<ChartAccount>, ChartError> {
    check(services, staff, municipality)?;
    Ok(chart(&services.db, municipality).await?)
}

fn check(services: &Services, staff: &Staff, municipality: &str) -> Result<(), ChartError> {
    staff.has(Scope::Finance)?;
    let catalogue = services.catalogue();
    let town = catalogue.municipality(municipality).ok_or(ChartError::Unknown)?;
    Ok(staff.may_in(Scope::Finance, town)?)
}

/// Writes a town's chart down in place of the one before. The books keep our accounts: only what exports call
/// them changes.
///
/// # Errors
/// [`ChartError`]; then nothing has changed.
pub async fn set_chart(
    services: &Services,
    staff: &Staff,
    municipality: &str,
    chart: Vec<ChartAccount>,
) -> Result<Vec<ChartAccount>, ChartError> {
    check(services, staff, municipality)?;
    let catalogue = services.catalogue();
    let towns: Vec<&str> = catalogue.municipalities.iter().map(|town| town.code.as_str()).collect();
    let chart = chart_in_order(municipality, &towns, chart)
        .map_err(|(place, problem)| ChartError::Wrong(place, problem))?;
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    within!(&mut tx, c => sqlx::query("DELETE FROM chart_account WHERE municipality = $1")
        .bind(municipality).execute(c).await.map(drop))
    .map_err(DbError::from)?;
    for line in &chart {
        add_in(&mut tx, municipality, line).await?;
    }
    let change = Changed { municipality, chart: &chart };
    audit::note_about_in(&mut tx, now, staff.actor(), "chart_set", Subject::Town, &change).await?;
    tx.commit().await?;
    Ok(chart)
}

#[derive(Serialize)]
struct Changed<'a> {
    municipality: &'a str,
    chart: &'a [ChartAccount],
}

/// Adds a line, unless the town has one for the account.
pub(crate) async fn propose_in(tx: &mut Tx, municipality: &str, line: &ChartAccount) -> Result<(), DbError> {
    let known: Option<i64> = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM chart_account WHERE municipality = $1 AND account = $2 LIMIT 1")
        .bind(municipality).bind(line.account.to_string()).fetch_optional(c).await)?;
    if known.is_none() { add_in(tx, municipality, line).await } else { Ok(()) }
}

async fn add_in(tx: &mut Tx, municipality: &str, line: &ChartAccount) -> Result<(), DbError> {
    let dimensions = serde_json::to_string(&line.dimensions).map_err(DbError::corrupt)?;
    within!(tx, c => sqlx::query(
        "INSERT INTO chart_account (municipality, account, valid_from, number, name_sv, name_fi, dimensions)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(municipality).bind(line.account.to_string()).bind(line.from).bind(&line.number)
        .bind(line.name.sv.trim()).bind(line.name.fi.trim()).bind(dimensions).execute(c).await.map(drop))?;
    Ok(())
}
