//! The lines of a report that aren't what we know.

use vayla_domain::money::Money;

use super::Settled;
use crate::{
    Services,
    db::{DbError, on},
};

/// More of a settlement aren't shown.
const LINES_MAX: i64 = 20;

/// What a provider reports, and what we knew of that when the report came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnlikeLine {
    /// By which the provider names it.
    pub stamp: String,
    /// Less than nothing for a refund.
    pub reported: Money,
    /// `None` where the name isn't ours, or nothing was paid under it.
    pub known: Option<Money>,
}

pub(super) async fn lines(services: &Services, settled: &Settled) -> Result<Vec<UnlikeLine>, DbError> {
    let Some((paid, _)) = settled.amounts else { return Ok(Vec::new()) };
    let rows: Vec<(String, i64, Option<i64>)> = on!(&services.db, c => sqlx::query_as(
        "SELECT stamp, minor, known_minor FROM provider_settlement_line
         WHERE provider = $1 AND collector = $2 AND settlement = $3 AND (known_minor IS NULL OR known_minor <> minor)
         ORDER BY line LIMIT $4")
        .bind(&settled.provider).bind(&settled.collector).bind(&settled.settlement).bind(LINES_MAX)
        .fetch_all(c).await)?;
    let money = |minor| Money::new(minor, paid.currency);
    let line = |(stamp, minor, known): (_, _, Option<i64>)| UnlikeLine {
        stamp,
        reported: money(minor),
        known: known.map(money),
    };
    Ok(rows.into_iter().map(line).collect())
}
