//! A closure's cells: around what is kept, and as far ahead as anybody can book.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{closure::ClosureTime, space::HORIZON_DAYS_MAX, time::Quarter};

use super::{Closure, LOCK};
use crate::{
    Services,
    catalogue::Catalogue,
    db::{DbError, Tx, retried, within},
    occupancy::cells,
};

/// Quarters that one statement writes: four weeks of a part.
const CHUNK: usize = 28 * 96;

/// The farthest that anybody may book anything at the facility.
pub(super) fn horizon_days(catalogue: &Catalogue, facility: Uuid) -> u32 {
    let spaces = catalogue.spaces.iter().filter(|space| space.facility.id == facility);
    spaces.map(|space| space.rules.windows.horizon_days_max()).max().unwrap_or_default()
}

/// Occupies what nobody has of the parts, not even kept for whoever waits, from one quarter up to another, in the key's order.
pub(super) async fn fill_in(
    tx: &mut Tx,
    claim: Uuid,
    parts: &BTreeSet<i64>,
    from: Quarter,
    to: Quarter,
) -> Result<(), DbError> {
    for part in parts {
        cells::clear_kept_in(tx, *part, from, to).await?;
        for first in (from.0..to.0).step_by(CHUNK) {
            let end = to.0.min(first + CHUNK as i64);
            within!(&mut *tx, c => sqlx::query(
                "WITH RECURSIVE quarters (quarter) AS (
                     SELECT CAST($3 AS BIGINT) UNION ALL SELECT quarter + 1 FROM quarters WHERE quarter + 1 < $4)
                 INSERT INTO cell (part_id, quarter, claim_id)
                 SELECT $2, quarters.quarter, $1 FROM quarters WHERE true
                 ORDER BY quarters.quarter
                 ON CONFLICT DO NOTHING")
                .bind(claim).bind(part).bind(first).bind(end).execute(c).await.map(drop))?;
        }
    }
    Ok(())
}

/// Writes again what other closures cover of one that is ended: who gives a cell back at the same moment may
/// have handed it to that one.
pub(super) async fn refill_in(tx: &mut Tx, ended: &Closure) -> Result<(), DbError> {
    let (start, end) = (ended.time.start(), ended.time.end().unwrap_or(Quarter(i64::MAX)));
    let others: Vec<(Uuid, Uuid, i64, i64)> = within!(&mut *tx, c => sqlx::query_as(
        "SELECT closure.id, claim.id, start_quarter, reach_quarter
         FROM closure JOIN claim ON claim.closure_id = closure.id
         WHERE facility_id = $1 AND start_quarter < $3 AND reach_quarter > $2 ORDER BY closure.id")
        .bind(ended.facility).bind(start.0).bind(end.0).fetch_all(c).await)?;
    for (closure, claim, from, to) in others {
        let mut parts = parts_in(tx, closure).await?;
        parts.retain(|part| ended.parts.contains(part));
        fill_in(tx, claim, &parts, start.max(Quarter(from)), end.min(Quarter(to))).await?;
    }
    Ok(())
}

async fn parts_in(tx: &mut Tx, closure: Uuid) -> Result<BTreeSet<i64>, DbError> {
    let parts: Vec<i64> = within!(tx, c => sqlx::query_scalar(
        "SELECT part_id FROM closure_part WHERE closure_id = $1").bind(closure).fetch_all(c).await)?;
    Ok(parts.into_iter().collect())
}

/// Writes the cells of closures that reach beyond what could be booked so far; says of how many. To be
/// called every hour.
///
/// # Errors
/// When the database can't be reached.
pub async fn extend(services: &Services) -> Result<usize, DbError> {
    retried(|| try_extend(services)).await
}

async fn try_extend(services: &Services) -> Result<usize, DbError> {
    let mut tx = services.db.begin().await?;
    let extended = extend_in(&mut tx, services, None, services.clock.now()).await?;
    tx.commit().await?;
    Ok(extended)
}

/// The same within a transaction that may let a facility be booked farther ahead: its closures reach as far
/// as anything ever can be.
pub(crate) async fn extend_in(
    tx: &mut Tx,
    services: &Services,
    changing: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<usize, DbError> {
    tx.lock(LOCK).await?;
    let catalogue = services.catalogue();
    let mut extended = 0;
    for row in growing_in(tx).await? {
        let days = match changing {
            Some(facility) if facility == row.facility_id => HORIZON_DAYS_MAX,
            _ => horizon_days(&catalogue, row.facility_id),
        };
        extended += usize::from(row.extend_in(tx, days, now).await?);
    }
    Ok(extended)
}

/// A closure in force whose cells aren't all written.
#[derive(FromRow)]
struct GrowingRow {
    id: Uuid,
    claim_id: Uuid,
    facility_id: Uuid,
    start_quarter: i64,
    end_quarter: Option<i64>,
    reach_quarter: i64,
}

async fn growing_in(tx: &mut Tx) -> Result<Vec<GrowingRow>, DbError> {
    Ok(within!(tx, c => sqlx::query_as(
        "SELECT closure.id, claim.id AS claim_id, facility_id, start_quarter, end_quarter, reach_quarter
         FROM closure JOIN claim ON claim.closure_id = closure.id
         WHERE ended_at IS NULL AND (end_quarter IS NULL OR reach_quarter < end_quarter) ORDER BY closure.id")
        .fetch_all(c).await)?)
}

impl GrowingRow {
    /// `false` where its cells reach far enough.
    async fn extend_in(self, tx: &mut Tx, horizon_days: u32, now: DateTime<Utc>) -> Result<bool, DbError> {
        let time = ClosureTime::between(Quarter(self.start_quarter), self.end_quarter.map(Quarter));
        let time = time.ok_or_else(|| DbError::corrupt(self.id))?;
        let (reached, reach) = (Quarter(self.reach_quarter), time.reach(now, horizon_days));
        if reach <= reached {
            return Ok(false);
        }
        let parts = parts_in(tx, self.id).await?;
        fill_in(tx, self.claim_id, &parts, reached, reach).await?;
        within!(tx, c => sqlx::query("UPDATE closure SET reach_quarter = $2 WHERE id = $1")
            .bind(self.id).bind(reach.0).execute(c).await.map(drop))?;
        Ok(true)
    }
}
