//! Reads the bookings of a feed.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    booking::BookingState,
    time::{Quarter, Span},
};

use super::Feed;
use crate::{
    Services,
    catalogue::{Catalogue, Space},
    db::{Db, DbError, on},
};

/// How long what is over stays.
pub(super) const PAST_DAYS: i64 = 31;
/// The largest feed: calendar programs give up on larger ones. What is nearest to now stays.
const ENTRIES_MAX: i64 = 2000;

/// A booking, as far as calendars tell of it. Nobody's name or address is even read.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub booking: Uuid,
    pub reference: String,
    pub space: Arc<Space>,
    pub span: Span,
    pub cancelled: bool,
    pub purpose: Option<String>,
    /// How often it has changed, and when it became what it is.
    pub sequence: i64,
    pub stamp: DateTime<Utc>,
}

/// What was ever confirmed for a subject, from an instant on, those nearest to now first.
macro_rules! nearest {
    ($subject:literal) => {
        concat!(
            "SELECT id, reference, space_id, start_quarter, end_quarter, state, purpose, sequence, confirmed_at,
                    changed_at
             FROM booking WHERE confirmed_at IS NOT NULL AND start_quarter >= $2 AND ",
            $subject,
            " ORDER BY ABS(start_quarter - $3), id LIMIT $4"
        )
    };
}

/// By expressions on both sides: for a bare column SQLite would pass the index over.
const OF_PERSON: &str = nearest!("LOWER(booker_email) = (SELECT LOWER(email) FROM feed WHERE feed.id = $1)");
const OF_CLUB: &str = nearest!(
    "LOWER(booker_email) = (SELECT LOWER(email) FROM feed WHERE feed.id = $1) AND price_group = 'club'"
);
/// Also what is booked of it together with more, or less of it: whatever shares a part.
const OF_SPACE: &str = nearest!(
    "state IN ('confirmed', 'no_show') AND space_id IN (SELECT other.space_id FROM space_part AS own
     JOIN space_part AS other ON other.part_id = own.part_id WHERE own.space_id = $1)"
);
const OF_FACILITY: &str = nearest!(
    "state IN ('confirmed', 'no_show') AND space_id IN (SELECT space.id FROM space WHERE space.facility_id = $1)"
);

/// The feed's bookings, in order.
pub(super) async fn entries(services: &Services, feed: Feed) -> Result<Vec<Entry>, DbError> {
    let now = services.clock.now();
    let (text, subject) = match feed {
        Feed::Person(id) => (OF_PERSON, id),
        Feed::Club(id) => (OF_CLUB, id),
        Feed::Space(id) => (OF_SPACE, id),
        Feed::Facility(id) => (OF_FACILITY, id),
    };
    let first = Quarter::containing(now - TimeDelta::days(PAST_DAYS));
    let rows: Vec<Row> = on!(&services.db, c => sqlx::query_as(text)
        .bind(subject).bind(first.0).bind(Quarter::containing(now).0).bind(ENTRIES_MAX)
        .fetch_all(c).await)?;
    let catalogue = services.catalogue();
    let entries: Result<Vec<Entry>, DbError> =
        rows.into_iter().map(|row| row.into_entry(&catalogue)).collect();
    let mut entries = entries?;
    entries.sort_by_key(|entry| (entry.span.start(), entry.booking));
    Ok(entries)
}

/// Whether the address that links name is still there.
pub(super) async fn is_known(db: &Db, id: Uuid) -> Result<bool, DbError> {
    let one: Option<i64> = on!(db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM feed WHERE id = $1").bind(id).fetch_optional(c).await)?;
    Ok(one.is_some())
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    space_id: Uuid,
    start_quarter: i64,
    end_quarter: i64,
    state: String,
    purpose: Option<String>,
    sequence: i64,
    confirmed_at: DateTime<Utc>,
    changed_at: Option<DateTime<Utc>>,
}

impl Row {
    fn into_entry(self, catalogue: &Catalogue) -> Result<Entry, DbError> {
        let space = catalogue.space(self.space_id).ok_or_else(|| DbError::corrupt(self.space_id))?;
        let span = Span::new(Quarter(self.start_quarter), Quarter(self.end_quarter));
        Ok(Entry {
            booking: self.id,
            reference: self.reference,
            space: Arc::clone(space),
            span: span.ok_or_else(|| DbError::corrupt("an empty span"))?,
            cancelled: self.state == BookingState::Cancelled.code(),
            purpose: self.purpose,
            sequence: self.sequence,
            stamp: self.changed_at.unwrap_or(self.confirmed_at),
        })
    }
}
