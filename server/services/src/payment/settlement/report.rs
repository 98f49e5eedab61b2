//! Reads what providers report of what they have paid out.

use chrono::{DateTime, Utc};
use rust_decimal::{Decimal, RoundingStrategy};
use sqlx::QueryBuilder;

use super::{
    super::{
        HearError,
        callback::SETTLEMENT,
        provider::{Call, ReportLine},
        repay,
    },
    known::known_in,
    post::settle_in,
};
use crate::{
    Services,
    db::{DbError, Tx, on, within},
};

/// So many rows of ten columns stay below SQLite's 32,766 values a statement.
const ROWS_MAX: usize = 2000;

/// Whether the address that a report is sent to names a settlement that was asked for: no other body is worth reading.
///
/// # Errors
/// When the database can't be read.
pub async fn is_asked_for(
    services: &Services,
    provider: &str,
    query: &[(String, String)],
) -> Result<bool, DbError> {
    let Some(settlement) = named(query) else { return Ok(false) };
    let known: Option<i64> = on!(&services.db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM provider_settlement WHERE provider = $1 AND settlement = $2 LIMIT 1")
        .bind(provider).bind(settlement).fetch_optional(c).await)?;
    Ok(known.is_some())
}

/// The settlement that the address names, which isn't signed.
fn named(query: &[(String, String)]) -> Option<&str> {
    query.iter().find(|(name, _)| name == SETTLEMENT).map(|(_, value)| value.as_str())
}

/// Reads a provider's report, any number of times, with one effect. Only settlements that were asked for count.
///
/// # Errors
/// [`HearError`]; then nothing has changed.
pub async fn report(services: &Services, provider: &str, call: &Call<'_>) -> Result<(), HearError> {
    let mut all = services.providers.all_named(provider);
    let read = all.find_map(|(town, provider)| Some((town, provider.read_report(call).ok()?)));
    let (town, lines) = read.ok_or(HearError::NotHeard)?;
    // The address counts only where the report itself names no settlement.
    let mut settlements: Vec<&str> = match lines.is_empty() {
        true => named(call.query).into_iter().collect(),
        false => lines.iter().map(|line| line.settlement.as_str()).collect(),
    };
    settlements.sort_unstable();
    settlements.dedup();
    let mut tx = services.db.begin().await?;
    for settlement in settlements {
        let own: Vec<&ReportLine> = lines.iter().filter(|line| line.settlement == settlement).collect();
        keep_in(&mut tx, (provider, town, settlement), &own, services.clock.now()).await?;
    }
    Ok(tx.commit().await?)
}

async fn keep_in(
    tx: &mut Tx,
    (provider, town, settlement): (&str, &str, &str),
    lines: &[&ReportLine],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (paid, kept) = sums(lines).ok_or_else(|| DbError::corrupt("sums beyond all money"))?;
    let first = within!(&mut *tx, c => sqlx::query(
        "UPDATE provider_settlement SET reported_at = $4, minor = $5, fee_minor = $6
         WHERE provider = $1 AND collector = $2 AND settlement = $3
           AND (reported_at IS NULL OR NOT EXISTS (
                SELECT 1 FROM provider_settlement_line AS line WHERE line.provider = provider_settlement.provider
                AND line.collector = provider_settlement.collector
                AND line.settlement = provider_settlement.settlement))")
        .bind(provider).bind(town).bind(settlement).bind(now).bind(paid).bind(kept)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if first == 0 {
        return Ok(());
    }
    settle_in(tx, (provider, town, settlement), now).await?;
    for line in lines.iter().filter(|line| line.amount.minor < 0) {
        repay::reported_in(tx, &line.stamp, -line.amount.minor, now).await?;
    }
    let known = known_in(tx, (provider, town), lines).await?;
    let known: Vec<(&ReportLine, Option<i64>)> = lines.iter().copied().zip(known).collect();
    let unlike = known.iter().filter(|(line, known)| *known != Some(line.amount.minor)).count();
    if unlike > 0 {
        tracing::warn!(provider, town, settlement, unlike, "a provider reports what we don't know");
    }
    within!(&mut *tx, c => sqlx::query(
        "UPDATE provider_settlement SET unlike = $4 WHERE provider = $1 AND collector = $2 AND settlement = $3")
        .bind(provider).bind(town).bind(settlement).bind(i64::try_from(unlike).unwrap_or(i64::MAX))
        .execute(c).await.map(drop))?;
    insert_in(tx, (provider, town, settlement), &known).await
}

/// Many in few statements.
async fn insert_in(
    tx: &mut Tx,
    (provider, town, settlement): (&str, &str, &str),
    lines: &[(&ReportLine, Option<i64>)],
) -> Result<(), DbError> {
    let numbered: Vec<(i64, (&ReportLine, Option<i64>))> = (1i64..).zip(lines.iter().copied()).collect();
    for numbered in numbered.chunks(ROWS_MAX) {
        within!(&mut *tx, c => {
            let mut rows = QueryBuilder::new(
                "INSERT INTO provider_settlement_line (provider, collector, settlement, line, stamp, minor, fee,
                                                       commission, vat, known_minor) ");
            rows.push_values(numbered, |mut row, (number, (line, known))| {
                row.push_bind(provider).push_bind(town).push_bind(settlement).push_bind(*number)
                    .push_bind(line.stamp.as_str()).push_bind(line.amount.minor).push_bind(line.fee.to_string())
                    .push_bind(line.commission.to_string()).push_bind(line.vat.to_string())
                    .push_bind(*known);
            });
            rows.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// In cents: what was paid, and what the provider keeps, whose parts of a cent are rounded once, in the sum.
fn sums(lines: &[&ReportLine]) -> Option<(i64, i64)> {
    let paid = lines.iter().try_fold(0i64, |sum, line| sum.checked_add(line.amount.minor))?;
    let kept = lines
        .iter()
        .try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.fee)?.checked_add(line.commission))?;
    let cents = kept.checked_mul(Decimal::ONE_HUNDRED)?;
    let cents = cents.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    Some((paid, i64::try_from(cents.trunc().mantissa()).ok()?))
}

#[cfg(test)]
mod tests {
    use vayla_domain::money::{EURO, Money};

    use super::*;

    #[test]
    fn parts_of_a_cent_are_rounded_once() {
        let line = |minor, fee: &str, commission: &str| ReportLine {
            settlement: "1".to_owned(),
            stamp: String::new(),
            amount: Money::new(minor, EURO),
            fee: fee.parse().expect("a number"),
            commission: commission.parse().expect("a number"),
            vat: Decimal::ZERO,
        };
        let lines = [line(25_55, "0.12", "0.024"), line(-5_00, "0.12", "0.021"), line(10_00, "0.35", "0")];
        let lines: Vec<&ReportLine> = lines.iter().collect();
        assert_eq!(sums(&lines), Some((30_55, 64))); // 0.635 € are 64 cents
        assert_eq!(sums(&[]), Some((0, 0)));
    }
}
