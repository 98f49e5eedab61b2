//! Reads bookings back.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    booking::{Back, BookingReference, BookingState, CancelRule, Start, TooLateToMove, Who},
    money::{Beside, Buyer, Deposit, Home, Money, PriceGroup, Quote, QuoteLine, RateError, Use},
    space::Buffer,
    time::{Quarter, Span},
};

use super::PriceFor;
use crate::{
    Services,
    catalogue::{Catalogue, Space},
    db::{DbError, Tx, on, parse, within},
    occupancy::Party,
    rate::RateRow,
};

/// A booking as it stands.
#[derive(Debug, Clone)]
pub struct Booking {
    pub id: Uuid,
    pub reference: String,
    pub space: Arc<Space>,
    pub span: Span,
    /// What it occupies besides, as the space's rule was when it was made.
    pub buffer: Buffer,
    /// As stored; see [`Booking::state_at`].
    pub(super) state: BookingState,
    pub created_at: DateTime<Utc>,
    pub hold_expires_at: DateTime<Utc>,
    pub hold_extended: bool,
    pub demo: bool,
    pub price_group: PriceGroup,
    /// Where the booker lives, as they say.
    pub home: Option<Home>,
    pub use_of: Use,
    /// As one of how many dates it was booked: it decides what a series has off.
    pub dates: u32,
    /// In the facility's currency.
    pub total: Money,
    /// In the neighbour's, as it was shown.
    pub other: Option<Beside>,
    /// As it was when it was booked.
    pub cancel_rule: CancelRule,
    /// What is paid besides the price and comes back, as it was when the time was held; `None` where nothing is, or
    /// somebody pays later.
    pub deposit: Option<Deposit>,
    /// The series that it is one of the dates of.
    pub series: Option<Uuid>,
    /// The customer who is invoiced for it; `None` where it is paid when it is booked.
    pub customer: Option<Uuid>,
    /// `None` until the booker has said.
    pub who: Option<Who>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Which of its prices and times is in force: a move brings the next.
    pub version: i64,
    /// How often what a calendar shows of it has changed, and when last.
    pub sequence: i64,
    pub changed_at: Option<DateTime<Utc>>,
}

impl Booking {
    /// The state at an instant: a hold that has run out is expired before anyone has swept it.
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>) -> BookingState {
        match self.state {
            BookingState::Held if self.hold_expires_at <= now => BookingState::Expired,
            state => state,
        }
    }

    /// Whether nothing is ever paid for it: it has no price and no deposit.
    #[must_use]
    pub const fn is_free(&self) -> bool {
        self.total.minor == 0 && self.deposit.is_none()
    }

    /// Who wants it.
    #[must_use]
    pub(crate) fn party(&self) -> Party {
        Party { group: self.price_group, people: self.who.as_ref().and_then(|who| who.people) }
    }

    /// All that it occupies.
    #[must_use]
    pub fn occupied(&self) -> Span {
        self.buffer.around(self.span)
    }

    #[must_use]
    pub fn starts_at(&self) -> DateTime<Utc> {
        self.span.start().start()
    }

    /// The day on which it begins, by the facility's calendar.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.starts_at().with_timezone(&self.space.zone()).date_naive()
    }

    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.span.end().start()
    }

    /// For whom and on what terms it was priced; so is whatever time it moves to.
    #[must_use]
    pub fn price_for(&self) -> PriceFor {
        let booked = self.created_at.with_timezone(&self.space.zone()).date_naive();
        let buyer = Buyer { group: self.price_group, home: self.home.clone() };
        PriceFor { buyer, use_of: self.use_of, dates: self.dates, booked: Some(booked) }
    }

    /// From when its rule counts back.
    #[must_use]
    pub fn start(&self) -> Start<'_> {
        self.space.start(self.starts_at())
    }

    /// What comes back of it when it is cancelled at `now`; nothing once it has begun.
    #[must_use]
    pub fn back(&self, now: DateTime<Utc>) -> Back {
        self.cancel_rule.back(self.start(), now).cloned().unwrap_or(Back::NOTHING)
    }

    /// How much of its price is charged all the same when it is cancelled at `now`.
    #[must_use]
    pub fn charged(&self, now: DateTime<Utc>) -> Money {
        self.back(now).keeps(self.total)
    }

    /// Whether its booker may still move it.
    ///
    /// # Errors
    /// [`TooLateToMove`].
    pub fn check_move(&self, now: DateTime<Utc>) -> Result<(), TooLateToMove> {
        self.cancel_rule.check_move(self.start(), now)
    }

    /// The price in force, with its lines.
    #[must_use]
    pub fn price(&self, lines: Vec<QuoteLine>) -> Quote {
        let (other, deposit) = (self.other.clone().ok_or(RateError::Unknown), self.deposit.clone());
        Quote { lines, total: self.total, other, deposit }
    }
}

