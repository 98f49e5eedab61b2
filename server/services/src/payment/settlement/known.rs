//! What we know of what a provider reports.

use std::collections::HashMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::super::provider::ReportLine;
use crate::db::{DbError, Tx, within};

/// So many names stay below SQLite's 32,766 values a statement.
const NAMES_MAX: usize = 10_000;

/// What has been paid by an order.
const PAID: &str = "SELECT order_id, CAST(SUM(minor) AS BIGINT) FROM payment
    WHERE state = 'paid' AND order_id IS NOT NULL AND provider = ";
/// What has gone back by a refund, less than nothing.
const GONE_BACK: &str = "SELECT refund.asked_as, CAST(-SUM(refund.minor) AS BIGINT) FROM refund
    JOIN payment ON payment.id = refund.payment_id
    WHERE refund.asked_as IS NOT NULL AND payment.provider = ";

/// By line, in the smallest coins: what we know to have been paid, or to have gone back, under its name at that provider of
/// the town; `None` where the name isn't ours.
pub(super) async fn known_in(
    tx: &mut Tx,
    of: (&str, &str),
    lines: &[&ReportLine],
) -> Result<Vec<Option<i64>>, DbError> {
    let named: Vec<Option<Uuid>> = lines.iter().map(|line| line.stamp.parse().ok()).collect();
    let names: Vec<Uuid> = named.iter().copied().flatten().collect();
    let mut known: HashMap<Uuid, i64> = HashMap::new();
    for names in names.chunks(NAMES_MAX) {
        known.extend(sums_in(tx, of, (PAID, " AND order_id IN (", ") GROUP BY order_id"), names).await?);
        let back = (GONE_BACK, " AND refund.asked_as IN (", ") GROUP BY refund.asked_as");
        known.extend(sums_in(tx, of, back, names).await?);
    }
    Ok(named.into_iter().map(|name| known.get(&name?).copied()).collect())
}

async fn sums_in(
    tx: &mut Tx,
    (provider, town): (&str, &str),
    (select, among, group): (&'static str, &'static str, &'static str),
    names: &[Uuid],
) -> Result<Vec<(Uuid, i64)>, DbError> {
    Ok(within!(tx, c => {
        let mut query = QueryBuilder::new(select);
        query.push_bind(provider).push(" AND payment.collector = ").push_bind(town).push(among);
        let mut list = query.separated(", ");
        for name in names {
            list.push_bind(*name);
        }
        query.push(group);
        query.build_query_as().fetch_all(c).await
    })?)
}
