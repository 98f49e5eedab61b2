//! Reads places in line back.

use std::{str::FromStr, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    booking::Who,
    space::Weekdays,
    time::{Quarter, Span},
    waiting::WaitingState,
};

use super::Wanted;
use crate::{
    Services,
    booking::{self, Booking, BookingState},
    catalogue::Catalogue,
    db::{DbError, Tx, on, within},
    occupancy::Wish,
};

/// A place in line.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: Uuid,
    pub wanted: Wanted,
    pub who: Who,
    pub created_at: DateTime<Utc>,
    /// As stored; see [`Entry::state_at`].
    pub(super) state: WaitingState,
    /// All starts that it waits for lie in here.
    pub(super) reach: Span,
}

impl Entry {
    /// The state at an instant: when its last day has gone by it is over, before anyone has written so.
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>) -> WaitingState {
        match self.state {
            WaitingState::Waiting if self.reach.end().start() <= now => WaitingState::Over,
            state => state,
        }
    }
}

/// A place in line by its id.
///
/// # Errors
/// When the database can't be read.
pub async fn find(services: &Services, id: Uuid) -> Result<Option<Entry>, DbError> {
    let row: Option<EntryRow> = on!(&services.db, c => sqlx::query_as("SELECT * FROM waiting WHERE id = $1")
        .bind(id).fetch_optional(c).await)?;
    row.map(|row| row.into_entry(&services.catalogue())).transpose()
}

/// What the same attempt has led to before.
pub(super) async fn asked_before_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    attempt: Option<Uuid>,
) -> Result<Option<Entry>, DbError> {
    let Some(attempt) = attempt else { return Ok(None) };
    let row: Option<EntryRow> = within!(tx, c => sqlx::query_as("SELECT * FROM waiting WHERE attempt = $1")
        .bind(attempt).fetch_optional(c).await)?;
    row.map(|row| row.into_entry(catalogue)).transpose()
}

/// The hold that is offered to a place in line right now.
///
/// # Errors
/// When the database can't be read.
pub async fn offered_to(services: &Services, id: Uuid) -> Result<Option<Booking>, DbError> {
    let booking: Option<Uuid> = on!(&services.db, c => sqlx::query_scalar(
        "SELECT booking.id FROM waiting_offer JOIN booking ON booking.id = waiting_offer.booking_id
         WHERE waiting_offer.waiting_id = $1 AND booking.state = $2
         ORDER BY waiting_offer.offered_at DESC LIMIT 1")
        .bind(id).bind(BookingState::Held.code()).fetch_optional(c).await)?;
    let Some(booking) = booking else { return Ok(None) };
    let booking = booking::find(services, booking).await?;
    Ok(booking.filter(|booking| booking.state_at(services.clock.now()) == BookingState::Held))
}

/// Those who have waited at least as long as an entry, for times that could lie near its own and in places that
/// could be.
pub(super) async fn ahead_of(services: &Services, entry: &Entry) -> Result<Vec<Entry>, DbError> {
    let Wanted { space, wish, .. } = &entry.wanted;
    let facility = space.as_ref().map(|space| &space.facility);
    let kind = facility.map(|facility| &facility.kind).or(wish.kind.as_ref());
    let town = facility.map(|facility| &facility.municipality.code).or(wish.municipality.as_ref());
    let rows: Vec<EntryRow> = on!(&services.db, c => sqlx::query_as(
        "SELECT * FROM waiting
         WHERE state = 'waiting' AND to_quarter > $1 AND from_quarter < $2 AND created_at <= $3
           AND ($4 IS NULL OR kind IS NULL OR kind = $4)
           AND ($5 IS NULL OR municipality IS NULL OR municipality = $5)")
        .bind(entry.reach.start().0 - DAY_QUARTERS).bind(entry.reach.end().0).bind(entry.created_at)
        .bind(kind).bind(town).fetch_all(c).await)?;
    let catalogue = services.catalogue();
    rows.into_iter().map(|row| row.into_entry(&catalogue)).collect()
}

/// No time is longer: what starts on a day ends within as many quarters after it.
pub(super) const DAY_QUARTERS: i64 = 96;

#[derive(FromRow)]
struct EntryRow {
    id: Uuid,
    space_id: Option<Uuid>,
    price_group: String,
    use_of: String,
    from_quarter: i64,
    to_quarter: i64,
    created_at: DateTime<Utc>,
    state: String,
    #[sqlx(flatten)]
    wish: WishRow,
    #[sqlx(flatten)]
    who: WhoRow,
}

#[derive(FromRow)]
struct WishRow {
    kind: Option<String>,
    municipality: Option<String>,
    share_percent: i64,
    from_date: NaiveDate,
    to_date: NaiveDate,
    weekdays: String,
    minute_from: i64,
    minute_to: Option<i64>,
    minutes: i64,
    people: Option<i64>,
}

#[derive(FromRow)]
struct WhoRow {
    name: String,
    email: String,
    phone: Option<String>,
    language: String,
}

impl EntryRow {
    fn into_entry(self, catalogue: &Catalogue) -> Result<Entry, DbError> {
        let space = match self.space_id {
            Some(id) => Some(Arc::clone(catalogue.space(id).ok_or_else(|| DbError::corrupt(id))?)),
            None => None,
        };
        let reach = Span::new(Quarter(self.from_quarter), Quarter(self.to_quarter));
        let people = self.wish.people;
        let wish = Wish { group: parse(&self.price_group)?, ..self.wish.into_wish()? };
        Ok(Entry {
            id: self.id,
            wanted: Wanted { space, wish, use_of: parse(&self.use_of)? },
            who: Who {
                name: self.who.name,
                email: self.who.email,
                phone: self.who.phone,
                language: parse(&self.who.language)?,
                purpose: None,
                people,
            },
            created_at: self.created_at,
            state: parse(&self.state)?,
            reach: reach.ok_or_else(|| DbError::corrupt("an empty span"))?,
        })
    }
}

impl WishRow {
    fn into_wish(self) -> Result<Wish, DbError> {
        let minute = |minute: i64| u32::try_from(minute).map_err(DbError::corrupt);
        Ok(Wish {
            weekdays: read_weekdays(&self.weekdays)?,
            minute_from: minute(self.minute_from)?,
            minute_to: self.minute_to.map(minute).transpose()?,
            share_percent: self.share_percent,
            municipality: self.municipality,
            kind: self.kind,
            people: self.people,
            ..Wish::any_time(self.from_date, self.to_date, self.minutes)
        })
    }
}

/// `24` for Tuesday and Thursday.
pub(super) fn write_weekdays(days: Weekdays) -> String {
    days.iter().map(|day| day.to_string()).collect()
}

fn read_weekdays(text: &str) -> Result<Weekdays, DbError> {
    let days: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(10)).collect();
    days.and_then(|days| days.try_into().ok()).ok_or_else(|| DbError::corrupt(text))
}

fn parse<T: FromStr>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|_| DbError::corrupt(text))
}
