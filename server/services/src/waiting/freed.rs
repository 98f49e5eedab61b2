//! Cells that somebody has given back, kept for those in line until they have been asked.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vayla_domain::time::{Quarter, Span};

use super::{LOCK, entry::DAY_QUARTERS};
use crate::{
    Services,
    db::{DbError, Tx, within},
    outbox::{self, Message},
};

/// How long cells are kept for those in line to be asked. Is nobody asked in time, they are free for all.
const KEEP_MINUTES: i64 = 2;

/// So many in line are read at a time.
pub(super) const PLACES: i64 = 100;
/// A place in line: since when somebody waits, and its id.
pub(super) type Place = (DateTime<Utc>, Uuid);

/// What has become free.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Freed {
    /// The claim that keeps it meanwhile.
    pub claim: Uuid,
    pub parts: Vec<i64>,
    pub span: Span,
    /// Those up to here have been asked.
    #[serde(default)]
    pub after: Option<Place>,
}

/// Keeps what a booking, a move or a closure occupies for those in line, without what occupied it: no cell
/// is free in between. Names the claim that keeps it; `None` where nobody waits for any of it.
pub(crate) async fn keep_in(tx: &mut Tx, of: Uuid, now: DateTime<Utc>) -> Result<Option<Uuid>, DbError> {
    let Some((claim, span)) = occupied_in(tx, of).await?.filter(|(_, span)| span.end().start() > now) else {
        return Ok(None);
    };
    let parts = within!(&mut *tx, c => sqlx::query_scalar(
        "SELECT DISTINCT part_id FROM cell WHERE claim_id = $1 ORDER BY part_id").bind(claim).fetch_all(c).await)?;
    let freed = Freed { claim, parts, span, after: None };
    tx.lock_shared(LOCK).await?;
    if freed.first_in(tx).await?.is_none() {
        return Ok(None);
    }
    within!(&mut *tx, c => sqlx::query("UPDATE claim SET booking_id = NULL, change_id = NULL, closure_id = NULL, expires_at = $2 WHERE id = $1")
        .bind(claim).bind(now + TimeDelta::minutes(KEEP_MINUTES)).execute(c).await.map(drop))?;
    outbox::add_in(tx, &Message::Freed(freed), now, now).await?;
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

/// Those in line who might want some of it, the first first. All the parts are one facility's, and most
/// often next to each other.
const LINE: &str = "SELECT waiting.created_at, waiting.id FROM waiting
    JOIN part ON part.id = $1 JOIN facility ON facility.id = part.facility_id
    WHERE waiting.state = 'waiting' AND waiting.to_quarter > $3 AND waiting.from_quarter < $4
      AND (waiting.kind IS NULL OR waiting.kind = facility.kind)
      AND (waiting.municipality IS NULL OR waiting.municipality = facility.municipality)
      AND (waiting.space_id IS NULL OR EXISTS (
          SELECT 1 FROM space_part WHERE space_part.space_id = waiting.space_id
          AND space_part.part_id >= $1 AND space_part.part_id <= $2))
      AND (waiting.created_at, waiting.id) > ($5, $6)
    ORDER BY waiting.created_at, waiting.id LIMIT $7";

impl Freed {
    async fn first_in(&self, tx: &mut Tx) -> Result<Option<Place>, DbError> {
        Ok(self.line_in(tx, None, 1).await?.pop())
    }

    /// The next places in line for any of it, at most so many.
    pub(super) async fn line_in(
        &self,
        tx: &mut Tx,
        after: Option<Place>,
        places: i64,
    ) -> Result<Vec<Place>, DbError> {
        let (first, last) = (self.parts.iter().min(), self.parts.iter().max());
        let (at, id) = after.unwrap_or((DateTime::UNIX_EPOCH, Uuid::nil()));
        Ok(within!(tx, c => sqlx::query_as(LINE)
            .bind(first).bind(last).bind(self.span.start().0 - DAY_QUARTERS).bind(self.span.end().0)
            .bind(at).bind(id).bind(places).fetch_all(c).await)?)
    }

    /// The rest of the line is asked by and by; until then nobody else has it.
    pub(super) async fn go_on(&self, services: &Services, after: Place) -> Result<(), DbError> {
        let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
        within!(&mut tx, c => sqlx::query("UPDATE claim SET expires_at = $2 WHERE id = $1 AND booking_id IS NULL")
            .bind(self.claim).bind(now + TimeDelta::minutes(KEEP_MINUTES)).execute(c).await.map(drop))?;
        let rest = Self { after: Some(after), ..self.clone() };
        outbox::add_in(&mut tx, &Message::Freed(rest), now, now).await?;
        tx.commit().await
    }
}