/// Bookings' rows; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, reference, space_id, start_quarter, end_quarter, state, created_at, hold_expires_at,
            hold_extended, demo, price_group, use_of, total_minor, total_currency, other_minor, other_currency,
            rate_base, rate_quote, rate_value, rate_date, rate_source, cancel_rule,
            booker_name, booker_email, booker_phone, booker_language, purpose, people, confirmed_at, cancelled_at,
            version, sequence, changed_at, before_quarters, after_quarters, series_id, home, dates,
            customer_id, deposit
            FROM booking ",
            $which
        )
    };
}
pub(super) use select;

/// A booking by its id.
///
/// # Errors
/// When the database can't be read.
pub async fn find(services: &Services, id: Uuid) -> Result<Option<Booking>, DbError> {
    let row: Option<BookingRow> =
        on!(&services.db, c => sqlx::query_as(SELECT).bind(id).fetch_optional(c).await)?;
    row.map(|row| row.into_booking(&services.catalogue())).transpose()
}

/// A booking by the name that people say on the phone.
///
/// # Errors
/// When the database can't be read.
pub async fn find_by_reference(
    services: &Services,
    reference: &BookingReference,
) -> Result<Option<Booking>, DbError> {
    let row: Option<BookingRow> = on!(&services.db, c => sqlx::query_as(select!("WHERE reference = $1"))
        .bind(reference.as_str()).fetch_optional(c).await)?;
    row.map(|row| row.into_booking(&services.catalogue())).transpose()
}

pub(crate) async fn find_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: Uuid,
) -> Result<Option<Booking>, DbError> {
    let row: Option<BookingRow> = within!(tx, c => sqlx::query_as(SELECT).bind(id).fetch_optional(c).await)?;
    row.map(|row| row.into_booking(catalogue)).transpose()
}

/// The booking as it stands, which nobody else changes until the transaction ends.
pub(crate) async fn locked_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: Uuid,
) -> Result<Option<Booking>, DbError> {
    lock_in(tx, &BTreeSet::from([id])).await?;
    find_in(tx, catalogue, id).await
}

