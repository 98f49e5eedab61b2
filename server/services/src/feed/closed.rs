//! Reads what staff keep closed or blocked of a feed's places.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    closure::ClosureKind,
    time::{Quarter, Span},
};

use super::{Feed, read::PAST_DAYS};
use crate::{
    Services,
    catalogue::{Catalogue, Facility},
    db::{DbError, on},
};

/// A closure or block, as far as calendars tell of it.
#[derive(Debug, Clone)]
pub(super) struct Closed {
    pub closure: Uuid,
    pub kind: ClosureKind,
    pub facility: Arc<Facility>,
    pub parts: Vec<i64>,
    /// One until further notice ends as far ahead as its cells are written: where nobody can book any more.
    pub span: Span,
    pub reason: Bilingual,
    /// A day more for each that it has come to reach since: a later end is a later version.
    pub sequence: i64,
    pub stamp: DateTime<Utc>,
}

/// Closures in force at a facility that end after a quarter, a row for each part. One until further notice that
/// begins later than anybody can book waits until somebody can.
const OF_FACILITY: &str = "SELECT id, facility_id, kind, start_quarter, end_quarter, reach_quarter, reason_sv, reason_fi, created_at, part_id
     FROM closure JOIN closure_part ON closure_part.closure_id = closure.id
     WHERE ended_at IS NULL AND facility_id = $1
       AND COALESCE(end_quarter, reach_quarter) > $2 AND COALESCE(end_quarter, reach_quarter) > start_quarter
     ORDER BY start_quarter, id, part_id";

/// Those of a space or facility, the earliest first; people's own calendars tell of none.
pub(super) async fn closed(services: &Services, feed: Feed) -> Result<Vec<Closed>, DbError> {
    let catalogue = services.catalogue();
    let (facility, space) = match feed {
        Feed::Person(_) | Feed::Club(_) => return Ok(Vec::new()),
        Feed::Facility(id) => (id, None),
        Feed::Space(id) => match catalogue.space(id) {
            Some(space) => (space.facility.id, Some(space)),
            None => return Ok(Vec::new()),
        },
    };
    let first = Quarter::containing(services.clock.now() - TimeDelta::days(PAST_DAYS));
    let rows: Vec<Row> = on!(&services.db, c => sqlx::query_as(OF_FACILITY)
        .bind(facility).bind(first.0).fetch_all(c).await)?;
    let mut closed = gathered(rows, &catalogue)?;
    closed.retain(|closed| {
        space.is_none_or(|space| closed.parts.iter().any(|part| space.parts.contains(part)))
    });
    Ok(closed)
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    facility_id: Uuid,
    kind: String,
    start_quarter: i64,
    end_quarter: Option<i64>,
    reach_quarter: i64,
    reason_sv: String,
    reason_fi: String,
    created_at: DateTime<Utc>,
    part_id: i64,
}

/// The rows of a closure's parts as one closure.
fn gathered(rows: Vec<Row>, catalogue: &Catalogue) -> Result<Vec<Closed>, DbError> {
    let mut closed: BTreeMap<(i64, Uuid), Closed> = BTreeMap::new();
    for row in rows {
        let (key, part) = ((row.start_quarter, row.id), row.part_id);
        match closed.get_mut(&key) {
            Some(closed) => closed.parts.push(part),
            None => drop(closed.insert(key, row.into_closed(catalogue)?)),
        }
    }
    Ok(closed.into_values().collect())
}

impl Row {
    fn into_closed(self, catalogue: &Catalogue) -> Result<Closed, DbError> {
        let facility =
            catalogue.facility(self.facility_id).ok_or_else(|| DbError::corrupt(self.facility_id))?;
        let (start, end) =
            (Quarter(self.start_quarter), Quarter(self.end_quarter.unwrap_or(self.reach_quarter)));
        let reached = self.end_quarter.is_none().then(|| (end - Quarter::containing(self.created_at)) / 96);
        Ok(Closed {
            closure: self.id,
            kind: self.kind.parse().map_err(DbError::corrupt)?,
            facility: Arc::clone(facility),
            parts: vec![self.part_id],
            span: Span::new(start, end).ok_or_else(|| DbError::corrupt("an empty span"))?,
            reason: Bilingual { sv: self.reason_sv, fi: self.reason_fi },
            sequence: reached.unwrap_or_default(),
            stamp: self.created_at,
        })
    }
}
