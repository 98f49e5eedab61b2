//! Cells that somebody has given back, kept for those in line until they have been asked.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vayla_domain::time::{Quarter, Span};

use super::{LOCK, entry::DAY_QUARTERS};
use crate::{
    db::{DbError, Tx, within},
    outbox::{self, Message},
};

/// How long cells are kept for those in line to be asked. Is nobody asked in time, they are free for all.
const KEEP_MINUTES: i64 = 2;

/// What has become free.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Freed {
    /// The claim that keeps it meanwhile.
    pub claim: Uuid,
    pub parts: Vec<i64>,
    pub span: Span,
}

/// Keeps what a booking, a move or a closure occupies for those in line, without what occupied it: no cell
/// is free in between. Names the claim that keeps it; `None` where nobody waits for any of it.
pub(crate) async fn keep_in(tx: &mut Tx, of: Uuid, now: DateTime<Utc>) -> Result<Option<Uuid>, DbError> {
    let Some((claim, span)) = occupied_in(tx, of).await? else { return Ok(None) };
    tx.lock_shared(LOCK).await?;
    if span.end().start() <= now || !is_awaited_in(tx, claim, span).await? {
        return Ok(None);
    }
    let parts = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT DISTINCT part_id FROM cell WHERE claim_id = $1 ORDER BY part_id").bind(claim).fetch_all(c).await)?;
    within!(&mut *tx, c => sqlx::query("UPDATE claim SET booking_id = NULL, change_id = NULL, closure_id = NULL, expires_at = $2 WHERE id = $1")
        .bind(claim).bind(now + TimeDelta::minutes(KEEP_MINUTES)).execute(c).await.map(drop))?;
    outbox::add_in(tx, &Message::Freed(Freed { claim, parts, span }), now, now).await?;
    Ok(Some(claim))
}

async fn occupied_in(tx: &mut Tx, of: Uuid) -> Result<Option<(Uuid, Span)>, DbError> {
    let found: Option<(Uuid, i64, i64)> = within!(tx, c => sqlx::query_as(
        "SELECT claim.id, MIN(cell.quarter), MAX(cell.quarter) + 1
         FROM claim JOIN cell ON cell.claim_id = claim.id
         WHERE claim.booking_id = $1 OR claim.change_id = $1 OR claim.closure_id = $1 GROUP BY claim.id")
        .bind(of).fetch_optional(c).await)?;
    Ok(found.and_then(|(claim, start, end)| Some((claim, Span::new(Quarter(start), Quarter(end))?))))
}

/// Whether anybody in line might want some of the claim's cells.
async fn is_awaited_in(tx: &mut Tx, claim: Uuid, span: Span) -> Result<bool, DbError> {
    let awaited: Option<i64> = within!(tx, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM waiting
         WHERE waiting.state = 'waiting' AND waiting.to_quarter > $2 AND waiting.from_quarter < $3
           AND EXISTS (
               SELECT 1 FROM cell JOIN part ON part.id = cell.part_id
               JOIN facility ON facility.id = part.facility_id
               WHERE cell.claim_id = $1
                 AND (waiting.kind IS NULL OR waiting.kind = facility.kind)
                 AND (waiting.municipality IS NULL OR waiting.municipality = facility.municipality)
                 AND (waiting.space_id IS NULL OR EXISTS (
                     SELECT 1 FROM space_part
                     WHERE space_part.space_id = waiting.space_id AND space_part.part_id = cell.part_id)))
         LIMIT 1")
        .bind(claim).bind(span.start().0 - DAY_QUARTERS).bind(span.end().0).fetch_optional(c).await)?;
    Ok(awaited.is_some())
}