/// Keeps bookings as they are until the transaction ends: whoever would change one waits. All who change
/// several lock them by id, so that two who want the same ones don't deadlock.
pub(crate) async fn lock_in(tx: &mut Tx, ids: &BTreeSet<Uuid>) -> Result<(), DbError> {
    for id in ids {
        within!(&mut *tx, c => sqlx::query("UPDATE booking SET version = version WHERE id = $1")
            .bind(id).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// The same with all bookings of a series.
pub(crate) async fn lock_series_in(tx: &mut Tx, series: Uuid) -> Result<(), DbError> {
    let ids: Vec<Uuid> = within!(&mut *tx, c => sqlx::query_scalar("SELECT id FROM booking WHERE series_id = $1")
        .bind(series).fetch_all(c).await)?;
    lock_in(tx, &ids.into_iter().collect()).await
}

/// All bookings of a series, also those that are cancelled, the earliest first.
///
/// # Errors
/// When the database can't be read.
pub(crate) async fn of_series(services: &Services, series: Uuid) -> Result<Vec<Booking>, DbError> {
    let rows: Vec<BookingRow> =
        on!(&services.db, c => sqlx::query_as(SELECT_SERIES).bind(series).fetch_all(c).await)?;
    let catalogue = services.catalogue();
    rows.into_iter().map(|row| row.into_booking(&catalogue)).collect()
}

/// The same of a facility's series whose ids lie between two.
pub(crate) async fn of_series_between(
    services: &Services,
    facility: Uuid,
    (first, last): (Uuid, Uuid),
) -> Result<Vec<Booking>, DbError> {
    let rows: Vec<BookingRow> = on!(&services.db, c => sqlx::query_as(select!(
        "WHERE series_id IN (SELECT id FROM series WHERE id >= $1 AND id <= $2
                             AND space_id IN (SELECT id FROM space WHERE facility_id = $3))
         ORDER BY start_quarter, id"))
        .bind(first).bind(last).bind(facility).fetch_all(c).await)?;
    let catalogue = services.catalogue();
    rows.into_iter().map(|row| row.into_booking(&catalogue)).collect()
}

pub(crate) async fn of_series_in(
    tx: &mut Tx,
    catalogue: &Catalogue,
    series: Uuid,
) -> Result<Vec<Booking>, DbError> {
    let rows: Vec<BookingRow> =
        within!(tx, c => sqlx::query_as(SELECT_SERIES).bind(series).fetch_all(c).await)?;
    rows.into_iter().map(|row| row.into_booking(catalogue)).collect()
}

const SELECT: &str = select!("WHERE id = $1");
const SELECT_SERIES: &str = select!("WHERE series_id = $1 ORDER BY start_quarter, id");

#[derive(FromRow)]
pub(super) struct BookingRow {
    id: Uuid,
    reference: String,
    space_id: Uuid,
    start_quarter: i64,
    end_quarter: i64,
    state: String,
    created_at: DateTime<Utc>,
    hold_expires_at: DateTime<Utc>,
    hold_extended: bool,
    demo: bool,
    price_group: String,
    use_of: String,
    total_minor: i64,
    total_currency: String,
    cancel_rule: String,
    deposit: Option<String>,
    confirmed_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    version: i64,
    sequence: i64,
    changed_at: Option<DateTime<Utc>>,
    before_quarters: i64,
    after_quarters: i64,
    series_id: Option<Uuid>,
    customer_id: Option<Uuid>,
    home: Option<String>,
    dates: i64,
    #[sqlx(flatten)]
    other: OtherRow,
    #[sqlx(flatten)]
    who: WhoRow,
}

/// An amount in the neighbour's currency with the rate that makes it so, where one does.
#[derive(FromRow)]
pub(crate) struct OtherRow {
    other_minor: Option<i64>,
    other_currency: Option<String>,
    #[sqlx(flatten)]
    rate: RateRow,
}

#[derive(FromRow)]
struct WhoRow {
    booker_name: Option<String>,
    booker_email: Option<String>,
    booker_phone: Option<String>,
    booker_language: Option<String>,
    purpose: Option<String>,
    people: Option<i64>,
}

impl BookingRow {
    pub(super) fn into_booking(self, catalogue: &Catalogue) -> Result<Booking, DbError> {
        let space = catalogue.space(self.space_id).ok_or_else(|| DbError::corrupt(self.space_id))?;
        Ok(Booking {
            id: self.id,
            reference: self.reference,
            space: Arc::clone(space),
            span: span(self.start_quarter, self.end_quarter)?,
            buffer: Buffer { before: self.before_quarters, after: self.after_quarters },
            state: parse(&self.state)?,
            created_at: self.created_at,
            hold_expires_at: self.hold_expires_at,
            hold_extended: self.hold_extended,
            demo: self.demo,
            price_group: parse(&self.price_group)?,
            home: self.home.as_deref().map(parse).transpose()?,
            use_of: parse(&self.use_of)?,
            dates: u32::try_from(self.dates).map_err(DbError::corrupt)?,
            total: Money::new(self.total_minor, parse(&self.total_currency)?),
            other: self.other.into_other()?,
            series: self.series_id,
            customer: self.customer_id,
            cancel_rule: serde_json::from_str(&self.cancel_rule).map_err(DbError::corrupt)?,
            deposit: self
                .deposit
                .map(|written| serde_json::from_str(&written))
                .transpose()
                .map_err(DbError::corrupt)?,
            who: self.who.into_who()?,
            confirmed_at: self.confirmed_at,
            cancelled_at: self.cancelled_at,
            version: self.version,
            sequence: self.sequence,
            changed_at: self.changed_at,
        })
    }
}

impl OtherRow {
    pub(crate) fn into_other(self) -> Result<Option<Beside>, DbError> {
        let (Some(minor), Some(currency)) = (self.other_minor, self.other_currency) else {
            return Ok(None);
        };
        Ok(Some((Money::new(minor, parse(&currency)?), self.rate.into_rate()?)))
    }
}

impl WhoRow {
    fn into_who(self) -> Result<Option<Who>, DbError> {
        let (Some(name), Some(email), Some(language)) =
            (self.booker_name, self.booker_email, self.booker_language)
        else {
            return Ok(None);
        };
        let language = parse(&language)?;
        Ok(Some(Who {
            name,
            email,
            phone: self.booker_phone,
            language,
            purpose: self.purpose,
            people: self.people,
        }))
    }
}

pub(super) fn span(start: i64, end: i64) -> Result<Span, DbError> {
    Span::new(Quarter(start), Quarter(end)).ok_or_else(|| DbError::corrupt("an empty span"))
}
