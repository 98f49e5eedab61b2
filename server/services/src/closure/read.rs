//! Closures in force.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    closure::{ClosureKind, ClosureTime},
    time::{Quarter, Span},
};

use crate::{
    Services,
    catalogue::{Facility, Space},
    db::{Db, DbError, Tx, on, within},
    staff::{LookError, Scope, Staff},
};

/// A closure as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    pub id: Uuid,
    pub facility: Uuid,
    pub kind: ClosureKind,
    pub parts: Vec<i64>,
    pub time: ClosureTime,
    pub reason: Bilingual,
    pub created_at: DateTime<Utc>,
    /// When staff took it back; such a one closes nothing.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Closure {
    /// Whether it is in the way of whoever wants the space.
    #[must_use]
    pub fn touches(&self, space: &Space) -> bool {
        self.parts.iter().any(|part| space.parts.contains(part))
    }

    /// Whether people are told that it is closed, and why.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.kind == ClosureKind::Closure
    }
}

/// Closures' rows, one a part; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, facility_id, kind, start_quarter, end_quarter, reason_sv, reason_fi, created_at, ended_at, part_id
             FROM closure JOIN closure_part ON closure_part.closure_id = closure.id ",
            $which
        )
    };
}

const IN_SPAN: &str = select!(
    "WHERE ended_at IS NULL AND start_quarter < $2 AND (end_quarter IS NULL OR end_quarter > $1)
       AND ($3 IS NULL OR facility_id = $3)
     ORDER BY start_quarter, id, part_id"
);

/// Those in force in some of the span, at a facility or anywhere: the earliest first.
///
/// # Errors
/// When the database can't be read.
pub async fn in_span(db: &Db, span: Span, facility: Option<Uuid>) -> Result<Vec<Closure>, DbError> {
    read(db, span.start(), span.end(), facility).await
}

/// Those in force at a facility now or to come, the earliest first.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn list(
    services: &Services,
    staff: &Staff,
    facility: &Facility,
) -> Result<Vec<Closure>, LookError> {
    staff.may(Scope::Closures, facility)?;
    let now = Quarter::containing(services.clock.now());
    Ok(read(&services.db, now, Quarter(i64::MAX), Some(facility.id)).await?)
}

async fn read(
    db: &Db,
    from: Quarter,
    until: Quarter,
    facility: Option<Uuid>,
) -> Result<Vec<Closure>, DbError> {
    let rows: Vec<ClosureRow> = on!(db, c => sqlx::query_as(IN_SPAN)
        .bind(from.0).bind(until.0).bind(facility).fetch_all(c).await)?;
    gathered(rows)
}

/// The closures over a time of the space, told or not, the earliest first.
pub(crate) async fn over_in(tx: &mut Tx, space: &Space, span: Span) -> Result<Vec<Closure>, DbError> {
    let rows: Vec<ClosureRow> = within!(tx, c => sqlx::query_as(IN_SPAN)
        .bind(span.start().0).bind(span.end().0).bind(Some(space.facility.id)).fetch_all(c).await)?;
    Ok(gathered(rows)?.into_iter().filter(|closure| closure.touches(space)).collect())
}

/// The closure that keeps a time of the space from being booked, if people are told of it.
///
/// # Errors
/// When the database can't be read.
pub(crate) async fn in_the_way(db: &Db, space: &Space, span: Span) -> Result<Option<Closure>, DbError> {
    let closures = in_span(db, span, Some(space.facility.id)).await?;
    Ok(closures.into_iter().find(|closure| closure.is_told() && closure.touches(space)))
}

pub(super) async fn find_in(tx: &mut Tx, id: Uuid) -> Result<Option<Closure>, DbError> {
    let rows: Vec<ClosureRow> = within!(tx, c => sqlx::query_as(select!("WHERE id = $1 ORDER BY part_id")).bind(id).fetch_all(c).await)?;
    Ok(gathered(rows)?.pop())
}

#[derive(FromRow)]
struct ClosureRow {
    id: Uuid,
    facility_id: Uuid,
    kind: String,
    start_quarter: i64,
    end_quarter: Option<i64>,
    reason_sv: String,
    reason_fi: String,
    created_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    part_id: i64,
}

/// The rows of a closure's parts as one closure.
fn gathered(rows: Vec<ClosureRow>) -> Result<Vec<Closure>, DbError> {
    let mut closures: BTreeMap<(i64, Uuid), Closure> = BTreeMap::new();
    for row in rows {
        let (key, part) = ((row.start_quarter, row.id), row.part_id);
        match closures.get_mut(&key) {
            Some(closure) => closure.parts.push(part),
            None => drop(closures.insert(key, row.into_closure()?)),
        }
    }
    Ok(closures.into_values().collect())
}

impl ClosureRow {
    fn into_closure(self) -> Result<Closure, DbError> {
        let time = ClosureTime::between(Quarter(self.start_quarter), self.end_quarter.map(Quarter));
        Ok(Closure {
            id: self.id,
            facility: self.facility_id,
            kind: self.kind.parse().map_err(DbError::corrupt)?,
            parts: vec![self.part_id],
            time: time.ok_or_else(|| DbError::corrupt(self.id))?,
            reason: Bilingual { sv: self.reason_sv, fi: self.reason_fi },
            created_at: self.created_at,
            ended_at: self.ended_at,
        })
    }
}
